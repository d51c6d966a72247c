/**
 * Takes replayed outputs over into the page, as one step that undo takes back.
 */
import type * as nbformat from '@jupyterlab/nbformat';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { YCodeCell } from '@jupyter/ydoc';
import type { IDisposable } from '@lumino/disposable';

import type { Output, ReplayedCells } from '../contract';
import { joined } from '../core/fingerprints';
import { UndoSteps } from './undoSteps';

export class OutputTakeover implements IDisposable {
  constructor(private readonly _model: INotebookModel) {
    this._steps = new UndoSteps(_model);
  }

  get isDisposed(): boolean {
    return this._steps.isDisposed;
  }

  dispose(): void {
    this._steps.dispose();
  }

  /** Writes the outputs and counts of these cells; says which of them are in the document. */
  take(cells: ReplayedCells['cells']): string[] {
    const present = new Map<string, YCodeCell>();
    for (const cell of this._model.sharedModel.cells) {
      if (cell.cell_type === 'code') {
        present.set(cell.getId(), cell as YCodeCell);
      }
    }
    const known = cells.filter(({ id }) => present.has(id));
    if (known.length > 0) {
      this._steps.perform({
        change: () => {
          for (const { id, execution_count } of known) {
            present.get(id)!.execution_count = execution_count;
          }
        },
        outputs: new Map(
          known.map(({ id, outputs }) => [id, joinStreams(outputs)])
        )
      });
    }
    return known.map(({ id }) => id);
  }

  private readonly _steps: UndoSteps;
}

/** Streams of one name that follow each other are one output on a page. */
function joinStreams(outputs: readonly Output[]): nbformat.IOutput[] {
  const result: nbformat.IOutput[] = [];
  for (const output of outputs) {
    const last = result[result.length - 1];
    if (output.output_type !== 'stream') {
      result.push(output as nbformat.IOutput);
    } else if (last?.output_type === 'stream' && last.name === output.name) {
      last.text = joined(last.text) + joined(output.text);
    } else {
      result.push({ ...output, text: joined(output.text) });
    }
  }
  return result;
}
