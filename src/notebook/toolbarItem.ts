/**
 * The item in the notebook's toolbar: the button, and in its place while a replay is under way how far
 * it is and a button to cancel it.
 */
import type { TranslationBundle } from '@jupyterlab/translation';
import { ToolbarButton, closeIcon } from '@jupyterlab/ui-components';
import { Panel, Widget } from '@lumino/widgets';

import { longProgress, shortProgress } from '../core/progress';
import { verifyIcon } from '../icons';
import type { NotebookVerification } from './verification';

export class VerifyToolbarItem extends Panel {
  constructor(private readonly _options: VerifyToolbarItem.IOptions) {
    super();
    const { trans } = _options;
    this.addClass('jh-ToolbarItem');
    this._start = new ToolbarButton({
      icon: verifyIcon,
      label: trans.__('Restart and Verify'),
      tooltip: _options.caption,
      onClick: () => {
        release(this._start);
        _options.start();
      }
    });
    this._progress = new Widget();
    this._progress.addClass('jh-ToolbarItem-progress');
    this._cancel = new ToolbarButton({
      icon: closeIcon,
      tooltip: trans.__('Cancel the verification'),
      onClick: () => {
        release(this._cancel);
        _options.cancel();
      }
    });
    this.addWidget(this._start);
    this.addWidget(this._progress);
    this.addWidget(this._cancel);
    this._sync();
  }

  /** What it shows; it comes once the notebook is loaded. */
  set verification(verification: NotebookVerification) {
    this._verification = verification;
    verification.changed.connect(this._sync, this);
    this._sync();
  }

  private _sync(): void {
    if (this.isDisposed) {
      return;
    }
    const { trans } = this._options;
    const verification = this._verification;
    const isUnderWay = verification?.isUnderWay ?? false;
    const hadFocus = this.node.contains(document.activeElement);
    const hasChanged = this._start.isHidden !== isUnderWay;
    this._start.setHidden(isUnderWay);
    this._progress.setHidden(!isUnderWay);
    this._cancel.setHidden(!isUnderWay);
    if (verification && isUnderWay) {
      const { phase } = verification;
      this._progress.node.textContent = shortProgress(
        phase,
        verification.verification,
        trans
      );
      this._progress.node.title = longProgress(
        phase,
        verification.verification,
        trans
      );
    }
    if (hasChanged && hadFocus) {
      // Whoever pressed the one button with the keyboard goes on at the other.
      const next = isUnderWay ? this._cancel : this._start;
      next.node.querySelector<HTMLElement>('jp-button, button')?.focus();
    }
  }

  private readonly _cancel: ToolbarButton;
  private readonly _progress: Widget;
  private readonly _start: ToolbarButton;
  private _verification: NotebookVerification | null = null;
}

export namespace VerifyToolbarItem {
  export interface IOptions {
    trans: TranslationBundle;
    caption: string;
    start: () => void;
    cancel: () => void;
  }
}

/** Toolbar buttons take themselves for toggles, and would stay pressed after a click. */
function release(button: ToolbarButton): void {
  button.pressed = false;
}
