/**
 * The live document as it is sent to the server: unsaved edits included, and an id on every cell.
 */
import type { ICodeCellModel } from '@jupyterlab/cells';
import { isCodeCellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';

import type { Notebook } from '../contract';

export function snapshot(model: INotebookModel): Notebook {
  const notebook = model.toJSON() as unknown as Notebook;
  // Formats before 4.5 have no cell ids, and lose the ones that the page works with: verdicts need them.
  const cells = notebook.cells.map((cell, index) => ({
    ...cell,
    id: model.cells.get(index).id
  }));
  const minor =
    notebook.nbformat === 4 && (notebook.nbformat_minor ?? 0) < 5
      ? 5
      : notebook.nbformat_minor;
  return { ...notebook, nbformat_minor: minor, cells };
}

export function codeCells(model: INotebookModel): ICodeCellModel[] {
  return Array.from(model.cells).filter(isCodeCellModel);
}
