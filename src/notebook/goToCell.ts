/**
 * Makes a cell the active one and brings it into view, wherever windowing has it.
 */
import type { NotebookPanel } from '@jupyterlab/notebook';

/** With a line, counted from 1, the cell is opened for editing there. */
export function goToCell(
  panel: NotebookPanel,
  cellId: string,
  line?: number
): void {
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
    .then(() => {
      if (line !== undefined) {
        // What had the focus before has lost it by now, which would have ended the editing.
        content.mode = 'edit';
        content.widgets[index]?.editor?.setCursorPosition({
          line: line - 1,
          column: 0
        });
      }
      content.activate();
    })
    .catch(() => undefined);
}
