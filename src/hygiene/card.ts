/**
 * A card that opens beside something: under the pointer after a moment, or for the keyboard at once. It
 * lies above the page, since what is inside a cell is clipped to it.
 */
import type { IDisposable } from '@lumino/disposable';

import { element } from '../core/element';

/** Milliseconds before a card opens under the pointer, and before it goes when the pointer has left. */
const BEFORE = 250;
const AFTER = 400;
/** From the edge of the window, and from what it belongs to, in pixels. */
const EDGE = 8;
const GAP = 4;
/** What it must not cover is not gone farther away for than this. */
const FARTHEST = 150;

export interface ICardContent {
  label: string;
  node: HTMLElement;
  /** What the card is about, which it rather does not cover. */
  about: Element | null;
}

export class Card implements IDisposable {
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  get isOpen(): boolean {
    return this._node !== null;
  }

  get hasFocus(): boolean {
    return this._node?.contains(document.activeElement) ?? false;
  }

  dispose(): void {
    this._isDisposed = true;
    this.close();
  }

  /** The pointer is over something that has a card. */
  hover(anchor: HTMLElement, content: () => ICardContent | null): void {
    window.clearTimeout(this._timer);
    if (this._anchor === anchor || this.hasFocus) {
      return;
    }
    this._timer = window.setTimeout(() => {
      const shown = anchor.isConnected ? content() : null;
      if (shown) {
        this._open(anchor, shown);
      }
    }, BEFORE);
  }

  /** The pointer is over nothing that has one. */
  leave(): void {
    window.clearTimeout(this._timer);
    if (this._node && !this.hasFocus) {
      this._timer = window.setTimeout(() => this.close(), AFTER);
    }
  }

  /** Opens at once and takes the focus, which goes back where `giveBack` puts it. */
  open(anchor: HTMLElement, content: ICardContent, giveBack: () => void): void {
    this._open(anchor, content);
    this._giveBack = giveBack;
    (this._node?.querySelector<HTMLElement>('button') ?? this._node)?.focus();
  }

  /** Shows something else at the same place. */
  replace(content: ICardContent): void {
    if (!this._node) {
      return;
    }
    const focused = this.hasFocus
      ? (document.activeElement as HTMLElement).dataset.focus
      : undefined;
    const hadFocus = this.hasFocus;
    this._about = content.about;
    this._node.replaceChildren(content.node);
    this._place();
    if (hadFocus) {
      const buttons = [...this._node.querySelectorAll('button')];
      const heir = buttons.find(({ dataset }) => dataset.focus === focused);
      (heir ?? buttons[0] ?? this._node).focus();
    }
  }

  close(): void {
    window.clearTimeout(this._timer);
    const hadFocus = this.hasFocus;
    this._node?.remove();
    this._node = null;
    this._anchor = null;
    document.removeEventListener('pointerdown', this._onPointerDown, true);
    if (hadFocus) {
      this._giveBack();
    }
  }

  private _open(
    anchor: HTMLElement,
    { label, node, about }: ICardContent
  ): void {
    this.close();
    this._anchor = anchor;
    this._about = about;
    this._giveBack = () => anchor.focus();
    this._node = element(
      'div',
      {
        class: 'jh-Card',
        role: 'dialog',
        'aria-label': label,
        tabindex: -1,
        'data-lm-suppress-shortcuts': true
      },
      node
    );
    this._node.addEventListener('keydown', this._onKey);
    this._node.addEventListener('mouseenter', () =>
      window.clearTimeout(this._timer)
    );
    this._node.addEventListener('mouseleave', () => this.leave());
    document.addEventListener('pointerdown', this._onPointerDown, true);
    document.body.append(this._node);
    this._place();
  }

  /** Below what it belongs to, or above where there is more room. */
  private _place(): void {
    if (!this._node || !this._anchor?.isConnected) {
      return;
    }
    const own = this._node.getBoundingClientRect();
    const around = this._anchor.getBoundingClientRect();
    const end = this._about?.getBoundingClientRect().bottom ?? around.bottom;
    const bottom =
      end > around.bottom && end < around.bottom + FARTHEST
        ? end
        : around.bottom;
    const below = window.innerHeight - bottom - GAP - EDGE;
    const above = around.top - GAP - EDGE;
    const isBelow = own.height <= below || below >= above;
    const top = isBelow
      ? bottom + GAP
      : Math.max(EDGE, around.top - GAP - own.height);
    const left = Math.min(around.left, window.innerWidth - own.width - EDGE);
    Object.assign(this._node.style, {
      top: `${top}px`,
      left: `${Math.max(EDGE, left)}px`,
      maxHeight: `${Math.max(80, isBelow ? below : above)}px`
    });
  }

  private readonly _onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.close();
    } else if (event.key === 'Tab') {
      const stops = [
        ...(this._node?.querySelectorAll<HTMLElement>('button') ?? [])
      ].filter(stop => stop.offsetParent !== null);
      const last = event.shiftKey ? stops[0] : stops[stops.length - 1];
      if (!last || document.activeElement === last) {
        event.preventDefault();
        (event.shiftKey ? stops[stops.length - 1] : stops[0])?.focus();
      }
    }
  };

  private readonly _onPointerDown = (event: PointerEvent): void => {
    const target = event.target as Node;
    if (!this._node?.contains(target) && !this._anchor?.contains(target)) {
      this.close();
    }
  };

  private _about: Element | null = null;
  private _anchor: HTMLElement | null = null;
  private _giveBack: () => void = () => undefined;
  private _isDisposed = false;
  private _node: HTMLElement | null = null;
  private _timer = 0;
}
