/**
 * What was predicted stands beside what was measured.
 */
import { nullTranslator } from '@jupyterlab/translation';

import type { CellReport, Prediction, Report } from '../../contract';
import {
  predictionSentence,
  predictionTotals,
  predictionWord
} from '../prediction';

const trans = nullTranslator.load('jupyter_hygiene');

function reported(prediction: Partial<Prediction> | null): CellReport {
  return {
    id: 'a',
    index: 0,
    verdict: 'changed',
    cause: null,
    seconds: 0,
    summary: '',
    execution_count: 1,
    error: null,
    explanation: null,
    outputs: [],
    prediction: prediction && {
      status: 'fresh',
      message: null,
      outcome: null,
      cause: null,
      explanation: null,
      ...prediction
    }
  };
}

describe('predictionWord', () => {
  it('says what was predicted, where that did not simply hold', () => {
    const words = (prediction: Partial<Prediction> | null): string | null =>
      predictionWord(reported(prediction), trans)?.textContent ?? null;
    expect(words({ status: 'stale', outcome: 'caught' })).toBe(
      'predicted ▲ stale'
    );
    expect(words({ outcome: 'missed' })).toBe('predicted fresh');
    expect(words({ outcome: 'held' })).toBeNull();
    expect(words({ status: 'unrun', outcome: null })).toBeNull();
    expect(words(null)).toBeNull();
  });
});

describe('predictionSentence', () => {
  it('gives the reason of a warning and the explanation of a surprise', () => {
    const told = (prediction: Partial<Prediction>): string =>
      predictionSentence(reported(prediction), trans);
    expect(
      told({
        status: 'stale',
        outcome: 'caught',
        message: '`k` was changed by cell [7] after this cell ran'
      })
    ).toBe(
      'Predicted stale, and it differs. `k` was changed by cell [7] after this cell ran.'
    );
    expect(told({ outcome: 'explained' })).toBe(
      'Predicted fresh: no prediction can know of this.'
    );
    expect(told({ outcome: 'missed' })).toContain('do not tell of this');
  });
});

describe('predictionTotals', () => {
  const totals = (predictions: unknown): string | null =>
    predictionTotals({ predictions } as Report, trans)?.textContent ?? null;

  it('counts each outcome that there is, and says what was predicted from', () => {
    expect(
      totals({
        basis: 'file',
        held: 7,
        caught: 1,
        cautious: 0,
        explained: 0,
        missed: 2
      })
    ).toBe(
      'Predicted from the execution counts on the page: 7 fresh, and so they are · 1 not fresh, and differing · 2 fresh, differing unexplained'
    );
  });

  it('says nothing of a report without predictions', () => {
    expect(totals(null)).toBeNull();
    expect(totals(undefined)).toBeNull();
  });
});
