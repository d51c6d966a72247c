/**
 * The runs of one kernel, oldest first: from the kernel's own history, and live from its messages.
 *
 * Knows the protocol's words but no connection, so that every order in which messages arrive can be
 * tested on paper.
 */
import type { IRun } from './runs';
import { stripped } from './runs';

/** A request of this page on its way: the kernel's echo of it names only the message. */
interface IRequest {
  cellId: string | null;
  isCounted: boolean;
  hasBegun: boolean;
}

/** How a run ended. */
type IEnding = Pick<IRun, 'status' | 'traceback'>;

/** What is remembered of requests that were never answered is bounded. */
const MOST_REQUESTS = 10_000;

export class RunJournal {
  /** Oldest first. A run that changes is another object, so that what was told can be compared. */
  get runs(): readonly IRun[] {
    return this._runs;
  }

  /** The run under way, if one is. */
  get running(): IRun | null {
    return this._runs.find(run => run.status === 'running') ?? null;
  }

  /** How many requests of this page wait to be run. */
  get waiting(): number {
    let waiting = 0;
    for (const { hasBegun, isCounted } of this._requests.values()) {
      waiting += !hasBegun && isCounted ? 1 : 0;
    }
    return waiting;
  }

  /** Whether something was seen that the runs known here do not explain: the history should be asked. */
  get isTorn(): boolean {
    return this._isTorn;
  }

  clear(): void {
    this._runs = [];
    this._requests.clear();
    this._live.clear();
    this._isTorn = false;
  }

  /** This page asks for code to be run. */
  request(messageId: string, cellId: string | null, isCounted: boolean): void {
    if (this._requests.size >= MOST_REQUESTS) {
      this._requests.delete(this._requests.keys().next().value!);
    }
    this._requests.set(messageId, { cellId, isCounted, hasBegun: false });
  }

  /**
   * The kernel begins to run code. `isNobodys` says that the asker is known to be no notebook.
   * Answers whether that is a run of this journal.
   */
  begin(
    messageId: string,
    count: number,
    code: string,
    isNobodys: boolean
  ): boolean {
    const request = this._requests.get(messageId);
    if (request && !request.isCounted) {
      return false;
    }
    if (request) {
      request.hasBegun = true;
    }
    const known = this._live.get(messageId);
    if (known !== undefined) {
      return false;
    }
    const last = this._runs[this._runs.length - 1];
    if (last && count < last.count) {
      // A kernel counts upwards: this one began anew without telling.
      this._runs = [];
      this._live.clear();
    } else if (count > (last?.count ?? 0) + 1) {
      this._isTorn = true;
    }
    // A run that left no trace in the counts has the count of the next one.
    this._runs = this._runs.filter(run => run.count !== count);
    const source = stripped(code);
    const isCertain = request !== undefined || isNobodys;
    this._runs.push({
      count,
      source,
      cellId: request?.cellId ?? null,
      evidence: isCertain ? 'certain' : 'none',
      status: 'running'
    });
    this._live.set(messageId, count);
    return true;
  }

  /** The run raised. */
  fail(messageId: string, errorName: string, traceback?: string): void {
    this._failures.set(
      messageId,
      errorName === 'KeyboardInterrupt'
        ? { status: 'interrupted' }
        : { status: 'error', ...(traceback && { traceback }) }
    );
  }

  /** The kernel is done with a request. Answers whether a run ended with it. */
  end(messageId: string): boolean {
    const count = this._live.get(messageId);
    const ending = this._failures.get(messageId) ?? { status: 'ok' };
    this._failures.delete(messageId);
    this._requests.delete(messageId);
    this._live.delete(messageId);
    if (count === undefined) {
      // It may be one that began before this page listened.
      return this._settle(this._inherited, ending);
    }
    return this._settle(count, ending);
  }

  /** Messages may have been missed: nothing tells any more that the run under way has ended. */
  lose(): void {
    this._inherited = this.running?.count ?? -1;
    this._live.clear();
  }

  /** A request was turned down: it will not be run. */
  drop(messageId: string): boolean {
    return this._requests.delete(messageId);
  }

  /**
   * Takes up the history of the kernel, whose counts are already known. Runs seen live know more. Where
   * the kernel is busy the newest one is still under way; where it is not, none is that this page did
   * not see begin.
   */
  adopt(history: readonly IRun[], isBusy: boolean): void {
    const watched = new Set(this._live.values());
    const live = new Map(
      this._runs.map(run => [
        run.count,
        run.status === 'running' && !isBusy && !watched.has(run.count)
          ? { ...run, status: 'unknown' as const }
          : run
      ])
    );
    const newest = history[history.length - 1]?.count ?? 0;
    const merged = history.map(run => {
      const known = live.get(run.count);
      if (!known || known.source !== run.source) {
        return run;
      }
      return known.evidence === 'none' || known.status === 'unknown'
        ? {
            ...known,
            ...(known.evidence === 'none' && {
              cellId: run.cellId,
              evidence: run.evidence
            }),
            status: known.status === 'unknown' ? run.status : known.status
          }
        : known;
    });
    // Newer ones began after the kernel had answered.
    merged.push(...this._runs.filter(run => run.count > newest));
    const last = merged[merged.length - 1];
    if (isBusy && last?.count === newest && last.status === 'unknown') {
      merged[merged.length - 1] = { ...last, status: 'running' };
      this._inherited = last.count;
    }
    this._runs = merged;
    this._isTorn = false;
  }

  /** Says of runs whose they were, or how they ended. */
  revise(revised: (run: IRun) => IRun): boolean {
    const runs = this._runs.map(revised);
    const hasChanged = runs.some((run, at) => run !== this._runs[at]);
    if (hasChanged) {
      this._runs = runs;
    }
    return hasChanged;
  }

  private _settle(count: number, ending: IEnding): boolean {
    const at = this._runs.findIndex(
      run => run.count === count && run.status === 'running'
    );
    if (at < 0) {
      return false;
    }
    this._runs = [...this._runs];
    this._runs[at] = { ...this._runs[at], ...ending };
    return true;
  }

  private readonly _failures = new Map<string, IEnding>();
  /** The count of a run that was under way when the history was taken up. */
  private _inherited = -1;
  private _isTorn = false;
  private readonly _live = new Map<string, number>();
  private readonly _requests = new Map<string, IRequest>();
  private _runs: IRun[] = [];
}
