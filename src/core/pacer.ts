/**
 * Decides when the server is asked about something that keeps changing: one request at a time, after a
 * pause where it is typed in, and again after a while where that failed.
 */

/** How long to wait after typing. */
export const PAUSE = 350;
/** Before a server that did not answer is asked again, at first and at most. */
const FIRST_RETRY = 2000;
const LONGEST_RETRY = 60_000;

export interface IPacerOptions {
  /** Asks, if there is anything to ask; fails where it is to be tried again. */
  work: () => Promise<void>;
  onFailure: (error: unknown) => void;
}

export class Pacer {
  constructor(private readonly _options: IPacerOptions) {}

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Something changed: ask after this many milliseconds, unless that is due sooner anyway. */
  soon(delay: number): void {
    const due = Date.now() + delay;
    if (this._isDisposed || this._due <= due) {
      return;
    }
    this._schedule(delay);
  }

  /** It is still changing: ask when it has been quiet for this long, and at the latest after `longest`. */
  later(delay: number, longest = Infinity): void {
    const now = Date.now();
    if (this._isDisposed || this._due <= now) {
      return;
    }
    if (this._due === Infinity) {
      this._since = now;
    }
    this._schedule(Math.max(0, Math.min(delay, this._since + longest - now)));
  }

  dispose(): void {
    this._isDisposed = true;
    window.clearTimeout(this._timer);
  }

  private _schedule(delay: number): void {
    window.clearTimeout(this._timer);
    const now = Date.now();
    if (this._due === Infinity) {
      this._since = now;
    }
    this._due = now + delay;
    this._timer = window.setTimeout(() => {
      this._due = Infinity;
      if (this._isWorking) {
        this._isWanted = true;
      } else {
        void this._work();
      }
    }, delay);
  }

  private async _work(): Promise<void> {
    this._isWorking = true;
    this._isWanted = false;
    try {
      await this._options.work();
      this._failures = 0;
    } catch (error) {
      // Nobody asked for this: it is told quietly, and tried again.
      if (!this._isDisposed) {
        this._options.onFailure(error);
        this._failures += 1;
        this.soon(
          Math.min(FIRST_RETRY * 2 ** (this._failures - 1), LONGEST_RETRY)
        );
      }
    } finally {
      this._isWorking = false;
    }
    if (this._isWanted) {
      this.soon(0);
    }
  }

  private _due = Infinity;
  private _failures = 0;
  private _isDisposed = false;
  private _isWanted = false;
  private _isWorking = false;
  /** When the first of the changes came that are waited for. */
  private _since = 0;
  private _timer = 0;
}
