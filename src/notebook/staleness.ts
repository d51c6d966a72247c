/**
 * What is predicted of one open notebook: joins the kernel's journal with the document, has the server
 * analyse them, and knows the prediction of every cell. All views of the document share one of these.
 */
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import type { HygieneClient } from '../client';
import type { Analysis, Reason } from '../contract';
import { Asker, PAUSE } from '../core/asker';
import { attribution } from '../core/attribution';
import type { ISurroundings } from '../core/cures';
import type { ISubject } from '../core/delta';
import type { JournalStore } from '../core/journalStore';
import { LinkIndex } from '../core/links';
import { countsOf } from '../core/positions';
import { changedBetween, fromAnalysis, fromJournal } from '../core/predictions';
import type { IRun } from '../core/runs';
import { stripped } from '../core/runs';
import type { IPrediction } from '../core/statuses';
import type { DocumentChange } from './documentCells';
import { DocumentCells } from './documentCells';
import { KernelJournal } from './kernelJournal';
import type { NotebookContext } from './verification';

/** While more cells wait to be run, answers are not worth asking for more often than this. */
const WHILE_RUNNING = 400;
/** Before what is known of the runs is put away. */
const KEEP_AFTER = 1000;

export class NotebookStaleness implements IDisposable, ISurroundings {
  constructor(
    readonly context: NotebookContext,
    private readonly _options: NotebookStaleness.IOptions
  ) {
    this.cells = new DocumentCells(context.model);
    this.cells.changed.connect(this._onDocument, this);
    this._kernel = new KernelJournal({
      sessionContext: context.sessionContext,
      isNobodys: _options.isNobodys,
      onGone: id => id && _options.store.forget(id)
    });
    this._kernel.changed.connect(this._onRuns, this);
    this._kernel.historyCame.connect(this._onHistory, this);
    this._asker = new Asker({
      ask: request => _options.client.analyze(request),
      subject: () => this._subject(),
      onAnswer: (analysis, subject) => this._hear(analysis, subject),
      onReach: isReached => this._onReach(isReached)
    });
    void context.sessionContext.ready
      .then(() => this._asker.soon(0))
      .catch(() => undefined);
    context.disposed.connect(this.dispose, this);
  }

  readonly cells: DocumentCells;

  /** Emitted with the ids of the cells of which something else is known. */
  get changed(): ISignal<this, ReadonlySet<string>> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Whether what cells depend on is analysed at all. */
  get hasDependencies(): boolean {
    return this._analysis?.dependencies ?? false;
  }

  get basis(): 'kernel' | 'file' {
    return this._kernel.basis ?? 'kernel';
  }

  get rerun(): readonly string[] {
    return this._analysis?.rerun ?? [];
  }

  get isRestartNeeded(): boolean {
    return this._analysis?.restart_needed ?? false;
  }

  get links(): LinkIndex {
    return this._links;
  }

  /** In document order. */
  get staleIds(): string[] {
    return this.cells
      .all()
      .map(({ id }) => id)
      .filter(id => this._predictions.get(id)?.status === 'stale');
  }

  prediction(cellId: string): IPrediction | null {
    return this._predictions.get(cellId) ?? null;
  }

  countOf(cellId: string): number | null | undefined {
    const model = this.cells.model(cellId);
    return model ? (model.executionCount ?? null) : undefined;
  }

  canRestore(reason: Reason): boolean {
    return this.sourceOf(reason) !== null;
  }

  /** The source that the run behind a reason had. */
  sourceOf(reason: Reason): string | null {
    const run = this._kernel.journal.runs.find(
      ({ count, cellId }) =>
        count === reason.execution_count &&
        (cellId === reason.cell_id || cellId === null)
    );
    return run?.source ?? null;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    window.clearTimeout(this._keepTimer);
    this._keep();
    this._asker.dispose();
    this._kernel.dispose();
    this.cells.dispose();
    Signal.clearData(this);
  }

  private _onDocument(_: DocumentCells, change: DocumentChange): void {
    if (change.kind === 'source') {
      this._provide(change.cellId);
      this._asker.later(PAUSE);
    } else if (change.kind === 'cells') {
      this._asker.later(PAUSE / 4);
    } else {
      this._asker.soon(PAUSE / 4);
    }
  }

  private _onRuns(_: KernelJournal, hasEnded: boolean): void {
    if (hasEnded) {
      const { waiting, running } = this._kernel.journal;
      this._asker.soon(waiting > 0 || running ? WHILE_RUNNING : 0);
      window.clearTimeout(this._keepTimer);
      this._keepTimer = window.setTimeout(() => this._keep(), KEEP_AFTER);
    } else {
      this._asker.soon(WHILE_RUNNING);
    }
  }

