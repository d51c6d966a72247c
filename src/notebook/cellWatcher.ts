/**
 * Says which code cells of a notebook changed in source or outputs, whoever changed them: this page,
 * a peer, or an undo.
 */
import type { ICellModel } from '@jupyterlab/cells';
import { isCodeCellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { CellChange } from '@jupyter/ydoc';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

/** Typing and printing come in many small steps: one look at a cell is enough for all of them. */
const SETTLE = 150;

export class CellWatcher implements IDisposable {
  constructor(private readonly _model: INotebookModel) {
    _model.cells.changed.connect(this._resync, this);
    this._resync();
  }

  /** Ids of the cells that changed, once they have been quiet for a moment. */
  get cellsChanged(): ISignal<this, ReadonlySet<string>> {
    return this._cellsChanged;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    window.clearTimeout(this._timer);
    Signal.clearData(this);
  }

  private _resync(): void {
    // A moved cell has a new model under its old id: watch models, tell ids.
    const present = new Set<ICellModel>(this._model.cells);
    for (const cell of this._watched) {
      if (!present.has(cell)) {
        this._watched.delete(cell);
      }
    }
    for (const cell of present) {
      if (!this._watched.has(cell)) {
        this._watched.add(cell);
        this._note(cell.id);
        const id = cell.id;
        const onChange = (_: unknown, change: CellChange) =>
          this._hear(id, change);
        // Connected with `this` as context, so that disposing clears them all.
        cell.sharedModel.changed.connect(onChange, this);
        if (isCodeCellModel(cell)) {
          // The shared model keeps still about what a run of this page writes.
          cell.outputs.changed.connect(() => this._note(id), this);
        }
      }
    }
  }

  private _hear(id: string, change: CellChange): void {
    const { sourceChange } = change;
    const { outputsChange, streamOutputChange } = change as {
      outputsChange?: unknown;
      streamOutputChange?: unknown;
    };
    if (sourceChange || outputsChange || streamOutputChange) {
      this._note(id);
    }
  }

  private _note(id: string): void {
    this._dirty.add(id);
    window.clearTimeout(this._timer);
    this._timer = window.setTimeout(() => {
      const ids = this._dirty;
      this._dirty = new Set();
      this._cellsChanged.emit(ids);
    }, SETTLE);
  }

  private readonly _cellsChanged = new Signal<this, ReadonlySet<string>>(this);
  private _dirty = new Set<string>();
  private _isDisposed = false;
  private _timer = 0;
  private readonly _watched = new Set<ICellModel>();
}
