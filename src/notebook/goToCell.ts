/**
 * Makes a cell the active one and brings it into view, wherever windowing has it.
 */
import type { NotebookPanel } from '@jupyterlab/notebook';

export function goToCell(panel: NotebookPanel, cellId: string): void {
  const { content } = panel;
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
