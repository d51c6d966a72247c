/**
 * The report in the side panel, and the commands that act on a finished verification.
 */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { keptKernel } from '../core/keptKernel';
import { browserJournals } from '../core/journalStore';
import { VerificationActions } from '../notebook/actions';
import { goToCell } from '../notebook/goToCell';
import { ReportPanel } from '../report/panel';
import { CommandIDs, IVerifications } from '../tokens';

const optionalText = { type: 'string' as const };

export const reportPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-hygiene:report',
  description: 'Shows saved and replayed outputs side by side.',
  autoStart: true,
  requires: [IVerifications],
  optional: [ITranslator, ICommandPalette, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    verifications: IVerifications,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyter_hygiene');
    const { commands, shell } = app;
    const actions = new VerificationActions(trans, browserJournals());
    const run = (id: string, args: Record<string, string | number> = {}) =>
      void commands.execute(id, args);

    const panel: ReportPanel = new ReportPanel(
      verifications,
      {
        verifyAgain: () => run(CommandIDs.verify),
        verifyTwice: () => run(CommandIDs.verify, { repeat: 2 }),
        reveal: cellId => panel.reveal(cellId),
        cancel: () => run(CommandIDs.cancel),
        takeAll: () => run(CommandIDs.takeOutputs),
        take: cellId => run(CommandIDs.takeOutputs, { cellId }),
        continueInKernel: () => run(CommandIDs.continueInKernel),
        releaseKernel: () => run(CommandIDs.releaseKernel),
        export: format => run(CommandIDs.exportReport, { format }),
        leave: () => {
          const { currentPanel } = verifications;
          if (currentPanel) {
            shell.activateById(currentPanel.id);
            currentPanel.content.activate();
          }
        },
        goTo: (cellId, line) => {
          const notebook = verifications.currentPanel;
          if (notebook) {
            shell.activateById(notebook.id);
            goToCell(notebook, cellId, line);
          }
        }
      },
      trans
    );
    shell.add(panel, 'right', { rank: 900, type: 'Verification' });
    restorer?.add(panel, panel.id);

    const hasReport = () => Boolean(verifications.current?.report);
    commands.addCommand(CommandIDs.showReport, {
      label: trans.__('Show the Verification Report'),
      caption: trans.__('Saved and replayed outputs side by side'),
      execute: args => {
        shell.activateById(panel.id);
        // The command palette gives the focus back to the notebook once a command was run.
        requestAnimationFrame(() => panel.activate());
        if (typeof args.cellId === 'string') {
          panel.reveal(args.cellId);
        }
      },
      describedBy: {
        args: {
          type: 'object',
          properties: {
            cellId: {
              ...optionalText,
              description: trans.__('The id of the cell to open the report at')
            }
          }
        }
      }
    });
    commands.addCommand(CommandIDs.takeOutputs, {
      label: trans.__('Take the Replayed Outputs'),
      caption: trans.__(
        'Put the outputs of the replay into the notebook, as one step that can be undone'
      ),
      isEnabled: hasReport,
      execute: async args => {
        if (verifications.current) {
          await actions.takeOutputs(
            verifications.current,
            typeof args.cellId === 'string' ? args.cellId : null
          );
        }
      },
      describedBy: {
        args: {
          type: 'object',
          properties: {
            cellId: {
              ...optionalText,
              description: trans.__('The id of the only cell to take them for')
            }
          }
        }
      }
    });
    commands.addCommand(CommandIDs.continueInKernel, {
      label: trans.__('Continue in the Replay’s Kernel…'),
      caption: trans.__(
        'Use the kernel of the replay for the notebook from now on; the present one is shut down'
      ),
      isEnabled: () =>
        keptKernel(verifications.current?.verification ?? null).isKept,
      execute: async () => {
        const { current, currentPanel } = verifications;
        if (current && currentPanel) {
          await actions.continueInKernel(currentPanel, current);
        }
      },
      describedBy: { args: { type: 'object', properties: {} } }
    });
    commands.addCommand(CommandIDs.releaseKernel, {
      label: trans.__('Shut the Replay’s Kernel Down'),
      caption: trans.__('Free what the kernel of the replay still holds'),
      isEnabled: () =>
        keptKernel(verifications.current?.verification ?? null).isKept,
      execute: async () => {
        if (verifications.current) {
          await actions.releaseKernel(verifications.current);
        }
      },
      describedBy: { args: { type: 'object', properties: {} } }
    });
    commands.addCommand(CommandIDs.exportReport, {
      label: args =>
        args.format === 'json'
          ? trans.__('Export the Verification Report as JSON')
          : trans.__('Export the Verification Report as HTML'),
      caption: trans.__('Download the report'),
      isEnabled: hasReport,
      execute: async args => {
        if (verifications.current) {
          await actions.export(
            verifications.current,
            args.format === 'json' ? 'json' : 'html'
          );
        }
      },
      describedBy: {
        args: {
          type: 'object',
          properties: {
            format: {
              type: 'string',
              enum: ['html', 'json'],
              description: trans.__('What kind of file; HTML if left out')
            }
          }
        }
      }
    });
    const category = trans.__('Notebook Verification');
    for (const command of [
      CommandIDs.showReport,
      CommandIDs.takeOutputs,
      CommandIDs.continueInKernel,
      CommandIDs.releaseKernel
    ]) {
      palette?.addItem({ command, category });
    }
    for (const format of ['html', 'json']) {
      palette?.addItem({
        command: CommandIDs.exportReport,
        category,
        args: { format }
      });
    }
  }
};