  private _onHistory(
    _: KernelJournal,
    { entries, isBusy }: KernelJournal.IHistory
  ): void {
    const { journal, kernelId } = this._kernel;
    const standing = this.cells.standing();
    const recall = this._options.store.recall(kernelId ?? '', this._path);
    const anchors = [
      ...journal.runs.map(({ count, source }) => ({ count, source })),
      ...standing.flatMap(({ count, source }) =>
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

  /** Finds whose the runs were that nobody saw start. */
  private _attribute(): void {
    const { journal } = this._kernel;
    const open = journal.runs.some(
      ({ evidence }) => evidence === 'none' || evidence === 'source'
    );
    if (!open) {
      return;
    }
    const isFirst = (run: IRun) => !this._seen.has(run.count);
    journal.revise(attribution(this.cells.standing(), journal.runs, isFirst));
    for (const { count } of journal.runs) {
      this._seen.add(count);
    }
  }

  private _subject(): ISubject | null {
    const { basis, journal } = this._kernel;
    if (basis === null || this._isDisposed || !this._isOn) {
      return null;
    }
    if (journal.runs.length === 0) {
      this._seen.clear();
    }
    this._attribute();
    return {
      language: this._language,
      basis,
      cells: this.cells.all(),
      runs: journal.runs.filter(({ status }) => status !== 'running')
    };
  }

  set isOn(isOn: boolean) {
    if (isOn !== this._isOn) {
      this._isOn = isOn;
      this._asker.soon(0);
    }
  }

  private get _language(): string {
    const { model } = this.context;
    const info = model.getMetadata('language_info') as { name?: string };
    return (
      this._kernel.language ??
      info?.name ??
      model.defaultKernelLanguage
    ).toLowerCase();
  }

  private get _path(): string {
    return this.context.localPath;
  }

  private _hear(analysis: Analysis, subject: ISubject): void {
    this._analysis = analysis;
    this._links = new LinkIndex(analysis.edges);
    const predictions = fromAnalysis(analysis);
    // Edits that came while the server was thinking are shown until the next answer.
    const sent = new Map(subject.cells.map(cell => [cell.id, cell]));
    for (const { id, source } of this.cells.all()) {
      const asked = sent.get(id);
      const prediction = predictions.get(id);
      if (prediction && asked && asked.source !== source) {
        predictions.set(id, this._provisional(id, prediction));
      }
    }
    this._replace(predictions);
  }

  private _onReach(isReached: boolean): void {
    if (!isReached) {
      const subject = this._subject();
      this._analysis = null;
      this._links = new LinkIndex([]);
      if (subject) {
        this._replace(fromJournal(subject));
      }
    }
  }

  private _replace(predictions: ReadonlyMap<string, IPrediction>): void {
    const changed = changedBetween(this._predictions, predictions);
    this._predictions = new Map(predictions);
    this._changed.emit(changed);
  }

  /** An edit is seen at once, by comparing texts; the server knows better, and is asked on a pause. */
  private _provide(cellId: string): void {
    const former = this._predictions.get(cellId);
    if (!former) {
      return;
    }
    const present = this._provisional(cellId, former);
    if (present.status !== former.status) {
      this._predictions.set(cellId, present);
      this._changed.emit(new Set([cellId]));
    }
  }

  private _provisional(cellId: string, former: IPrediction): IPrediction {
    const source = this.cells.model(cellId)?.sharedModel.getSource() ?? '';
    const { runs } = this._kernel.journal;
    let last: IRun | undefined;
    for (let at = runs.length - 1; at >= 0 && !last; at--) {
      last = runs[at].cellId === cellId ? runs[at] : undefined;
    }
    if (!last || last.source === stripped(source)) {
      return former;
    }
    return { ...former, status: 'edited', reasons: [], isProvisional: true };
  }

  private _keep(): void {
    const { kernelId, journal } = this._kernel;
    if (kernelId && journal.runs.length > 0) {
      this._options.store.keep(kernelId, this._path, journal.runs);
    }
  }

  private _analysis: Analysis | null = null;
  private readonly _asker: Asker;
  private readonly _changed = new Signal<this, ReadonlySet<string>>(this);
  private _isDisposed = false;
  private _isOn = true;
  private _keepTimer = 0;
  private readonly _kernel: KernelJournal;
  private _links = new LinkIndex([]);
  private _predictions = new Map<string, IPrediction>();
  /** Counts of runs that were looked at before. */
  private readonly _seen = new Set<number>();
}

export namespace NotebookStaleness {
  export interface IOptions {
    client: HygieneClient;
    store: JournalStore;
    isNobodys: (clientId: string) => boolean;
  }
}
