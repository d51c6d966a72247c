/**
 * How verdicts are told: a glyph, a word, a sentence and a tone for each, and which of them is worse.
 *
 * A mark is a glyph with a word, so that nobody depends on its colour.
 */
import type {
  Cause,
  CellVerdict,
  NotebookVerdict,
  OutputVerdict
} from '../contract';
import { sentence } from './sentence';
import type { IWording } from './wording';

/** What colour a mark takes: good, of no account, worth a look, bad. */
export type Tone = 'good' | 'quiet' | 'warn' | 'bad';

/**
 * Whether the verdict of a cell still speaks of the cell as it stands: as it was verified (`current`), with
 * what the replay gave (`taken`), with something else that was judged anew (`judged`), or not (`outdated`).
 */
export type Freshness = 'current' | 'taken' | 'judged' | 'outdated';

export interface IMarkWords {
  glyph: string;
  word: string;
  tone: Tone;
}

export const GLYPHS: Readonly<Record<CellVerdict, string>> = {
  same: '✓',
  cosmetic: '≈',
  changed: '≠',
  nondeterministic: '↻',
  not_comparable: '?',
  failed: '✗',
  unsaved: '○',
  skipped: '–',
  not_reached: '⊘'
};

const TONES: Readonly<Record<CellVerdict, Tone>> = {
  same: 'good',
  cosmetic: 'good',
  changed: 'warn',
  nondeterministic: 'warn',
  not_comparable: 'quiet',
  failed: 'bad',
  unsaved: 'quiet',
  skipped: 'quiet',
  not_reached: 'bad'
};

/** From the one that needs a reader most to the one that needs them least. */
const ATTENTION: readonly CellVerdict[] = [
  'failed',
  'changed',
  'nondeterministic',
  'not_reached',
  'not_comparable',
  'unsaved',
  'skipped',
  'cosmetic',
  'same'
];

export function verdictWord(
  verdict: CellVerdict | OutputVerdict,
  trans: IWording
): string {
  switch (verdict) {
    case 'same':
      return trans.__('Same');
    case 'cosmetic':
      return trans.__('Cosmetic');
    case 'changed':
      return trans.__('Changed');
    case 'nondeterministic':
      return trans.__('Random');
    case 'not_comparable':
      return trans.__('Not comparable');
    case 'failed':
      return trans.__('Failed');
    case 'unsaved':
      return trans.__('Never run');
    case 'skipped':
      return trans.__('Skipped');
    case 'not_reached':
      return trans.__('Not reached');
  }
}

/** A cause in a word or two. */
export function causeWord(cause: Cause, trans: IWording): string {
  switch (cause) {
    case 'edited':
      return trans.__('Edited');
    case 'hidden_state':
      return trans.__('Hidden state');
    case 'out_of_order':
      return trans.__('Out of order');
    case 'nondeterminism':
      return trans.__('Chance');
    case 'upstream':
      return trans.__('Upstream');
    case 'environment':
      return trans.__('Environment');
    case 'external':
      return trans.__('Outside');
    case 'unknown':
      return trans.__('Unknown');
  }
}

export function causeSentence(cause: Cause, trans: IWording): string {
  switch (cause) {
    case 'edited':
      return trans.__('The cell was edited after its output was made.');
    case 'hidden_state':
      return trans.__(
        'It depends on something that is no longer in the notebook.'
      );
    case 'out_of_order':
      return trans.__('Cells were run in another order than they stand in.');
    case 'nondeterminism':
      return trans.__('The code gives another result on each run.');
    case 'upstream':
      return trans.__('A cell above it differs.');
    case 'environment':
      return trans.__('The environment differs from the one it was made in.');
    case 'external':
      return trans.__('Something outside the notebook changed.');
    case 'unknown':
      return trans.__('Why it differs is not known.');
  }
}

/** The words on a cell's mark. An outdated or taken verdict is told quietly. */
export function markWords(
  verdict: CellVerdict,
  freshness: Freshness,
  isStale: boolean,
  trans: IWording
): IMarkWords {
  if (freshness === 'outdated') {
    return { glyph: '◌', word: trans.__('Outdated'), tone: 'quiet' };
  }
  if (isStale && TONES[verdict] === 'good') {
    return { glyph: '◌', word: trans.__('Stale'), tone: 'quiet' };
  }
  if (freshness === 'taken') {
    return { glyph: '⇐', word: trans.__('Replayed'), tone: 'good' };
  }
  return {
    glyph: GLYPHS[verdict],
    word: verdictWord(verdict, trans),
    tone: TONES[verdict]
  };
}

/** The sentence that a mark says to those who hover over it or listen to it. */
export function markSentence(
  verdict: CellVerdict,
  summary: string,
  freshness: Freshness,
  isStale: boolean,
  trans: IWording
): string {
  const word = verdictWord(verdict, trans);
  if (freshness === 'outdated') {
    return trans.__(
      '%1 Before that: %2. Verify again.',
      sentence(summary) || trans.__('It has changed since it was verified.'),
      word
    );
  }
  if (isStale && TONES[verdict] === 'good') {
    return trans.__(
      'Its output is that of the replay, but the cell is stale: its last run read something else.'
    );
  }
  if (freshness === 'taken') {
    return trans.__('These are the outputs of the replay.');
  }
  if (freshness === 'judged') {
    return trans
      .__(
        'Its output has changed since; beside that of the replay: %1. %2',
        word,
        sentence(summary)
      )
      .trim();
  }
  return trans.__('Verified: %1. %2', word, sentence(summary)).trim();
}

export function notebookGlyph(verdict: NotebookVerdict): string {
  return { reproduced: '✓', differs: '≠', failed: '✗', unverified: '?' }[
    verdict
  ];
}

export function notebookTone(verdict: NotebookVerdict): Tone {
  const tones: Record<NotebookVerdict, Tone> = {
    reproduced: 'good',
    differs: 'warn',
    failed: 'bad',
    unverified: 'quiet'
  };
  return tones[verdict];
}

export function toneOf(verdict: CellVerdict): Tone {
  return TONES[verdict];
}

/** Whether a reader should look at a cell with this verdict. */
export function needsAttention(verdict: CellVerdict): boolean {
  return TONES[verdict] === 'warn' || TONES[verdict] === 'bad';
}

/** Verdicts that occur with how often, those that need a reader first. */
export function countsByAttention(
  counts: Readonly<Record<string, number | undefined>>
): [CellVerdict, number][] {
  return ATTENTION.map((verdict): [CellVerdict, number] => [
    verdict,
    counts[verdict] ?? 0
  ]).filter(([, count]) => count > 0);
}
