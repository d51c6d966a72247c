/**
 * The hygiene findings of one open notebook: has the server check the document when it opens, and when
 * it or what it rests on has changed. All views of the document share one of these.
 */
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import type { HygieneClient } from '../client';
import { RefusedError, UnreachableError } from '../client';
import type { CheckReply, CheckRequest, Finding, Fix } from '../contract';
import { PAUSE, Pacer } from '../core/pacer';
import type { IRunHistories } from '../tokens';
import { checkedDocument } from './checkedDocument';
import { NotebookFixer } from './fixer';
import type { NotebookContext } from './verification';

/** While a document keeps changing, an answer is not awaited for longer than this. */
const LONGEST_WAIT = 3000;
/** Nor for this many times as long as a check takes. */
const PATIENCE = 10;

const NOTHING: CheckReply = {
  findings: [],
  silenced: 0,
  notes: [],
  fix_all: null
};

export class NotebookHygiene implements IDisposable {
  constructor(
    readonly context: NotebookContext,
    private readonly _options: NotebookHygiene.IOptions
  ) {
    const { model, sessionContext } = context;
    this.fixer = new NotebookFixer(model);
    this._pacer = new Pacer({
      work: () => this._ask(),
      onFailure: error => this._fail(error)
    });
    model.contentChanged.connect(this._onContent, this);
    model.metadataChanged.connect(this._onContent, this);
    sessionContext.kernelChanged.connect(this._onSurroundings, this);
    // What lies around it may have changed by the time that it is saved.
    context.fileChanged.connect(this._onSurroundings, this);
    context.pathChanged.connect(this._onSurroundings, this);
    _options.histories?.changed.connect(this._onHistory, this);
    context.disposed.connect(this.dispose, this);
    this._pacer.soon(0);
  }

  readonly fixer: NotebookFixer;

  /** Emitted when something else is known. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Whether the document is checked at all, as its user wants it. */
  get isOn(): boolean {
    return this._isOn;
  }

  set isOn(isOn: boolean) {
    if (isOn !== this._isOn) {
      this._isOn = isOn;
      this._reply = null;
      this._byCell = new Map();
      this._trouble = '';
      this._changed.emit();
      this._revision += 1;
      this._pacer.soon(0);
    }
  }

  /** Whether the server has answered. */
  get isKnown(): boolean {
    return this._reply !== null;
  }

  /** Why the server would not check the document; empty if nothing is known to be wrong. */
  get trouble(): string {
    return this._trouble;
  }

  /** In document order; those of the notebook as a whole first. */
  get findings(): readonly Finding[] {
    return this._reply?.findings ?? NOTHING.findings;
  }

  /** How many findings the user has silenced. */
  get silenced(): number {
    return this._reply?.silenced ?? 0;
  }

  /** What is to be known of the check itself. */
  get notes(): readonly string[] {
    return this._reply?.notes ?? NOTHING.notes;
  }

  of(cellId: string): readonly Finding[] {
    return this._byCell.get(cellId) ?? NOTHING.findings;
  }

  /** Ids of the cells with findings. */
  get cellIds(): IterableIterator<string> {
    return this._byCell.keys();
  }

  /** One fix that carries out every safe one, for the document as it stands. */
  async fixForAll(): Promise<Fix | null> {
    const reply = await this._options.client.check({
      ...this._request(),
      fix_all: true
    });
    return reply.fix_all;
  }

  /** Something that findings rest on has changed, and it is not the document. */
  refresh(): void {
    this._onSurroundings();
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._pacer.dispose();
    this.fixer.dispose();
    Signal.clearData(this);
  }

  /** What takes the server long is not asked for often: a cell may print for hours. */
  private _onContent(): void {
    this._revision += 1;
    this._pacer.later(
      Math.max(PAUSE, this._cost),
      Math.max(LONGEST_WAIT, PATIENCE * this._cost)
    );
  }

  private _onSurroundings(): void {
    this._revision += 1;
    this._pacer.soon(PAUSE);
  }

  private _onHistory(): void {
    const runs = this._options.histories?.of(this.context) ?? [];
    const last = runs[runs.length - 1];
    const key = `${runs.length} ${last?.execution_count} ${last?.status}`;
    if (key !== this._historyKey) {
      this._historyKey = key;
      this._onSurroundings();
    }
  }

  private async _ask(): Promise<void> {
    const revision = this._revision;
    if (!this._isOn || revision === this._asked || this._isDisposed) {
      return;
    }
    const start = Date.now();
    const reply = await this._options.client.check(this._request());
    this._cost = Date.now() - start;
    this._asked = revision;
    if (this._isOn && !this._isDisposed) {
      this._trouble = '';
      this._hear(reply);
    }
  }

  private _request(): CheckRequest {
    const { context, _options } = this;
    return {
      path: context.localPath,
      notebook: checkedDocument(context.model),
      history: _options.histories?.of(context) ?? null,
      kernel_name: context.sessionContext.session?.kernel?.name ?? null,
      settings: _options.settings()
    };
  }

  private _hear(reply: CheckReply): void {
    this._reply = reply;
    this._byCell = new Map();
    for (const finding of reply.findings) {
      const { cell_id } = finding;
      if (cell_id !== null) {
        const known = this._byCell.get(cell_id);
        if (known) {
          known.push(finding);
        } else {
          this._byCell.set(cell_id, [finding]);
        }
      }
    }
    this._changed.emit();
  }

  /** What was found stays while the server is away; without our extension nothing is shown. */
  private _fail(error: unknown): void {
    this._asked = -1;
    if (error instanceof UnreachableError) {
      return;
    }
    this._trouble = error instanceof RefusedError ? error.message : '';
    this._reply = null;
    this._byCell = new Map();
    this._changed.emit();
  }

  /** The revision that was last answered. */
  private _asked = -1;
  private _byCell = new Map<string, Finding[]>();
  private readonly _changed = new Signal<this, void>(this);
  /** How long the last check took, in milliseconds. */
  private _cost = 0;
  private _historyKey = '';
  private _isDisposed = false;
  private _isOn = true;
  private readonly _pacer: Pacer;
  private _reply: CheckReply | null = null;
  /** Counts the changes of the document and of what else a check rests on. */
  private _revision = 0;
  private _trouble = '';
}

export namespace NotebookHygiene {
  export interface IOptions {
    client: HygieneClient;
    histories: IRunHistories | null;
    /** What the user set, by the keys of the configuration. */
    settings: () => Record<string, unknown>;
  }
}
