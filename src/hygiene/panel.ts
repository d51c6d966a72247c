/**
 * The side panel with the hygiene findings of the notebook in use: by severity, then by rule.
 */
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';

import { button, element } from '../core/element';
import { groupFindings } from '../core/findingGroups';
import {
  FINDING_GLYPHS,
  FINDING_TONES,
  countWords,
  isMarked
} from '../core/findings';
import { findingsIcon } from '../icons';
import type { NotebookHygiene } from '../notebook/hygiene';
import type { HygieneRegistry } from '../notebook/hygieneRegistry';
import { asSideRegion } from '../notebook/sideRegion';
import type { FindingActions } from './findingActions';
import { ruleGroup } from './ruleGroup';

export class FindingsPanel extends Widget {
  constructor(private readonly _options: FindingsPanel.IOptions) {
    super();
    const { registry, trans } = _options;
    this.id = 'jupyter-hygiene-findings';
    this.addClass('jh-Report');
    this.addClass('jh-Findings');
    asSideRegion(this, findingsIcon, trans.__('Notebook Hygiene'), () =>
      _options.leave()
    );
    registry.changed.connect(this.update, this);
  }

  /** Whether notes are listed. */
  set showsNotes(showsNotes: boolean) {
    this._showsNotes = showsNotes;
    this.update();
  }

  protected override onActivateRequest(): void {
    if (!this.node.contains(document.activeElement)) {
      this.node.focus();
    }
  }

  protected override onBeforeShow(): void {
    this.update();
  }

  protected override onAfterAttach(): void {
    this.update();
  }

  protected override onUpdateRequest(): void {
    if (!this.isVisible) {
      return;
    }
    const { current, currentPanel, isOn } = this._options.registry;
    const { trans } = this._options;
    const parts: (Node | false)[] =
      !currentPanel || !current
        ? [note(trans.__('Open a notebook to see what is found in it.'))]
        : !isOn
          ? [
              note(trans.__('Notebooks are not checked.')),
              button(trans.__('Check notebooks'), {
                onClick: this._options.turnOn
              })
            ]
          : this._contents(current);
    const focused = this.node.contains(document.activeElement)
      ? (document.activeElement as HTMLElement)
      : null;
    const scroll = this.node.scrollTop;
    this.node.replaceChildren(...parts.filter(part => part instanceof Node));
    this.node.scrollTop = scroll;
    if (focused && focused !== this.node) {
      const heir = Array.from(
        this.node.querySelectorAll<HTMLElement>('[data-focus]')
      ).find(({ dataset }) => dataset.focus === focused.dataset.focus);
      (heir ?? this.node).focus();
    }
  }

  private _contents(hygiene: NotebookHygiene): (Node | false)[] {
    const { trans } = this._options;
    if (!hygiene.isKnown) {
      return [
        note(hygiene.trouble || trans.__('The notebook is being checked…'))
      ];
    }
    const groups = groupFindings(hygiene.findings, this._showsNotes);
    const ids = Array.from(hygiene.context.model.cells, ({ id }) => id);
    const place = (cellId: string) => ids.indexOf(cellId) + 1 || null;
    const actions = this._options.actions();
    return [
      this._overview(hygiene),
      ...groups.map(({ severity, count, rules }) =>
        element(
          'section',
          { class: 'jh-SeverityGroup', 'data-tone': FINDING_TONES[severity] },
          element(
            'h3',
            {},
            element(
              'span',
              { class: 'jh-Finding-glyph', 'aria-hidden': 'true' },
              FINDING_GLYPHS[severity]
            ),
            countWords(severity, count, trans)
          ),
          ...rules.map(group => {
            const key = `${severity} ${group.rule}`;
            return (
              actions &&
              ruleGroup(group, {
                actions,
                trans,
                rule: this._options.registry.rule(group.rule),
                place,
                isOpen: !this._closed.has(key),
                onToggle: isOpen =>
                  isOpen ? this._closed.delete(key) : this._closed.add(key),
                ignoreRule: () => hygiene.fixer.ignoreRule(group.rule, true)
              })
            );
          })
        )
      ),
      this._foot(hygiene)
    ];
  }

