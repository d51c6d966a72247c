/**
 * The code cells of a document as an analysis sees them, read anew only where they changed.
 */
import type { ICodeCellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { CellChange } from '@jupyter/ydoc';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import type { AnalyzedCell } from '../contract';
import type { IStanding } from '../core/attribution';
import type { RunStatus } from '../core/runs';
import { tracebackStart } from '../core/runs';
import { codeCells } from './snapshot';

/** What about the cells changed: `cells` come, go and move; the others name one. */
export type DocumentChange =
  { kind: 'cells' } | { kind: 'source' | 'other'; cellId: string };

export class DocumentCells implements IDisposable {
  constructor(private readonly _model: INotebookModel) {
    _model.cells.changed.connect(this._onCells, this);
    this._resync();
  }

  get changed(): ISignal<this, DocumentChange> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    Signal.clearData(this);
  }

  model(cellId: string): ICodeCellModel | null {
    this._resyncIfNeeded();
    return this._models.get(cellId) ?? null;
  }

  /** All code cells, in document order. */
  all(): AnalyzedCell[] {
    this._resyncIfNeeded();
    return [...this._models].map(([id, model]) => {
      let cell = this._cells.get(id);
      if (!cell) {
        cell = analyzed(id, model);
        this._cells.set(id, cell);
      }
      return cell;
    });
  }

  /** As `all`, with how the outputs on the page say that a run ended. */
  standing(): IStanding[] {
    return this.all().map(({ id, source, execution_count }) => ({
      id,
      source,
      count: execution_count ?? null,
      ending: endingOf(this._models.get(id)!)
    }));
  }

  /** How the traceback begins that a cell shows of its run of this count. */
  tracebackOf(cellId: string, count: number): string | undefined {
    const model = this.model(cellId);
    if (!model || model.executionCount !== count) {
      return undefined;
    }
    for (let at = 0; at < model.outputs.length; at++) {
      const output = model.outputs.get(at);
      if (output.type === 'error') {
        return tracebackStart(
          (output.toJSON() as { traceback?: unknown }).traceback
        );
      }
    }
    return undefined;
  }

  private _onCells(): void {
    this._isAstray = true;
    this._changed.emit({ kind: 'cells' });
  }

  private _resyncIfNeeded(): void {
    if (this._isAstray) {
      this._resync();
    }
  }

  private _resync(): void {
    this._isAstray = false;
    const former = this._models;
    this._models = new Map();
    for (const model of codeCells(this._model)) {
      const { id } = model;
      this._models.set(id, model);
      // A moved cell has a new model under its old id.
      if (former.get(id) !== model) {
        this._cells.delete(id);
        model.sharedModel.changed.connect(
          (_: unknown, change: CellChange) => this._hear(id, change),
          this
        );
      }
    }
    for (const id of this._cells.keys()) {
      if (!this._models.has(id)) {
        this._cells.delete(id);
      }
    }
  }

  private _hear(cellId: string, change: CellChange): void {
    const { sourceChange, metadataChange } = change;
    const { executionCountChange } = change as {
      executionCountChange?: unknown;
    };
    if (!sourceChange && !metadataChange && !executionCountChange) {
      return;
    }
    this._cells.delete(cellId);
    this._changed.emit({ kind: sourceChange ? 'source' : 'other', cellId });
  }

  private readonly _cells = new Map<string, AnalyzedCell>();
  private readonly _changed = new Signal<this, DocumentChange>(this);
  private _isAstray = false;
  private _isDisposed = false;
  private _models = new Map<string, ICodeCellModel>();
}

function analyzed(id: string, model: ICodeCellModel): AnalyzedCell {
  const cell: AnalyzedCell = {
    id,
    type: 'code',
    source: model.sharedModel.getSource(),
    execution_count: model.executionCount ?? null
  };
  const tags = model.getMetadata('tags');
  return Array.isArray(tags) && tags.length > 0
    ? { ...cell, tags: tags.map(String) }
    : cell;
}

function endingOf(model: ICodeCellModel): RunStatus {
  for (let at = 0; at < model.outputs.length; at++) {
    const output = model.outputs.get(at);
    if (output.type === 'error') {
      const { ename } = output.toJSON() as { ename?: unknown };
      return ename === 'KeyboardInterrupt' ? 'interrupted' : 'error';
    }
  }
  return 'ok';
}
