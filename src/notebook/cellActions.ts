/**
 * Carries out the cures of a notebook panel: run cells, go to one, bring a deleted one back.
 */
import type { ISessionContextDialogs } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookActions } from '@jupyterlab/notebook';
import type { ITranslator } from '@jupyterlab/translation';

import type { Reason } from '../contract';
import type { Cure } from '../core/cures';
import type { NotebookStaleness } from './staleness';

export class CellActions {
  constructor(
    private readonly _panel: NotebookPanel,
    private readonly _staleness: NotebookStaleness,
    private readonly _dialogs: ISessionContextDialogs | null,
    private readonly _translator: ITranslator
  ) {}

  perform(cure: Cure): void {
    switch (cure.kind) {
      case 'run':
        void this.run(cure.cellIds);
        break;
      case 'go':
        this.goTo(cure.cellId);
        break;
      case 'restore':
        this.restore(cure.reason);
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

  /** Makes a cell the active one and brings it into view, wherever windowing has it. */
  goTo(cellId: string): void {
    const { content } = this._panel;
    const index = content.widgets.findIndex(cell => cell.model.id === cellId);
    if (index < 0) {
      return;
    }
    content.deselectAll();
    content.activeCellIndex = index;
    content.mode = 'command';
    void content
      .scrollToItem(index, 'smart')
      .then(() => content.activate())
      .catch(() => undefined);
  }

  /** Puts the source of a run whose cell is gone back where it belongs; one undo takes it away again. */
  restore(reason: Reason): void {
    const source = this._staleness.sourceOf(reason);
    const { model } = this._panel.content;
    if (source === null || !model) {
      return;
    }
    const ids = Array.from(model.cells, cell => cell.id);
    const before = ids.indexOf(reason.restore_before ?? '');
    // Under its old id it is the cell that ran, and is not stale for being back.
    const id = reason.cell_id;
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
  }
}
