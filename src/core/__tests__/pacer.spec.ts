import { Pacer } from '../pacer';

describe('asking about something that keeps changing', () => {
  let asked: number;
  let fails: boolean;
  let pacer: Pacer;

  beforeEach(() => {
    jest.useFakeTimers();
    asked = 0;
    fails = false;
    pacer = new Pacer({
      work: async () => {
        asked += 1;
        if (fails) {
          throw new Error('away');
        }
      },
      onFailure: () => undefined
    });
  });

  afterEach(() => {
    pacer.dispose();
    jest.useRealTimers();
  });

  it('waits for a pause, but not for ever', async () => {
    for (let at = 0; at < 20; at++) {
      pacer.later(350, 3000);
      await jest.advanceTimersByTimeAsync(200);
    }
    expect(asked).toBe(1);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(asked).toBe(2);
  });

  it('tries again ever more rarely', async () => {
    fails = true;
    pacer.soon(0);
    await jest.advanceTimersByTimeAsync(7000);
    expect(asked).toBe(3);
    fails = false;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(4);
  });
});
