/**
 * The runs of a notebook's kernel, and which of its cells each of them was: from the kernel's journal,
 * what the page knows, and what was kept before a reload.
 */
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import type { Reason } from '../contract';
import { attribution } from '../core/attribution';
import type { JournalStore } from '../core/journalStore';
import { countsOf } from '../core/positions';
import type { IRun } from '../core/runs';
import type { DocumentCells } from './documentCells';
import { KernelJournal } from './kernelJournal';
import type { NotebookContext } from './verification';

/** Before what is known of the runs is put away. */
const KEEP_AFTER = 1000;

export class NotebookRuns implements IDisposable {
  constructor(
    private readonly _context: NotebookContext,
    private readonly _cells: DocumentCells,
    private readonly _options: NotebookRuns.IOptions
  ) {
    this._kernel = new KernelJournal({
      sessionContext: _context.sessionContext,
      isNobodys: _options.isNobodys,
      onGone: id => id && _options.store.forget(id)
    });
    this._kernel.changed.connect(this._onChanged, this);
    this._kernel.historyCame.connect(this._onHistory, this);
    window.addEventListener('pagehide', this._keep);
  }

  /** Emitted with true when a run ended, with false when something else about the runs changed. */
  get changed(): ISignal<this, boolean> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** What the runs are known from: null while the kernel is still being asked. */
  get basis(): 'kernel' | 'file' | null {
    return this._kernel.basis;
  }

  /** Whether the kernel is gone that the notebook had. */
  get isKernelGone(): boolean {
    return this._kernel.isGone;
  }

  get language(): string {
    const { model } = this._context;
    const info = model.getMetadata('language_info') as
      { name?: string } | undefined;
    return (
      this._kernel.language ??
      info?.name ??
      model.defaultKernelLanguage
    ).toLowerCase();
  }

  /** Whether the kernel is at work, or has requests before it. */
  get isBusy(): boolean {
    const { journal } = this._kernel;
    return journal.waiting > 0 || journal.running !== null;
  }

  /** Those that have ended, oldest first. */
  get ended(): IRun[] {
    this._attribute();
    return this._kernel.journal.runs
      .filter(({ status }) => status !== 'running')
      .map(run =>
        run.status === 'error' && !run.traceback
          ? this._withSavedTraceback(run)
          : run
      );
  }

  lastOf(id: string): IRun | null {
    const { runs } = this._kernel.journal;
    for (let at = runs.length - 1; at >= 0; at--) {
      if (runs[at].cellId === id) {
        return runs[at];
      }
    }
    return null;
  }

  /** The run behind a reason. */
  behind(reason: Reason): IRun | null {
    return (
      this._kernel.journal.runs.find(
        ({ count, cellId }) =>
          count === reason.execution_count &&
          (cellId === reason.cell_id || cellId === null)
      ) ?? null
    );
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    window.clearTimeout(this._timer);
    window.removeEventListener('pagehide', this._keep);
    this._keep();
    this._kernel.dispose();
    Signal.clearData(this);
  }

  private _onChanged(_: KernelJournal, hasEnded: boolean): void {
    if (hasEnded) {
      window.clearTimeout(this._timer);
      this._timer = window.setTimeout(this._keep, KEEP_AFTER);
    }
    this._changed.emit(hasEnded);
  }

  private _onHistory(
    _: KernelJournal,
    { entries, isBusy }: KernelJournal.IHistory
  ): void {
    const { journal, kernelId } = this._kernel;
    const recall = this._options.store.recall(kernelId ?? '', this._path);
    const anchors = [
      ...journal.runs.map(({ count, source }) => ({ count, source })),
      ...this._cells
        .standing()
        .flatMap(({ count, source }) =>
          count === null ? [] : [{ count, source }]
        )
    ];
    journal.adopt(
      countsOf(entries, anchors).map(({ count, source }) =>
        recall({
          count,
          source,
          cellId: null,
          evidence: 'none',
          status: 'unknown'
        })
      ),
      isBusy
    );
    this._attribute();
  }

  /** What nobody saw raise may stand on the page. */
  private _withSavedTraceback(run: IRun): IRun {
    const traceback =
      run.cellId === null
        ? undefined
        : this._cells.tracebackOf(run.cellId, run.count);
    return traceback ? { ...run, traceback } : run;
  }

  /** Finds whose the runs were that nobody saw start. */
  private _attribute(): void {
    const { journal } = this._kernel;
    if (journal.runs.length === 0) {
      this._seen.clear();
    }
    const isOpen = journal.runs.some(
      ({ evidence }) => evidence === 'none' || evidence === 'source'
    );
    if (!isOpen) {
      return;
    }
    const isFirst = (run: IRun) => !this._seen.has(run.count);
    journal.revise(attribution(this._cells.standing(), journal.runs, isFirst));
    for (const { count } of journal.runs) {
      this._seen.add(count);
    }
  }

  private get _path(): string {
    return this._context.localPath;
  }

  private readonly _keep = (): void => {
    const { kernelId, journal } = this._kernel;
    if (kernelId && journal.runs.length > 0) {
      this._options.store.keep(kernelId, this._path, journal.runs);
    }
  };

  private readonly _changed = new Signal<this, boolean>(this);
  private _isDisposed = false;
  private readonly _kernel: KernelJournal;
  /** Counts of runs that were looked at before. */
  private readonly _seen = new Set<number>();
  private _timer = 0;
}

export namespace NotebookRuns {
  export interface IOptions {
    store: JournalStore;
    /** Whether a client of the kernel is known to be no notebook, such as a console. */
    isNobodys: (clientId: string) => boolean;
  }
}
