/**
 * Takes replayed outputs over into the page, as one step that undo takes back.
 *
 * The notebook's undo manager watches the whole document, yet core never records outputs in it. They
 * are recorded here by writing them inside a transaction of the notebook. The manager then restores
 * the shared document; a cell's own list of outputs may follow such a change wrongly, because it
 * appends what is inserted and joins streams before it removes what was deleted. So what the
 * outputs were and became is kept with the step, and put right after each undo and redo.
 */
import { isCodeCellModel } from '@jupyterlab/cells';
import type * as nbformat from '@jupyterlab/nbformat';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { YCodeCell, YNotebook } from '@jupyter/ydoc';
import type { PartialJSONValue } from '@lumino/coreutils';
import { JSONExt } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';

import type { Output, ReplayedCells } from '../contract';
import { joined } from '../core/fingerprints';

type OutputsById = ReadonlyMap<string, nbformat.IOutput[]>;

interface IStep {
  before: OutputsById;
  after: OutputsById;
}

/** What of the undo manager's items is used here. */
interface IStackItem {
  meta: Map<unknown, unknown>;
}

const STEP = 'jupyter-hygiene:replayed-outputs';

export class OutputTakeover implements IDisposable {
  constructor(private readonly _model: INotebookModel) {
    this._undoManager.on('stack-item-popped', this._onPopped);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this._undoManager.off('stack-item-popped', this._onPopped);
  }

  /** Writes the outputs and counts of these cells; says which of them are in the document. */
  take(cells: ReplayedCells['cells']): string[] {
    const step = {
      before: new Map<string, nbformat.IOutput[]>(),
      after: new Map<string, nbformat.IOutput[]>()
    };
    const undoManager = this._undoManager;
    undoManager.stopCapturing();
    this._model.sharedModel.transact(() => {
      for (const replayed of cells) {
        const shared = this._sharedCell(replayed.id);
        if (!shared) {
          continue;
        }
        const outputs = joinStreams(replayed.outputs);
        const before = shared.getOutputs();
        step.before.set(replayed.id, before);
        step.after.set(replayed.id, outputs);
        // Behind the old outputs, so that the cell's list sees them go before the new ones come.
        shared.updateOutputs(before.length, before.length, outputs);
        shared.updateOutputs(0, before.length, []);
        shared.execution_count = replayed.execution_count;
      }
    });
    undoManager.stopCapturing();
    if (step.after.size > 0) {
      newest(undoManager.undoStack)?.meta.set(STEP, step);
      this._enforce(step.after);
    }
    return [...step.after.keys()];
  }

  private readonly _onPopped = (event: {
    stackItem: IStackItem;
    type: 'undo' | 'redo';
  }): void => {
    const step = event.stackItem.meta.get(STEP) as IStep | undefined;
    if (!step) {
      return;
    }
    const { undoStack, redoStack } = this._undoManager;
    newest(event.type === 'undo' ? redoStack : undoStack)?.meta.set(STEP, step);
    this._enforce(event.type === 'undo' ? step.before : step.after);
  };

  private _enforce(wanted: OutputsById): void {
    for (const cell of this._model.cells) {
      const outputs = wanted.get(cell.id);
      if (!outputs || !isCodeCellModel(cell)) {
        continue;
      }
      const shared = cell.sharedModel as YCodeCell;
      const isRight =
        same(shared.getOutputs(), outputs) &&
        cell.outputs.length === outputs.length &&
        same(cell.outputs.toJSON(), outputs);
      if (!isRight) {
        cell.outputs.fromJSON(outputs);
      }
    }
  }

  private _sharedCell(id: string): YCodeCell | null {
    const cell = this._model.sharedModel.cells.find(
      candidate => candidate.getId() === id
    );
    return cell?.cell_type === 'code' ? (cell as YCodeCell) : null;
  }

  private get _undoManager() {
    // The interface of shared notebooks leaves out what their one implementation has.
    return (this._model.sharedModel as unknown as YNotebook).undoManager;
  }

  private _isDisposed = false;
}

function newest(stack: readonly IStackItem[]): IStackItem | undefined {
  return stack[stack.length - 1];
}

function same(one: unknown, other: unknown): boolean {
  return JSONExt.deepEqual(one as PartialJSONValue, other as PartialJSONValue);
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
