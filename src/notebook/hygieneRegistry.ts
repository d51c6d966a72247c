/**
 * Keeps the hygiene findings of each open document, however many views it has, and what is to be known
 * of the rules.
 */
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import type { Rule } from '../contract';
import { NotebookHygiene } from './hygiene';
import type { NotebookContext } from './verification';

export class HygieneRegistry {
  constructor(
    private readonly _tracker: INotebookTracker,
    private readonly _options: NotebookHygiene.IOptions
  ) {
    _tracker.currentChanged.connect(() => this._changed.emit());
  }

  /** Emitted when another notebook comes into use, or something else is known of the one in use. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get current(): NotebookHygiene | null {
    return this.currentPanel && this.of(this.currentPanel);
  }

  /** Null until the notebook is loaded. */
  of(panel: NotebookPanel): NotebookHygiene | null {
    return this._known.get(panel.context) ?? null;
  }

  get currentPanel(): NotebookPanel | null {
    return this._tracker.currentWidget;
  }

  /** Whether documents are checked at all; not before it is said that they are. */
  get isOn(): boolean {
    return this._isOn;
  }

  set isOn(isOn: boolean) {
    this._isOn = isOn;
    for (const hygiene of this._known.values()) {
      hygiene.isOn = isOn;
    }
  }

  /** All documents are checked again. */
  refresh(): void {
    for (const hygiene of this._known.values()) {
      hygiene.refresh();
    }
  }

  /** Null if the notebook was closed before it was loaded. */
  async whenReady(panel: NotebookPanel): Promise<NotebookHygiene | null> {
    const { context } = panel;
    await context.ready;
    if (context.isDisposed || panel.isDisposed) {
      return null;
    }
    return this._known.get(context) ?? this._create(context);
  }

  /** Null until the server has told of its rules, or if it has none of this name. */
  rule(id: string): Rule | null {
    return this._rules.get(id) ?? null;
  }

  /** The rules are asked for once there is something that they tell more about. */
  private async _learnRules(): Promise<void> {
    if (this._isLearning || this._rules.size > 0) {
      return;
    }
    this._isLearning = true;
    try {
      const rules = await this._options.client.rules();
      this._rules = new Map(rules.map(rule => [rule.id, rule]));
      this._changed.emit();
    } catch {
      // Findings say what is wrong without them; the next findings ask again.
    } finally {
      this._isLearning = false;
    }
  }

  private _create(context: NotebookContext): NotebookHygiene {
    const hygiene = new NotebookHygiene(context, this._options);
    hygiene.isOn = this._isOn;
    this._known.set(context, hygiene);
    hygiene.changed.connect(() => {
      if (hygiene.findings.length > 0) {
        void this._learnRules();
      }
      if (this.current === hygiene) {
        this._changed.emit();
      }
    });
    context.disposed.connect(() => this._known.delete(context));
    this._changed.emit();
    return hygiene;
  }

  private readonly _changed = new Signal<this, void>(this);
  private _isLearning = false;
  private _isOn = false;
  private readonly _known = new Map<NotebookContext, NotebookHygiene>();
  private _rules = new Map<string, Rule>();
}
