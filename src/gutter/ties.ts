/**
 * Shows what feeds a cell and what it feeds: on the cells concerned, by name, for the cell that is
 * selected or that the pointer rests on; and in words for that cell itself.
 */
import type { Cell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

import type { ITie } from '../core/links';
import { linkSentences, tiesOf } from '../core/links';
import type { NotebookStaleness } from '../notebook/staleness';
import { writeTie } from './cellNode';
import { CellWords } from './words';

/** How long the pointer must rest on a cell, in milliseconds. */
const REST = 250;

export class NotebookTies implements IDisposable {
  constructor(private readonly _options: NotebookTies.IOptions) {
    const { panel, staleness } = _options;
    const { content } = panel;
    this._words = new CellWords(panel.node, `jh-ties-${panel.id}`);
    staleness.changed.connect(this._later, this);
    content.activeCellChanged.connect(this._onActive, this);
    content.model?.cells.changed.connect(this._later, this);
    content.node.addEventListener('mouseover', this._onOver);
    content.node.addEventListener('mouseleave', this._onLeave);
    this._later();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  set isShown(isShown: boolean) {
    this._isShown = isShown;
    this._later();
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    cancelAnimationFrame(this._frame);
    window.clearTimeout(this._timer);
    Signal.clearData(this);
    this._words.dispose();
    const { content } = this._options.panel;
    content.node.removeEventListener('mouseover', this._onOver);
    content.node.removeEventListener('mouseleave', this._onLeave);
    for (const node of this._tied) {
      writeTie(node, null);
    }
  }

  private _onActive(): void {
    // Who selects a cell wants to know of it, wherever the pointer lies.
    this._hovered = null;
    this._later();
  }

  private readonly _onOver = (event: MouseEvent): void => {
    const node = (event.target as Element).closest?.<HTMLElement>('.jp-Cell');
    if (node === this._over) {
      return;
    }
    this._over = node ?? null;
    window.clearTimeout(this._timer);
    this._timer = window.setTimeout(() => {
      this._hovered = this._over;
      this._later();
    }, REST);
  };

  private readonly _onLeave = (): void => {
    this._over = this._hovered = null;
    window.clearTimeout(this._timer);
    this._later();
  };

  private _later(): void {
    if (this._frame === 0 && !this._isDisposed) {
      this._frame = requestAnimationFrame(() => {
        this._frame = 0;
        if (!this._options.panel.content.isDisposed) {
          this._draw();
        }
      });
    }
  }

  private _draw(): void {
    const { panel, staleness, trans } = this._options;
    const { content } = panel;
    const centre = this._isShown ? this._centre() : null;
    const links = centre ? staleness.linksOf(centre.model.id) : null;
    const ties: Map<string, ITie> = links ? tiesOf(links, trans) : new Map();
    const tied = new Set<HTMLElement>();
    if (ties.size > 0) {
      for (const cell of content.widgets) {
        const tie = ties.get(cell.model.id);
        if (tie) {
          writeTie(cell.node, tie);
          tied.add(cell.node);
        }
      }
    }
    for (const node of this._tied) {
      if (!tied.has(node)) {
        writeTie(node, null);
      }
    }
    this._tied = tied;
    this._tell(centre, links && centre ? this._sentences(centre) : '');
  }

  private _sentences(cell: Cell): string {
    const { staleness, trans } = this._options;
    return linkSentences(
      staleness.linksOf(cell.model.id),
      id => staleness.countOf(id),
      trans
    );
  }

  private _tell(cell: Cell | null, text: string): void {
    const told = this._told;
    if (told && told.node !== cell?.node) {
      this._words.write(told.node, told.cellId, null);
    }
    this._told =
      cell && text ? { node: cell.node, cellId: cell.model.id } : null;
    if (cell) {
      this._words.write(cell.node, cell.model.id, text || null);
    }
  }

  /** The cell that is looked at. */
  private _centre(): Cell | null {
    const { content } = this._options.panel;
    const hovered =
      this._hovered &&
      content.widgets.find(cell => cell.node === this._hovered);
    return hovered || content.activeCell;
  }

  private _frame = 0;
  private _hovered: HTMLElement | null = null;
  private _isDisposed = false;
  private _isShown = true;
  private _over: HTMLElement | null = null;
  private _tied = new Set<HTMLElement>();
  private _timer = 0;
  /** The cell that words are written on; it may be deleted by now. */
  private _told: { node: HTMLElement; cellId: string } | null = null;
  private readonly _words: CellWords;
}

export namespace NotebookTies {
  export interface IOptions {
    panel: NotebookPanel;
    staleness: NotebookStaleness;
    trans: TranslationBundle;
  }
}
