/**
 * Carries out fixes on the document: all edits of a fix or none, as one step that undo takes back, and
 * no more of a text touched than differs.
 */
import type * as nbformat from '@jupyterlab/nbformat';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { ISharedCell, YCodeCell } from '@jupyter/ydoc';
import type { PartialJSONValue } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';

import type { Edit, Fix } from '../contract';
import { onlyTextOf } from '../core/fixScope';
import type { Silencing } from '../core/silencing';
import { textChanges } from '../core/textChange';
import { UndoSteps } from './undoSteps';

/** Why a fix cannot be carried out: what it is for has changed, or may not be changed. */
export type Refusal = 'changed' | 'locked';

/** Where the settings of a notebook stand in its metadata. */
const SETTINGS = 'jupyter-hygiene';

export class NotebookFixer implements IDisposable {
  constructor(private readonly _model: INotebookModel) {
    this._steps = new UndoSteps(_model);
  }

  get isDisposed(): boolean {
    return this._steps.isDisposed;
  }

  dispose(): void {
    this._steps.dispose();
  }

  /** Null if nothing is in the way. */
  refusal(fix: Fix): Refusal | null {
    if (this._model.readOnly) {
      return 'locked';
    }
    const sources = new Map(
      this._cells.map(cell => [cell.getId(), cell.getSource()])
    );
    for (const edit of fix.edits) {
      const refusal = this._refusalOf(edit, sources);
      if (refusal) {
        return refusal;
      }
    }
    return null;
  }

  /** Says what kept it from carrying the fix out, and has done nothing then. */
  carryOut(fix: Fix): Refusal | null {
    const refusal = this.refusal(fix);
    if (refusal) {
      return refusal;
    }
    const change = () => this._edit(fix.edits);
    const only = onlyTextOf(fix);
    if (only !== null) {
      this._steps.performInCell(only, change);
      return null;
    }
    const metadata = new Map<string, undefined>();
    for (const edit of fix.edits) {
      if (edit.kind === 'drop_metadata' && edit.cell_id === null) {
        metadata.set(edit.key, undefined);
      }
    }
    this._steps.perform({
      change,
      outputs: this._outputsAfter(fix.edits),
      metadata
    });
    this._model.dirty = true;
    return null;
  }

  /** Silences a finding where it stands. */
  silence(cellId: string, silencing: Silencing): Refusal | null {
    const cell = this._find(cellId);
    if (!cell) {
      return 'changed';
    }
    if (silencing.kind === 'comment') {
      const { before, after } = silencing;
      const edit: Edit = { kind: 'source', cell_id: cellId, before, after };
      return this.carryOut({ title: '', safe: false, edits: [edit] });
    }
    const tags = tagsOf(cell);
    if (!tags.includes(silencing.tag)) {
      this._steps.perform({
        change: () => cell.setMetadata('tags', [...tags, silencing.tag])
      });
      this._model.dirty = true;
    }
    return null;
  }

  /** The rules that the notebook's own settings name as ignored. */
  get ignoredRules(): string[] {
    const { ignore } = this._settings;
    return Array.isArray(ignore) ? ignore.map(String) : [];
  }

  /** Adds a rule to those, or takes it from them. */
  ignoreRule(rule: string, isIgnored: boolean): void {
    const others = this.ignoredRules.filter(name => name !== rule);
    const rules = isIgnored ? [...others, rule] : others;
    const changed = { ...this._settings };
    delete changed.ignore;
    if (rules.length > 0) {
      changed.ignore = rules;
    }
    this._steps.perform({
      metadata: new Map([
        [
          SETTINGS,
          Object.keys(changed).length > 0
            ? (changed as PartialJSONValue)
            : undefined
        ]
      ])
    });
    this._model.dirty = true;
  }

