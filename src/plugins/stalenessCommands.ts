/**
 * The commands of stale cells: go from one to the next, run them, list them, watch a notebook or not.
 */
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { CellActions } from '../notebook/cellActions';
import { goToCell } from '../notebook/goToCell';
import { neighbour } from '../notebook/neighbour';
import type { NotebookStaleness } from '../notebook/staleness';
import type { StalenessRegistry } from '../notebook/stalenessRegistry';
import { CommandIDs } from '../tokens';

export interface IStalenessCommandOptions {
  registry: StalenessRegistry;
  trans: TranslationBundle;
  actionsOf: (
    panel: NotebookPanel,
    staleness: NotebookStaleness
  ) => CellActions;
  watch: (staleness: NotebookStaleness, isOn: boolean) => void;
  openList: (panel: NotebookPanel, staleness: NotebookStaleness) => void;
}

const noArguments = { args: { type: 'object' as const, properties: {} } };

export function addStalenessCommands(
  commands: CommandRegistry,
  palette: ICommandPalette | null,
  options: IStalenessCommandOptions
): void {
  const { registry, trans } = options;
  const staleIds = () => registry.current?.staleIds ?? [];
  const go = (step: 1 | -1) => {
    const { current, currentPanel } = registry;
    const stale = new Set(current?.staleIds);
    const cellId =
      currentPanel && neighbour(currentPanel, step, id => stale.has(id));
    if (cellId) {
      goToCell(currentPanel, cellId);
    }
  };

  commands.addCommand(CommandIDs.nextStale, {
    label: trans.__('Next Stale Cell'),
    caption: trans.__('Go to the next cell below that is stale'),
    isEnabled: () => staleIds().length > 0,
    execute: () => go(1),
    describedBy: noArguments
  });
  commands.addCommand(CommandIDs.previousStale, {
    label: trans.__('Previous Stale Cell'),
    caption: trans.__('Go to the next cell above that is stale'),
    isEnabled: () => staleIds().length > 0,
    execute: () => go(-1),
    describedBy: noArguments
  });
  commands.addCommand(CommandIDs.runStale, {
    label: () => {
      const { length } = registry.current?.rerun ?? [];
      return length > 0
        ? trans._n('Run %1 Stale Cell', 'Run All %1 Stale Cells', length)
        : trans.__('Run All Stale Cells');
    },
    caption: trans.__(
      'Run the cells after which no cell is stale, in the order that this takes'
    ),
    isEnabled: () => (registry.current?.rerun.length ?? 0) > 0,
    execute: async () => {
      const { current, currentPanel } = registry;
      if (current && currentPanel) {
        await options.actionsOf(currentPanel, current).run(current.rerun);
      }
    },
    describedBy: noArguments
  });
  commands.addCommand(CommandIDs.listStale, {
    label: trans.__('List Stale Cells'),
    caption: trans.__('Which cells are stale, and why'),
    isEnabled: () => registry.current !== null,
    execute: () => {
      const { current, currentPanel } = registry;
      if (current && currentPanel) {
        options.openList(currentPanel, current);
      }
    },
    describedBy: noArguments
  });
  commands.addCommand(CommandIDs.watchStale, {
    label: trans.__('Look for Stale Cells in This Notebook'),
    caption: trans.__(
      'Show the order of execution and the stale cells of this notebook'
    ),
    isEnabled: () => registry.current !== null,
    isToggled: () => registry.current?.isOn ?? false,
    execute: () => {
      const { current } = registry;
      if (current) {
        options.watch(current, !current.isOn);
      }
    },
    describedBy: noArguments
  });
  commands.addCommand(CommandIDs.goToStale, {
    label: args =>
      typeof args.label === 'string' ? args.label : trans.__('Go to Cell'),
    isEnabled: args => Boolean(args.cellId),
    execute: args => {
      const { currentPanel } = registry;
      if (currentPanel && typeof args.cellId === 'string') {
        goToCell(currentPanel, args.cellId);
      }
    },
    describedBy: {
      args: {
        type: 'object',
        properties: {
          cellId: {
            type: 'string',
            description: trans.__('The id of the cell to go to')
          },
          label: {
            type: 'string',
            description: trans.__('What a menu says of it')
          }
        }
      }
    }
  });

  const category = trans.__('Stale Cells');
  for (const command of [
    CommandIDs.nextStale,
    CommandIDs.previousStale,
    CommandIDs.runStale,
    CommandIDs.listStale,
    CommandIDs.watchStale
  ]) {
    palette?.addItem({ command, category });
  }
  keepInStep(commands, registry);
}

/** Menus and palette ask again whether a command is enabled when told that it may have changed. */
function keepInStep(
  commands: CommandRegistry,
  registry: StalenessRegistry
): void {
  let told = '';
  registry.changed.connect(() => {
    const { current } = registry;
    const key = current
      ? `${current.isOn} ${current.staleIds.length} ${current.rerun.length}`
      : '';
    if (key !== told) {
      told = key;
      for (const id of [
        CommandIDs.nextStale,
        CommandIDs.previousStale,
        CommandIDs.runStale,
        CommandIDs.listStale,
        CommandIDs.watchStale
      ]) {
        commands.notifyCommandChanged(id);
      }
    }
  });
}
