/**
 * A count in the notebook's toolbar: a button of a few words that opens what it counts.
 */
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

import type { ICounter } from '../core/counter';
import { element } from '../core/element';

export abstract class ToolbarCount extends Widget {
  constructor(
    name: string,
    popup: 'menu' | null,
    open: (anchor: HTMLElement) => void
  ) {
    super();
    this.addClass('jh-ToolbarCount');
    this.addClass(name);
    this._button = element('button', {
      type: 'button',
      class: `jh-ToolbarCount-button ${name}-button jp-ToolbarButtonComponent`,
      'aria-haspopup': popup,
      onClick: () => open(this._button)
    });
  }

  /** The toolbar that it stands in. */
  set toolbar(toolbar: Widget) {
    this._toolbar = toolbar;
  }

  override dispose(): void {
    cancelAnimationFrame(this._frame);
    super.dispose();
  }

  /** What it says; null while it should not be there yet. */
  protected abstract counted(): (ICounter & { glyph: string }) | null;

  /** Says it anew in the next frame. */
  protected later(): void {
    if (this._frame === 0 && !this.isDisposed) {
      this._frame = requestAnimationFrame(() => {
        this._frame = 0;
        this.sync();
      });
    }
  }

  protected sync(): void {
    const counted = this.isDisposed ? null : this.counted();
    if (!counted) {
      return;
    }
    if (!this._button.isConnected) {
      this.node.append(this._button);
      this.layOutAnew();
    }
    const { text, title, tone, glyph } = counted;
    const shown = glyph ? `${glyph} ${text}` : text;
    if (this._button.textContent !== shown) {
      this._button.textContent = shown;
    }
    this._button.title = title;
    this._button.setAttribute('aria-label', `${text}. ${title}`);
    this._button.dataset.tone = tone;
  }

  /** Toolbars measure their items when they come, and this one has no size then. */
  protected layOutAnew(): void {
    const toolbar = this._toolbar;
    if (toolbar?.isVisible) {
      const { clientWidth, clientHeight } = toolbar.node;
      MessageLoop.postMessage(
        toolbar,
        new Widget.ResizeMessage(clientWidth, clientHeight)
      );
    }
  }

  protected get isShown(): boolean {
    return this._button.isConnected;
  }

  private readonly _button: HTMLButtonElement;
  private _frame = 0;
  private _toolbar: Widget | null = null;
}
