/**
 * Draws the mark of each code cell of one notebook panel: attributes on the cell's node, and a small
 * button inside its input box which opens the report at that cell.
 *
 * Drawn inside the cell, since off-screen cells are clipped to their box; placed over the input's lower
 * edge, so that nothing moves when it comes. Idempotent, since cells come, go and move.
 */
import type { Cell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

import { element } from '../core/element';
import {
  markSentence,
  markWords,
  needsAttention,
  type IMarkWords
} from '../core/verdicts';
import type { ICellVerdict } from './cellVerdicts';
import { describe } from './describe';
import type { NotebookVerification } from './verification';

/** Which marks are drawn. */
export type ShownMarks = 'all' | 'differences' | 'none';

const MARK = 'jh-Mark';

export class NotebookMarks implements IDisposable {
  constructor(private readonly _options: NotebookMarks.IOptions) {
    const { panel, verification } = _options;
    verification.marksChanged.connect(this.sync, this);
    verification.changed.connect(this.sync, this);
    panel.content.model?.cells.changed.connect(this._later, this);
    panel.content.activeCellChanged.connect(this._keepOneInTabOrder, this);
    this.sync();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  set shown(shown: ShownMarks) {
    this._shown = shown;
    this.sync();
  }

  dispose(): void {
    this._isDisposed = true;
    cancelAnimationFrame(this._frame);
    Signal.clearData(this);
    const { panel } = this._options;
    if (!panel.content.isDisposed) {
      for (const cell of panel.content.widgets) {
        cell.node.classList.remove('jh-mod-replaying');
        erase(cell);
      }
    }
  }

  /** Makes every cell show what is known of it. */
  sync(): void {
    const { panel, verification } = this._options;
    if (panel.content.isDisposed) {
      return;
    }
    const running = verification.isUnderWay
      ? verification.verification?.progress.cell_id
      : null;
    for (const cell of panel.content.widgets) {
      this._watch(cell);
      const { id } = cell.model;
      const verdict = verification.verdictOf(id);
      cell.node.classList.toggle('jh-mod-replaying', id === running);
      if (verdict && this._isShown(verdict)) {
        this._draw(cell, verdict);
      } else {
        erase(cell);
      }
    }
    this._keepOneInTabOrder();
  }

  /** The boxes of a cell may be taken out of it while it is off screen: it is drawn when it comes back. */
  private _watch(cell: Cell): void {
    if (!this._watched.has(cell)) {
      this._watched.add(cell);
      cell.inViewportChanged.connect(this._later, this);
    }
  }

  private _later(): void {
    // Cells come, go and come into view in numbers: once a frame is often enough.
    cancelAnimationFrame(this._frame);
    this._frame = requestAnimationFrame(() => this.sync());
  }

  private _isShown({ verdict, freshness }: ICellVerdict): boolean {
    return (
      this._shown === 'all' ||
      (this._shown === 'differences' &&
        (freshness === 'current' || freshness === 'judged') &&
        needsAttention(verdict))
    );
  }

  private _draw(cell: Cell, verdict: ICellVerdict): void {
    const { trans } = this._options;
    const { node } = cell;
    node.dataset.jhVerdict = verdict.verdict;
    node.dataset.jhFreshness = verdict.freshness;
    if (cell.isPlaceholder()) {
      // Its boxes do not exist before it comes into view.
      void cell.ready.then(() => this._later()).catch(() => undefined);
      return;
    }
    const box = node.querySelector(':scope > .jp-Cell-inputWrapper');
    if (!box) {
      return;
    }
    const isStale = this._options.isStale(cell.model.id);
    const words = markWords(verdict.verdict, verdict.freshness, isStale, trans);
    const sentence = markSentence(
      verdict.verdict,
      verdict.summary,
      verdict.freshness,
      isStale,
      trans
    );
    let mark = box.querySelector<HTMLElement>(`:scope > .${MARK}`);
    if (mark?.dataset.key === keyOf(words, sentence)) {
      return;
    }
    if (!mark) {
      mark = this._mark(cell);
      box.append(mark);
      describe(node, mark.id);
    }
    say(mark, words, sentence);
  }

  private _mark(cell: Cell): HTMLButtonElement {
    const { panel, open } = this._options;
    const cellId = cell.model.id;
    const mark = element('button', {
      type: 'button',
      class: MARK,
      id: `jh-mark-${panel.id}-${cellId}`,
      tabindex: -1,
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
    return mark;
  }

  /** A notebook has too many cells for every mark to be a stop: that of the active cell is one. */
  private _keepOneInTabOrder(): void {
    const { content } = this._options.panel;
    for (const cell of content.widgets) {
      const mark = cell.node.querySelector<HTMLElement>(`.${MARK}`);
      if (mark) {
        mark.tabIndex = cell === content.activeCell ? 0 : -1;
      }
    }
  }

  private _frame = 0;
  private _isDisposed = false;
  private _shown: ShownMarks = 'all';
  private readonly _watched = new WeakSet<Cell>();
}

export namespace NotebookMarks {
  export interface IOptions {
    panel: NotebookPanel;
    verification: NotebookVerification;
    trans: TranslationBundle;
    /** Whether a cell is known not to be fresh. */
    isStale: (cellId: string) => boolean;
    /** Opens the report at a cell. */
    open: (cellId: string) => void;
  }
}

/** Puts words on a mark. The button stays: one that was put in its place while it is pressed would not be clicked. */
function say(mark: HTMLElement, words: IMarkWords, sentence: string): void {
  mark.title = sentence;
  mark.setAttribute('aria-label', sentence);
  mark.dataset.tone = words.tone;
  mark.dataset.key = keyOf(words, sentence);
  mark.replaceChildren(
    element('span', { class: 'jh-Mark-glyph' }, words.glyph),
    element('span', { class: 'jh-Mark-word' }, words.word)
  );
}

function keyOf(words: IMarkWords, sentence: string): string {
  return `${words.glyph} ${words.tone} ${sentence}`;
}

function erase(cell: Cell): void {
  const { node } = cell;
  delete node.dataset.jhVerdict;
  delete node.dataset.jhFreshness;
  const mark = node.querySelector(`:scope > .jp-Cell-inputWrapper > .${MARK}`);
  if (mark) {
    describe(node, null, mark.id);
    mark.remove();
  }
}
