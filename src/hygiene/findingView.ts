/**
 * A finding in words, with what can be done about it as buttons: the same beside the cell and in the
 * panel.
 */
import type { Finding, Fix, Rule } from '../contract';
import { withCode } from '../core/codeSpans';
import { button, element } from '../core/element';
import {
  FINDING_GLYPHS,
  FINDING_TONES,
  placeWords,
  severityWord,
  spoken
} from '../core/findings';
import { sentence } from '../core/sentence';
import type { IWording } from '../core/wording';
import { ruleView } from './ruleView';

export interface IFindingActions {
  goTo: (finding: Finding) => void;
  fix: (finding: Finding, fix: Fix) => void;
  silence: (finding: Finding) => void;
}

export interface IFindingContext {
  actions: IFindingActions;
  trans: IWording;
  /** What more there is to tell of its rule; null where that is told elsewhere. */
  rule: Rule | null;
  /** Where its cell stands among all, from 1; null where it is of no cell. */
  place: number | null;
  /** Whether to say, as a link, where it is. */
  showsPlace: boolean;
}

export function findingView(
  finding: Finding,
  { actions, trans, rule, place, showsPlace }: IFindingContext
): HTMLElement {
  const { severity, fixes } = finding;
  const where = placeWords(finding, place, trans);
  const about = spoken(finding);
  const more = rule && ruleView(rule, trans);
  if (more) {
    more.hidden = true;
  }
  return element(
    'div',
    {
      class: 'jh-Finding',
      'data-tone': FINDING_TONES[severity],
      'data-severity': severity
    },
    element(
      'p',
      { class: 'jh-Finding-text' },
      element(
        'span',
        { class: 'jh-Finding-glyph', 'aria-hidden': 'true' },
        FINDING_GLYPHS[severity]
      ),
      element(
        'span',
        { class: 'jh-visuallyHidden' },
        `${severityWord(severity, trans)}: `
      ),
      ...(showsPlace ? [placeLink(finding, where, place, actions), ' · '] : []),
      ...withCode(sentence(finding.message))
    ),
    element(
      'div',
      { class: 'jh-Finding-actions' },
      ...fixes.map((fix, index) =>
        button(withCode(trans.__('%1…', fix.title)), {
          class: index === 0 ? 'jh-mod-primary' : '',
          title: trans.__('Shows first what it changes'),
          'data-focus': `${keyOf(finding)} fix ${index}`,
          onClick: () => actions.fix(finding, fix)
        })
      ),
      finding.cell_id !== null &&
        button(trans.__('Ignore here'), {
          class: 'jh-mod-plain',
          title: trans.__('Silence this finding, in the notebook itself'),
          'aria-label': trans.__('Ignore here: %1', about),
          'data-focus': `${keyOf(finding)} silence`,
          onClick: () => actions.silence(finding)
        }),
      more && whyButton(more, finding, trans)
    ),
    more
  );
}

/** Tells findings apart, from one answer of the server to the next. */
export function keyOf({ rule, cell_id, line, message }: Finding): string {
  return `${rule} ${cell_id} ${line} ${message}`;
}

function placeLink(
  finding: Finding,
  words: string,
  place: number | null,
  actions: IFindingActions
): HTMLElement {
  return place === null
    ? element('span', { class: 'jh-Note' }, words)
    : element(
        'button',
        {
          type: 'button',
          class: 'jh-Link',
          'data-focus': `${keyOf(finding)} go`,
          onClick: () => actions.goTo(finding)
        },
        words
      );
}

function whyButton(
  more: HTMLElement,
  finding: Finding,
  trans: IWording
): HTMLButtonElement {
  const why = button(trans.__('Why?'), {
    class: 'jh-mod-plain',
    'aria-expanded': 'false',
    'aria-label': trans.__('Why? %1', finding.rule),
    'data-focus': `${keyOf(finding)} why`,
    onClick: () => {
      more.hidden = !more.hidden;
      why.setAttribute('aria-expanded', String(!more.hidden));
    }
  });
  return why;
}
