/**
 * The upper part of the report: the outcome in words, how many cells came out how, with which kernel,
 * what else the replay did, and what can be done now.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { FileChange, Report } from '../contract';
import { button, element } from '../core/element';
import type { IKeptKernel } from '../core/keptKernel';
import { sentence } from '../core/sentence';
import {
  GLYPHS,
  countsByAttention,
  notebookGlyph,
  notebookTone,
  toneOf,
  verdictWord
} from '../core/verdicts';
import { predictionTotals } from './prediction';
import type { IProblemActions } from './problems';
import { problems } from './problems';

export interface IOverviewActions extends IProblemActions {
  verifyAgain: () => void;
  takeAll: () => void;
  continueInKernel: () => void;
  releaseKernel: () => void;
  export: (format: 'html' | 'json') => void;
}

/** How a verified page stands now. */
export interface IPresent {
  /** Cells whose verdicts no longer hold. */
  outdated: number;
  /** What the others come to. */
  outcome: { headline: string } | null;
}

export function overview(
  report: Report,
  kernel: IKeptKernel,
  present: IPresent,
  actions: IOverviewActions,
  trans: TranslationBundle
): HTMLElement {
  return element(
    'section',
    { class: 'jh-Overview' },
    headline(report),
    counts(report, trans),
    since(report, present, trans),
    problems(report, actions, trans),
    circumstances(report, trans),
    predictionTotals(report, trans),
    notes(report),
    files(report.files, report.options.scratch === true, trans),
    actionRows(report, kernel, actions, trans)
  );
}

/** What is to be said of the page as it stands, where that is not as it was verified. */
function since(
  report: Report,
  { outdated, outcome }: IPresent,
  trans: TranslationBundle
): HTMLElement | false {
  const isOther = outcome !== null && outcome.headline !== report.headline;
  if (outdated === 0 && !isOther) {
    return false;
  }
  const changed =
    outdated > 0
      ? trans._n(
          '%1 cell has changed since it was verified.',
          '%1 cells have changed since they were verified.',
          outdated
        )
      : '';
  const now = isOther
    ? trans.__('As the page stands now: %1', sentence(outcome.headline))
    : '';
  return element(
    'p',
    { class: 'jh-Note' },
    [changed, now].filter(Boolean).join(' ')
  );
}

function headline(report: Report): HTMLElement {
  return element(
    'h2',
    { class: 'jh-Headline', 'data-tone': notebookTone(report.verdict) },
    element(
      'span',
      { class: 'jh-Headline-glyph', 'aria-hidden': 'true' },
      notebookGlyph(report.verdict)
    ),
    element('span', {}, sentence(report.headline))
  );
}

function counts(report: Report, trans: TranslationBundle): HTMLElement {
  return element(
    'ul',
    { class: 'jh-Counts', 'aria-label': trans.__('Code cells by verdict') },
    ...countsByAttention(report.counts).map(([verdict, count]) =>
      element(
        'li',
        { class: 'jh-Verdict', 'data-tone': toneOf(verdict) },
        `${GLYPHS[verdict]} ${count} ${verdictWord(verdict, trans)}`
      )
    )
  );
}

function circumstances(report: Report, trans: TranslationBundle): HTMLElement {
  const when = new Date(report.created);
  const parts = [
    report.kernel.display_name || report.kernel.name,
    duration(report.seconds, trans),
    Number.isNaN(when.getTime())
      ? ''
      : when.toLocaleString(undefined, {
          dateStyle: 'medium',
          timeStyle: 'short'
        }),
    report.options.scratch ? trans.__('in a scratch copy') : ''
  ];
  return element(
    'p',
    { class: 'jh-Circumstances' },
    parts.filter(Boolean).join(' · ')
  );
}

function notes(report: Report): HTMLElement | null {
  return report.notes.length > 0
    ? element(
        'ul',
        { class: 'jh-Notes' },
        ...report.notes.map(text => element('li', {}, sentence(text)))
      )
    : null;
}

function files(
  changes: readonly FileChange[],
  wasScratch: boolean,
  trans: TranslationBundle
): HTMLElement | null {
  if (changes.length === 0) {
    return null;
  }
  const word = (change: FileChange['change']): string =>
    ({
      created: trans.__('created'),
      changed: trans.__('changed'),
      deleted: trans.__('deleted')
    })[change];
  return element(
    'details',
    { class: 'jh-Files' },
    element(
      'summary',
      {},
      wasScratch
        ? trans._n(
            '%1 file touched in the scratch copy',
            '%1 files touched in the scratch copy',
            changes.length
          )
        : trans._n(
            '%1 file touched in the notebook’s folder',
            '%1 files touched in the notebook’s folder',
            changes.length
          )
    ),
    element(
      'ul',
      {},
      ...changes.map(({ path, change }) =>
        element('li', {}, element('code', {}, path), ` ${word(change)}`)
      )
    )
  );
}

function actionRows(
  report: Report,
  kernel: IKeptKernel,
  actions: IOverviewActions,
  trans: TranslationBundle
): HTMLElement {
  const reason = kernel.isKept
    ? trans.__(
        'The replay’s kernel is kept until %1.',
        new Date(kernel.expires).toLocaleTimeString(undefined, {
          timeStyle: 'short'
        })
      )
    : report.options.scratch
      ? trans.__(
          'One cannot go on in the kernel of a scratch copy: its folder is gone.'
        )
      : trans.__('The replay’s kernel is no longer kept.');
  return element(
    'div',
    { class: 'jh-Actions' },
    element(
      'div',
      { class: 'jh-Actions-row' },
      button(trans.__('Verify again'), { onClick: actions.verifyAgain }),
      button(trans.__('Take all outputs'), {
        onClick: actions.takeAll,
        title: trans.__(
          'Put the replayed outputs into the notebook, as one step that can be undone'
        )
      }),
      button(trans.__('Continue in the replay’s kernel'), {
        onClick: actions.continueInKernel,
        disabled: !kernel.isKept,
        'aria-describedby': 'jh-kernel-reason'
      })
    ),
    element(
      'p',
      { class: 'jh-Note' },
      element('span', { id: 'jh-kernel-reason' }, reason),
      ' ',
      kernel.isKept && link(trans.__('Shut it down now'), actions.releaseKernel)
    ),
    element(
      'p',
      { class: 'jh-Note' },
      trans.__('Export the report:'),
      ' ',
      link('HTML', () => actions.export('html')),
      ' · ',
      link('JSON', () => actions.export('json'))
    )
  );
}

function link(label: string, onClick: () => void): HTMLButtonElement {
  return element(
    'button',
    { type: 'button', class: 'jh-Link', onClick },
    label
  );
}

export function duration(seconds: number, trans: TranslationBundle): string {
  if (seconds < 10) {
    return trans.__('%1 s', seconds.toFixed(1));
  }
  if (seconds < 60) {
    return trans.__('%1 s', Math.round(seconds));
  }
  return trans.__(
    '%1 min %2 s',
    Math.floor(seconds / 60),
    Math.round(seconds % 60)
  );
}
