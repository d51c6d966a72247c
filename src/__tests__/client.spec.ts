/**
 * How the client asks, and how it tells a refusal from a missing extension and a server that is away.
 */
import { ServerConnection } from '@jupyterlab/services';

import {
  HygieneClient,
  MissingExtensionError,
  RefusedError,
  UnreachableError
} from '../client';

interface IReply {
  status: number;
  text: string;
}

function clientOf(reply: IReply | Error) {
  const asked: { url: string; method: string }[] = [];
  const makeRequest = jest
    .spyOn(ServerConnection, 'makeRequest')
    .mockImplementation(async (url, init) => {
      asked.push({
        url,
        method: String(init.method)
      });
      if (reply instanceof Error) {
        throw reply;
      }
      return {
        ok: reply.status < 400,
        status: reply.status,
        statusText: 'said so',
        text: async () => reply.text,
        json: async () => JSON.parse(reply.text)
      } as Response;
    });
  const settings = {
    baseUrl: 'http://here/hub/'
  } as ServerConnection.ISettings;
  return { client: new HygieneClient(settings), asked, makeRequest };
}

afterEach(() => jest.restoreAllMocks());

describe('HygieneClient', () => {
  it('finds the verification of a notebook whatever its path looks like', async () => {
    const { client, asked } = clientOf({
      status: 200,
      text: '{"verifications": []}'
    });
    expect(await client.find('a b/ü&?.ipynb')).toBeNull();
    const url = new URL(asked[0].url);
    expect(url.pathname).toBe('/hub/jupyter-hygiene/api/verifications');
    expect(url.searchParams.get('path')).toBe('a b/ü&?.ipynb');
  });

  it('keeps strange cell ids out of the path', async () => {
    const { client, asked } = clientOf({ status: 200, text: '{}' });
    await client.cell('v1', 'a/b');
    expect(asked[0].url).toMatch(/verifications\/v1\/cells\/a%2Fb$/);
  });

  it('tells a refusal with its kind and words', async () => {
    const { client } = clientOf({
      status: 409,
      text: '{"kind": "already_running", "message": "It runs.", "verification_id": "v7"}'
    });
    const error = await client
      .start({ path: 'a.ipynb', notebook: { cells: [] } })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RefusedError);
    expect((error as RefusedError).failure).toEqual({
      kind: 'already_running',
      message: 'It runs.',
      verification_id: 'v7'
    });
  });

  it.each([
    ['a page of HTML', '<h1>404</h1>'],
    ['the words of a server', '{"message": "Not Found", "reason": null}']
  ])('takes a 404 with %s for a missing extension', async (_, text) => {
    const { client } = clientOf({ status: 404, text });
    await expect(client.get('v')).rejects.toBeInstanceOf(MissingExtensionError);
  });

  it('takes a 404 with a kind for what it says', async () => {
    const { client } = clientOf({
      status: 404,
      text: '{"kind": "not_found", "message": "gone"}'
    });
    await expect(client.get('v')).rejects.toBeInstanceOf(RefusedError);
  });

  it.each([[502], [503], [504]])(
    'takes a %d of a proxy for a server that is away',
    async status => {
      const { client } = clientOf({ status, text: 'Bad gateway' });
      await expect(client.get('v')).rejects.toBeInstanceOf(UnreachableError);
    }
  );

  it('takes a failed request for a server that is away', async () => {
    const { client } = clientOf(new TypeError('Failed to fetch'));
    await expect(client.get('v')).rejects.toBeInstanceOf(UnreachableError);
  });
});
