/**
 * One cell in the report: a line that can be opened, and inside it the saved and replayed outputs, which
 * are fetched when it is opened first.
 */
import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import { Panel, Widget } from '@lumino/widgets';

import type { CellDetail, CellReport } from '../contract';
import { button, element } from '../core/element';
import { sentence } from '../core/sentence';
import { markWords } from '../core/verdicts';
import type { NotebookVerification } from '../notebook/verification';
import type { IOutputContext } from './output';
import { note } from './output';
import { OutputPair } from './outputPair';
import { explanation, predictionSentence, predictionWord } from './prediction';

export interface ICellEntryOptions {
  report: CellReport;
  verification: NotebookVerification;
  trans: TranslationBundle;
  context: (cellId: string) => IOutputContext;
  goTo: (cellId: string) => void;
  take: (cellId: string) => void;
}

export class CellEntry extends Panel {
  constructor(private readonly _options: ICellEntryOptions) {
    super();
    this.addClass('jh-Entry');
    this._header = this._buildHeader();
    this._body = new Panel();
    this._body.addClass('jh-Entry-body');
    this._body.id = `${this.id || 'jh-entry'}-${_options.report.id}`;
    this._body.hide();
    this._toggle.setAttribute('aria-controls', this._body.id);
    this.addWidget(new Widget({ node: this._header }));
    this.addWidget(this._body);
    this.refresh();
  }

  get cellId(): string {
    return this._options.report.id;
  }

  get isOpen(): boolean {
    return this._body.isVisible || !this._body.isHidden;
  }

  /** Opens the entry and brings it into view. */
  reveal(): void {
    this.open(true);
    // At the top, since its outputs are still to come.
    this.node.scrollIntoView({ block: 'start' });
    this._toggle.focus();
  }

  open(isOpen: boolean): void {
    this._body.setHidden(!isOpen);
    this._toggle.setAttribute('aria-expanded', String(isOpen));
    this._caret.replaceChildren(
      (isOpen ? caretDownIcon : caretRightIcon).element({ tag: 'span' })
    );
    if (isOpen && !this._isLoaded) {
      this._isLoaded = true;
      void this._load();
    }
  }

  /** Shows the verdict as it now stands: the cell may have been edited or its outputs taken. */
  refresh(): void {
    const { report, verification, trans } = this._options;
    const freshness =
      verification.verdictOf(report.id)?.freshness ?? 'outdated';
    const words = markWords(report.verdict, 'current', false, trans);
    this._verdict.textContent = `${words.glyph} ${words.word}`;
    this._verdict.dataset.tone = words.tone;
    this._state.textContent =
      freshness === 'outdated'
        ? trans.__('verified before a change')
        : freshness === 'taken'
          ? trans.__('replayed output taken')
          : freshness === 'judged'
            ? trans.__('shows something else by now')
            : '';
    const isThere = verification.isSourceVerified(report.id);
    const hadFocus = this._takeButton === document.activeElement;
    this._takeButton.disabled =
      !isThere ||
      freshness === 'taken' ||
      report.verdict === 'skipped' ||
      report.verdict === 'not_reached';
    this._takeButton.title = isThere
      ? trans.__('Put the replayed output into the notebook. You can undo it.')
      : trans.__('The cell has been edited since, or is gone.');
    if (hadFocus && this._takeButton.disabled) {
      // A disabled button loses the focus, and the keyboard its place.
      this._toggle.focus();
    }
  }

  private _buildHeader(): HTMLElement {
    const { report, trans, goTo, take } = this._options;
    this._caret = element('span', { class: 'jh-Entry-caret' });
    this._verdict = element('span', { class: 'jh-Verdict' });
    this._state = element('span', { class: 'jh-Entry-state' });
    this._takeButton = button(trans.__('Take this output'), {
      onClick: () => take(report.id)
    });
    this._toggle = element(
      'button',
      {
        type: 'button',
        class: 'jh-Entry-toggle',
        'aria-expanded': 'false',
        onClick: () => this.open(!this.isOpen)
      },
      this._caret,
      this._verdict,
      element('code', { class: 'jh-Entry-source' }, this._firstLine()),
      predictionWord(report, trans),
      this._state
    );
    this._caret.append(caretRightIcon.element({ tag: 'span' }));
    this._actions = element(
      'div',
      { class: 'jh-Entry-actions' },
      button(trans.__('Go to cell'), { onClick: () => goTo(report.id) }),
      this._takeButton
    );
    return element(
      'div',
      { class: 'jh-Entry-header' },
      this._toggle,
      element('p', { class: 'jh-Entry-summary' }, sentence(report.summary))
    );
  }

  /** What tells a reader which cell it is. */
  private _firstLine(): string {
    const { report, verification, trans } = this._options;
    const cell = verification.context.model.sharedModel.cells.find(
      candidate => candidate.getId() === report.id
    );
    const line = cell
      ?.getSource()
      .split('\n')
      .find(text => text.trim());
    return line?.trim() || trans.__('Cell %1', report.index + 1);
  }

  private async _load(): Promise<void> {
    const { verification, report, trans } = this._options;
    const id = verification.verification?.id;
    if (!id) {
      return;
    }
    const waiting = note(trans.__('Loading…'));
    this._body.addWidget(waiting);
    let detail: CellDetail;
    try {
      detail = await verification.client.cell(id, report.id);
    } catch (error) {
      waiting.dispose();
      this._isLoaded = false;
      this._body.addWidget(
        note(
          trans.__(
            'The outputs could not be fetched: %1',
            error instanceof Error ? error.message : String(error)
          )
        )
      );
      return;
    }
    waiting.dispose();
    if (!this.isDisposed) {
      this._show(detail);
    }
  }

  private _show(detail: CellDetail): void {
    const { report, trans, context } = this._options;
    for (const widget of [...this._body.widgets]) {
      widget.dispose();
    }
    const { error } = report;
    if (error) {
      this._body.addWidget(
        new Widget({
          node: element(
            'p',
            { class: 'jh-Entry-error' },
            element('b', {}, error.name),
            error.message ? `: ${error.message}` : '',
            error.hint &&
              element('span', { class: 'jh-Hint' }, sentence(error.hint))
          )
        })
      );
    }
    for (const text of explanation(report, trans)) {
      this._body.addWidget(note(text));
    }
    const predicted = predictionSentence(report, trans);
    if (predicted) {
      this._body.addWidget(note(predicted));
    }
    const outputContext = context(report.id);
    for (const output of detail.outputs) {
      this._body.addWidget(
        new OutputPair(
          output,
          outputContext,
          detail.outputs.length === 1 ? report : null
        )
      );
    }
    if (detail.outputs.length === 0) {
      this._body.addWidget(note(trans.__('There are no outputs to compare.')));
    }
    this._body.addWidget(new Widget({ node: this._actions }));
  }

  private _actions!: HTMLElement;
  private readonly _body: Panel;
  private _caret!: HTMLElement;
  private readonly _header: HTMLElement;
  private _isLoaded = false;
  private _state!: HTMLElement;
  private _takeButton!: HTMLButtonElement;
  private _toggle!: HTMLButtonElement;
  private _verdict!: HTMLElement;
}