  private _overview(hygiene: NotebookHygiene): HTMLElement {
    const { trans } = this._options;
    const { findings } = hygiene;
    const [worst] = groupFindings(findings, false);
    const isClean = worst === undefined;
    const canFix = findings.some(({ fixes }) => fixes.some(fix => fix.safe));
    return element(
      'div',
      { class: 'jh-Overview' },
      element(
        'div',
        {
          class: 'jh-Headline',
          'data-tone': isClean ? 'good' : FINDING_TONES[worst.severity]
        },
        element(
          'span',
          { class: 'jh-Headline-glyph', 'aria-hidden': 'true' },
          isClean ? '✓' : FINDING_GLYPHS[worst.severity]
        ),
        element('span', {}, this._headline(hygiene, isClean))
      ),
      canFix &&
        element(
          'div',
          { class: 'jh-Actions-row' },
          button(trans.__('Fix all…'), {
            class: 'jh-mod-primary',
            title: trans.__(
              'Shows what all safe fixes change, then applies them'
            ),
            'data-focus': 'fix all',
            onClick: () => void this._options.actions()?.fixAll()
          })
        )
    );
  }

  private _headline(hygiene: NotebookHygiene, isClean: boolean): string {
    const { trans } = this._options;
    const { findings } = hygiene;
    const name = hygiene.context.localPath.split('/').pop() ?? '';
    if (isClean) {
      return findings.length > 0 && this._showsNotes
        ? trans.__('Nothing to mend in %1.', name)
        : trans.__('Nothing found in %1.', name);
    }
    const count = findings.filter(isMarked).length;
    return trans._n('%1 finding in %2', '%1 findings in %2', count, name);
  }

  /** What is not shown, and what is to be known of the check. */
  private _foot(hygiene: NotebookHygiene): HTMLElement | false {
    const { trans } = this._options;
    const { silenced, notes, fixer } = hygiene;
    const ignored = fixer.ignoredRules;
    const hidden = this._showsNotes
      ? 0
      : hygiene.findings.filter(finding => !isMarked(finding)).length;
    const lines: (Node | string)[][] = [
      ...(silenced > 0
        ? [
            [
              trans._n(
                '%1 finding is silenced in the notebook.',
                '%1 findings are silenced in the notebook.',
                silenced
              )
            ]
          ]
        : []),
      ...(hidden > 0
        ? [
            [
              trans._n(
                '%1 note is not shown.',
                '%1 notes are not shown.',
                hidden
              )
            ]
          ]
        : []),
      ...ignored.map(rule => [
        trans.__('The notebook ignores %1.', rule),
        ' ',
        element(
          'button',
          {
            type: 'button',
            class: 'jh-Link',
            'aria-label': trans.__('Look for it again: %1', rule),
            'data-focus': `${rule} again`,
            onClick: () => fixer.ignoreRule(rule, false)
          },
          trans.__('Look for it again')
        )
      ]),
      ...notes.map(text => [text])
    ];
    return (
      lines.length > 0 &&
      element(
        'div',
        { class: 'jh-Findings-foot' },
        ...lines.map(line => element('p', { class: 'jh-Note' }, ...line))
      )
    );
  }

  /** The groups that the user has closed. */
  private readonly _closed = new Set<string>();
  private _showsNotes = true;
}

function note(text: string): HTMLElement {
  return element('p', { class: 'jh-Note jh-Findings-empty' }, text);
}

export namespace FindingsPanel {
  export interface IOptions {
    registry: HygieneRegistry;
    trans: TranslationBundle;
    /** Those of the notebook in use. */
    actions: () => FindingActions | null;
    turnOn: () => void;
    /** Back to the notebook. */
    leave: () => void;
  }
}
