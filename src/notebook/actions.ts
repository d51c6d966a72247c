/**
 * What can be done with a finished verification: take its outputs over, go on in its kernel, release
 * that kernel, save its report. Whatever changes the notebook or ends a kernel asks first.
 */
import { Dialog, showDialog, showErrorMessage } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ExportFormat } from '../client';
import type { KernelHandover, ReplayedCells } from '../contract';
import type { JournalStore } from '../core/journalStore';
import { keptKernel } from '../core/keptKernel';
import { OutputTakeover } from './takeover';
import type { NotebookVerification } from './verification';

export class VerificationActions {
  constructor(
    private readonly _trans: TranslationBundle,
    private readonly _journals: JournalStore
  ) {}

  /** Takes the outputs of one cell, or after asking of all cells whose source is still the replayed one. */
  async takeOutputs(
    verification: NotebookVerification,
    cellId: string | null
  ): Promise<void> {
    await this._attempt(async () => {
      const cells = await this._replayed(verification, cellId);
      if (cellId === null && !(await this._mayTakeAll(verification, cells))) {
        return;
      }
      this._take(verification, cells);
    });
  }

  /** Moves the notebook's session to the replay's kernel, which ends the kernel it had. */
  async continueInKernel(
    panel: NotebookPanel,
    verification: NotebookVerification
  ): Promise<void> {
    const trans = this._trans;
    const id = verification.verification?.id;
    if (!id) {
      return;
    }
    const { button, isChecked } = await showDialog({
      title: trans.__('Continue in the replay’s kernel?'),
      body: trans.__(
        'The notebook goes on in the kernel of the replay, which has run its cells once, from top to bottom. The kernel that the notebook has now is shut down, and its variables are lost.'
      ),
      checkbox: {
        label: trans.__('Also take the replayed outputs and counts'),
        caption: trans.__(
          'They then belong to the kernel that the notebook has. You can undo this; nothing is saved.'
        ),
        checked: true
      },
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.warnButton({ label: trans.__('Continue there') })
      ]
    });
    if (!button.accept) {
      return;
    }
    await this._attempt(async () => {
      const cells = isChecked ? await this._replayed(verification, null) : [];
      let handover: KernelHandover;
      try {
        handover = await verification.client.takeKernel(id);
      } catch (error) {
        await verification.refresh().catch(() => undefined);
        throw error;
      }
      verification.forgetKernel();
      // The kernel knows what it ran, but not which cells those were.
      this._journals.keepHandover(
        handover.kernel_id,
        panel.context.localPath,
        handover.runs
      );
      await panel.sessionContext.changeKernel({ id: handover.kernel_id });
      this._take(verification, cells);
    });
  }

  async releaseKernel(verification: NotebookVerification): Promise<void> {
    const id = verification.verification?.id;
    if (id && keptKernel(verification.verification).isKept) {
      await this._attempt(async () => {
        await verification.client.releaseKernel(id);
        verification.forgetKernel();
      });
    }
  }

  async export(
    verification: NotebookVerification,
    format: ExportFormat
  ): Promise<void> {
    const { report } = verification;
    const id = verification.verification?.id;
    if (!report || !id) {
      return;
    }
    await this._attempt(async () => {
      const blob = await verification.client.export(id, format);
      const name = (report.path.split('/').pop() ?? '').replace(/\.\w+$/, '');
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = `${name || 'notebook'}-verification.${format}`;
      link.click();
      // The browser reads the address after this turn of the event loop.
      window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    });
  }

  private _take(
    verification: NotebookVerification,
    cells: ReplayedCells['cells']
  ): void {
    const { model } = verification.context;
    verification.noteTaken(takeoverOf(verification).take(cells));
    model.dirty = true;
  }

  /** Replayed outputs belong to the source that was replayed: cells edited since are left out. */
  private async _replayed(
    verification: NotebookVerification,
    cellId: string | null
  ): Promise<ReplayedCells['cells']> {
    const id = verification.verification?.id;
    if (!id) {
      return [];
    }
    const { cells } = await verification.client.replayedCells(id);
    return cells.filter(
      cell =>
        (cellId === null || cell.id === cellId) &&
        verification.isSourceVerified(cell.id)
    );
  }

  private async _mayTakeAll(
    verification: NotebookVerification,
    cells: ReplayedCells['cells']
  ): Promise<boolean> {
    const trans = this._trans;
    const all = verification.report?.cells.length ?? 0;
    const left = all - cells.length;
    const { button } = await showDialog({
      title: trans.__('Take the replayed outputs?'),
      body: [
        trans._n(
          'The output and count of %1 cell are replaced by those of the replay.',
          'The outputs and counts of %1 cells are replaced by those of the replay.',
          cells.length
        ),
        left > 0
          ? trans._n(
              '%1 cell was not run, or has been edited since, and is left as it is.',
              '%1 cells were not run, or have been edited since, and are left as they are.',
              left
            )
          : '',
        trans.__('One undo takes it all back. Nothing is saved.')
      ]
        .filter(Boolean)
        .join(' '),
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({ label: trans.__('Take outputs') })
      ]
    });
    return button.accept;
  }

  private async _attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      await showErrorMessage(
        this._trans.__('That could not be done'),
        error instanceof Error ? error.message : String(error)
      );
    }
  }
}

const takeovers = new WeakMap<NotebookVerification, OutputTakeover>();

/** Lives as long as the notebook is open, since what it wrote can be undone for as long. */
function takeoverOf(verification: NotebookVerification): OutputTakeover {
  let takeover = takeovers.get(verification);
  if (!takeover) {
    takeover = new OutputTakeover(verification.context.model);
    takeovers.set(verification, takeover);
    verification.disposed.connect(takeover.dispose, takeover);
  }
  return takeover;
}
