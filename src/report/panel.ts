/**
 * The side panel with the verification of the notebook in use: the overview, and the cells with those
 * that differ first in view.
 */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Panel, Widget } from '@lumino/widgets';

import type { CellReport } from '../contract';
import { element } from '../core/element';
import { keptKernel } from '../core/keptKernel';
import { needsAttention } from '../core/verdicts';
import { verifyIcon } from '../icons';
import { asSideRegion } from '../notebook/sideRegion';
import type { NotebookVerification } from '../notebook/verification';
import type { IVerifications } from '../tokens';
import { CellEntry } from './cellEntry';
import { registryForReports } from './output';
import type { IOverviewActions } from './overview';
import { overview } from './overview';
import type { IWaitingActions } from './withoutReport';
import { withoutReport } from './withoutReport';

export interface IReportActions extends IOverviewActions, IWaitingActions {
  take: (cellId: string) => void;
  /** Back to the notebook. */
  leave: () => void;
}

export class ReportPanel extends Panel {
  constructor(
    private readonly _verifications: IVerifications,
    private readonly _actions: IReportActions,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.id = 'jupyter-hygiene-report';
    this.addClass('jh-Report');
    asSideRegion(this, verifyIcon, _trans.__('Verification'), () =>
      this._actions.leave()
    );
    this._overview = new Widget();
    this._cells = new Panel();
    this._cells.addClass('jh-Cells');
    this.addWidget(this._overview);
    this.addWidget(this._cells);
    _verifications.currentChanged.connect(this._follow, this);
    this._follow();
  }

  override dispose(): void {
    window.clearTimeout(this._expiry);
    super.dispose();
  }

  /** Opens the entry of a cell, whether it differs or not; once there is a report, if there is none yet. */
  reveal(cellId: string): void {
    if (!this._shown?.report) {
      this._wanted = cellId;
      return;
    }
    let entry = this._entries.get(cellId);
    if (!entry && this._shown?.cellReport(cellId)) {
      this._showsAll = true;
      this._rebuildCells();
      entry = this._entries.get(cellId);
    }
    entry?.reveal();
  }

  protected override onActivateRequest(): void {
    if (!this.node.contains(document.activeElement)) {
      this.node.focus();
    }
  }

  private _follow(): void {
    const { current } = this._verifications;
    if (current === this._shown) {
      return;
    }
    if (this._shown && !this._shown.isDisposed) {
      this._shown.changed.disconnect(this._sync, this);
      this._shown.marksChanged.disconnect(this._syncMarks, this);
    }
    this._shown = current;
    this._showsAll = false;
    this._wanted = '';
    current?.changed.connect(this._sync, this);
    current?.marksChanged.connect(this._syncMarks, this);
    this._sync();
  }

  private _sync(): void {
    this._drawOverview();
    const report = this._shown?.report;
    const key = report ? `${report.path} ${report.created}` : '';
    if (key !== this._cellsKey) {
      this._cellsKey = key;
      this._rebuildCells();
      if (report && this._wanted) {
        this.reveal(this._wanted);
        this._wanted = '';
      }
    }
    this._syncMarks();
  }

  private _syncMarks(): void {
    for (const entry of this._entries.values()) {
      entry.refresh();
    }
    if (this._present() !== this._drawn) {
      this._drawOverview();
    }
  }

  /** What the overview says of the page as it stands. */
  private _present(): string {
    const { outdatedCount = 0, outcome } = this._shown ?? {};
    return `${outdatedCount} ${outcome?.headline}`;
  }