  private _refusalOf(edit: Edit, sources: Map<string, string>): Refusal | null {
    switch (edit.kind) {
      case 'source':
      case 'delete_cell': {
        if (sources.get(edit.cell_id) !== edit.before) {
          return 'changed';
        }
        const right = edit.kind === 'source' ? 'editable' : 'deletable';
        if (this._find(edit.cell_id)?.getMetadata(right) === false) {
          return 'locked';
        }
        if (edit.kind === 'source') {
          sources.set(edit.cell_id, edit.after);
        } else {
          sources.delete(edit.cell_id);
        }
        return null;
      }
      case 'insert_cell':
        if (edit.above !== null && !sources.has(edit.above)) {
          return 'changed';
        }
        if (edit.cell_id !== null) {
          sources.set(edit.cell_id, edit.source);
        }
        return null;
      default:
        return edit.cell_id === null || sources.has(edit.cell_id)
          ? null
          : 'changed';
    }
  }

  /** The list of shared cells follows when all is done: where cells stand meanwhile is kept track of here. */
  private _edit(edits: readonly Edit[]): void {
    const { sharedModel } = this._model;
    const ids = this._cells.map(cell => cell.getId());
    for (const edit of edits) {
      if (edit.kind === 'insert_cell') {
        this._insert(edit, ids);
      } else if (edit.kind === 'delete_cell') {
        const index = ids.indexOf(edit.cell_id);
        sharedModel.deleteCell(index);
        ids.splice(index, 1);
      } else {
        this._editCell(edit);
      }
    }
    if (ids.length === 0) {
      // No notebook is without a cell.
      sharedModel.insertCell(0, { cell_type: 'code', metadata: {} });
    }
  }

  private _editCell(edit: Edit & { cell_id: string | null }): void {
    const cell = edit.cell_id === null ? null : this._find(edit.cell_id);
    if (!cell) {
      return;
    }
    switch (edit.kind) {
      case 'source':
        for (const { start, end, text } of textChanges(
          edit.before,
          edit.after
        )) {
          cell.updateSource(start, end, text);
        }
        break;
      case 'clear_count':
        if (cell.cell_type === 'code') {
          (cell as YCodeCell).execution_count = null;
        }
        break;
      case 'drop_metadata':
        cell.deleteMetadata(edit.key);
        break;
    }
  }

  private _insert(
    edit: Extract<Edit, { kind: 'insert_cell' }>,
    ids: string[]
  ): void {
    const above = ids.indexOf(edit.above ?? '');
    const index = above < 0 ? ids.length : above;
    const id = edit.cell_id;
    const { sharedModel } = this._model;
    const cell = sharedModel.insertCell(index, {
      ...(id && !ids.includes(id) && { id }),
      cell_type: 'code',
      source: edit.source,
      metadata: { trusted: true },
      execution_count: edit.execution_count,
      outputs: []
    });
    ids.splice(index, 0, id ?? cell.id);
  }

  /** What cells show once these edits are carried out. */
  private _outputsAfter(
    edits: readonly Edit[]
  ): Map<string, nbformat.IOutput[]> {
    const outputs = new Map<string, nbformat.IOutput[]>();
    for (const edit of edits) {
      if (edit.kind === 'clear_outputs') {
        outputs.set(edit.cell_id, []);
      } else if (edit.kind === 'clear_count') {
        const cell = this._find(edit.cell_id);
        const shown =
          outputs.get(edit.cell_id) ??
          (cell?.cell_type === 'code' ? (cell as YCodeCell).getOutputs() : []);
        if (shown.some(output => 'execution_count' in output)) {
          outputs.set(edit.cell_id, shown.map(withoutCount));
        }
      }
    }
    return outputs;
  }

  private _find(cellId: string): ISharedCell | null {
    return this._cells.find(cell => cell.getId() === cellId) ?? null;
  }

  private get _cells(): readonly ISharedCell[] {
    return this._model.sharedModel.cells;
  }

  private get _settings(): Record<string, unknown> {
    const own: unknown = this._model.getMetadata(SETTINGS);
    return own && typeof own === 'object' && !Array.isArray(own)
      ? { ...own }
      : {};
  }

  private readonly _steps: UndoSteps;
}

function withoutCount(output: nbformat.IOutput): nbformat.IOutput {
  return 'execution_count' in output
    ? { ...output, execution_count: null }
    : output;
}

function tagsOf(cell: ISharedCell): string[] {
  const tags: unknown = cell.getMetadata('tags');
  return Array.isArray(tags) ? tags.map(String) : [];
}
