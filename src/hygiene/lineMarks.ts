/**
 * Underlines code in the editor of a cell where something was found, through the editor's own
 * decorations: they move with the text that they stand under, and move nothing.
 */
import type { Cell } from '@jupyterlab/cells';
import type { Extension, Text } from '@codemirror/state';
import { StateEffect, StateField } from '@codemirror/state';
import type { DecorationSet } from '@codemirror/view';
import { Decoration, EditorView } from '@codemirror/view';

import type { Severity } from '../contract';

/** Lines and columns count from 1; without a column the whole line is meant. */
export interface ILineMark {
  severity: Severity;
  line: number;
  column: number | null;
}

const setMarks = StateEffect.define<readonly ILineMark[]>();

const marksField: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (former, transaction) => {
    let decorations = former.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) {
        decorations = decorationsOf(effect.value, transaction.state.doc);
      }
    }
    return decorations;
  },
  provide: field => EditorView.decorations.from(field)
});

/** What each editor shows, as far as it can be compared. */
const drawn = new WeakMap<EditorView, string>();

/** Makes the editor of a cell show these marks, if it has one. */
export function drawLineMarks(cell: Cell, marks: readonly ILineMark[]): void {
  const view = viewOf(cell);
  if (!view) {
    return;
  }
  const former = drawn.get(view);
  const key = marks.length > 0 ? JSON.stringify(marks) : '';
  if ((former ?? '') === key) {
    return;
  }
  if (former === undefined) {
    cell.editor!.injectExtension(marksField);
  }
  drawn.set(view, key);
  view.dispatch({ effects: setMarks.of(marks) });
}

/** The text may be another than that which was checked: marks that do not fit are left out. */
function decorationsOf(marks: readonly ILineMark[], text: Text): DecorationSet {
  const ranges = marks.flatMap(({ severity, line, column }) => {
    if (line < 1 || line > text.lines) {
      return [];
    }
    const at = text.line(line);
    const [start, end] = spanOf(at.text, column);
    return start < end
      ? Decoration.mark({
          class: 'jh-FoundCode',
          attributes: { 'data-severity': severity, 'data-line': String(line) }
        }).range(at.from + start, at.from + end)
      : [];
  });
  return Decoration.set(ranges, true);
}

/** Words at which a whole statement begins. */
const STATEMENT =
  /^(?:async|class|def|del|for|from|global|if|import|return|try|while|with)$/;

/** The word at a column, or what stands in the line where that is about all of it. */
function spanOf(text: string, column: number | null): [number, number] {
  const whole: [number, number] = [
    text.length - text.trimStart().length,
    text.replace(/\s+#[^'"]*$/, '').trimEnd().length
  ];
  if (column === null) {
    return whole;
  }
  // The server counts characters, and the editor units of them.
  const start = Array.from(text)
    .slice(0, column - 1)
    .join('').length;
  const [word] = /^(?:[\p{L}\p{N}_]+|\S)/u.exec(text.slice(start)) ?? [''];
  return word === '' || STATEMENT.test(word)
    ? whole
    : [start, start + word.length];
}

function viewOf(cell: Cell): EditorView | null {
  const { editor } = (cell.editor ?? {}) as { editor?: unknown };
  return editor instanceof EditorView ? editor : null;
}
