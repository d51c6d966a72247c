/**
 * What one notebook panel shows of its hygiene findings: the marks, and the card that tells of them and
 * mends them, under the pointer and for the keyboard.
 */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

import type { Finding } from '../contract';
import { element } from '../core/element';
import { SEVERITIES } from '../core/findings';
import type { IWording } from '../core/wording';
import type { NotebookHygiene } from '../notebook/hygiene';
import type { HygieneRegistry } from '../notebook/hygieneRegistry';
import type { ICardContent } from './card';
import { Card } from './card';
import { CellMarks, FINDING_MARK } from './cellMarks';
import type { IFindingActions } from './findingView';
import { findingView } from './findingView';

/** What the card is about: a cell, or one line of it. */
interface ITopic {
  cellId: string;
  line: number | null;
}

export class NotebookFindings implements IDisposable {
  constructor(private readonly _options: NotebookFindings.IOptions) {
    const { panel, hygiene, trans } = _options;
    this._marks = new CellMarks({
      panel,
      hygiene,
      trans,
      open: cellId => this.open(cellId)
    });
    hygiene.changed.connect(this._onChanged, this);
    const { node, outerNode } = panel.content;
    node.addEventListener('mouseover', this._onOver);
    node.addEventListener('mouseleave', this._onLeave);
    outerNode.addEventListener('scroll', this._onScroll);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._marks.dispose();
    this._card.dispose();
    const { content } = this._options.panel;
    if (!content.isDisposed) {
      content.node.removeEventListener('mouseover', this._onOver);
      content.node.removeEventListener('mouseleave', this._onLeave);
      content.outerNode.removeEventListener('scroll', this._onScroll);
    }
    Signal.clearData(this);
  }

  /** Tells of all that was found in a cell, and takes the focus. */
  open(cellId: string): void {
    const topic = { cellId, line: null };
    const content = this._content(topic);
    const cell = this._cell(cellId);
    if (!content || !cell) {
      return;
    }
    const isEditing = this._options.panel.content.mode === 'edit';
    this._topic = topic;
    this._card.open(
      cell.node.querySelector<HTMLElement>(`.${FINDING_MARK}`) ?? cell.node,
      content,
      () => this._goBack(cellId, isEditing)
    );
  }

  private _goBack(cellId: string, isEditing: boolean): void {
    const { content } = this._options.panel;
    if (content.isDisposed) {
      return;
    }
    if (isEditing && content.activeCell?.model.id === cellId) {
      content.mode = 'edit';
    }
    content.activate();
  }

  private _content(topic: ITopic): ICardContent | null {
    const { hygiene, registry, trans } = this._options;
    const findings = hygiene
      .of(topic.cellId)
      .filter(
        finding =>
          topic.line === null ||
          (finding.line === topic.line && !finding.in_output)
      )
      .sort(
        (one, other) =>
          SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity)
      );
    if (findings.length === 0) {
      return null;
    }
    const place = this._place(topic.cellId);
    return {
      label: trans.__('Findings in cell %1', place ?? 0),
      about:
        topic.line === null
          ? (this._cell(topic.cellId)?.node.querySelector(
              ':scope > .jp-Cell-inputWrapper'
            ) ?? null)
          : null,
      node: element(
        'div',
        { class: 'jh-Card-findings' },
        ...findings.map((finding: Finding) =>
          findingView(finding, {
            actions: this._actions(),
            trans,
            rule: registry.rule(finding.rule),
            place,
            showsPlace: false
          })
        )
      )
    };
  }

  /** What is chosen on the card closes it. */
  private _actions(): IFindingActions {
    const { goTo, fix, silence } = this._options.actions;
    const closing =
      <Given extends unknown[]>(action: (...given: Given) => void) =>
      (...given: Given): void => {
        this._card.close();
        action(...given);
      };
    return {
      goTo: closing(goTo),
      fix: closing(fix),
      silence: closing(silence)
    };
  }

  private _onChanged(): void {
    if (!this._card.isOpen || !this._topic) {
      return;
    }
    const content = this._content(this._topic);
    if (content) {
      this._card.replace(content);
    } else {
      this._card.close();
    }
  }

  private readonly _onOver = (event: MouseEvent): void => {
    const target = (event.target as Element).closest<HTMLElement>(
      `.${FINDING_MARK}, .jh-FoundCode`
    );
    const node = target?.closest('.jp-Cell');
    const cell =
      node &&
      this._options.panel.content.widgets.find(other => other.node === node);
    if (!target || !cell) {
      this._card.leave();
      return;
    }
    const topic = {
      cellId: cell.model.id,
      line: target.dataset.line ? Number(target.dataset.line) : null
    };
    this._card.hover(target, () => {
      this._topic = topic;
      return this._content(topic);
    });
  };

  private readonly _onLeave = (): void => this._card.leave();

  private readonly _onScroll = (): void => {
    if (this._card.isOpen && !this._card.hasFocus) {
      this._card.close();
    }
  };

  private _cell(cellId: string) {
    return this._options.panel.content.widgets.find(
      cell => cell.model.id === cellId
    );
  }

  private _place(cellId: string): number | null {
    const { widgets } = this._options.panel.content;
    const index = widgets.findIndex(cell => cell.model.id === cellId);
    return index < 0 ? null : index + 1;
  }

  private readonly _card = new Card();
  private _isDisposed = false;
  private readonly _marks: CellMarks;
  private _topic: ITopic | null = null;
}

export namespace NotebookFindings {
  export interface IOptions {
    panel: NotebookPanel;
    hygiene: NotebookHygiene;
    registry: HygieneRegistry;
    actions: IFindingActions;
    trans: IWording;
  }
}
