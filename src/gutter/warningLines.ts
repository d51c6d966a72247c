/**
 * The warnings of a notebook's cells: the room for each is there at once, and its line is filled where
 * it is seen or soon to be.
 */
import type { Cell } from '@jupyterlab/cells';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

import type { Cure, IWarning } from '../core/cures';
import { writeWarned } from './cellNode';
import { eraseWarning, makeReachable, warningNode } from './warning';

/**
 * As far from the view as this, in heights of the screen, a browser may lay cells out although it could
 * skip them; farther away nothing in a cell moves another.
 */
const NEAR = 1.6;

export class WarningLines implements IDisposable {
  constructor(private readonly _options: WarningLines.IOptions) {
    const { content } = _options.panel;
    content.activeCellChanged.connect(this._onActive, this);
    this._reachable = content.activeCell?.node ?? null;
    this._observer = new IntersectionObserver(
      entries => this._onSeen(entries),
      {
        root: _options.panel.content.outerNode,
        rootMargin: `${Math.ceil(window.screen.height * NEAR)}px 0px`
      }
    );
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Of the cells that have one. */
  get ids(): IterableIterator<string> {
    return this._warned.keys();
  }

  dispose(): void {
    this._isDisposed = true;
    this._observer.disconnect();
    Signal.clearData(this);
  }

  /** Notes from now on whether a cell is in view, or soon to be. */
  observe(cell: Cell): void {
    if (!this._observed.has(cell)) {
      this._observed.add(cell);
      this._observer.observe(cell.node);
    }
  }

  isNear(cell: Cell): boolean {
    return this._near.has(cell.node);
  }

  /** The browser does not lay out what is in a cell that it skips: nothing in there moves anything. */
  isSkipped(cell: Cell): boolean {
    return cell.node.style.contentVisibility === 'auto' && !this.isNear(cell);
  }

  /** Gives a cell this warning, or none. */
  set(cell: Cell, warning: IWarning | null): void {
    const { node, model } = cell;
    if (!warning) {
      this._warned.delete(model.id);
      writeWarned(node, null);
      eraseWarning(node);
      return;
    }
    this._warned.set(model.id, warning);
    writeWarned(node, warning.tone);
    if (warningNode.isDrawn(node) || this.isNear(cell)) {
      this._fill(cell, warning);
    }
  }

  private _onSeen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) {
        this._near.add(target);
      } else {
        this._near.delete(target);
      }
    }
    if (!entries.some(({ isIntersecting }) => isIntersecting)) {
      return;
    }
    for (const cell of this._options.panel.content.widgets) {
      const warning = this._warned.get(cell.model.id);
      if (warning && this.isNear(cell)) {
        this._fill(cell, warning);
      }
    }
  }

  private _fill(cell: Cell, warning: IWarning): void {
    if (cell.isPlaceholder()) {
      const fillLater = () => {
        const present = this._warned.get(cell.model.id);
        if (present && !this._isDisposed && !cell.isDisposed) {
          this._fill(cell, present);
        }
      };
      void cell.ready.then(fillLater).catch(() => undefined);
      return;
    }
    warningNode.draw(cell.node, warning, {
      trans: this._options.trans,
      perform: cure => this._options.perform(cure)
    });
    const { activeCell } = this._options.panel.content;
    makeReachable(cell.node, cell === activeCell);
  }

  private _onActive(_: Notebook, active: Cell | null): void {
    if (this._reachable) {
      makeReachable(this._reachable, false);
    }
    this._reachable = active?.node ?? null;
    if (this._reachable) {
      makeReachable(this._reachable, true);
    }
  }

  private _isDisposed = false;
  /** The nodes that are in view, or soon to be. */
  private readonly _near = new WeakSet<Element>();
  private readonly _observed = new WeakSet<Cell>();
  private readonly _observer: IntersectionObserver;
  private _reachable: HTMLElement | null = null;
  private readonly _warned = new Map<string, IWarning>();
}

export namespace WarningLines {
  export interface IOptions {
    panel: NotebookPanel;
    trans: TranslationBundle;
    perform: (cure: Cure) => void;
  }
}
