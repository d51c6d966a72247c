/**
 * Keeps one verification for each open document, however many views it has, and passes the server's
 * hints on to them.
 */
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { Event } from '@jupyterlab/services';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import type { HygieneClient } from '../client';
import type { ProgressEvent } from '../contract';
import type { IVerifications } from '../tokens';
import type { NotebookContext } from './verification';
import { NotebookVerification } from './verification';

const PROGRESS =
  'https://events.jupyter.org/jupyter_hygiene/verification_progress/v1';

export class VerificationRegistry implements IVerifications {
  constructor(
    private readonly _tracker: INotebookTracker,
    private readonly _client: HygieneClient,
    events: Event.IManager | undefined
  ) {
    _tracker.currentChanged.connect(this._onCurrentChanged, this);
    events?.stream.connect(this._onEvent, this);
  }

  get current(): NotebookVerification | null {
    const panel = this.currentPanel;
    return (panel && this._verifications.get(panel.context)) ?? null;
  }

  get currentPanel(): NotebookPanel | null {
    return this._tracker.currentWidget;
  }

  get currentChanged(): ISignal<IVerifications, void> {
    return this._currentChanged;
  }

  async whenReady(panel: NotebookPanel): Promise<NotebookVerification | null> {
    const { context } = panel;
    await context.ready;
    if (context.isDisposed || panel.isDisposed) {
      return null;
    }
    const known = this._verifications.get(context);
    if (known) {
      return known;
    }
    return this._create(context);
  }

  private _create(context: NotebookContext): NotebookVerification {
    const verification = new NotebookVerification(context, this._client);
    this._verifications.set(context, verification);
    verification.disposed.connect(() => {
      this._verifications.delete(context);
      this._currentChanged.emit();
    });
    if (this.current === verification) {
      this._currentChanged.emit();
    }
    void verification.restore();
    return verification;
  }

  private _onCurrentChanged(): void {
    this._currentChanged.emit();
  }

  private _onEvent(_: Event.IManager, emission: Event.Emission): void {
    if (emission.schema_id !== PROGRESS) {
      return;
    }
    const { verification_id, revision } =
      emission as unknown as Partial<ProgressEvent>;
    if (typeof verification_id === 'string' && typeof revision === 'number') {
      for (const verification of this._verifications.values()) {
        verification.hint(verification_id, revision);
      }
    }
  }

  private readonly _currentChanged = new Signal<IVerifications, void>(this);
  private readonly _verifications = new Map<
    NotebookContext,
    NotebookVerification
  >();
}
