/**
 * Stale cells: the gutter, the warnings and the links of every open notebook, and the counter in its
 * toolbar.
 */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import {
  ICommandPalette,
  ISessionContextDialogs,
  IToolbarWidgetRegistry
} from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';

import { HygieneClient } from '../client';
import { browserJournals } from '../core/journalStore';
import { StaleCounter } from '../gutter/counter';
import { NotebookGutter } from '../gutter/gutter';
import { openStaleList } from '../gutter/staleList';
import { NotebookTies } from '../gutter/ties';
import { CellActions } from '../notebook/cellActions';
import type { NotebookStaleness } from '../notebook/staleness';
import { StalenessRegistry } from '../notebook/stalenessRegistry';
import { WatchSwitch } from '../notebook/watchSwitch';
import { CommandIDs, IRunHistories } from '../tokens';
import { addStalenessCommands } from './stalenessCommands';
import { StalenessSettings } from './stalenessSettings';

const ID = 'jupyter-hygiene:staleness';

export const stalenessPlugin: JupyterFrontEndPlugin<IRunHistories> = {
  id: ID,
  description:
    'Shows in which order cells ran, and which of them are stale and why.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [
    ITranslator,
    ISettingRegistry,
    ISessionContextDialogs,
    IToolbarWidgetRegistry,
    ICommandPalette
  ],
  provides: IRunHistories,
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    translator: ITranslator | null,
    settingRegistry: ISettingRegistry | null,
    dialogs: ISessionContextDialogs | null,
    toolbars: IToolbarWidgetRegistry | null,
    palette: ICommandPalette | null
  ): IRunHistories => {
    const trans = (translator ?? nullTranslator).load('jupyter_hygiene');
    const settings = new StalenessSettings();
    void settings.load(settingRegistry, ID);
    const registry = new StalenessRegistry(tracker, {
      client: new HygieneClient(app.serviceManager.serverSettings),
      store: browserJournals(),
      isNobodys: clientId => isOther(app, tracker, clientId)
    });
    const switches = new WatchSwitch();
    const restart = () => void app.commands.execute(CommandIDs.restartRunAll);
    const actionsOf = (panel: NotebookPanel, staleness: NotebookStaleness) =>
      new CellActions(
        panel,
        staleness,
        dialogs,
        translator ?? nullTranslator,
        restart
      );

    const restored = new Set<NotebookStaleness>();
    const adorn = async (panel: NotebookPanel): Promise<void> => {
      const staleness = await registry.whenReady(panel);
      if (!staleness) {
        return;
      }
      if (!restored.has(staleness)) {
        restored.add(staleness);
        switches.restore(staleness);
        staleness.context.disposed.connect(() => restored.delete(staleness));
      }
      const actions = actionsOf(panel, staleness);
      const gutter = new NotebookGutter({
        panel,
        staleness,
        trans,
        perform: cure => actions.perform(cure)
      });
      const ties = new NotebookTies({ panel, staleness, trans });
      const obey = () => {
        gutter.shown = settings.shown;
        ties.isShown = settings.shown.links;
      };
      obey();
      settings.changed.connect(obey);
      panel.disposed.connect(() => {
        settings.changed.disconnect(obey);
        gutter.dispose();
        ties.dispose();
      });
    };
    tracker.forEach(panel => void adorn(panel));
    tracker.widgetAdded.connect((_, panel) => void adorn(panel));

    const openList = (anchor: HTMLElement, staleness: NotebookStaleness) =>
      openStaleList(
        anchor,
        staleness,
        app.commands,
        {
          goTo: CommandIDs.goToStale,
          run: CommandIDs.runStale,
          restart: CommandIDs.restartRunAll,
          watch: CommandIDs.watchStale
        },
        trans
      );
    toolbars?.addFactory<NotebookPanel>('Notebook', 'stale-cells', panel => {
      const counter = new StaleCounter(trans, anchor => {
        void registry
          .whenReady(panel)
          .then(staleness => staleness && openList(anchor, staleness));
      });
      counter.toolbar = panel.toolbar;
      const obey = () => counter.setHidden(!settings.hasCounter);
      obey();
      settings.changed.connect(obey);
      counter.disposed.connect(() => settings.changed.disconnect(obey));
      void registry.whenReady(panel).then(staleness => {
        if (staleness && !counter.isDisposed) {
          counter.staleness = staleness;
        }
      });
      return counter;
    });
    addStalenessCommands(app.commands, palette, {
      registry,
      trans,
      actionsOf,
      watch: (staleness, isOn) => switches.set(staleness, isOn),
      openList: (panel, staleness) =>
        openList(
          panel.toolbar.node.querySelector<HTMLElement>('.jh-Counter-button') ??
            panel.toolbar.node,
          staleness
        )
    });
    return registry;
  }
};

/** Whether a client of a kernel is something in this page that is no notebook, such as a console. */
function isOther(
  app: JupyterFrontEnd,
  tracker: INotebookTracker,
  clientId: string
): boolean {
  for (const widget of app.shell.widgets('main')) {
    const { sessionContext } = widget as Widget & {
      sessionContext?: NotebookPanel['sessionContext'];
    };
    if (
      sessionContext?.session?.kernel?.clientId === clientId &&
      !tracker.has(widget)
    ) {
      return true;
    }
  }
  return false;
}
