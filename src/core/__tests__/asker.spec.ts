import type { Analysis, AnalyzeRequest, UnknownBase } from '../../contract';
import { Asker } from '../asker';
import type { ISubject } from '../delta';

function analysis(token: string): Analysis {
  return {
    token,
    basis: 'kernel',
    dependencies: true,
    cells: [],
    edges: [],
    rerun: [],
    restart_needed: false,
    hazards: []
  };
}

function subject(sources: Record<string, string>): ISubject {
  return {
    language: 'python',
    basis: 'kernel',
    kernelName: null,
    cells: Object.entries(sources).map(([id, source]) => ({
      id,
      type: 'code',
      source,
      execution_count: null
    })),
    runs: []
  };
}

describe('asking for an analysis', () => {
  let requests: AnalyzeRequest[];
  let answers: ((reply: Analysis | UnknownBase | Error) => void)[];
  let present: ISubject;
  let reached: boolean[];
  let asker: Asker;

  beforeEach(() => {
    jest.useFakeTimers();
    requests = [];
    answers = [];
    reached = [];
    present = subject({ a: '1', b: '2' });
    asker = new Asker({
      ask: request => {
        requests.push(request);
        return new Promise((resolve, reject) =>
          answers.push(reply =>
            reply instanceof Error ? reject(reply) : resolve(reply)
          )
        );
      },
      subject: () => present,
      onAnswer: () => undefined,
      onReach: isReached => reached.push(isReached)
    });
  });

  afterEach(() => {
    asker.dispose();
    jest.useRealTimers();
  });

  async function answer(reply: Analysis | UnknownBase | Error): Promise<void> {
    answers.shift()!(reply);
    await jest.advanceTimersByTimeAsync(0);
  }

  it('sends one request at a time, and then only what changed', async () => {
    asker.soon(0);
    await jest.advanceTimersByTimeAsync(0);
    present = subject({ a: '1', b: '3' });
    asker.soon(0);
    asker.soon(0);
    await jest.advanceTimersByTimeAsync(10);
    expect(requests).toHaveLength(1);
    await answer(analysis('one'));
    expect(requests).toHaveLength(2);
    expect(requests[1]).toMatchObject({ base: 'one', history: [] });
    expect(requests[1].cells.map(({ id }) => id)).toEqual(['b']);
    expect(requests[1].order).toBeUndefined();
  });

  it('sends all where the server has forgotten', async () => {
    asker.soon(0);
    await jest.advanceTimersByTimeAsync(0);
    await answer(analysis('one'));
    present = subject({ b: '2', a: '1' });
    asker.soon(0);
    await jest.advanceTimersByTimeAsync(0);
    expect(requests[1]).toMatchObject({ base: 'one', order: ['b', 'a'] });
    await answer({ unknown_base: true });
    expect(requests[2].base).toBeUndefined();
    expect(requests[2].cells).toHaveLength(2);
  });

  it('waits until typing pauses', async () => {
    for (let at = 0; at < 5; at++) {
      asker.later(300);
      await jest.advanceTimersByTimeAsync(200);
    }
    expect(requests).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(100);
    expect(requests).toHaveLength(1);
  });

  it('is silent about a server that is away, and tries again', async () => {
    asker.soon(0);
    await jest.advanceTimersByTimeAsync(0);
    await answer(new Error('away'));
    expect(reached).toEqual([false]);
    await jest.advanceTimersByTimeAsync(2000);
    await answer(analysis('one'));
    expect(reached).toEqual([false, true]);
  });

  it('does not ask about what it knows', async () => {
    asker.soon(0);
    await jest.advanceTimersByTimeAsync(0);
    await answer(analysis('one'));
    present = subject({ a: '1', b: '2' });
    asker.soon(0);
    await jest.advanceTimersByTimeAsync(0);
    expect(requests).toHaveLength(1);
  });
});
