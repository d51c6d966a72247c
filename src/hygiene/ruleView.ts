/**
 * What is to be known of a rule: why it matters, an example before and after, and how it is silenced.
 */
import type { Rule } from '../contract';
import { withCode } from '../core/codeSpans';
import { element } from '../core/element';
import type { IWording } from '../core/wording';

export function ruleView(rule: Rule, trans: IWording): HTMLElement {
  return element(
    'div',
    { class: 'jh-Rule' },
    element('p', {}, ...withCode(rule.why)),
    element(
      'div',
      { class: 'jh-Rule-example' },
      example(trans.__('Before'), rule.before),
      example(trans.__('After'), rule.after)
    ),
    element(
      'p',
      { class: 'jh-Note' },
      ...withCode(
        trans.__('`# hygiene: ignore[%1]` behind a line silences it.', rule.id)
      )
    )
  );
}

function example(title: string, code: string): HTMLElement | false {
  return (
    code !== '' &&
    element(
      'figure',
      {},
      element('figcaption', {}, title),
      element('pre', { class: 'jh-Text' }, code.trimEnd())
    )
  );
}
