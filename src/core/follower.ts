/**
 * Follows one verification until it is final: asks at intervals, sooner when a hint says that there
 * is news, and goes on through a lost connection.
 *
 * Only what it is given is used to ask, so that the policy can be tested with a clock of paper.
 */
import type { Verification } from '../contract';
import { isFinal } from './progress';

/** How an attempt to ask ended, if it did not bring an answer. */
export type Trouble = 'unreachable' | 'gone' | 'refused';

export interface IFollowerOptions {
  ask: () => Promise<Verification>;
  /** What kind of trouble an error thrown by `ask` is. */
  judge: (error: unknown) => Trouble;
  onNews: (verification: Verification) => void;
  /** The connection was lost (true) or is back (false). */
  onConnection: (lost: boolean) => void;
  /** Following ends without a final state: there is nothing more to be learned. */
  onEnd: (trouble: 'gone' | 'refused', error: unknown) => void;
}

const FIRST_INTERVAL = 1000;
const LONGEST_INTERVAL = 5000;
/** How much longer each interval is: a replay of minutes need not be asked after each second. */
const GROWTH = 1.03;
const LONGEST_RETRY = 15000;
/** A connection that hangs is as good as lost. */
const PATIENCE = 30000;
/** Hints arrive in bursts, one for each cell: one question answers all within this time. */
const HINT_SPACING = 120;

class TooLateError extends Error {}

export class Follower {
  constructor(private readonly _options: IFollowerOptions) {}

  get isDisposed(): boolean {
    return this._disposed;
  }

  start(): void {
    this._schedule(0);
  }

  /** There is news of this revision; without a number, there may be. */
  hint(revision?: number): void {
    if (revision !== undefined && revision <= this._revision) {
      return;
    }
    if (this._asking) {
      this._hinted = true;
    } else {
      this._schedule(HINT_SPACING, true);
    }
  }

  dispose(): void {
    this._disposed = true;
    window.clearTimeout(this._timer);
  }

  private _schedule(delay: number, keepSooner = false): void {
    const due = Date.now() + delay;
    if (this._disposed || (keepSooner && this._due <= due)) {
      return;
    }
    window.clearTimeout(this._timer);
    this._due = due;
    this._timer = window.setTimeout(() => void this._ask(), delay);
  }

  private async _ask(): Promise<void> {
    this._asking = true;
    this._hinted = false;
    this._due = Infinity;
    try {
      this._hear(await this._askInTime());
    } catch (error) {
      this._suffer(error);
    } finally {
      this._asking = false;
    }
    if (this._hinted) {
      this._schedule(HINT_SPACING, true);
    }
  }

  private _askInTime(): Promise<Verification> {
    let timer = 0;
    const tooLate = new Promise<never>((_, reject) => {
      timer = window.setTimeout(() => reject(new TooLateError()), PATIENCE);
    });
    return Promise.race([this._options.ask(), tooLate]).finally(() =>
      window.clearTimeout(timer)
    );
  }

  private _hear(verification: Verification): void {
    if (this._disposed) {
      return;
    }
    if (this._failures > 0) {
      this._failures = 0;
      this._options.onConnection(false);
    }
    if (verification.revision !== this._revision) {
      this._revision = verification.revision;
      this._options.onNews(verification);
    }
    if (isFinal(verification.state)) {
      this.dispose();
      return;
    }
    this._schedule(this._interval);
    this._interval = Math.min(this._interval * GROWTH, LONGEST_INTERVAL);
  }

  private _suffer(error: unknown): void {
    if (this._disposed) {
      return;
    }
    const trouble =
      error instanceof TooLateError
        ? 'unreachable'
        : this._options.judge(error);
    if (trouble !== 'unreachable') {
      this.dispose();
      this._options.onEnd(trouble, error);
      return;
    }
    if (this._failures === 0) {
      this._options.onConnection(true);
    }
    this._failures += 1;
    this._schedule(
      Math.min(FIRST_INTERVAL * 2 ** (this._failures - 1), LONGEST_RETRY)
    );
  }

  private _asking = false;
  private _disposed = false;
  private _due = Infinity;
  private _failures = 0;
  private _hinted = false;
  private _interval = FIRST_INTERVAL;
  private _revision = -1;
  private _timer = 0;
}
