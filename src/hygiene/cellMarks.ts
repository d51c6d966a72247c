/**
 * Draws what was found in the cells of one notebook panel: an attribute on the cell's node, a small
 * button below its prompt, a line under the code.
 *
 * Drawn inside the cell, since off-screen cells are clipped to their box, and over room that is free, so
 * that nothing moves when it comes. Idempotent, since cells come, go and move.
 */
import type { Cell } from '@jupyterlab/cells';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

import { element } from '../core/element';
import type { IFindingMark } from '../core/findings';
import { FINDING_TONES, findingMark, isMarked } from '../core/findings';
import type { IWording } from '../core/wording';
import { describe } from '../notebook/describe';
import type { NotebookHygiene } from '../notebook/hygiene';
import { drawLineMarks } from './lineMarks';

export const FINDING_MARK = 'jh-FindingMark';
/** How long a slice of drawing may take, in milliseconds. */
const SLICE = 8;

export class CellMarks implements IDisposable {
  constructor(private readonly _options: CellMarks.IOptions) {
    const { panel, hygiene } = _options;
    hygiene.changed.connect(this._onAll, this);
    panel.content.model?.cells.changed.connect(this._onAll, this);
    panel.content.activeCellChanged.connect(this._onActive, this);
    this._onAll();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    cancelAnimationFrame(this._frame);
    Signal.clearData(this);
    const { content } = this._options.panel;
    if (!content.isDisposed) {
      for (const cell of content.widgets) {
        this._write(cell, null);
        drawLineMarks(cell, []);
      }
    }
  }

  private _onAll(): void {
    const { content } = this._options.panel;
    if (!content.isDisposed) {
      content.widgets.forEach(cell => this._dirty.add(cell));
      this._later();
    }
  }

  private _later(): void {
    if (this._frame === 0 && !this._isDisposed) {
      this._frame = requestAnimationFrame(() => {
        this._frame = 0;
        this._drawSlice();
      });
    }
  }

  private _drawSlice(): void {
    const end = performance.now() + SLICE;
    for (const cell of this._dirty) {
      this._dirty.delete(cell);
      if (!cell.isDisposed) {
        this._draw(cell);
      }
      if (performance.now() > end) {
        break;
      }
    }
    if (this._dirty.size > 0) {
      this._later();
    }
  }

  private _draw(cell: Cell): void {
    const { hygiene, trans } = this._options;
    this._watch(cell);
    const findings = hygiene.of(cell.model.id);
    this._write(cell, findingMark(findings, trans));
    drawLineMarks(
      cell,
      findings.flatMap(finding =>
        isMarked(finding) && finding.line !== null && !finding.in_output
          ? [
              {
                severity: finding.severity,
                line: finding.line,
                column: finding.column
              }
            ]
          : []
      )
    );
  }

  /** The boxes of a cell may be taken out of it while it is off screen: it is drawn when it comes back. */
  private _watch(cell: Cell): void {
    if (this._watched.has(cell)) {
      return;
    }
    this._watched.add(cell);
    const redraw = () => {
      this._dirty.add(cell);
      this._later();
    };
    cell.inViewportChanged.connect(redraw, this);
    if (cell.isPlaceholder()) {
      void cell.ready.then(redraw).catch(() => undefined);
    }
  }

  private _write(cell: Cell, mark: IFindingMark | null): void {
    const { node } = cell;
    if (node.dataset.jhFound !== mark?.severity) {
      if (mark) {
        node.dataset.jhFound = mark.severity;
      } else {
        delete node.dataset.jhFound;
      }
    }
    const old = this._marks.get(cell);
    if (!mark) {
      if (old) {
        const hadFocus = old === document.activeElement;
        describe(node, null, old.id);
        old.remove();
        this._marks.delete(cell);
        if (hadFocus) {
          node.focus();
        }
      }
      return;
    }
    const box = cell.isPlaceholder()
      ? null
      : node.querySelector(':scope > .jp-Cell-inputWrapper');
    if (!box) {
      return;
    }
    const drawn = old ?? this._button(cell);
    if (drawn.dataset.words !== mark.words) {
      drawn.dataset.words = mark.words;
      drawn.dataset.tone = FINDING_TONES[mark.severity];
      drawn.textContent = mark.text;
      drawn.setAttribute('aria-label', mark.words);
    }
    if (drawn.parentElement !== box) {
      // Before the editor, which keeps the Tab key to itself.
      box.insertBefore(drawn, box.querySelector(':scope > .jp-Cell-inputArea'));
      describe(node, drawn.id);
    }
  }

  private _button(cell: Cell): HTMLButtonElement {
    const { panel, open } = this._options;
    const cellId = cell.model.id;
    const mark = element('button', {
      type: 'button',
      class: FINDING_MARK,
      id: `jh-found-${panel.id}-${cellId}`,
      tabindex: cell === panel.content.activeCell ? 0 : -1,
      'aria-haspopup': 'dialog',
      // In the command mode of a notebook Enter is a shortcut.
      'data-lm-suppress-shortcuts': true,
      onClick: () => open(cellId)
    });
    mark.addEventListener('keydown', event => {
      if (event.key === 'Enter' || event.key === ' ') {
        // The notebook takes the focus on keys that reach it, and a button without focus is not pressed.
        event.stopPropagation();
        event.preventDefault();
        open(cellId);
      }
    });
    this._marks.set(cell, mark);
    return mark;
  }

  /** A notebook has too many cells for every mark to be a stop of the Tab key: that of the active cell is one. */
  private _onActive(_: Notebook, active: Cell | null): void {
    const former = this._reachable && this._marks.get(this._reachable);
    if (former) {
      former.tabIndex = -1;
    }
    this._reachable = active;
    const mark = active && this._marks.get(active);
    if (mark) {
      mark.tabIndex = 0;
    }
  }

  private readonly _dirty = new Set<Cell>();
  private _frame = 0;
  private _isDisposed = false;
  private readonly _marks = new WeakMap<Cell, HTMLButtonElement>();
  private _reachable: Cell | null = null;
  private readonly _watched = new WeakSet<Cell>();
}

export namespace CellMarks {
  export interface IOptions {
    panel: NotebookPanel;
    hygiene: NotebookHygiene;
    trans: IWording;
    /** Tells, and lets mend, what was found in a cell. */
    open: (cellId: string) => void;
  }
}
