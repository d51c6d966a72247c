/**
 * Draws what is predicted of the cells of one notebook panel: attributes and classes on the nodes of
 * cells, which survive every way of windowing and which the style sheet draws from; and below inputs
 * the line of a warning, whose height the style sheet knows before it is filled.
 *
 * Cells in view come first, the rest in slices, and only what changed is touched.
 */
import type { Cell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

import type { Cure, IWarning } from '../core/cures';
import { warningOf } from '../core/cures';
import { TONES, gutterSentence, gutterText } from '../core/statuses';
import type { NotebookStaleness } from '../notebook/staleness';
import { withoutMoving } from './anchor';
import { eraseWarning, warningNode } from './warning';

/** Which of the drawings are wanted. */
export interface IShown {
  gutter: boolean;
  warnings: boolean;
}

/** How long a slice of drawing may take, in milliseconds. */
const SLICE = 8;

export class NotebookGutter implements IDisposable {
  constructor(private readonly _options: NotebookGutter.IOptions) {
    const { panel, staleness } = _options;
    staleness.changed.connect(this._onChanged, this);
    panel.content.model?.cells.changed.connect(this._onCells, this);
    panel.content.node.addEventListener('mouseover', this._onHover);
    this._observer = new IntersectionObserver(
      entries => this._onSeen(entries),
      { root: panel.content.outerNode, rootMargin: '300px 0px' }
    );
    this.redraw();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  set shown(shown: IShown) {
    this._shown = shown;
    this.redraw();
  }

  /** Draws every cell anew where it is not as it should be. */
  redraw(): void {
    this._note(this._options.staleness.cells.all().map(({ id }) => id));
  }

  dispose(): void {
    this._isDisposed = true;
    cancelAnimationFrame(this._frame);
    this._observer.disconnect();
    Signal.clearData(this);
    const { content } = this._options.panel;
    if (!content.isDisposed) {
      content.node.removeEventListener('mouseover', this._onHover);
      for (const cell of content.widgets) {
        this._erase(cell);
      }
    }
  }

  private _onChanged(_: unknown, ids: ReadonlySet<string>): void {
    // A warning speaks of other cells too: which of them changed is found by comparing what is drawn.
    const { staleness } = this._options;
    const warned = [...this._warned.keys()];
    this._note([...ids, ...warned, ...staleness.staleIds]);
  }

  private _onCells(): void {
    // A cell that was moved or brought back has a new node.
    this.redraw();
  }

  private _note(ids: Iterable<string>): void {
    for (const id of ids) {
      this._dirty.add(id);
    }
    if (this._frame === 0 && this._dirty.size > 0 && !this._isDisposed) {
      this._frame = requestAnimationFrame(() => this._drawSlice());
    }
  }

  private _drawSlice(): void {
    this._frame = 0;
    const { content } = this._options.panel;
    if (this._isDisposed || content.isDisposed) {
      return;
    }
    const end = performance.now() + SLICE;
    const cells = content.widgets.filter(cell =>
      this._dirty.has(cell.model.id)
    );
    const middle = content.activeCellIndex;
    const at = new Map(content.widgets.map((cell, index) => [cell, index]));
    const distance = (cell: Cell) =>
      cell.inViewport ? 0 : 1 + Math.abs(at.get(cell)! - middle);
    cells.sort((one, other) => distance(one) - distance(other));
    if (cells.length === 0) {
      this._dirty.clear();
      return;
    }
    withoutMoving(content, () => {
      for (const cell of cells) {
        this._dirty.delete(cell.model.id);
        this._draw(cell);
        if (performance.now() > end) {
          break;
        }
      }
    });
    this._note([]);
  }

  private _draw(cell: Cell): void {
    const { staleness, trans } = this._options;
    const { node, model } = cell;
    const { id } = model;
    const prediction = staleness.prediction(id);
    if (!prediction || model.type !== 'code') {
      this._erase(cell);
      return;
    }
    const hasGutter = this._shown.gutter;
    write(node, 'jhStatus', hasGutter ? prediction.status : null);
    write(node, 'jhTone', hasGutter ? TONES[prediction.status] : null);
    write(
      node,
      'jhOrder',
      hasGutter && prediction.isOutOfOrder ? 'strange' : null
    );
    const text = hasGutter ? JSON.stringify(gutterText(prediction)) : '';
    if (node.style.getPropertyValue('--jh-gutter') !== text) {
      node.style.setProperty('--jh-gutter', text);
    }
    const spoken = hasGutter ? gutterSentence(prediction, trans) : null;
    if (node.getAttribute('aria-description') !== spoken) {
      if (spoken) {
        node.setAttribute('aria-description', spoken);
      } else {
        node.removeAttribute('aria-description');
      }
    }
    this._warn(
      cell,
      this._shown.warnings ? warningOf(id, staleness, trans) : null
    );
  }

  private _warn(cell: Cell, warning: IWarning | null): void {
    const { node, model } = cell;
    if (!warning) {
      this._warned.delete(model.id);
      this._observer.unobserve(node);
      write(node, 'jhWarned', null);
      eraseWarning(node);
      return;
    }
    this._warned.set(model.id, warning);
    write(node, 'jhWarned', warning.tone);
    this._observer.observe(node);
    if (warningNode.isDrawn(node)) {
      this._fill(cell, warning);
    }
  }

  /** Lines are filled where they are seen, or soon to be. */
  private _onSeen(entries: readonly IntersectionObserverEntry[]): void {
    const seen = new Set(
      entries.filter(entry => entry.isIntersecting).map(entry => entry.target)
    );
    if (seen.size === 0) {
      return;
    }
    for (const cell of this._options.panel.content.widgets) {
      const warning = this._warned.get(cell.model.id);
      if (warning && seen.has(cell.node)) {
        this._fill(cell, warning);
      }
    }
  }

  private _fill(cell: Cell, warning: IWarning): void {
    if (cell.isPlaceholder()) {
      void cell.ready
        .then(() => this._note([cell.model.id]))
        .catch(() => undefined);
      return;
    }
    warningNode.draw(cell.node, warning, {
      trans: this._options.trans,
      perform: cure => this._options.perform(cure),
      showReasons: () => this._options.showReasons(cell.model.id)
    });
  }

  private _erase(cell: Cell): void {
    const { node, model } = cell;
    if (node.dataset.jhStatus || node.dataset.jhWarned) {
      write(node, 'jhStatus', null);
      write(node, 'jhTone', null);
      write(node, 'jhOrder', null);
      node.style.removeProperty('--jh-gutter');
      node.removeAttribute('aria-description');
    }
    this._warn(cell, null);
    this._warned.delete(model.id);
  }

  /** The tooltip is written when it is about to be read. */
  private readonly _onHover = (event: MouseEvent): void => {
    const prompt = (event.target as Element).closest?.('.jp-InputPrompt');
    const node = prompt?.closest<HTMLElement>('.jp-Cell');
    if (prompt && node) {
      const words = node.getAttribute('aria-description') ?? '';
      if (prompt.getAttribute('title') !== words) {
        prompt.setAttribute('title', words);
      }
    }
  };

  private readonly _dirty = new Set<string>();
  private _frame = 0;
  private _isDisposed = false;
  private readonly _observer: IntersectionObserver;
  private _shown: IShown = { gutter: true, warnings: true };
  private readonly _warned = new Map<string, IWarning>();
}

export namespace NotebookGutter {
  export interface IOptions {
    panel: NotebookPanel;
    staleness: NotebookStaleness;
    trans: TranslationBundle;
    perform: (cure: Cure) => void;
    showReasons: (cellId: string) => void;
  }
}

function write(node: HTMLElement, key: string, value: string | null): void {
  if (value === null) {
    delete node.dataset[key];
  } else if (node.dataset[key] !== value) {
    node.dataset[key] = value;
  }
}
