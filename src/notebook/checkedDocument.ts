/**
 * The live document as it is checked. Pictures in outputs are not read by any rule, and only their size
 * counts, so what is sent in their place is nothing, or blanks where there are enough to be told of.
 */
import type { INotebookModel } from '@jupyterlab/notebook';

import type { Notebook } from '../contract';
import { snapshot } from './snapshot';

interface ICheckedCell {
  metadata?: { trusted?: boolean };
  outputs?: unknown[];
}

/** Pictures above this length, in signs, are worth their length on the wire. */
const LARGE = 1_000_000;

export function checkedDocument(model: INotebookModel): Notebook {
  const notebook = snapshot(model);
  for (const cell of notebook.cells as ICheckedCell[]) {
    // The page's own note, which is not saved.
    delete cell.metadata?.trusted;
    if (cell.outputs) {
      cell.outputs = cell.outputs.map(withoutPictures);
    }
  }
  return notebook;
}

function withoutPictures(output: unknown): unknown {
  const { data } = output as { data?: Record<string, unknown> };
  if (!data || !Object.keys(data).some(isPicture)) {
    return output;
  }
  return {
    ...(output as object),
    data: Object.fromEntries(
      Object.entries(data).map(([mime, value]) => [
        mime,
        isPicture(mime) ? blanks(value) : value
      ])
    )
  };
}

function isPicture(mime: string): boolean {
  return mime.startsWith('image/');
}

function blanks(value: unknown): string {
  const length = Array.isArray(value)
    ? value.reduce((sum: number, line) => sum + String(line).length, 0)
    : String(value).length;
  return length > LARGE ? ' '.repeat(length) : '';
}
