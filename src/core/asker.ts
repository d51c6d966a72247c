/**
 * Asks the server for the analysis of one notebook: always for the newest state, and only for what
 * changed. Only what it is given is used to ask, so that it can be tested on paper.
 */
import type { Analysis, AnalyzeRequest, UnknownBase } from '../contract';
import type { ISent, ISubject } from './delta';
import { deltaRequest, isSame, wholeRequest } from './delta';
import { Pacer } from './pacer';

export interface IAskerOptions {
  ask: (request: AnalyzeRequest) => Promise<Analysis | UnknownBase>;
  /** How the subject stands now; null while there is nothing to ask about. */
  subject: () => ISubject | null;
  onAnswer: (analysis: Analysis, subject: ISubject) => void;
  /** The server cannot be asked (false), or can be again (true). */
  onReach: (isReached: boolean) => void;
}

export class Asker {
  constructor(private readonly _options: IAskerOptions) {
    this._pacer = new Pacer({
      work: () => this._ask(),
      onFailure: () => {
        this._sent = null;
        this._options.onReach(false);
      }
    });
  }

  /** The subject changed: ask after this many milliseconds, unless that is due sooner anyway. */
  soon(delay: number): void {
    this._pacer.soon(delay);
  }

  /** The subject is still changing: ask when it has been quiet for this long. */
  later(delay: number): void {
    this._pacer.later(delay);
  }

  /** Begins anew: what was asked and answered before no longer counts. */
  forget(): void {
    this._era += 1;
    this._sent = null;
  }

  dispose(): void {
    this._pacer.dispose();
  }

  private async _ask(): Promise<void> {
    const subject = this._options.subject();
    if (!subject || (this._sent && isSame(this._sent.subject, subject))) {
      return;
    }
    const era = this._era;
    const analysis = await this._obtain(subject);
    this._options.onReach(true);
    if (!this._pacer.isDisposed && analysis && era === this._era) {
      this._sent = { token: analysis.token, subject };
      this._options.onAnswer(analysis, subject);
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

  private _era = 0;
  private readonly _pacer: Pacer;
  private _sent: ISent | null = null;
}
