/**
 * Every verdict has a glyph of its own and a word, so that no mark rests on its colour.
 */
import type { CellVerdict } from '../../contract';
import {
  countsByAttention,
  GLYPHS,
  markSentence,
  markWords
} from '../verdicts';
import type { IWording } from '../wording';

const trans: IWording = {
  __: (message, ...args) =>
    args.reduce<string>(
      (text, value, at) => text.replace(`%${at + 1}`, String(value)),
      message
    ),
  _n: (one, many, count) => (count === 1 ? one : many)
};

const verdicts = Object.keys(GLYPHS) as CellVerdict[];

describe('marks', () => {
  it('differ in glyph and word for every verdict', () => {
    const marks = verdicts.map(verdict => markWords(verdict, 'current', trans));
    expect(new Set(marks.map(mark => mark.glyph)).size).toBe(verdicts.length);
    expect(new Set(marks.map(mark => mark.word)).size).toBe(verdicts.length);
  });

  it('are quiet about a cell that was edited since', () => {
    const mark = markWords('changed', 'outdated', trans);
    expect(mark.tone).toBe('quiet');
    expect(markSentence('changed', 'it differs', 'outdated', trans)).toMatch(
      /before this edit: Changed/
    );
  });

  it('say why in a sentence', () => {
    expect(
      markSentence('changed', 'a number differs: 3 → 4', 'current', trans)
    ).toBe('Verified: Changed. A number differs: 3 → 4.');
  });
});

describe('countsByAttention', () => {
  it('tells what needs a reader first and leaves out what there is none of', () => {
    expect(
      countsByAttention({ same: 38, changed: 2, failed: 1, skipped: 0 })
    ).toEqual([
      ['failed', 1],
      ['changed', 2],
      ['same', 38]
    ]);
  });
});
