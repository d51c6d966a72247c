/**
 * Why cells differ: the few problems behind the verdicts, each with the one thing that helps and the cells
 * that it concerns.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Report, RootCause } from '../contract';
import { withCode } from '../core/codeSpans';
import { button, element } from '../core/element';
import { causeWord, needsAttention } from '../core/verdicts';

export interface IProblemActions {
  /** To a cell of the notebook, and to a line in it. */
  goTo: (cellId: string, line?: number) => void;
  /** To a cell's entry in the report. */
  reveal: (cellId: string) => void;
  verifyTwice: () => void;
}

const MOST_CELLS = 12;

/** Null for a report in which nothing differs. */
export function problems(
  report: Report,
  actions: IProblemActions,
  trans: TranslationBundle
): HTMLElement | null {
  // A report that was kept by an earlier version has none.
  const roots = (report.root_causes as RootCause[] | undefined) ?? [];
  const offersTwice = isWorthRepeating(report);
  if (roots.length === 0 && !offersTwice) {
    return null;
  }
  return element(
    'div',
    { class: 'jh-Problems' },
    element('h3', {}, trans.__('Why')),
    element(
      'ol',
      {},
      ...roots.map(root => problem(root, report, actions, trans))
    ),
    offersTwice &&
      element(
        'p',
        { class: 'jh-Note' },
        trans.__('Two replays tell chance from change.'),
        ' ',
        button(trans.__('Verify twice'), {
          onClick: actions.verifyTwice,
          title: trans.__(
            'Replay the notebook twice, and see on which outputs the replays disagree'
          )
        })
      )
  );
}

/** Whether a second replay could tell more: something differs, and there was only one. */
function isWorthRepeating(report: Report): boolean {
  const repeat = Number(report.options.repeat ?? 1);
  return repeat < 2 && report.cells.some(cell => cell.verdict === 'changed');
}

function problem(
  root: RootCause,
  report: Report,
  actions: IProblemActions,
  trans: TranslationBundle
): HTMLElement {
  const concerned = report.cells.filter(
    cell => root.cells.includes(cell.id) && needsAttention(cell.verdict)
  );
  const place = report.cells.find(cell => cell.id === root.cell_id);
  return element(
    'li',
    { class: 'jh-Problem', 'data-cause': root.cause },
    element(
      'p',
      {},
      element('b', { class: 'jh-Cause' }, causeWord(root.cause, trans)),
      ' ',
      ...withCode(root.message)
    ),
    root.action &&
      element('p', { class: 'jh-Action' }, ...withCode(root.action)),
    element(
      'p',
      { class: 'jh-Note' },
      trans._n('Cell', 'Cells', concerned.length),
      ' ',
      ...concerned.slice(0, MOST_CELLS).flatMap((cell, index) => [
        index > 0 && ', ',
        element(
          'button',
          {
            type: 'button',
            class: 'jh-Link',
            'aria-label': trans.__(
              'Show cell %1 in the report',
              cell.index + 1
            ),
            onClick: () => actions.reveal(cell.id)
          },
          String(cell.index + 1)
        )
      ]),
      concerned.length > MOST_CELLS &&
        trans.__(' and %1 more', concerned.length - MOST_CELLS),
      place && ' · ',
      place &&
        element(
          'button',
          {
            type: 'button',
            class: 'jh-Link',
            onClick: () => actions.goTo(place.id, root.line ?? undefined)
          },
          root.line
            ? trans.__('Go to line %1 of cell %2', root.line, place.index + 1)
            : trans.__('Go to cell %1', place.index + 1)
        )
    )
  );
}
