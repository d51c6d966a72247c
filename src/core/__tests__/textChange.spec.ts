import type { ITextChange } from '../textChange';
import { lineDiff, textChanges, withContext } from '../textChange';

function carriedOut(text: string, changes: readonly ITextChange[]): string {
  return changes.reduce(
    (present, { start, end, text: now }) =>
      present.slice(0, start) + now + present.slice(end),
    text
  );
}

describe('what differs between two texts', () => {
  it.each([
    ['a\nb\nc', 'a\nB\nc'],
    ['a', 'a\nb'],
    ['a\nb', 'a'],
    ['', 'a'],
    ['a\n', ''],
    ['a\nb\nc\nd', 'x\na\nc\nd\ny'],
    ['import a\nx = 1\nimport a', 'import a\nx = 1'],
    ['x = "😀"', 'x = "😁"'],
    ['same', 'same']
  ])('is enough to make %j into %j', (before, after) => {
    expect(carriedOut(before, textChanges(before, after))).toBe(after);
  });

  it('is enough to make any text into any other', () => {
    let seed = 7;
    const random = (below: number) =>
      (seed = (seed * 16807) % 2147483647) % below;
    const text = () =>
      Array.from({ length: random(6) }, () => 'ab\n'[random(3)]).join('') +
      ['', '\n', 'xy'][random(3)];
    for (let round = 0; round < 3000; round++) {
      const [before, after] = [text(), text()];
      const changes = textChanges(before, after);
      expect([before, carriedOut(before, changes)]).toEqual([before, after]);
    }
  });

  it('leaves alone what two places have between them', () => {
    const before = 'import os\nimport re\nx = 1\ny = 2\nprint(x)';
    const after = 'import os\nx = 1\ny = 2\nprint(x, y)';
    expect(textChanges(before, after)).toEqual([
      { start: 39, end: 39, text: ', y' },
      { start: 10, end: 20, text: '' }
    ]);
  });

  it('does not tear a sign of two units', () => {
    const [{ start, end }] = textChanges('a😀b', 'a😁b');
    expect([start, end]).toEqual([1, 3]);
  });

  it('is shown with the lines around it', () => {
    const before = Array.from({ length: 9 }, (_, at) => `${at}`).join('\n');
    const lines = withContext(lineDiff(before, before.replace('4', 'four')), 1);
    expect(lines.map(line => line && line.mark + line.text)).toEqual([
      null,
      ' 3',
      '-4',
      '+four',
      ' 5',
      null
    ]);
  });
});
