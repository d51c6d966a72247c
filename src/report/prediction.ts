/**
 * What was predicted of a cell before its replay, beside what the replay showed.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { CellReport, PredictionTotals, Report } from '../contract';
import { element } from '../core/element';
import { sentence } from '../core/sentence';
import { GLYPHS, statusWord } from '../core/statuses';
import { causeSentence } from '../core/verdicts';

/** A short word beside the verdict; nothing where nothing was predicted, or where it held. */
export function predictionWord(
  report: CellReport,
  trans: TranslationBundle
): HTMLElement | null {
  const { prediction } = report;
  if (!prediction?.outcome || prediction.outcome === 'held') {
    return null;
  }
  return element(
    'span',
    {
      class: 'jh-Predicted',
      'data-outcome': prediction.outcome,
      title: predictionSentence(report, trans)
    },
    trans.__(
      'predicted %1',
      `${GLYPHS[prediction.status]} ${statusWord(prediction.status, trans).toLowerCase()}`.trim()
    )
  );
}

/** The prediction, what became of it, and why as far as that is known; empty where nothing was predicted. */
export function predictionSentence(
  report: CellReport,
  trans: TranslationBundle
): string {
  const { prediction } = report;
  if (!prediction?.outcome) {
    return '';
  }
  const status = statusWord(prediction.status, trans).toLowerCase();
  const reason = prediction.message ? sentence(prediction.message) : '';
  switch (prediction.outcome) {
    case 'held':
      return trans.__('Predicted fresh, and so it is.');
    case 'caught':
      return `${trans.__('Predicted %1, and it differs.', status)} ${reason}`.trim();
    case 'cautious':
      return `${trans.__('Predicted %1, and yet it reproduces.', status)} ${reason}`.trim();
    case 'explained':
      return trans.__('Predicted fresh: no prediction can know of this.');
    case 'missed':
      return trans.__(
        'Predicted fresh: its runs do not tell of this difference.'
      );
  }
}

/** Why a cell differs, and what helps; a sentence on the cause alone in a report of an earlier version. */
export function explanation(
  report: CellReport,
  trans: TranslationBundle
): string[] {
  const told = report.explanation as CellReport['explanation'] | undefined;
  if (told) {
    return [told.message, told.action].filter(Boolean);
  }
  return report.cause && report.cause !== 'unknown'
    ? [causeSentence(report.cause, trans)]
    : [];
}

/** How the predictions of a notebook came out, for a report that has any. */
export function predictionTotals(
  report: Report,
  trans: TranslationBundle
): HTMLElement | null {
  // A report that was kept by an earlier version has none.
  const totals = report.predictions as PredictionTotals | null | undefined;
  const parts = totals ? outcomes(totals, trans) : [];
  if (!totals || parts.length === 0) {
    return null;
  }
  const basis =
    totals.basis === 'file'
      ? trans.__('Predicted from the execution counts on the page:')
      : trans.__('Predicted from the runs of the notebook’s kernel:');
  return element(
    'p',
    { class: 'jh-Note jh-Predictions' },
    `${basis} ${parts.join(' · ')}`
  );
}

function outcomes(
  totals: PredictionTotals,
  trans: TranslationBundle
): string[] {
  const words: readonly (readonly [number, string])[] = [
    [totals.held, trans.__('%1 fresh, and so they are', totals.held)],
    [totals.caught, trans.__('%1 not fresh, and differing', totals.caught)],
    [
      totals.cautious,
      trans.__('%1 not fresh, and yet reproduced', totals.cautious)
    ],
    [
      totals.explained,
      trans.__('%1 fresh, differing by what is outside', totals.explained)
    ],
    [totals.missed, trans.__('%1 fresh, differing unexplained', totals.missed)]
  ];
  return words.filter(([count]) => count > 0).map(([, text]) => text);
}
