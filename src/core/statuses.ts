/**
 * How predictions are told: a glyph, a word, a sentence and a tone for each status.
 *
 * Only `stale` is loud. A status is a glyph with words, so that nobody depends on its colour.
 */
import type { CellStatus, Move, Reason } from '../contract';
import { sentence } from './sentence';
import type { Tone } from './verdicts';
import type { IWording } from './wording';

/** `unanalysed`: it ran, and nothing is known of what it depends on. */
export type ShownStatus = CellStatus | 'unanalysed';

/** What is known of a cell, wherever it is known from. */
export interface IPrediction {
  status: ShownStatus;
  /** Rank of its last run among the notebook's cells, from 1. */
  order: number | null;
  isOutOfOrder: boolean;
  reasons: readonly Reason[];
  rerun: readonly string[];
  dependents: readonly string[];
  hazard: Reason | null;
  /** A move of a cell that makes this one fresh. */
  move: Move | null;
  /** What the page shows is not what the last run gave. */
  unshown: Reason | null;
  /** The answer to the newest state is still awaited. */
  isProvisional: boolean;
}

export const GLYPHS: Readonly<Record<ShownStatus, string>> = {
  fresh: '',
  edited: '✎',
  stale: '▲',
  interrupted: '✕',
  unknown: '?',
  unrun: '○',
  unanalysed: ''
};

export const TONES: Readonly<Record<ShownStatus, Tone>> = {
  fresh: 'good',
  edited: 'quiet',
  stale: 'warn',
  interrupted: 'quiet',
  unknown: 'quiet',
  unrun: 'quiet',
  unanalysed: 'quiet'
};

/** Whether the last run of such a cell is not what a clean run would do. */
export function isUnfresh(status: ShownStatus | undefined): boolean {
  return status === 'stale' || status === 'edited' || status === 'interrupted';
}

export function statusWord(status: ShownStatus, trans: IWording): string {
  switch (status) {
    case 'fresh':
      return trans.__('Fresh');
    case 'edited':
      return trans.__('Edited');
    case 'stale':
      return trans.__('Stale');
    case 'interrupted':
      return trans.__('Interrupted');
    case 'unknown':
      return trans.__('Unknown');
    case 'unrun':
      return trans.__('Not run');
    case 'unanalysed':
      return trans.__('Not analysed');
  }
}

export function statusSentence(status: ShownStatus, trans: IWording): string {
  switch (status) {
    case 'fresh':
      return trans.__('Fresh: a clean run would do what its last run did.');
    case 'edited':
      return trans.__('Edited since it ran.');
    case 'stale':
      return trans.__('Stale: a clean run would do something else.');
    case 'interrupted':
      return trans.__('Its last run was interrupted.');
    case 'unknown':
      return trans.__('It cannot be read as code.');
    case 'unrun':
      return trans.__('Not run in this kernel.');
    case 'unanalysed':
      return trans.__('What it depends on is not analysed.');
  }
}

/** The first reason, or what there is to say of a status without one. */
export function headline(
  prediction: Pick<IPrediction, 'status' | 'reasons'>,
  trans: IWording
): string {
  const [first] = prediction.reasons;
  return first?.message
    ? sentence(first.message)
    : statusSentence(prediction.status, trans);
}

/** What the counts in the file tell of a cell that this kernel has not run. */
function byCounts(reasons: readonly Reason[], trans: IWording): string[] {
  const told = reasons.filter(({ kind }) => kind !== 'unrun');
  return told.length > 0
    ? [
        trans.__('By the counts in the file it was stale:'),
        ...told.map(({ message }) => sentence(message))
      ]
    : [];
}

/** Whether a cell that this kernel has not run was stale when the file was saved, as far as its counts tell. */
export function isStaleInFile({
  status,
  reasons
}: Pick<IPrediction, 'status' | 'reasons'>): boolean {
  return status === 'unrun' && reasons.some(({ kind }) => kind !== 'unrun');
}

export function orderSentence(
  order: number,
  isOutOfOrder: boolean,
  trans: IWording
): string {
  return isOutOfOrder
    ? trans.__('Number %1 in the order of execution, out of place.', order)
    : trans.__('Number %1 in the order of execution.', order);
}

/** What the gutter draws for a cell, in so few signs. */
export function gutterText(prediction: IPrediction): string {
  const { status, order, isOutOfOrder, hazard, unshown } = prediction;
  const place = order === null ? '' : `${isOutOfOrder ? '⇅' : ''}${order}`;
  const glyph = GLYPHS[status] || (unshown ? '◌' : hazard ? '↻' : '');
  return [glyph, place].filter(Boolean).join(' ');
}

/** All that is known of a cell, for those who hover over its gutter or listen to it. */
export function gutterSentence(
  prediction: IPrediction,
  trans: IWording
): string {
  const { status, order, isOutOfOrder, hazard, unshown, reasons } = prediction;
  const told = reasons.map(({ message }) => sentence(message));
  const isNamed =
    status === 'stale' || status === 'edited' || status === 'unknown';
  return [
    ...(isNamed && told.length > 0
      ? [`${statusWord(status, trans)}:`, ...told]
      : [
          statusSentence(status, trans),
          ...(status === 'unrun'
            ? byCounts(reasons, trans)
            : status === 'fresh'
              ? []
              : told)
        ]),
    unshown ? sentence(unshown.message) : '',
    order === null ? '' : orderSentence(order, isOutOfOrder, trans),
    hazard ? sentence(hazard.message) : ''
  ]
    .filter(Boolean)
    .join(' ');
}
