/**
 * The verdicts of a notebook's cells, and whether each still speaks of the cell as it stands.
 * Everything is keyed by cell id: a moved cell has a new model and keeps its verdict.
 */
import type { ICellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import type { HygieneClient } from '../client';
import type { CellMark, CellVerdict, MatchReply } from '../contract';
import type { IFingerprint, IVerifiedCell } from '../core/fingerprints';
import { fingerprint, freshnessOf } from '../core/fingerprints';
import type { Freshness } from '../core/verdicts';
import { CellWatcher } from './cellWatcher';
import { codeCells, snapshot } from './snapshot';

export interface ICellVerdict {
  verdict: CellVerdict;
  summary: string;
  freshness: Freshness;
}

export class CellVerdicts implements IDisposable {
  constructor(
    private readonly _model: INotebookModel,
    private readonly _client: HygieneClient
  ) {
    this._watcher = new CellWatcher(_model);
    this._watcher.cellsChanged.connect(this._reconsider, this);
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._watcher.isDisposed;
  }

  dispose(): void {
    this._watcher.dispose();
    Signal.clearData(this);
  }

  /** Null too for a cell of which it is not yet known whether it is the one that was verified. */
  of(cellId: string): ICellVerdict | null {
    return this._known.has(cellId)
      ? (this._verdicts.get(cellId) ?? null)
      : null;
  }

  isSourceVerified(cellId: string): boolean {
    const known = this._known.get(cellId);
    const cell = codeCells(this._model).find(({ id }) => id === cellId);
    if (!known || !cell) {
      return false;
    }
    const { source } = stand(cell);
    return known.sent?.source === source || known.taken?.source === source;
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
    this._adopted = '';
    this._verdicts.clear();
    this._known.clear();
    for (const cell of codeCells(this._model)) {
      this._known.set(cell.id, { sent: stand(cell), taken: null });
    }
    this._changed.emit();
  }

  /** Takes up a verification that this page did not start: asks which cells are still those verified. */
  async adopt(verificationId: string): Promise<void> {
    this._adopted = verificationId;
    this._known.clear();
    await this._match();
  }

  /** Takes verdicts up; those of a finished replay the server can match with the cells as they stand. */
  decide(marks: readonly CellMark[], isFinal: boolean): void {
    for (const { id, verdict, summary } of marks) {
      this._verdicts.set(id, { verdict, summary, freshness: 'outdated' });
    }
    let isStrange = false;
    for (const cell of codeCells(this._model)) {
      this._assess(cell);
      isStrange ||= this._verdicts.has(cell.id) && !this._known.has(cell.id);
    }
    this._changed.emit();
    if (isStrange && this._adopted && (isFinal || !this._isMatchRefused)) {
      void this._match();
    }
  }

  clear(): void {
    this._verdicts.clear();
    this._known.clear();
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
  }

  private _assess(cell: ICellModel): Freshness | null {
    const verdict = this._verdicts.get(cell.id);
    if (!verdict) {
      return null;
    }
    const known = this._known.get(cell.id);
    const freshness = known ? freshnessOf(known, stand(cell)) : 'outdated';
    this._verdicts.set(cell.id, { ...verdict, freshness });
    return freshness;
  }

  private _reconsider(_: CellWatcher, ids: ReadonlySet<string>): void {
    let isStrange = false;
    for (const cell of codeCells(this._model)) {
      if (ids.has(cell.id) && this._assess(cell) === 'outdated') {
        // How it stood when it was verified is known to the server alone.
        isStrange ||= !this._known.get(cell.id)?.sent;
      }
    }
    this._changed.emit();
    if (isStrange && this._adopted) {
      void this._match();
    }
  }

  private async _match(): Promise<void> {
    if (this._isMatching) {
      this._isMatchWanted = true;
      return;
    }
    this._isMatching = true;
    try {
      do {
        this._isMatchWanted = false;
        await this._matchOnce(this._adopted);
      } while (this._isMatchWanted && !this.isDisposed);
    } finally {
      this._isMatching = false;
    }
  }

  private async _matchOnce(id: string): Promise<void> {
    const stands = new Map<string, IFingerprint>(
      codeCells(this._model).map(cell => [cell.id, stand(cell)])
    );
    let reply: MatchReply;
    try {
      reply = await this._client.match(id, snapshot(this._model));
      this._isMatchRefused = false;
    } catch {
      // Without an answer nothing is known to be current, and nothing is shown as such.
      this._isMatchRefused = true;
      return;
    }
    if (id !== this._adopted || this.isDisposed) {
      return;
    }
    for (const { id: cellId, status } of reply.cells) {
      const now = stands.get(cellId) ?? null;
      const known: IVerifiedCell = {
        ...(this._known.get(cellId) ?? { sent: null, taken: null })
      };
      if (status === 'current') {
        known.sent = now;
      } else if (status === 'taken') {
        known.taken = now;
      }
      this._known.set(cellId, known);
    }
    codeCells(this._model).forEach(cell => this._assess(cell));
    this._changed.emit();
  }

  /** The verification whose cells were matched by the server, if it was not sent from here. */
  private _adopted = '';
  private readonly _changed = new Signal<this, void>(this);
  private _isMatching = false;
  /** A server may know only finished replays well enough: it is not asked again at every cell. */
  private _isMatchRefused = false;
  private _isMatchWanted = false;
  private readonly _known = new Map<string, IVerifiedCell>();
  private readonly _verdicts = new Map<string, ICellVerdict>();
  private readonly _watcher: CellWatcher;
}

function stand(cell: ICellModel): IFingerprint {
  return fingerprint(cell.toJSON());
}
