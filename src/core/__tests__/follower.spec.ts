/**
 * How a verification is followed: when the server is asked, and what is made of its silence.
 */
import type { Verification } from '../../contract';
import type { Trouble } from '../follower';
import { Follower } from '../follower';

function verification(
  revision: number,
  state: Verification['state'] = 'running'
): Verification {
  return {
    id: 'v',
    path: 'a.ipynb',
    state,
    revision,
    created: '',
    progress: { done: 0, total: 1, cell_id: null },
    cells: [],
    report: null,
    error: null,
    kernel: null
  };
}

class Gone extends Error {}

function follow(answers: () => Promise<Verification>) {
  const ask = jest.fn(answers);
  const onNews = jest.fn();
  const onConnection = jest.fn();
  const onEnd = jest.fn();
  const follower = new Follower({
    ask,
    judge: (error): Trouble => (error instanceof Gone ? 'gone' : 'unreachable'),
    onNews,
    onConnection,
    onEnd
  });
  follower.start();
  return { follower, ask, onNews, onConnection, onEnd };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const pass = (milliseconds: number) =>
  jest.advanceTimersByTimeAsync(milliseconds);

describe('Follower', () => {
  it('asks at once, then about once a second, and tells only what is new', async () => {
    const { follower, ask, onNews } = follow(async () => verification(1));
    await pass(0);
    expect(ask).toHaveBeenCalledTimes(1);
    await pass(3100);
    expect(ask).toHaveBeenCalledTimes(4);
    expect(onNews).toHaveBeenCalledTimes(1);
    follower.dispose();
  });

  it('never asks more often than once a second, and less often as time passes', async () => {
    const { follower, ask } = follow(async () => verification(1));
    await pass(600_000);
    const inTenMinutes = ask.mock.calls.length;
    expect(inTenMinutes).toBeGreaterThan(100);
    expect(inTenMinutes).toBeLessThan(200);
    follower.dispose();
  });

  it('answers a burst of hints with one question', async () => {
    let revision = 1;
    const { follower, ask, onNews } = follow(async () =>
      verification(revision)
    );
    await pass(0);
    for (revision = 2; revision < 20; revision++) {
      follower.hint(revision);
    }
    await pass(200);
    expect(ask).toHaveBeenCalledTimes(2);
    expect(onNews).toHaveBeenLastCalledWith(
      expect.objectContaining({ revision: 20 })
    );
    follower.dispose();
  });

  it('is not moved by hints of what it knows', async () => {
    const { follower, ask } = follow(async () => verification(5));
    await pass(0);
    follower.hint(5);
    await pass(500);
    expect(ask).toHaveBeenCalledTimes(1);
    follower.dispose();
  });

  it('asks again when a hint came while it was asking', async () => {
    let answer: (verification: Verification) => void = () => undefined;
    const { follower, ask } = follow(
      () => new Promise(resolve => (answer = resolve))
    );
    await pass(0);
    follower.hint(2);
    answer(verification(1));
    await pass(200);
    expect(ask).toHaveBeenCalledTimes(2);
    follower.dispose();
  });

  it('stops when the verification is final', async () => {
    const { follower, ask, onNews } = follow(async () =>
      verification(9, 'done')
    );
    await pass(10_000);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(onNews).toHaveBeenCalledTimes(1);
    expect(follower.isDisposed).toBe(true);
  });

  it('goes on through a lost connection, says so once, and says when it is back', async () => {
    let isAway = true;
    const { follower, ask, onConnection, onNews } = follow(async () => {
      if (isAway) {
        throw new Error('no route');
      }
      return verification(1);
    });
    await pass(120_000);
    expect(onConnection.mock.calls).toEqual([[true]]);
    expect(ask.mock.calls.length).toBeLessThan(15);
    isAway = false;
    await pass(16_000);
    expect(onConnection.mock.calls).toEqual([[true], [false]]);
    expect(onNews).toHaveBeenCalledTimes(1);
    follower.dispose();
  });

  it('takes a question that is never answered for a lost connection, and asks again', async () => {
    const { follower, ask, onConnection } = follow(
      () => new Promise(() => undefined)
    );
    await pass(31_500);
    expect(onConnection.mock.calls).toEqual([[true]]);
    expect(ask).toHaveBeenCalledTimes(2);
    follower.dispose();
  });

  it('ends when the server no longer knows the verification', async () => {
    const { ask, onEnd } = follow(async () => {
      throw new Gone();
    });
    await pass(10_000);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(onEnd).toHaveBeenCalledWith('gone', expect.any(Gone));
  });

  it('says nothing more once it is disposed', async () => {
    let answer: (verification: Verification) => void = () => undefined;
    const { follower, onNews } = follow(
      () => new Promise(resolve => (answer = resolve))
    );
    await pass(0);
    follower.dispose();
    answer(verification(1));
    await pass(5000);
    expect(onNews).not.toHaveBeenCalled();
  });
});
