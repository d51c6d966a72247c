/**
 * Carries out the cures of a notebook panel: run cells, go to one, bring a deleted one back.
 */
import type { ISessionContextDialogs } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookActions } from '@jupyterlab/notebook';
import type { ITranslator } from '@jupyterlab/translation';
import type { YNotebook } from '@jupyter/ydoc';

import type { Move, Reason } from '../contract';
import type { Cure } from '../core/cures';
import { goToCell } from './goToCell';
import type { NotebookStaleness } from './staleness';

export class CellActions {
  constructor(
    private readonly _panel: NotebookPanel,
    private readonly _staleness: NotebookStaleness,
    private readonly _dialogs: ISessionContextDialogs | null,
    private readonly _translator: ITranslator,
    /** Restarts the kernel and runs all cells, having asked. */
    private readonly _restart: () => void
  ) {}

  perform(cure: Cure): void {
    switch (cure.kind) {
      case 'run':
        void this.run(cure.cellIds);
        break;
      case 'go':
        goToCell(this._panel, cure.cellId);
        break;
      case 'restore':
        this.restore(cure.reason);
        break;
      case 'move':
        this.move(cure.move);
        break;
      case 'restart':
        this._restart();
        break;
    }
  }

  /** Runs cells in this order; one that raises keeps the rest from running. */
  async run(cellIds: readonly string[]): Promise<void> {
    const { content, sessionContext } = this._panel;
    const widgets = new Map(content.widgets.map(cell => [cell.model.id, cell]));
    const cells = cellIds.flatMap(id => widgets.get(id) ?? []);
    if (cells.length > 0) {
      await NotebookActions.runCells(
        content,
        cells,
        sessionContext,
        this._dialogs ?? undefined,
        this._translator
      );
    }
  }

  /** Puts the source of a run whose cell is gone back where it belongs; one undo takes it away again. */
  restore(reason: Reason): void {
    const source = this._staleness.runs.behind(reason)?.source;
    const { model } = this._panel.content;
    if (source === undefined || !model || !this._staleness.canRestore(reason)) {
      return;
    }
    const ids = Array.from(model.cells, cell => cell.id);
    const before = ids.indexOf(reason.restore_before ?? '');
    // Under its old id it is the cell that ran, and is not stale for being back.
    const id = reason.cell_id;
    this._asOneStep(() => {
      model.sharedModel.insertCell(before < 0 ? ids.length : before, {
        ...(id && !ids.includes(id) && { id }),
        cell_type: 'code',
        source,
        metadata: { trusted: true },
        execution_count: reason.execution_count,
        outputs: []
      });
    });
  }

  /** Puts a cell where it works, with all that it shows; one undo puts it back. */
  move({ cell_id, anchor_id, side }: Move): void {
    const { model } = this._panel.content;
    if (!model) {
      return;
    }
    const ids = Array.from(model.cells, cell => cell.id);
    const from = ids.indexOf(cell_id);
    const anchor = ids.indexOf(anchor_id);
    if (from < 0 || anchor < 0) {
      return;
    }
    // Taking it out moves up what is below it.
    const to = anchor + (side === 'below' ? 1 : 0) - (from < anchor ? 1 : 0);
    this._asOneStep(() => model.sharedModel.moveCell(from, to));
    goToCell(this._panel, cell_id);
  }

  private _asOneStep(change: () => void): void {
    const { sharedModel } = this._panel.content.model!;
    // The interface of shared notebooks leaves out what their one implementation has.
    const { undoManager } = sharedModel as unknown as YNotebook;
    undoManager.stopCapturing();
    sharedModel.transact(change);
    undoManager.stopCapturing();
  }
}
