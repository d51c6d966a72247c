/**
 * Hygiene checks: the findings in every open notebook, their panel, and their number in the toolbar.
 */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette, IToolbarWidgetRegistry } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { HygieneClient } from '../client';
import { FindingsCounter } from '../hygiene/counter';
import { FindingActions } from '../hygiene/findingActions';
import { NotebookFindings } from '../hygiene/notebookFindings';
import { FindingsPanel } from '../hygiene/panel';
import { HygieneRegistry } from '../notebook/hygieneRegistry';
import { CommandIDs, IRunHistories } from '../tokens';
import { addHygieneCommands } from './hygieneCommands';
import { HygieneSettings } from './hygieneSettings';

const ID = 'jupyter-hygiene:hygiene';

export const hygienePlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Checks notebooks for what goes wrong in them, and mends it.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [
    ITranslator,
    ISettingRegistry,
    IRunHistories,
    IToolbarWidgetRegistry,
    ICommandPalette,
    ILayoutRestorer
  ],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    translator: ITranslator | null,
    settingRegistry: ISettingRegistry | null,
    histories: IRunHistories | null,
    toolbars: IToolbarWidgetRegistry | null,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyter_hygiene');
    const { commands, shell } = app;
    const settings = new HygieneSettings();
    const registry = new HygieneRegistry(tracker, {
      client: new HygieneClient(app.serviceManager.serverSettings),
      histories,
      settings: () => settings.rules
    });
    const shown = new Map<NotebookPanel, NotebookFindings>();
    const actionsOf = (panel: NotebookPanel): FindingActions | null => {
      const hygiene = registry.of(panel);
      return (
        hygiene &&
        new FindingActions({
          panel,
          hygiene,
          trans,
          activate: () => shell.activateById(panel.id)
        })
      );
    };
    const currentActions = () =>
      registry.currentPanel && actionsOf(registry.currentPanel);
    const turn = (isOn: boolean) => settings.turn(isOn);

    const panel = new FindingsPanel({
      registry,
      trans,
      actions: currentActions,
      turnOn: () => void turn(true),
      leave: () => {
        const { currentPanel } = registry;
        if (currentPanel) {
          shell.activateById(currentPanel.id);
          currentPanel.content.activate();
        }
      }
    });
    shell.add(panel, 'right', { rank: 901, type: 'Hygiene' });
    restorer?.add(panel, panel.id);

    const adorn = async (notebook: NotebookPanel): Promise<void> => {
      const hygiene = await registry.whenReady(notebook);
      const actions = actionsOf(notebook);
      if (!hygiene || !actions) {
        return;
      }
      const findings = new NotebookFindings({
        panel: notebook,
        hygiene,
        registry,
        actions,
        trans
      });
      shown.set(notebook, findings);
      notebook.disposed.connect(() => {
        shown.delete(notebook);
        findings.dispose();
      });
    };

    // Whoever does not want to be checked is not checked once before that is known.
    void settings.load(settingRegistry, ID).then(() => {
      let rules = JSON.stringify(settings.rules);
      const obey = () => {
        registry.isOn = settings.isOn;
        panel.showsNotes = settings.showsNotes;
        const present = JSON.stringify(settings.rules);
        if (present !== rules) {
          rules = present;
          registry.refresh();
        }
        commands.notifyCommandChanged(CommandIDs.checkNotebooks);
      };
      obey();
      settings.changed.connect(obey);
      tracker.forEach(notebook => void adorn(notebook));
      tracker.widgetAdded.connect((_, notebook) => void adorn(notebook));
    });

    toolbars?.addFactory<NotebookPanel>(
      'Notebook',
      'hygiene-findings',
      notebook => {
        const counter = new FindingsCounter(trans, () => {
          if (tracker.currentWidget !== notebook) {
            shell.activateById(notebook.id);
          }
          void commands.execute(CommandIDs.showFindings);
        });
        counter.toolbar = notebook.toolbar;
        const obey = () => (counter.isWanted = settings.hasCounter);
        obey();
        settings.changed.connect(obey);
        counter.disposed.connect(() => settings.changed.disconnect(obey));
        void registry.whenReady(notebook).then(hygiene => {
          if (hygiene && !counter.isDisposed) {
            counter.hygiene = hygiene;
          }
        });
        return counter;
      }
    );
    addHygieneCommands(commands, palette, {
      registry,
      trans,
      actions: currentActions,
      isOn: () => settings.isOn,
      turn,
      showPanel: () => {
        shell.activateById(panel.id);
        // The command palette gives the focus back to the notebook once a command was run.
        requestAnimationFrame(() => panel.activate());
      },
      showCell: cellId => {
        const { currentPanel } = registry;
        const findings = currentPanel && shown.get(currentPanel);
        requestAnimationFrame(() => findings?.open(cellId));
      }
    });
  }
};
