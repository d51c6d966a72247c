/**
 * The list of a notebook's stale cells, as a menu: it has the keyboard and the look of the application
 * in JupyterLab and Notebook alike.
 */
import { MenuSvg } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';

import { headline } from '../core/statuses';
import type { IWording } from '../core/wording';
import type { NotebookStaleness } from '../notebook/staleness';

/** A longer list is cut: nobody reads it, and running all is one entry. */
const MOST = 60;
/** Of the code of a cell, in signs. */
const LONGEST = 28;

export interface IListCommands {
  goTo: string;
  run: string;
  restart: string;
  watch: string;
}

export function openStaleList(
  anchor: HTMLElement,
  staleness: NotebookStaleness,
  commands: CommandRegistry,
  ids: IListCommands,
  trans: IWording
): void {
  const menu = new MenuSvg({ commands });
  menu.addClass('jh-StaleList');
  menu.title.label = trans.__('Stale cells');
  const { staleIds, isOn } = staleness;
  if (isOn) {
    menu.addItem({ command: ids.run });
    if (staleness.isRestartNeeded && commands.hasCommand(ids.restart)) {
      menu.addItem({ command: ids.restart });
    }
    menu.addItem({ type: 'separator' });
    for (const cellId of staleIds.slice(0, MOST)) {
      const label = lineOf(cellId, staleness, trans);
      menu.addItem({ command: ids.goTo, args: { cellId, label } });
    }
    if (staleIds.length > MOST) {
      const label = trans._n(
        '… and %1 more',
        '… and %1 more',
        staleIds.length - MOST
      );
      menu.addItem({ command: ids.goTo, args: { cellId: '', label } });
    }
    menu.addItem({ type: 'separator' });
  }
  menu.addItem({ command: ids.watch });
  menu.aboutToClose.connect(() => {
    // What the menu does may choose another place; without one the focus goes back to the button.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) {
        anchor.focus();
      }
      menu.dispose();
    });
  });
  const { left, bottom } = anchor.getBoundingClientRect();
  menu.open(left, bottom + 2);
}

function lineOf(
  cellId: string,
  staleness: NotebookStaleness,
  trans: IWording
): string {
  const prediction = staleness.prediction(cellId);
  const count = staleness.countOf(cellId);
  const source =
    staleness.cells.model(cellId)?.sharedModel.getSource().trim() ?? '';
  const [first] = source.split('\n');
  const code = first.length > LONGEST ? `${first.slice(0, LONGEST)}…` : first;
  const why = prediction ? headline(prediction, trans).replace(/`/g, '') : '';
  return `[${count ?? ' '}] ${code} — ${why}`;
}
