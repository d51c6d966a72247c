/**
 * The commands of hygiene checks: show what was found, go from one finding to the next, mend all that can
 * be mended safely, check or not.
 */
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import { isMarked } from '../core/findings';
import type { FindingActions } from '../hygiene/findingActions';
import { goToCell } from '../notebook/goToCell';
import type { HygieneRegistry } from '../notebook/hygieneRegistry';
import { neighbour } from '../notebook/neighbour';
import { CommandIDs } from '../tokens';

export interface IHygieneCommandOptions {
  registry: HygieneRegistry;
  trans: TranslationBundle;
  actions: () => FindingActions | null;
  isOn: () => boolean;
  turn: (isOn: boolean) => Promise<void>;
  showPanel: () => void;
  /** Tells what was found in a cell of the notebook in use. */
  showCell: (cellId: string) => void;
}

const noArguments = { args: { type: 'object' as const, properties: {} } };

export function addHygieneCommands(
  commands: CommandRegistry,
  palette: ICommandPalette | null,
  options: IHygieneCommandOptions
): void {
  const { registry, trans } = options;
  const hasFindings = () =>
    registry.current?.findings.some(
      finding => finding.cell_id !== null && isMarked(finding)
    ) ?? false;
  const activeId = () => registry.currentPanel?.content.activeCell?.model.id;
  const go = (step: 1 | -1) => {
    const { current, currentPanel } = registry;
    const marked = new Set(
      current?.findings.filter(isMarked).map(({ cell_id }) => cell_id)
    );
    const cellId =
      currentPanel && neighbour(currentPanel, step, id => marked.has(id));
    if (cellId) {
      goToCell(currentPanel, cellId);
    }
  };

  commands.addCommand(CommandIDs.showFindings, {
    label: trans.__('Show the Hygiene Findings'),
    caption: trans.__('What was found in the notebook, by severity and rule'),
    execute: options.showPanel,
    describedBy: noArguments
  });
  commands.addCommand(CommandIDs.findingsOfCell, {
    label: trans.__('Show the Hygiene Findings of the Cell'),
    caption: trans.__('What was found in the active cell, and how to mend it'),
    isEnabled: () => (registry.current?.of(activeId() ?? '').length ?? 0) > 0,
    execute: () => {
      const cellId = activeId();
      if (cellId) {
        options.showCell(cellId);
      }
    },
    describedBy: noArguments
  });
  commands.addCommand(CommandIDs.nextFinding, {
    label: trans.__('Next Cell with a Hygiene Finding'),
    caption: trans.__('Go to the next cell below in which something was found'),
    isEnabled: hasFindings,
    execute: () => go(1),
    describedBy: noArguments
  });
  commands.addCommand(CommandIDs.previousFinding, {
    label: trans.__('Previous Cell with a Hygiene Finding'),
    caption: trans.__('Go to the next cell above in which something was found'),
    isEnabled: hasFindings,
    execute: () => go(-1),
    describedBy: noArguments
  });
  commands.addCommand(CommandIDs.fixAll, {
    label: trans.__('Fix All Hygiene Findings That Can Be Fixed Safely…'),
    caption: trans.__('Show what all safe fixes change, then apply them'),
    isEnabled: () =>
      registry.current?.findings.some(({ fixes }) =>
        fixes.some(({ safe }) => safe)
      ) ?? false,
    execute: () => options.actions()?.fixAll(),
    describedBy: noArguments
  });
  commands.addCommand(CommandIDs.checkNotebooks, {
    label: trans.__('Check Notebook Hygiene'),
    caption: trans.__('Check notebooks for what goes wrong in them'),
    isToggled: options.isOn,
    execute: () => options.turn(!options.isOn()),
    describedBy: noArguments
  });

  const all = [
    CommandIDs.showFindings,
    CommandIDs.findingsOfCell,
    CommandIDs.nextFinding,
    CommandIDs.previousFinding,
    CommandIDs.fixAll,
    CommandIDs.checkNotebooks
  ];
  const category = trans.__('Notebook Hygiene');
  for (const command of all) {
    palette?.addItem({ command, category });
  }
  // Menus and palette ask again whether a command is enabled when told that it may have changed.
  registry.changed.connect(() => {
    for (const command of all) {
      commands.notifyCommandChanged(command);
    }
  });
}