  private _drawOverview(): void {
    const verification = this._shown;
    this._drawn = this._present();
    const focused = this._overview.node.contains(document.activeElement)
      ? document.activeElement
      : null;
    window.clearTimeout(this._expiry);
    if (verification?.report) {
      const kernel = keptKernel(verification.verification);
      const { outdatedCount, outcome } = verification;
      this._show(
        overview(
          verification.report,
          kernel,
          { outdated: outdatedCount, outcome },
          this._actions,
          this._trans
        )
      );
      if (kernel.isKept) {
        this._expiry = window.setTimeout(
          () => this._drawOverview(),
          Math.min(kernel.expires - Date.now() + 500, 2 ** 31 - 1)
        );
      }
    } else {
      this._show(withoutReport(verification, this._actions, this._trans));
    }
    if (focused) {
      // Redrawn buttons keep the focus that their predecessors had.
      const heir = Array.from(
        this._overview.node.querySelectorAll('button')
      ).find(
        candidate =>
          !candidate.disabled && candidate.textContent === focused.textContent
      );
      (heir ?? this.node).focus();
    }
  }

  private _show(node: HTMLElement): void {
    this._overview.node.replaceChildren(node);
  }

  private _rebuildCells(): void {
    const trans = this._trans;
    const wereOpen = new Set(
      [...this._entries.values()]
        .filter(entry => entry.isOpen)
        .map(entry => entry.cellId)
    );
    if (this._cells.node.contains(document.activeElement)) {
      this.node.focus();
    }
    for (const widget of [...this._cells.widgets]) {
      widget.dispose();
    }
    this._entries.clear();
    const verification = this._shown;
    const report = verification?.report;
    if (!verification || !report) {
      return;
    }
    const differing = report.cells.filter(cell => needsAttention(cell.verdict));
    const cells = this._showsAll ? report.cells : differing;
    this._cells.addWidget(
      new Widget({ node: this._cellsHeader(differing.length, report.cells) })
    );
    if (cells.length === 0) {
      this._cells.addWidget(
        new Widget({
          node: element(
            'p',
            { class: 'jh-Note' },
            trans.__('No cell differs from what is on the page.')
          )
        })
      );
    }
    for (const cell of cells) {
      const entry = this._entry(cell, verification);
      this._entries.set(cell.id, entry);
      this._cells.addWidget(entry);
      if (wereOpen.has(cell.id)) {
        entry.open(true);
      }
    }
  }

  private _cellsHeader(
    differing: number,
    cells: readonly CellReport[]
  ): HTMLElement {
    const trans = this._trans;
    return element(
      'div',
      { class: 'jh-Cells-header' },
      element(
        'h3',
        {},
        this._showsAll
          ? trans._n('%1 code cell', '%1 code cells', cells.length)
          : trans._n('%1 cell to look at', '%1 cells to look at', differing)
      ),
      differing < cells.length &&
        element(
          'button',
          {
            type: 'button',
            class: 'jh-Link',
            onClick: () => {
              this._showsAll = !this._showsAll;
              this._rebuildCells();
              this._cells.node.querySelector<HTMLElement>('.jh-Link')?.focus();
            }
          },
          this._showsAll
            ? trans.__('Show only those to look at')
            : trans.__('Show all %1', cells.length)
        )
    );
  }

  private _entry(
    report: CellReport,
    verification: NotebookVerification
  ): CellEntry {
    return new CellEntry({
      report,
      verification,
      trans: this._trans,
      goTo: this._actions.goTo,
      take: this._actions.take,
      context: cellId => ({
        rendermime: registryForReports(
          (this._verifications.currentPanel as NotebookPanel).content.rendermime
        ),
        isTrusted: isTrusted(verification, cellId),
        trans: this._trans
      })
    });
  }

  private readonly _cells: Panel;
  private _cellsKey = '';
  private readonly _entries = new Map<string, CellEntry>();
  private _expiry = 0;
  /** What was drawn of the page as it stands. */
  private _drawn = '';
  private readonly _overview: Widget;
  private _shown: NotebookVerification | null = null;
  private _showsAll = false;
  /** The cell to open the report at when it comes. */
  private _wanted = '';
}

/** A cell that is gone has nobody who trusts it. */
function isTrusted(
  verification: NotebookVerification,
  cellId: string
): boolean {
  const cell = Array.from(verification.context.model.cells).find(
    ({ id }) => id === cellId
  );
  return cell?.trusted ?? false;
}
