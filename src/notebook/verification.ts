/**
 * The verification of one open notebook: starts or finds it, follows it, and knows the mark of every
 * cell as the cell now stands. All views of the document share one of these.
 */
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import type { HygieneClient } from '../client';
import { MissingExtensionError, RefusedError, troubleWith } from '../client';
import type {
  CellReport,
  Report,
  Verification,
  VerificationRequest
} from '../contract';
import { Follower } from '../core/follower';
import type { Phase } from '../core/progress';
import { isFinal, isUnderWay } from '../core/progress';
import type { ICellVerdict, IOutcome } from './cellVerdicts';
import { CellVerdicts } from './cellVerdicts';
import { snapshot } from './snapshot';

export type NotebookContext = DocumentRegistry.IContext<INotebookModel>;

export class NotebookVerification implements IDisposable {
  constructor(
    readonly context: NotebookContext,
    readonly client: HygieneClient
  ) {
    this._verdicts = new CellVerdicts(context.model, client);
    this._verdicts.changed.connect(() => this._marksChanged.emit());
    context.disposed.connect(this.dispose, this);
  }

  /** Emitted when the phase, the report or the kept kernel changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted when the marks of cells may have changed. */
  get marksChanged(): ISignal<this, void> {
    return this._marksChanged;
  }

