/**
 * One output of the page beside its counterpart in the replay, with what differs marked, and in words
 * why the verdict is what it is.
 */
import type { Message } from '@lumino/messaging';
import { Panel, Widget } from '@lumino/widgets';

import type { OutputDetail } from '../contract';
import { element } from '../core/element';
import { sentence } from '../core/sentence';
import { GLYPHS, toneOf, verdictWord } from '../core/verdicts';
import {
  differingPixels,
  differingValues,
  markTableCells,
  markedText
} from './differences';
import type { IOutputContext } from './output';
import { note, showOutput } from './output';

type Side = 'saved' | 'replayed';

/** What has been said of the cell already, and need not be said again of its only output. */
export interface ISaid {
  verdict: string;
  summary: string;
}

export class OutputPair extends Panel {
  constructor(
    private readonly _detail: OutputDetail,
    private readonly _context: IOutputContext,
    private readonly _said: ISaid | null = null
  ) {
    super();
    this.addClass('jh-Pair');
    this.addWidget(this._caption());
    this._sides = new Panel();
    this._sides.addClass('jh-Pair-sides');
    this._sides.addWidget(this._side('saved'));
    this._sides.addWidget(this._side('replayed'));
    this.addWidget(this._sides);
    for (const node of this._extras()) {
      this.addWidget(new Widget({ node }));
    }
  }

  override dispose(): void {
    cancelAnimationFrame(this._frame);
    super.dispose();
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this._settle();
  }

  private _caption(): Widget {
    const { trans } = this._context;
    const { verdict, mime, summary, normalised } = this._detail;
    const said = sentence(summary);
    return new Widget({
      node: element(
        'div',
        { class: 'jh-Pair-caption' },
        verdict !== this._said?.verdict &&
          element(
            'span',
            { class: 'jh-Verdict', 'data-tone': toneOf(verdict) },
            `${GLYPHS[verdict]} ${verdictWord(verdict, trans)} `
          ),
        said === sentence(this._said?.summary ?? '') ? '' : `${said} `,
        element('code', { class: 'jh-Mime' }, mime),
        normalised.length > 0 &&
          element(
            'div',
            { class: 'jh-Normalised' },
            trans.__('Not counted as differences: %1', normalised.join(', '))
          )
      )
    });
  }

  /** Once drawn: what is too wide for half the panel gets all of it, and the first difference is in view. */
  private _settle(): void {
    cancelAnimationFrame(this._frame);
    this._frame = requestAnimationFrame(() => {
      const contents = Array.from(
        this._sides.node.querySelectorAll<HTMLElement>('.jh-Side-content')
      );
      if (contents.some(node => node.scrollWidth > node.clientWidth + 1)) {
        this._sides.addClass('jh-mod-stacked');
      }
      for (const content of contents) {
        const first = content.querySelector('[data-mark="changed"]');
        if (first) {
          const frame = content.getBoundingClientRect();
          const box = first.getBoundingClientRect();
          content.scrollTop += box.top - frame.top - frame.height / 3;
          content.scrollLeft += Math.max(0, box.right - frame.right + 24);
        }
      }
    });
  }

  private _side(side: Side): Panel {
    const { trans } = this._context;
    const panel = new Panel();
    panel.addClass('jh-Side');
    panel.node.setAttribute('role', 'group');
    const title = side === 'saved' ? trans.__('Saved') : trans.__('Replayed');
    panel.node.setAttribute('aria-label', title);
    panel.addWidget(
      new Widget({
        node: element(
          'div',
          { class: 'jh-Side-title', 'aria-hidden': 'true' },
          title
        )
      })
    );
    const content = this._content(side);
    content.addClass('jh-Side-content');
    // What scrolls must be reachable with the keyboard.
    content.node.tabIndex = 0;
    panel.addWidget(content);
    return panel;
  }

  private _content(side: Side): Widget {
    const { trans } = this._context;
    const output = this._detail[side];
    const { mime, difference } = this._detail;
    if (!output) {
      return note(trans.__('No output'));
    }
    if (difference?.kind === 'text' && isPlain(mime)) {
      return new Widget({ node: markedText(difference[side], trans) });
    }
    return showOutput(output, mime, this._context, node => {
      for (const picture of node.querySelectorAll('img:not([alt])')) {
        picture.setAttribute(
          'alt',
          side === 'saved'
            ? trans.__('The saved picture')
            : trans.__('The replayed picture')
        );
      }
      if (difference?.kind === 'table') {
        markTableCells(node, difference[side], trans);
      }
      this._settle();
    });
  }

  /** What is drawn below the two sides. */
  private _extras(): HTMLElement[] {
    const { trans } = this._context;
    const { difference, mime, saved, replayed } = this._detail;
    switch (difference?.kind) {
      case 'image':
        return [differingPixels(difference, trans)];
      case 'structure':
        return difference.changes.length > 0
          ? [differingValues(difference, trans)]
          : [];
      case 'text':
        // What is on one side only needs no marks.
        return isPlain(mime) || !saved || !replayed
          ? []
          : [
              element(
                'div',
                { class: 'jh-Pair-sides jh-Pair-texts' },
                markedText(difference.saved, trans),
                markedText(difference.replayed, trans)
              )
            ];
      default:
        return [];
    }
  }

  private _frame = 0;
  private readonly _sides: Panel;
}

/** Whether the marked text says all that the output does, so that it can stand in its place. */
function isPlain(mime: string): boolean {
  return mime === 'text/plain' || mime.startsWith('stream/');
}
