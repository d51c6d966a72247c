/**
 * What the side panel shows while there is no report: how far a replay is, or how to start one.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Verification } from '../contract';
import { button, element } from '../core/element';
import { longProgress, shortProgress } from '../core/progress';
import { sentence } from '../core/sentence';
import { GLYPHS, needsAttention, toneOf, verdictWord } from '../core/verdicts';
import type { NotebookVerification } from '../notebook/verification';

export interface IWaitingActions {
  verifyAgain: () => void;
  cancel: () => void;
  goTo: (cellId: string, line?: number) => void;
}

export function withoutReport(
  verification: NotebookVerification | null,
  actions: IWaitingActions,
  trans: TranslationBundle
): HTMLElement {
  if (!verification) {
    return element(
      'section',
      { class: 'jh-Overview' },
      element('p', {}, trans.__('Open a notebook to verify it.'))
    );
  }
  return verification.isUnderWay
    ? underWay(verification, actions, trans)
    : invitation(verification, actions, trans);
}

function invitation(
  verification: NotebookVerification,
  actions: IWaitingActions,
  trans: TranslationBundle
): HTMLElement {
  return element(
    'section',
    { class: 'jh-Overview' },
    element('p', {}, howItStands(verification, trans)),
    element(
      'p',
      { class: 'jh-Note' },
      trans.__(
        'Restart and Verify replays it in a fresh kernel of its own and compares every output with the one on the page. Your kernel and your outputs stay as they are.'
      )
    ),
    element(
      'div',
      { class: 'jh-Actions-row' },
      button(trans.__('Restart and Verify'), {
        class: 'jh-mod-primary',
        onClick: actions.verifyAgain
      })
    )
  );
}

function howItStands(
  verification: NotebookVerification,
  trans: TranslationBundle
): string {
  switch (verification.phase) {
    case 'error':
      return trans.__('Not verified: %1', sentence(verification.errorMessage));
    case 'lost':
      return trans.__('The last verification was lost.');
    case 'cancelled':
      return trans.__('The last verification was cancelled.');
    default:
      return trans.__('This notebook has not been verified yet.');
  }
}

function underWay(
  verification: NotebookVerification,
  actions: IWaitingActions,
  trans: TranslationBundle
): HTMLElement {
  const { phase, verification: record } = verification;
  return element(
    'section',
    { class: 'jh-Overview' },
    element(
      'h2',
      { class: 'jh-Headline', 'data-tone': 'quiet' },
      element(
        'span',
        { class: 'jh-Headline-glyph', 'aria-hidden': 'true' },
        '…'
      ),
      element('span', {}, shortProgress(phase, record, trans))
    ),
    element('progress', {
      max: record?.progress.total || 1,
      value: record?.progress.done ?? 0,
      'aria-label': trans.__('Code cells decided')
    }),
    element('p', { class: 'jh-Note' }, longProgress(phase, record, trans)),
    differingSoFar(record, actions, trans),
    element(
      'div',
      { class: 'jh-Actions-row' },
      button(trans.__('Cancel'), { onClick: actions.cancel })
    )
  );
}

/** Cells that are already known to differ, while the others are still running. */
function differingSoFar(
  record: Verification | null,
  actions: IWaitingActions,
  trans: TranslationBundle
): HTMLElement | null {
  const differing = (record?.cells ?? []).filter(cell =>
    needsAttention(cell.verdict)
  );
  if (differing.length === 0) {
    return null;
  }
  return element(
    'ul',
    { class: 'jh-Decided' },
    ...differing.map(({ id, verdict, summary }) =>
      element(
        'li',
        {},
        element(
          'button',
          {
            type: 'button',
            class: 'jh-Link',
            onClick: () => actions.goTo(id)
          },
          element(
            'span',
            { class: 'jh-Verdict', 'data-tone': toneOf(verdict) },
            `${GLYPHS[verdict]} ${verdictWord(verdict, trans)}`
          ),
          ` ${sentence(summary)}`
        )
      )
    )
  );
}
