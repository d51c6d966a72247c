/**
 * Restart and Verify itself: the command, the toolbar item, and the marks and banner of every notebook.
 */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, IToolbarWidgetRegistry } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { HygieneClient } from '../client';
import { verifyIcon } from '../icons';
import { VerificationBanner } from '../notebook/banner';
import { chooseReplayPlace } from '../notebook/firstReplay';
import { NotebookMarks } from '../notebook/marks';
import { VerificationRegistry } from '../notebook/registry';
import { VerifyToolbarItem } from '../notebook/toolbarItem';
import type {
  NotebookContext,
  NotebookVerification
} from '../notebook/verification';
import { CommandIDs, IRunHistories, IVerifications } from '../tokens';
import { VerifySettings } from './verifySettings';

const ID = 'jupyter-hygiene:verify';

export const verifyPlugin: JupyterFrontEndPlugin<IVerifications> = {
  id: ID,
  description:
    'Replays a notebook in a fresh kernel and shows which outputs it reproduces.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [
    ITranslator,
    ISettingRegistry,
    IStateDB,
    IToolbarWidgetRegistry,
    ICommandPalette,
    IRunHistories
  ],
  provides: IVerifications,
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    translator: ITranslator | null,
    settingRegistry: ISettingRegistry | null,
    state: IStateDB | null,
    toolbars: IToolbarWidgetRegistry | null,
    palette: ICommandPalette | null,
    histories: IRunHistories | null
  ): IVerifications => {
    const trans = (translator ?? nullTranslator).load('jupyter_hygiene');
    const { commands, serviceManager } = app;
    const settings = new VerifySettings();
    void settings.load(settingRegistry, ID);
    const registry = new VerificationRegistry(
      tracker,
      new HygieneClient(serviceManager.serverSettings),
      serviceManager.events
    );
    const caption = trans.__(
      'Restart and Verify: replay the notebook in a fresh kernel of its own and compare every output. Your own kernel and your outputs stay as they are.'
    );

    const verify = async (
      panel: NotebookPanel,
      repeat?: number
    ): Promise<void> => {
      const verification = await registry.whenReady(panel);
      if (!verification || verification.isUnderWay) {
        return;
      }
      const place = await chooseReplayPlace(
        panel.context.localPath,
        settings.place,
        state,
        trans
      );
      if (document.activeElement === document.body) {
        // The question took the focus from a menu or palette that is gone by now.
        panel.content.activate();
      }
      if (place) {
        await verification.start({
          kernel_name: panel.sessionContext.session?.kernel?.name ?? null,
          options: {
            ...settings.options(place),
            ...(repeat === undefined ? {} : { repeat })
          },
          history: histories?.of(panel.context) ?? null
        });
      }
    };

    const openReport = (cellId?: string): void => {
      if (commands.hasCommand(CommandIDs.showReport)) {
        void commands.execute(
          CommandIDs.showReport,
          cellId === undefined ? {} : { cellId }
        );
      }
    };

    const adorn = async (panel: NotebookPanel): Promise<void> => {
      const verification = await registry.whenReady(panel);
      if (!verification) {
        return;
      }
      const show = (cellId?: string): void => {
        // Activating what is active would take the focus back from the report.
        if (tracker.currentWidget !== panel) {
          app.shell.activateById(panel.id);
        }
        openReport(cellId);
      };
      adornPanel(panel, verification, settings, show, histories, trans);
    };
    tracker.forEach(panel => void adorn(panel));
    tracker.widgetAdded.connect((_, panel) => void adorn(panel));

    toolbars?.addFactory<NotebookPanel>(
      'Notebook',
      'restart-and-verify',
      panel => {
        const item = new VerifyToolbarItem({
          trans,
          caption,
          start: () => void verify(panel),
          cancel: () =>
            void registry
              .whenReady(panel)
              .then(verification => verification?.cancel())
        });
        void registry.whenReady(panel).then(verification => {
          if (verification && !item.isDisposed) {
            item.verification = verification;
          }
        });
        return item;
      }
    );

    const noArguments = { args: { type: 'object' as const, properties: {} } };
    commands.addCommand(CommandIDs.verify, {
      label: trans.__('Restart and Verify'),
      caption,
      icon: verifyIcon,
      isEnabled: () =>
        tracker.currentWidget !== null && !registry.current?.isUnderWay,
      execute: async args => {
        if (tracker.currentWidget) {
          await verify(
            tracker.currentWidget,
            typeof args.repeat === 'number' ? args.repeat : undefined
          );
        }
      },
      describedBy: {
        args: {
          type: 'object',
          properties: {
            repeat: {
              type: 'integer',
              description: trans.__(
                'How many replays to make; as many as the settings say if left out'
              )
            }
          }
        }
      }
    });
    commands.addCommand(CommandIDs.cancel, {
      label: trans.__('Cancel the Verification'),
      caption: trans.__('Stop the replay of this notebook and end its kernel'),
      isEnabled: () => registry.current?.isUnderWay ?? false,
      execute: () => registry.current?.cancel(),
      describedBy: noArguments
    });
    const category = trans.__('Notebook Verification');
    palette?.addItem({ command: CommandIDs.verify, category });
    palette?.addItem({ command: CommandIDs.cancel, category });
    keepCommandsInStep(app, registry);
    return registry;
  }
};

/** Marks in the cells and the banner above them. */
function adornPanel(
  panel: NotebookPanel,
  verification: NotebookVerification,
  settings: VerifySettings,
  open: (cellId?: string) => void,
  histories: IRunHistories | null,
  trans: ReturnType<ITranslator['load']>
): void {
  const { context } = panel;
  const marks = new NotebookMarks({
    panel,
    verification,
    trans,
    isStale: cellId => histories?.isStale(context, cellId) ?? false,
    open
  });
  const onPredicted = (_: IRunHistories, about: NotebookContext) => {
    if (about === context && verification.report) {
      marks.sync();
    }
  };
  histories?.predicted.connect(onPredicted);
  const banner = new VerificationBanner({
    verification,
    trans,
    openReport: () => open(),
    focusNotebook: () => panel.content.activate()
  });
  panel.contentHeader.addWidget(banner);
  const obey = () => {
    marks.shown = settings.marks;
    banner.isWanted = settings.showsBanner;
  };
  obey();
  settings.changed.connect(obey);
  panel.disposed.connect(() => {
    settings.changed.disconnect(obey);
    histories?.predicted.disconnect(onPredicted);
    marks.dispose();
    banner.dispose();
  });
}

/** Menus and palette ask again whether a command is enabled when told that it may have changed. */
function keepCommandsInStep(
  app: JupyterFrontEnd,
  registry: VerificationRegistry
): void {
  let told = '';
  const tell = () => {
    // Every cell that is decided is a change, but none that a menu knows of.
    const { phase, verification } = registry.current ?? {};
    const key = `${verification?.id} ${phase} ${verification?.kernel?.expires}`;
    if (key !== told) {
      told = key;
      app.commands.notifyCommandChanged();
    }
  };
  let watched: NotebookVerification | null = null;
  const rewatch = () => {
    if (watched && !watched.isDisposed) {
      watched.changed.disconnect(tell);
    }
    watched = registry.current;
    watched?.changed.connect(tell);
    tell();
  };
  registry.currentChanged.connect(rewatch);
  rewatch();
}
