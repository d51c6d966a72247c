/**
 * Draws what is predicted in one notebook panel: the gutter beside the prompts, and below inputs the
 * line of a warning, whose height the style sheet knows before it is filled.
 *
 * Cells in view come first, the rest in slices, and only what changed is touched.
 */
import type { Cell } from '@jupyterlab/cells';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

import type { IShown } from '../core/drawing';
import { drawingOf } from '../core/drawing';
import { linkSentences } from '../core/links';
import type { NotebookStaleness } from '../notebook/staleness';
import { withoutMoving } from './anchor';
import { writeGutter } from './cellNode';
import { WarningLines } from './warningLines';
import { CellWords } from './words';

/** How long a slice of drawing may take, in milliseconds. */
const SLICE = 8;

export class NotebookGutter implements IDisposable {
  constructor(private readonly _options: NotebookGutter.IOptions) {
    const { panel, staleness } = _options;
    this.words = new CellWords(panel.node, `jh-words-${panel.id}`);
    this._lines = new WarningLines(_options);
    staleness.changed.connect(this._onChanged, this);
    panel.content.model?.cells.changed.connect(this.redraw, this);
    panel.content.node.addEventListener('mouseover', this._onHover);
    this.redraw();
  }

  readonly words: CellWords;

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  set shown(shown: IShown) {
    this._shown = shown;
    this.redraw();
  }

  /** Draws every cell anew where it is not as it should be. */
  redraw(): void {
    this._isAllDirty = true;
    this._later();
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    cancelAnimationFrame(this._frame);
    this._lines.dispose();
    Signal.clearData(this);
    this.words.dispose();
    const { content } = this._options.panel;
    if (!content.isDisposed) {
      content.node.removeEventListener('mouseover', this._onHover);
      for (const cell of content.widgets) {
        writeGutter(cell.node, null);
        this._lines.set(cell, null);
      }
    }
  }

  private _onChanged(_: unknown, ids: ReadonlySet<string>): void {
    for (const id of ids) {
      this._dirty.add(id);
    }
    // A warning speaks of other cells too; which of them differ is found before the page is touched.
    for (const id of this._lines.ids) {
      this._dirty.add(id);
    }
    this._later();
  }

  private _later(): void {
    if (this._frame === 0 && !this._isDisposed) {
      this._frame = requestAnimationFrame(() => this._drawSlice());
    }
  }

  private _drawSlice(): void {
    this._frame = 0;
    const { content } = this._options.panel;
    if (this._isDisposed || content.isDisposed) {
      return;
    }
    if (this._isAllDirty) {
      this._isAllDirty = false;
      for (const cell of content.widgets) {
        this._dirty.add(cell.model.id);
      }
      const { cells } = this._options.staleness;
      this.words.forget(id => cells.model(id) !== null);
    }
    const dirty = content.widgets.filter(cell =>
      this._dirty.has(cell.model.id)
    );
    const isNear = (cell: Cell) => this._lines.isNear(cell);
    this._drawAll(dirty.filter(isNear), Infinity);
    this._drawAll(
      dirty.filter(cell => !isNear(cell)),
      performance.now() + SLICE
    );
    if (dirty.length === 0) {
      this._dirty.clear();
    }
    if (this._dirty.size > 0) {
      this._later();
    }
  }

  /** What it costs to see where cells stand is only spent where warnings may have moved them. */
  private _drawAll(cells: readonly Cell[], end: number): void {
    const moves: (() => void)[] = [];
    for (const cell of cells) {
      this._dirty.delete(cell.model.id);
      this._draw(cell, moves);
      if (performance.now() > end) {
        break;
      }
    }
    if (moves.length === 0) {
      return;
    }
    const apply = () => moves.forEach(move => move());
    if (this._isAnyAboveActive(cells)) {
      withoutMoving(this._options.panel.content, apply);
    } else {
      apply();
    }
  }

  private _isAnyAboveActive(cells: readonly Cell[]): boolean {
    const { activeCellIndex, widgets } = this._options.panel.content;
    const above = new Set(widgets.slice(0, activeCellIndex));
    return cells.some(cell => above.has(cell));
  }

  /** What may move others is not done at once, but added to `moves`. */
  private _draw(cell: Cell, moves: (() => void)[]): void {
    const { staleness, trans } = this._options;
    const { node, model } = cell;
    if (model.type !== 'code') {
      return;
    }
    this._lines.observe(cell);
    const isProvisional =
      staleness.prediction(model.id)?.isProvisional ?? false;
    const { gutter, warning } = drawingOf(
      model.id,
      staleness,
      this._shown,
      trans
    );
    // While the answer to an edit is awaited a line stays as it is, lest it comes and goes as one types.
    const isKept = isProvisional && this._shown.warnings;
    const known = this._warnings.get(cell);
    const key = JSON.stringify(warning);
    const write = () => {
      writeGutter(node, gutter);
      this.words.write(node, model.id, gutter?.words ?? null);
    };
    if (isKept || known === key) {
      write();
      return;
    }
    this._warnings.set(cell, key);
    const move = () => {
      write();
      this._lines.set(cell, warning);
    };
    if (this._lines.isSkipped(cell)) {
      move();
    } else {
      moves.push(move);
    }
  }

  /** The tooltip is written when it is about to be read. */
  private readonly _onHover = (event: MouseEvent): void => {
    const { panel, staleness, trans } = this._options;
    const prompt = (event.target as Element).closest?.('.jp-InputPrompt');
    const node = prompt?.closest('.jp-Cell');
    const cell =
      node && panel.content.widgets.find(other => other.node === node);
    if (!prompt || !cell) {
      return;
    }
    const { id } = cell.model;
    const { gutter, links } = this._shown;
    const words = [
      gutter ? this.words.of(id) : '',
      links
        ? linkSentences(
            staleness.linksOf(id),
            other => staleness.countOf(other),
            trans
          )
        : ''
    ];
    const title = words.filter(Boolean).join('\n');
    if ((prompt.getAttribute('title') ?? '') !== title) {
      prompt.setAttribute('title', title);
    }
  };

  private readonly _dirty = new Set<string>();
  private _frame = 0;
  private _isAllDirty = false;
  private _isDisposed = false;
  private readonly _lines: WarningLines;
  private _shown: IShown = {
    gutter: true,
    warnings: true,
    hazards: true,
    links: true
  };
  /** The warning that each cell widget shows, as far as it can be compared. */
  private readonly _warnings = new WeakMap<Cell, string>();
}

export namespace NotebookGutter {
  export interface IOptions extends WarningLines.IOptions {
    staleness: NotebookStaleness;
  }
}
