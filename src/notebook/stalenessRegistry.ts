/**
 * Keeps what is predicted of each open document, however many views it has.
 */
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import type { Run } from '../contract';
import { toWire } from '../core/runs';
import { isUnfresh } from '../core/statuses';
import type { IRunHistories } from '../tokens';
import { NotebookStaleness } from './staleness';
import type { NotebookContext } from './verification';

export class StalenessRegistry implements IRunHistories {
  constructor(
    private readonly _tracker: INotebookTracker,
    private readonly _options: NotebookStaleness.IOptions
  ) {
    _tracker.currentChanged.connect(() => this._changed.emit());
  }

  /** Emitted when another notebook comes into use, or something else is known of the one in use. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get current(): NotebookStaleness | null {
    const panel = this.currentPanel;
    return (panel && this._known.get(panel.context)) ?? null;
  }

  get currentPanel(): NotebookPanel | null {
    return this._tracker.currentWidget;
  }

  of(context: NotebookContext): Run[] | null {
    const runs = this._known.get(context)?.runs;
    return runs?.basis === 'kernel' ? runs.ended.map(toWire) : null;
  }

  isStale(context: NotebookContext, cellId: string): boolean {
    const prediction = this._known.get(context)?.prediction(cellId);
    return prediction ? isUnfresh(prediction.status) : false;
  }

  get predicted(): ISignal<this, NotebookContext> {
    return this._predicted;
  }

  /** Null if the notebook was closed before it was loaded. */
  async whenReady(panel: NotebookPanel): Promise<NotebookStaleness | null> {
    const { context } = panel;
    await context.ready;
    if (context.isDisposed || panel.isDisposed) {
      return null;
    }
    return this._known.get(context) ?? this._create(context);
  }

  private _create(context: NotebookContext): NotebookStaleness {
    const staleness = new NotebookStaleness(context, this._options);
    this._known.set(context, staleness);
    staleness.changed.connect(() => {
      this._predicted.emit(context);
      if (this.current === staleness) {
        this._changed.emit();
      }
    });
    context.disposed.connect(() => this._known.delete(context));
    this._changed.emit();
    return staleness;
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _known = new Map<NotebookContext, NotebookStaleness>();
  private readonly _predicted = new Signal<this, NotebookContext>(this);
}
