/**
 * Changes of a whole notebook that undo takes back as one step: sources, cells, outputs, metadata.
 *
 * The notebook's undo manager watches all cells, yet core never records outputs in it. They are
 * recorded here by writing them inside a transaction of the notebook. The manager then restores the
 * shared document; a cell's own list of outputs may follow such a change wrongly, because it appends
 * what is inserted and joins streams before it removes what was deleted. So what the outputs were and
 * became is kept with the step, and put right after each undo and redo. The metadata of the notebook
 * itself are not watched at all, and kept with the step in the same way.
 *
 * Unless undo is document-wide, the editor of each cell has an undo manager of its own. A step that
 * changes the text of one cell is a step of both, and whichever takes it back takes it from the other.
 */
import { isCodeCellModel } from '@jupyterlab/cells';
import type * as nbformat from '@jupyterlab/nbformat';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { YCodeCell, YNotebook } from '@jupyter/ydoc';
import type { PartialJSONValue } from '@lumino/coreutils';
import { JSONExt } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';

type Outputs = ReadonlyMap<string, nbformat.IOutput[]>;
/** Values by their keys; undefined where there is none. */
type Metadata = ReadonlyMap<string, PartialJSONValue | undefined>;

interface IStep {
  outputsBefore: Outputs;
  outputsAfter: Outputs;
  metadataBefore: Metadata;
  metadataAfter: Metadata;
}

/** What of undo managers and their items is used here. */
interface IStackItem {
  meta: Map<unknown, unknown>;
}

interface IManager {
  trackedOrigins: Set<unknown>;
  undoStack: IStackItem[];
  redoStack: IStackItem[];
  stopCapturing(): void;
  on(name: 'stack-item-popped', slot: (event: IPopped) => void): void;
  off(name: 'stack-item-popped', slot: (event: IPopped) => void): void;
}

interface IPopped {
  stackItem: IStackItem;
  type: 'undo' | 'redo';
}

export interface IStepOptions {
  /** What else is to be changed, in the shared document. */
  change?: () => void;
  /** The outputs that cells get. */
  outputs?: Outputs;
  /** The metadata that the notebook gets; undefined where a key goes. */
  metadata?: Metadata;
}

export class UndoSteps implements IDisposable {
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

  /** Changes the text of one cell, in a step that its own editor takes back too. */
  performInCell(cellId: string, change: () => void): void {
    const own = this._cells.find(cell => cell.getId() === cellId)
      ?.undoManager as IManager | null | undefined;
    if (!own || own === this._undoManager) {
      this.perform({ change });
      return;
    }
    const managers = [this._undoManager, own];
    const former = managers.map(({ undoStack }) => newest(undoStack));
    for (const manager of managers) {
      manager.trackedOrigins.add(this._inCell);
      manager.stopCapturing();
    }
    this._shared.ydoc.transact(change, this._inCell);
    managers.forEach(manager => manager.stopCapturing());
    const items = managers.map(({ undoStack }) => newest(undoStack));
    if (items.some((item, at) => !item || item === former[at])) {
      return;
    }
    managers.forEach((manager, at) => {
      const twin = items[1 - at];
      const { undoStack } = managers[1 - at];
      const forget = ({ stackItem }: IPopped) => {
        if (stackItem === items[at]) {
          manager.off('stack-item-popped', forget);
          const place = undoStack.indexOf(twin!);
          if (place >= 0) {
            undoStack.splice(place, 1);
          }
        }
      };
      manager.on('stack-item-popped', forget);
    });
  }

  /** Changes the notebook in one step. */
  perform({
    change,
    outputs = new Map(),
    metadata = new Map()
  }: IStepOptions): void {
    const undoManager = this._undoManager;
    const step: IStep = {
      outputsBefore: new Map(
        [...outputs.keys()].flatMap(id => {
          const shared = this._sharedCell(id);
          return shared ? [[id, shared.getOutputs()] as const] : [];
        })
      ),
      outputsAfter: outputs,
      metadataBefore: new Map(
        [...metadata.keys()].map(key => [key, this._metadataOf(key)])
      ),
      metadataAfter: metadata
    };
    undoManager.stopCapturing();
    const former = newest(undoManager.undoStack);
    this._model.sharedModel.transact(() => {
      change?.();
      for (const [id, wanted] of outputs) {
        const shared = this._sharedCell(id);
        const before = shared?.outputs.length ?? 0;
        // Behind the old outputs, so that the cell's list sees them go before the new ones come.
        shared?.updateOutputs(before, before, wanted);
        shared?.updateOutputs(0, before, []);
      }
      if (metadata.size > 0) {
        this._makeTrackable();
      }
    });
    undoManager.stopCapturing();
    const item = newest(undoManager.undoStack);
    if (item !== former) {
      item?.meta.set(this, step);
    }
    this._enforce(step.outputsAfter, step.metadataAfter);
  }

  private readonly _onPopped = (event: IPopped): void => {
    const step = event.stackItem.meta.get(this) as IStep | undefined;
    if (!step) {
      return;
    }
    const { undoStack, redoStack } = this._undoManager;
    const isUndo = event.type === 'undo';
    newest(isUndo ? redoStack : undoStack)?.meta.set(this, step);
    this._enforce(
      isUndo ? step.outputsBefore : step.outputsAfter,
      isUndo ? step.metadataBefore : step.metadataAfter
    );
  };

  private _enforce(outputs: Outputs, metadata: Metadata): void {
    for (const cell of this._model.cells) {
      const wanted = outputs.get(cell.id);
      if (!wanted || !isCodeCellModel(cell)) {
        continue;
      }
      const shared = cell.sharedModel as YCodeCell;
      const isRight =
        same(shared.getOutputs(), wanted) &&
        cell.outputs.length === wanted.length &&
        same(cell.outputs.toJSON(), wanted);
      if (!isRight) {
        cell.outputs.fromJSON(wanted);
      }
    }
    for (const [key, value] of metadata) {
      this._model.sharedModel.transact(() => {
        if (value === undefined) {
          this._model.deleteMetadata(key);
        } else {
          this._model.setMetadata(key, value);
        }
      }, false);
    }
  }

  /**
   * A step in which no cell changes is none to the undo manager: it gets one that leaves everything as it is,
   * a cell's id written anew.
   */
  private _makeTrackable(): void {
    const [first] = this._cells;
    first?.ymodel.set('id', first.getId());
  }

  private _metadataOf(key: string): PartialJSONValue | undefined {
    return this._model.getMetadata(key) as PartialJSONValue | undefined;
  }

  private _sharedCell(id: string): YCodeCell | null {
    const cell = this._cells.find(candidate => candidate.getId() === id);
    return cell?.cell_type === 'code' ? cell : null;
  }

  private get _cells() {
    return this._shared.cells;
  }

  private get _undoManager(): IManager {
    return this._shared.undoManager;
  }

  /** The interface of shared notebooks leaves out what their one implementation has. */
  private get _shared(): YNotebook {
    return this._model.sharedModel as unknown as YNotebook;
  }

  /** The origin of changes in the text of one cell. */
  private readonly _inCell = {};
  private _isDisposed = false;
}

function newest(stack: readonly IStackItem[]): IStackItem | undefined {
  return stack[stack.length - 1];
}

function same(one: unknown, other: unknown): boolean {
  return JSONExt.deepEqual(one as PartialJSONValue, other as PartialJSONValue);
}
