/**
 * Asks the server for the analysis of one notebook: one request at a time, always for the newest state,
 * and only for what changed. Only what it is given is used to ask, so that it can be tested on paper.
 */
import type { Analysis, AnalyzeRequest, UnknownBase } from '../contract';
import type { ISent, ISubject } from './delta';
import { deltaRequest, isSame, wholeRequest } from './delta';

export interface IAskerOptions {
  ask: (request: AnalyzeRequest) => Promise<Analysis | UnknownBase>;
  /** How the subject stands now; null while there is nothing to ask about. */
  subject: () => ISubject | null;
  onAnswer: (analysis: Analysis, subject: ISubject) => void;
  /** The server cannot be asked (false), or can be again (true). */
  onReach: (isReached: boolean) => void;
}

/** How long to wait after typing. */
export const PAUSE = 350;
/** Before a server that did not answer is asked again, at first and at most. */
const FIRST_RETRY = 2000;
const LONGEST_RETRY = 60_000;

export class Asker {
  constructor(private readonly _options: IAskerOptions) {}

  /** The subject changed: ask after this many milliseconds, unless that is due sooner anyway. */
  soon(delay: number): void {
    const due = Date.now() + delay;
    if (this._isDisposed || this._due <= due) {
      return;
    }
    this._schedule(delay);
  }

  /** The subject is still changing: ask when it has been quiet for this long. */
  later(delay: number): void {
    if (!this._isDisposed && !(this._due <= Date.now())) {
      this._schedule(delay);
    }
  }

  /** Begins anew: what was asked and answered before no longer counts. */
  forget(): void {
    this._era += 1;
    this._sent = null;
  }

  dispose(): void {
    this._isDisposed = true;
    window.clearTimeout(this._timer);
  }

  private _schedule(delay: number): void {
    window.clearTimeout(this._timer);
    this._due = Date.now() + delay;
    this._timer = window.setTimeout(() => {
      this._due = Infinity;
      if (this._isAsking) {
        this._isWanted = true;
      } else {
        void this._ask();
      }
    }, delay);
  }

  private async _ask(): Promise<void> {
    const subject = this._options.subject();
    if (!subject || (this._sent && isSame(this._sent.subject, subject))) {
      return;
    }
    this._isAsking = true;
    this._isWanted = false;
    const era = this._era;
    try {
      const analysis = await this._obtain(subject);
      this._failures = 0;
      this._options.onReach(true);
      if (!this._isDisposed && analysis && era === this._era) {
        this._sent = { token: analysis.token, subject };
        this._options.onAnswer(analysis, subject);
      }
    } catch {
      // Nobody asked for this: it is told quietly, and tried again.
      this._sent = null;
      if (!this._isDisposed) {
        this._options.onReach(false);
        this._failures += 1;
        this.soon(
          Math.min(FIRST_RETRY * 2 ** (this._failures - 1), LONGEST_RETRY)
        );
      }
    } finally {
      this._isAsking = false;
    }
    if (this._isWanted) {
      this.soon(0);
    }
  }

  private async _obtain(subject: ISubject): Promise<Analysis | null> {
    if (this._sent) {
      const reply = await this._options.ask(deltaRequest(subject, this._sent));
      if (!('unknown_base' in reply)) {
        return reply;
      }
      this._sent = null;
    }
    const reply = await this._options.ask(wholeRequest(subject));
    return 'unknown_base' in reply ? null : reply;
  }

  private _due = Infinity;
  private _era = 0;
  private _failures = 0;
  private _isAsking = false;
  private _isDisposed = false;
  private _isWanted = false;
  private _sent: ISent | null = null;
  private _timer = 0;
}
