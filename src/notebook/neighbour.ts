/**
 * Finds the cell of a kind that is nearest to the active one.
 */
import type { NotebookPanel } from '@jupyterlab/notebook';

/** In one direction, and around the end if there is none before it. */
export function neighbour(
  panel: NotebookPanel,
  step: 1 | -1,
  isWanted: (cellId: string) => boolean
): string | undefined {
  const { widgets, activeCellIndex } = panel.content;
  for (let distance = 1; distance <= widgets.length; distance++) {
    const at =
      (activeCellIndex + step * distance + widgets.length) % widgets.length;
    const { id } = widgets[at].model;
    if (isWanted(id)) {
      return id;
    }
  }
  return undefined;
}
