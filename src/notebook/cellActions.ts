/**
 * Carries out the cures of a notebook panel: run cells, go to one, bring a deleted one back.
 */
import type { ISessionContextDialogs } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookActions } from '@jupyterlab/notebook';
import type { ITranslator } from '@jupyterlab/translation';
import type { YNotebook } from '@jupyter/ydoc';

import type { Reason } from '../contract';
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
    if (source === undefined || !model) {
      return;
    }
    const ids = Array.from(model.cells, cell => cell.id);
    const before = ids.indexOf(reason.restore_before ?? '');
    // Under its old id it is the cell that ran, and is not stale for being back.
    const id = reason.cell_id;
    // The interface of shared notebooks leaves out what their one implementation has.
    const { undoManager } = model.sharedModel as unknown as YNotebook;
    undoManager.stopCapturing();
    model.sharedModel.transact(() => {
      model.sharedModel.insertCell(before < 0 ? ids.length : before, {
        ...(id && !ids.includes(id) && { id }),
        cell_type: 'code',
        source,
        metadata: { trusted: true },
        execution_count: reason.execution_count,
        outputs: []
      });
    });
    undoManager.stopCapturing();
  }
}
