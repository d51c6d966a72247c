/**
 * Speaks with the server extension: one method for each request of the wire contract, and the errors
 * that can come of it.
 */
import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

import type { Trouble } from './core/follower';
import type {
  Analysis,
  AnalyzeRequest,
  CellDetail,
  CheckReply,
  CheckRequest,
  Failure,
  KernelHandover,
  MatchReply,
  MatchRequest,
  ReplayedCells,
  Rule,
  RuleList,
  UnknownBase,
  Verification,
  VerificationList,
  VerificationRequest
} from './contract';

const API = 'jupyter-hygiene/api';

/** The server said no, and why. */
export class RefusedError extends Error {
  constructor(
    readonly status: number,
    readonly failure: Failure
  ) {
    super(failure.message);
    this.name = 'RefusedError';
  }
}

/** The server does not know this API: its extension is missing or disabled. */
export class MissingExtensionError extends Error {
  constructor() {
    super('The server extension of jupyter-hygiene is not running.');
    this.name = 'MissingExtensionError';
  }
}

/** The server could not be reached, or broke down while answering. */
export class UnreachableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnreachableError';
  }
}

export type ExportFormat = 'html' | 'json';

export class HygieneClient {
  constructor(private readonly _settings: ServerConnection.ISettings) {}

  async start(request: VerificationRequest): Promise<Verification> {
    return this._json('POST', ['verifications'], request);
  }

  async get(id: string): Promise<Verification> {
    return this._json('GET', ['verifications', id]);
  }

  /** The running verification of a notebook, else its last one. */
  async find(path: string): Promise<Verification | null> {
    const query = URLExt.objectToQueryString({ path });
    const list = await this._json<VerificationList>(
      'GET',
      ['verifications'],
      undefined,
      query
    );
    return list.verifications[0] ?? null;
  }

  async cancel(id: string): Promise<void> {
    await this._request('DELETE', ['verifications', id]);
  }

  async cell(id: string, cellId: string): Promise<CellDetail> {
    return this._json('GET', ['verifications', id, 'cells', cellId]);
  }

  async replayedCells(id: string): Promise<ReplayedCells> {
    return this._json('GET', ['verifications', id, 'outputs']);
  }

  async match(id: string, request: MatchRequest): Promise<MatchReply> {
    return this._json('POST', ['verifications', id, 'match'], request);
  }

  async takeKernel(id: string): Promise<KernelHandover> {
    return this._json('POST', ['verifications', id, 'kernel'], {});
  }

  async releaseKernel(id: string): Promise<void> {
    await this._request('DELETE', ['verifications', id, 'kernel']);
  }

  /** Predicts what a clean run would do otherwise; nothing is run. */
  async analyze(request: AnalyzeRequest): Promise<Analysis | UnknownBase> {
    return this._json('POST', ['analyze'], request);
  }

  /** Checks a notebook by the hygiene rules; nothing is run. */
  async check(request: CheckRequest): Promise<CheckReply> {
    return this._json('POST', ['check'], request);
  }

  async rules(): Promise<Rule[]> {
    return (await this._json<RuleList>('GET', ['rules'])).rules;
  }

  async export(id: string, format: ExportFormat): Promise<Blob> {
    const response = await this._request(
      'GET',
      ['verifications', id, 'export'],
      undefined,
      URLExt.objectToQueryString({ format })
    );
    return response.blob();
  }

  private async _json<T>(
    method: string,
    steps: string[],
    body?: unknown,
    query = ''
  ): Promise<T> {
    const response = await this._request(method, steps, body, query);
    return response.json();
  }

  private async _request(
    method: string,
    steps: string[],
    body?: unknown,
    query = ''
  ): Promise<Response> {
    const url =
      URLExt.join(
        this._settings.baseUrl,
        API,
        ...steps.map(step => encodeURIComponent(step))
      ) + query;
    const init: RequestInit = { method };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers = { 'Content-Type': 'application/json' };
    }
    let response: Response;
    try {
      response = await ServerConnection.makeRequest(url, init, this._settings);
    } catch (error) {
      throw new UnreachableError(String(error));
    }
    if (!response.ok) {
      throw await troubleOf(response);
    }
    return response;
  }
}

/** What an error means to one who follows a verification. */
export function troubleWith(error: unknown): Trouble {
  if (error instanceof UnreachableError) {
    return 'unreachable';
  }
  const isGone =
    error instanceof MissingExtensionError ||
    (error instanceof RefusedError && error.status === 404);
  return isGone ? 'gone' : 'refused';
}

/** Tells a refusal of ours, which has a kind, from what a server or proxy says otherwise. */
async function troubleOf(response: Response): Promise<Error> {
  const text = await response.text();
  const failure = readFailure(text);
  if (failure) {
    return new RefusedError(response.status, failure);
  }
  if (response.status === 404) {
    return new MissingExtensionError();
  }
  // 502 to 504 are a proxy's words for a server that is away for now.
  if (response.status >= 502 && response.status <= 504) {
    return new UnreachableError(`${response.status} ${response.statusText}`);
  }
  return new RefusedError(response.status, {
    kind: 'http',
    message: `${response.status} ${response.statusText}`.trim()
  });
}

function readFailure(text: string): Failure | null {
  try {
    const value = JSON.parse(text);
    return typeof value?.kind === 'string' && typeof value?.message === 'string'
      ? value
      : null;
  } catch {
    return null;
  }
}
