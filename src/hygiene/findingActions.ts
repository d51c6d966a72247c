/**
 * Carries out what is chosen for a finding: a fix once it was shown, silence, all safe fixes together.
 * What cannot be done is said, and nothing is changed then; what was done is seen.
 */
import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Finding, Fix } from '../contract';
import { silencingOf } from '../core/silencing';
import type { Refusal } from '../notebook/fixer';
import { goToCell } from '../notebook/goToCell';
import type { NotebookHygiene } from '../notebook/hygiene';
import { announce } from './announce';
import type { IFindingActions } from './findingView';
import { confirmFix } from './preview';

/** How long what was done is told, in milliseconds. */
const TOLD = 5000;

export class FindingActions implements IFindingActions {
  constructor(private readonly _options: FindingActions.IOptions) {}

  readonly goTo = (finding: Finding): void => {
    const { panel, activate } = this._options;
    if (finding.cell_id !== null) {
      activate?.();
      const isCode = panel.content.widgets.some(
        ({ model }) => model.id === finding.cell_id && model.type === 'code'
      );
      // A line of a rendered text is nowhere to be seen.
      const line = isCode && !finding.in_output ? finding.line : null;
      goToCell(panel, finding.cell_id, line ?? undefined);
    }
  };

  readonly fix = (_: Finding, fix: Fix): void => void this._fix(fix);

  readonly silence = (finding: Finding): void => {
    const { hygiene, panel } = this._options;
    const cell = panel.content.widgets.find(
      ({ model }) => model.id === finding.cell_id
    );
    if (!cell || finding.cell_id === null) {
      return;
    }
    const { model } = hygiene.context;
    const info = model.getMetadata('language_info') as
      { name?: string } | undefined;
    const silencing = silencingOf(finding, {
      type: cell.model.type,
      source: cell.model.sharedModel.getSource(),
      language: (info?.name ?? model.defaultKernelLanguage).toLowerCase()
    });
    this._tell(hygiene.fixer.silence(finding.cell_id, silencing), '');
  };

  /** Mends all that can be mended safely, having shown what that changes. */
  readonly fixAll = async (): Promise<void> => {
    const { hygiene, trans } = this._options;
    let fix: Fix | null;
    try {
      fix = await hygiene.fixForAll();
    } catch (error) {
      Notification.error(
        trans.__('The notebook could not be checked: %1', String(error))
      );
      return;
    }
    if (fix) {
      await this._confirmed(fix);
    } else {
      Notification.info(
        trans.__('There is nothing that can be mended without looking.'),
        { autoClose: TOLD }
      );
    }
  };

  private async _fix(fix: Fix): Promise<void> {
    const { hygiene } = this._options;
    const refusal = hygiene.fixer.refusal(fix);
    if (refusal) {
      this._tell(refusal, '');
    } else {
      await this._confirmed(fix);
    }
  }

  private async _confirmed(fix: Fix): Promise<void> {
    const { hygiene, panel, trans } = this._options;
    const ids = panel.content.widgets.map(({ model }) => model.id);
    const place = (cellId: string) => ids.indexOf(cellId) + 1 || null;
    if (await confirmFix(fix, { place }, trans)) {
      this._tell(hygiene.fixer.carryOut(fix), fix.title);
    }
  }

  private _tell(refusal: Refusal | null, title: string): void {
    const { trans } = this._options;
    if (refusal === 'changed') {
      Notification.warning(
        trans.__(
          'Not done: the cell has changed since it was checked. It is being checked again.'
        ),
        { autoClose: TOLD }
      );
      this._options.hygiene.refresh();
    } else if (refusal === 'locked') {
      Notification.warning(
        trans.__(
          'Not done: the cell is marked as one that must not be changed.'
        ),
        { autoClose: TOLD }
      );
    } else if (title) {
      announce(trans.__('Done: %1.', title.replace(/`/g, '')));
    }
  }
}

export namespace FindingActions {
  export interface IOptions {
    panel: NotebookPanel;
    hygiene: NotebookHygiene;
    trans: TranslationBundle;
    /** Brings the notebook to the front. */
    activate?: () => void;
  }
}
