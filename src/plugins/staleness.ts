/**
 * Stale cells: the gutter and the warnings of every open notebook.
 */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ISessionContextDialogs } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';

import { HygieneClient } from '../client';
import { browserJournals } from '../core/journalStore';
import { NotebookGutter } from '../gutter/gutter';
import { CellActions } from '../notebook/cellActions';
import { NotebookStaleness } from '../notebook/staleness';
import type { NotebookContext } from '../notebook/verification';

const ID = 'jupyter-hygiene:staleness';

export const stalenessPlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description:
    'Shows in which order cells ran, and which of them are stale and why.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ITranslator, ISettingRegistry, ISessionContextDialogs],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    translator: ITranslator | null,
    registry: ISettingRegistry | null,
    dialogs: ISessionContextDialogs | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyter_hygiene');
    const client = new HygieneClient(app.serviceManager.serverSettings);
    const store = browserJournals();
    const known = new Map<NotebookContext, NotebookStaleness>();
    const isNobodys = (clientId: string) => isOther(app, tracker, clientId);

    let settings: ISettingRegistry.ISettings | null = null;
    const gutters = new Set<NotebookGutter>();
    const obey = (gutter: NotebookGutter) => {
      gutter.shown = {
        gutter: (settings?.get('gutter').composite as boolean) ?? true,
        warnings: (settings?.get('warnings').composite as boolean) ?? true
      };
    };
    void registry
      ?.load(ID)
      .then(loaded => {
        settings = loaded;
        loaded.changed.connect(() => gutters.forEach(obey));
        gutters.forEach(obey);
      })
      .catch(error =>
        console.error('The settings of jupyter-hygiene were not read.', error)
      );

    const adorn = async (panel: NotebookPanel): Promise<void> => {
      const { context } = panel;
      await context.ready;
      if (context.isDisposed || panel.isDisposed) {
        return;
      }
      let staleness = known.get(context);
      if (!staleness) {
        staleness = new NotebookStaleness(context, {
          client,
          store,
          isNobodys
        });
        known.set(context, staleness);
        context.disposed.connect(() => known.delete(context));
      }
      const actions = new CellActions(
        panel,
        staleness,
        dialogs,
        translator ?? nullTranslator
      );
      const gutter = new NotebookGutter({
        panel,
        staleness,
        trans,
        perform: cure => actions.perform(cure),
        showReasons: () => undefined
      });
      gutters.add(gutter);
      obey(gutter);
      panel.disposed.connect(() => {
        gutters.delete(gutter);
        gutter.dispose();
      });
    };
    tracker.forEach(panel => void adorn(panel));
    tracker.widgetAdded.connect((_, panel) => void adorn(panel));
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