  get disposed(): ISignal<this, void> {
    return this._disposed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  get phase(): Phase {
    return this._phase;
  }

  get isUnderWay(): boolean {
    return isUnderWay(this._phase);
  }

  get verification(): Verification | null {
    return this._verification;
  }

  get report(): Report | null {
    return this._verification?.report ?? null;
  }

  /** Why it could not be done, when the phase is `error`. */
  get errorMessage(): string {
    return this._errorMessage;
  }

  get isConnectionLost(): boolean {
    return this._isConnectionLost;
  }

  /** Whether the outcome was reached while this page was watching, and is news to its reader. */
  get isNews(): boolean {
    return this._isNews;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._follower?.dispose();
    this._verdicts.dispose();
    this._disposed.emit();
    Signal.clearData(this);
  }

  verdictOf(cellId: string): ICellVerdict | null {
    return this._verdicts.of(cellId);
  }

  /** Whether the source of a cell is still the one that was replayed. */
  isSourceVerified(cellId: string): boolean {
    return this._verdicts.isSourceVerified(cellId);
  }

  cellReport(cellId: string): CellReport | null {
    return this.report?.cells.find(cell => cell.id === cellId) ?? null;
  }

  /** What the verdicts that still hold come to; null where none does. */
  get outcome(): IOutcome | null {
    const { outcome } = this._verdicts;
    return outcome === undefined ? this.report : outcome;
  }

  /** How many verified cells are no longer those that were verified. */
  get outdatedCount(): number {
    return this._verdicts.count(verdict => verdict.freshness === 'outdated');
  }

  /** Replays the document as it stands. What goes wrong is told by the phase. */
  async start(
    how: Omit<VerificationRequest, 'path' | 'notebook'>
  ): Promise<void> {
    if (this.isUnderWay || this._isDisposed) {
      return;
    }
    this._follower?.dispose();
    this._verification = null;
    this._isNews = true;
    this._verdicts.begin();
    this._enter('asking');
    const path = this._path;
    try {
      const verification = await this.client.start({
        path,
        notebook: snapshot(this.context.model),
        ...how
      });
      this._follow(verification);
    } catch (error) {
      if (
        error instanceof RefusedError &&
        error.failure.kind === 'already_running' &&
        error.failure.verification_id
      ) {
        await this._attach(error.failure.verification_id);
      } else {
        this._fail(error);
      }
    }
  }

  /** After the notebook was opened or the page reloaded: takes up what the server knows of it. */
  async restore(): Promise<void> {
    let found: Verification | null = null;
    try {
      found = await this.client.find(this._path);
    } catch {
      // Nobody asked for anything yet: no reason to speak up.
      return;
    }
    if (!found || this._phase !== 'idle' || this._isDisposed) {
      return;
    }
    if (!isFinal(found.state)) {
      this._isNews = true;
      await this._verdicts.adopt(found.id);
      this._follow(found);
    } else if (found.state === 'done') {
      await this._verdicts.adopt(found.id);
      if (this._phase === 'idle') {
        this._hear(found);
      }
    }
  }

  async cancel(): Promise<void> {
    const id = this._verification?.id;
    if (!id || !this.isUnderWay) {
      return;
    }
    try {
      await this.client.cancel(id);
    } catch (error) {
      if (!(error instanceof RefusedError)) {
        this._fail(error);
        return;
      }
    }
    this._follower?.hint();
  }

  /** There may be news of a verification, on the word of the event stream. */
  hint(verificationId: string, revision: number): void {
    if (this._verification?.id === verificationId) {
      this._follower?.hint(revision);
    }
  }

  /** The replayed outputs of these cells now stand on the page. */
  noteTaken(cellIds: readonly string[]): void {
    this._verdicts.noteTaken(cellIds);
  }

  /** The replay's kernel is no longer kept. */
  forgetKernel(): void {
    if (this._verification) {
      this._verification = { ...this._verification, kernel: null };
      this._changed.emit();
    }
  }

  /** Asks the server again, as after a refused request. */
  async refresh(): Promise<void> {
    if (this._verification && !this.isUnderWay) {
      this._verification = await this.client.get(this._verification.id);
      this._changed.emit();
    }
  }

  private get _path(): string {
    return this.context.localPath;
  }

  private async _attach(id: string): Promise<void> {
    try {
      const running = await this.client.get(id);
      await this._verdicts.adopt(id);
      this._follow(running);
    } catch (error) {
      this._fail(error);
    }
  }

  private _follow(verification: Verification): void {
    if (this._isDisposed) {
      return;
    }
    this._hear(verification);
    if (isFinal(verification.state)) {
      return;
    }
    this._follower = new Follower({
      ask: () => this.client.get(verification.id),
      judge: troubleWith,
      onNews: news => this._hear(news),
      onConnection: lost => {
        this._isConnectionLost = lost;
        this._changed.emit();
      },
      onEnd: (trouble, error) => {
        if (trouble === 'gone') {
          this._verification = null;
          this._verdicts.clear();
          this._enter('lost');
        } else {
          this._fail(error);
        }
      }
    });
    this._follower.start();
  }

  private _hear(verification: Verification): void {
    this._verification = verification;
    const { state, report, cells, error } = verification;
    if (state === 'cancelled' || state === 'error') {
      this._verdicts.clear();
    } else {
      this._verdicts.decide(
        verification.id,
        report?.cells ?? cells,
        isFinal(state)
      );
    }
    this._errorMessage = error?.message ?? '';
    this._enter(state);
  }

  private _fail(error: unknown): void {
    this._verification = null;
    this._verdicts.clear();
    this._errorMessage = error instanceof Error ? error.message : String(error);
    this._isExtensionMissing = error instanceof MissingExtensionError;
    this._enter('error');
  }

  get isExtensionMissing(): boolean {
    return this._isExtensionMissing;
  }

  private _enter(phase: Phase): void {
    if (phase !== 'error') {
      this._isExtensionMissing = false;
    }
    this._isConnectionLost = false;
    this._phase = phase;
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _disposed = new Signal<this, void>(this);
  private _errorMessage = '';
  private _follower: Follower | null = null;
  private _isConnectionLost = false;
  private _isDisposed = false;
  private _isExtensionMissing = false;
  private _isNews = false;
  private readonly _marksChanged = new Signal<this, void>(this);
  private _phase: Phase = 'idle';
  private _verdicts: CellVerdicts;
  private _verification: Verification | null = null;
}
