/**
 * All findings of one rule in the panel: what the rule is, on demand why it matters, the findings, and a
 * way not to be told of it in this notebook.
 */
import type { Rule } from '../contract';
import { withCode } from '../core/codeSpans';
import { button, element } from '../core/element';
import type { IRuleGroup } from '../core/findingGroups';
import type { IWording } from '../core/wording';
import type { IFindingActions } from './findingView';
import { findingView } from './findingView';
import { ruleView } from './ruleView';

/** More findings of one rule than this are shown on demand. */
const MOST = 30;

export interface IRuleGroupContext {
  actions: IFindingActions;
  trans: IWording;
  rule: Rule | null;
  /** Where a cell stands among all, from 1. */
  place: (cellId: string) => number | null;
  isOpen: boolean;
  onToggle: (isOpen: boolean) => void;
  ignoreRule: () => void;
}

export function ruleGroup(
  { rule: id, findings }: IRuleGroup,
  context: IRuleGroupContext
): HTMLElement {
  const { actions, trans, rule, place, isOpen, onToggle, ignoreRule } = context;
  const item = (finding: IRuleGroup['findings'][number]) =>
    element(
      'li',
      {},
      findingView(finding, {
        actions,
        trans,
        rule: null,
        place: finding.cell_id === null ? null : place(finding.cell_id),
        showsPlace: true
      })
    );
  const list = element(
    'ul',
    { class: 'jh-RuleGroup-findings' },
    ...findings.slice(0, MOST).map(item)
  );
  const left = findings.slice(MOST);
  const more = button(trans._n('Show %1 more', 'Show %1 more', left.length), {
    onClick: () => {
      list.append(...left.map(item));
      more.remove();
    }
  });
  const group = element(
    'details',
    { class: 'jh-RuleGroup', open: isOpen },
    element(
      'summary',
      { 'data-focus': `${id} group` },
      element('code', { class: 'jh-RuleGroup-id' }, id),
      ' ',
      element('span', { class: 'jh-RuleGroup-count' }, String(findings.length)),
      rule && element('span', { class: 'jh-Note' }, ...withCode(rule.summary))
    ),
    list,
    left.length > 0 && more,
    element(
      'div',
      { class: 'jh-RuleGroup-foot' },
      rule &&
        element(
          'details',
          {},
          element(
            'summary',
            { 'data-focus': `${id} why` },
            trans.__('Why it matters')
          ),
          ruleView(rule, trans)
        ),
      element(
        'button',
        {
          type: 'button',
          class: 'jh-Link',
          title: trans.__('Written into the notebook’s own metadata'),
          'aria-label': trans.__('Ignore in this notebook: %1', id),
          'data-focus': `${id} ignore`,
          onClick: ignoreRule
        },
        trans.__('Ignore in this notebook')
      )
    )
  );
  group.addEventListener('toggle', event => {
    if (event.target === group) {
      onToggle(group.open);
    }
  });
  return group;
}
