/**
 * What is predicted of one open notebook: has the server analyse the document and the runs of its
 * kernel, and knows the prediction of every cell. All views of the document share one of these.
 */
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import type { HygieneClient } from '../client';
import type { Analysis, Reason } from '../contract';
import { Asker } from '../core/asker';
import type { ISurroundings } from '../core/cures';
import type { ISubject } from '../core/delta';
import type { ILinks } from '../core/links';
import { LinkIndex } from '../core/links';
import { PAUSE } from '../core/pacer';
import { changedBetween, fromAnalysis, fromJournal } from '../core/predictions';
import { stripped } from '../core/runs';
import type { IPrediction } from '../core/statuses';
import { isStaleInFile } from '../core/statuses';
import type { DocumentChange } from './documentCells';
import { DocumentCells } from './documentCells';
import { NotebookRuns } from './notebookRuns';
import type { NotebookContext } from './verification';

/** While more cells wait to be run, answers are not worth asking for more often than this. */
const WHILE_RUNNING = 400;

export class NotebookStaleness implements IDisposable, ISurroundings {
  constructor(
    readonly context: NotebookContext,
    options: NotebookStaleness.IOptions
  ) {
    this.cells = new DocumentCells(context.model);
    this.cells.changed.connect(this._onDocument, this);
    this.runs = new NotebookRuns(context, this.cells, options);
    this.runs.changed.connect(this._onRuns, this);
    this._asker = new Asker({
      ask: request => options.client.analyze(request),
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
  readonly runs: NotebookRuns;

  /** Emitted with the ids of the cells of which something else is known. */
  get changed(): ISignal<this, ReadonlySet<string>> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Whether this notebook is watched at all, as its user wants it. */
  get isOn(): boolean {
    return this._isOn;
  }

  set isOn(isOn: boolean) {
    if (isOn === this._isOn) {
      return;
    }
    this._isOn = isOn;
    if (isOn) {
      this._asker.soon(0);
    } else {
      this._analysis = null;
      this._links = new LinkIndex([]);
      this._asker.forget();
      this._replace(new Map());
    }
  }

  /** Whether anything is known yet. */
  get isKnown(): boolean {
    return this._predictions.size > 0;
  }

  /** Whether what cells depend on is analysed at all. */
  get hasDependencies(): boolean {
    return this._analysis?.dependencies ?? false;
  }

  get basis(): 'kernel' | 'file' {
    return this.runs.basis ?? 'kernel';
  }

  get rerun(): readonly string[] {
    return this._analysis?.rerun ?? [];
  }

  get isRestartNeeded(): boolean {
    return this._analysis?.restart_needed ?? false;
  }

  linksOf(cellId: string): ILinks {
    return this._links.of(cellId);
  }

  /** In document order. */
  get staleIds(): string[] {
    return this.cells
      .all()
      .map(({ id }) => id)
      .filter(id => this._predictions.get(id)?.status === 'stale');
  }

  /** Whether any cell has run, as far as the basis tells. */
  get hasRun(): boolean {
    return [...this._predictions.values()].some(
      ({ status }) => status !== 'unrun' && status !== 'unknown'
    );
  }

  /** How many cells that have not run in this kernel were stale when the file was saved. */
  get staleInFile(): number {
    return [...this._predictions.values()].filter(isStaleInFile).length;
  }

  prediction(cellId: string): IPrediction | null {
    return this._predictions.get(cellId) ?? null;
  }

  countOf(cellId: string): number | null | undefined {
    const model = this.cells.model(cellId);
    return model ? (model.executionCount ?? null) : undefined;
  }

  /** Not where the code is there already, in whichever cell. */
  canRestore(reason: Reason): boolean {
    const run = this.runs.behind(reason);
    return (
      run !== null &&
      !this.cells.all().some(({ source }) => stripped(source) === run.source)
    );
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._asker.dispose();
    this.runs.dispose();
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

  private _onRuns(_: NotebookRuns, hasEnded: boolean): void {
    this._asker.soon(hasEnded && !this.runs.isBusy ? 0 : WHILE_RUNNING);
  }

  private _subject(): ISubject | null {
    const { basis } = this.runs;
    if (basis === null || this._isDisposed || !this._isOn) {
      return null;
    }
    return {
      language: this.runs.language,
      basis,
      kernelName: this.context.sessionContext.session?.kernel?.name ?? null,
      runs: this.runs.ended,
      cells: this.cells.all()
    };
  }

  private _hear(analysis: Analysis, subject: ISubject): void {
    if (!this._isOn) {
      return;
    }
    this._analysis = analysis;
    this._links = new LinkIndex(analysis.edges);
    const predictions = fromAnalysis(analysis);
    for (const [id, prediction] of predictions) {
      if (
        prediction.unshown &&
        this.cells.model(id)?.executionState === 'running'
      ) {
        // Its outputs are about to come.
        predictions.set(id, { ...prediction, unshown: null });
      }
    }
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
    const last = this.runs.lastOf(cellId);
    if (!last || last.source === stripped(source)) {
      return former;
    }
    return { ...former, status: 'edited', reasons: [], isProvisional: true };
  }

  private _analysis: Analysis | null = null;
  private readonly _asker: Asker;
  private readonly _changed = new Signal<this, ReadonlySet<string>>(this);
  private _isDisposed = false;
  private _isOn = true;
  private _links = new LinkIndex([]);
  private _predictions = new Map<string, IPrediction>();
}

export namespace NotebookStaleness {
  export interface IOptions extends NotebookRuns.IOptions {
    client: HygieneClient;
  }
}
