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
    const marks = verdicts.map(verdict =>
      markWords(verdict, 'current', false, trans)
    );
    expect(new Set(marks.map(mark => mark.glyph)).size).toBe(verdicts.length);
    expect(new Set(marks.map(mark => mark.word)).size).toBe(verdicts.length);
  });

  it('are quiet about a cell that was edited since', () => {
    const mark = markWords('changed', 'outdated', false, trans);
    expect(mark.tone).toBe('quiet');
    expect(
      markSentence('changed', 'it differs', 'outdated', false, trans)
    ).toMatch(/It differs\. Before that: Changed/);
  });

  it('do not call a cell the same that is stale, and leave what differs as it is', () => {
    expect(markWords('same', 'current', true, trans).word).toBe('Stale');
    expect(markWords('cosmetic', 'taken', true, trans).word).toBe('Stale');
    expect(markWords('changed', 'current', true, trans).word).toBe('Changed');
  });

  it('say of what was decided anew that the output is another', () => {
    expect(markWords('changed', 'judged', false, trans).word).toBe('Changed');
    expect(
      markSentence('changed', 'it differs', 'judged', false, trans)
    ).toMatch(/changed since; beside that of the replay: Changed\. It differs/);
  });

  it('say why in a sentence', () => {
    expect(
      markSentence(
        'changed',
        'a number differs: 3 → 4',
        'current',
        false,
        trans
      )
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
