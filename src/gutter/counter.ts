/**
 * The counter in the notebook's toolbar, a button that opens the list of stale cells.
 */
import { Widget } from '@lumino/widgets';

import { counterOf } from '../core/counter';
import { element } from '../core/element';
import { GLYPHS } from '../core/statuses';
import type { IWording } from '../core/wording';
import type { NotebookStaleness } from '../notebook/staleness';

export class StaleCounter extends Widget {
  constructor(
    private readonly _trans: IWording,
    open: (anchor: HTMLElement) => void
  ) {
    super();
    this.addClass('jh-Counter');
    this._button = element('button', {
      type: 'button',
      class: 'jh-Counter-button jp-ToolbarButtonComponent',
      'aria-haspopup': 'menu',
      onClick: () => open(this._button)
    });
  }

  /** What it counts; it comes once the notebook is loaded. */
  set staleness(staleness: NotebookStaleness) {
    this._staleness = staleness;
    staleness.changed.connect(this._later, this);
    this._sync();
  }

  override dispose(): void {
    cancelAnimationFrame(this._frame);
    super.dispose();
  }

  private _later(): void {
    if (this._frame === 0 && !this.isDisposed) {
      this._frame = requestAnimationFrame(() => {
        this._frame = 0;
        this._sync();
      });
    }
  }

  private _sync(): void {
    const staleness = this._staleness;
    if (!staleness || this.isDisposed) {
      return;
    }
    const { isOn, isKnown, hasDependencies, basis, isRestartNeeded } =
      staleness;
    if (!this._button.isConnected) {
      if (isOn && !isKnown) {
        // Not before its neighbours: the toolbar makes its first button the stop of the Tab key.
        return;
      }
      this.node.append(this._button);
    }
    const { text, title, tone } = counterOf(
      {
        isOn,
        isKnown,
        hasDependencies,
        basis,
        isRestartNeeded,
        stale: staleness.staleIds.length
      },
      this._trans
    );
    const shown = tone === 'warn' ? `${GLYPHS.stale} ${text}` : text;
    if (this._button.textContent !== shown) {
      this._button.textContent = shown;
    }
    this._button.title = title;
    this._button.setAttribute('aria-label', `${text}. ${title}`);
    this._button.dataset.tone = tone;
  }

  private readonly _button: HTMLButtonElement;
  private _frame = 0;
  private _staleness: NotebookStaleness | null = null;
}
