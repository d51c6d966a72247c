/**
 * The verdicts of a notebook's cells as they now stand: what of a verification still holds, and what the
 * server says anew of cells that show something else. Everything is keyed by cell id: a moved cell has a
 * new model and keeps its verdict.
 */
import type { ICellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import type { HygieneClient } from '../client';
import { UnreachableError } from '../client';
import type {
  CellMark,
  CellVerdict,
  MatchReply,
  NotebookVerdict
} from '../contract';
import type { IFingerprint, IVerifiedCell } from '../core/fingerprints';
import { fingerprint, freshnessOf, isEqual } from '../core/fingerprints';
import { Pacer } from '../core/pacer';
import type { Freshness } from '../core/verdicts';
import { CellWatcher } from './cellWatcher';
import { matchRequest } from './matchRequest';
import { codeCells } from './snapshot';

/** Of quiet before the server is asked what holds of a page that changes, in milliseconds. */
const PAUSE = 300;

export interface ICellVerdict {
  verdict: CellVerdict;
  summary: string;
  freshness: Freshness;
}

/** What the verdicts that hold come to. */
export interface IOutcome {
  verdict: NotebookVerdict;
  headline: string;
}

/** What the server said of a cell, and how that stood then. */
interface IAnswer extends ICellVerdict {
  stand: IFingerprint;
}

export class CellVerdicts implements IDisposable {
  constructor(
    private readonly _model: INotebookModel,
    private readonly _client: HygieneClient
  ) {
    this._pacer = new Pacer({
      work: () => this._match(),
      // Without an answer nothing that has changed is shown as current.
      onFailure: () => undefined
    });
    this._watcher = new CellWatcher(_model);
    this._watcher.cellsChanged.connect(this._reconsider, this);
    _model.cells.changed.connect(this._askSoon, this);
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._watcher.isDisposed;
  }

  /** As decided anew: null where no verdict holds any more, undefined while the report has the last word. */
  get outcome(): IOutcome | null | undefined {
    return this._outcome;
  }

  dispose(): void {
    this._pacer.dispose();
    this._watcher.dispose();
    Signal.clearData(this);
  }

  /** Null too for a cell of which it is not yet known whether it is the one that was verified. */
  of(cellId: string): ICellVerdict | null {
    return this._known.has(cellId) ? (this._shown.get(cellId) ?? null) : null;
  }

  isSourceVerified(cellId: string): boolean {
    const known = this._known.get(cellId);
    const cell = codeCells(this._model).find(({ id }) => id === cellId);
    if (!known || !cell) {
      return false;
    }
    const { source } = stand(cell);
    const { sent, taken } = known;
    const answer = this._answers.get(cellId);
    return (
      sent?.source === source ||
      taken?.source === source ||
      (answer?.freshness !== 'outdated' && answer?.stand.source === source)
    );
  }

  count(test: (verdict: ICellVerdict) => boolean): number {
    // A deleted cell keeps its verdict, since an undo may bring it back, and counts for nothing.
    return codeCells(this._model).filter(cell => {
      const verdict = this.of(cell.id);
      return verdict !== null && test(verdict);
    }).length;
  }

  /** The document is about to be sent: remember how its cells stand. */
  begin(): void {
    this._forget();
    for (const cell of codeCells(this._model)) {
      this._known.set(cell.id, { sent: stand(cell), taken: null });
    }
    this._changed.emit();
  }

  /** Takes up a verification that this page did not start: asks which cells are still those verified. */
  async adopt(verificationId: string): Promise<void> {
    this._forget();
    this._id = verificationId;
    this._isAdopted = true;
    await this._match().catch(() => this._pacer.soon(PAUSE));
  }

  /** Takes verdicts up. */
  decide(
    verificationId: string,
    marks: readonly CellMark[],
    isFinal: boolean
  ): void {
    this._id = verificationId;
    const hasEnded = isFinal && !this._isFinal;
    this._isFinal = isFinal;
    for (const { id, verdict, summary } of marks) {
      this._decided.set(id, { verdict, summary });
    }
    let isStrange = false;
    let isOther = false;
    for (const cell of codeCells(this._model)) {
      const freshness = this._assess(cell);
      isStrange ||= this._decided.has(cell.id) && !this._known.has(cell.id);
      isOther ||= freshness === 'outdated';
    }
    this._changed.emit();
    const isAsked = isStrange && (isFinal || !this._isRefused);
    if (
      (isAsked && this._isAdopted) ||
      (hasEnded && isOther && this._outcome === undefined)
    ) {
      this._pacer.soon(0);
    }
  }

  clear(): void {
    this._forget();
    this._changed.emit();
  }

  noteTaken(cellIds: readonly string[]): void {
    const ids = new Set(cellIds);
    for (const cell of codeCells(this._model)) {
      if (ids.has(cell.id)) {
        const known = this._known.get(cell.id) ?? { sent: null, taken: null };
        this._known.set(cell.id, { ...known, taken: stand(cell) });
        this._assess(cell);
      }
    }
    this._changed.emit();
    this._askSoon();
  }

  private _forget(): void {
    this._id = '';
    this._isAdopted = false;
    this._isFinal = false;
    this._isRefused = false;
    this._outcome = undefined;
    this._answers.clear();
    this._decided.clear();
    this._known.clear();
    this._shown.clear();
  }

  private _assess(cell: ICellModel): Freshness | null {
    const decided = this._decided.get(cell.id);
    if (!decided) {
      return null;
    }
    const now = stand(cell);
    const answer = this._answers.get(cell.id);
    if (answer && isEqual(answer.stand, now)) {
      this._shown.set(cell.id, answer);
      return answer.freshness;
    }
    const known = this._known.get(cell.id);
    const freshness = known ? freshnessOf(known, now) : 'outdated';
    const { verdict, summary } = decided;
    this._shown.set(cell.id, {
      verdict,
      summary: freshness === 'outdated' ? '' : summary,
      freshness
    });
    return freshness;
  }

  private _reconsider(_: CellWatcher, ids: ReadonlySet<string>): void {
    for (const cell of codeCells(this._model)) {
      if (ids.has(cell.id)) {
        this._assess(cell);
      }
    }
    this._changed.emit();
    this._askSoon();
  }

  /** What a cell shows may hold no longer for an edit of another: the server knows. */
  private _askSoon(): void {
    if (this._id && (this._isFinal || this._isAdopted)) {
      this._pacer.soon(PAUSE);
    }
  }

  private async _match(): Promise<void> {
    const id = this._id;
    const stands = new Map<string, IFingerprint>(
      codeCells(this._model).map(cell => [cell.id, stand(cell)])
    );
    if (!id || this._isUntouched(stands)) {
      return;
    }
    let reply: MatchReply;
    try {
      reply = await this._client.match(
        id,
        matchRequest(this._model, this._known, stands)
      );
    } catch (error) {
      if (error instanceof UnreachableError) {
        throw error;
      }
      // Asking again would be refused as well, until something else is known.
      this._isRefused = true;
      return;
    }
    if (id === this._id && !this.isDisposed) {
      this._isRefused = false;
      this._hear(reply, stands);
    }
  }

  /** Whether nothing has changed since the page was sent; so it need not be asked. */
  private _isUntouched(stands: ReadonlyMap<string, IFingerprint>): boolean {
    return (
      this._answers.size === 0 &&
      !this._isAdopted &&
      [...this._known].every(([cellId, { sent }]) => {
        const now = stands.get(cellId);
        return now !== undefined && isEqual(sent, now);
      }) &&
      [...this._known.keys()].join() === [...stands.keys()].join()
    );
  }

  private _hear(
    reply: MatchReply,
    stands: ReadonlyMap<string, IFingerprint>
  ): void {
    this._answers.clear();
    for (const { id, status, verdict, summary } of reply.cells) {
      const now = stands.get(id);
      const known: IVerifiedCell = {
        ...(this._known.get(id) ?? { sent: null, taken: null })
      };
      if (now) {
        if (status === 'current') {
          known.sent ??= now;
        } else if (status === 'taken') {
          known.taken = now;
        }
        if (verdict) {
          const answer = { verdict, summary, freshness: status, stand: now };
          this._answers.set(id, answer);
        }
      }
      this._known.set(id, known);
    }
    const { verdict, headline } = reply;
    if (reply.cells.some(cell => cell.verdict !== null)) {
      this._outcome =
        verdict !== null && headline !== null ? { verdict, headline } : null;
    }
    codeCells(this._model).forEach(cell => this._assess(cell));
    this._changed.emit();
  }

  private readonly _answers = new Map<string, IAnswer>();
  private readonly _changed = new Signal<this, void>(this);
  /** What the report says. */
  private readonly _decided = new Map<
    string,
    Omit<ICellVerdict, 'freshness'>
  >();
  private _id = '';
  /** Whether it was not sent from here, so that the server alone knows how the cells stood. */
  private _isAdopted = false;
  private _isFinal = false;
  private _isRefused = false;
  private readonly _known = new Map<string, IVerifiedCell>();
  private _outcome: IOutcome | null | undefined;
  private readonly _pacer: Pacer;
  private readonly _shown = new Map<string, ICellVerdict>();
  private readonly _watcher: CellWatcher;
}

function stand(cell: ICellModel): IFingerprint {
  return fingerprint(cell.toJSON());
}
