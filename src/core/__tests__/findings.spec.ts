import type { Finding, Severity } from '../../contract';
import { groupFindings } from '../findingGroups';
import { findingMark, findingsCounter } from '../findings';

const trans = {
  __: (text: string, ...args: unknown[]) =>
    text.replace(/%(\d)/g, (_, at: string) => String(args[Number(at) - 1])),
  _n: (one: string, many: string, count: number, ...args: unknown[]) =>
    trans.__(count === 1 ? one : many, count, ...args)
};

function finding(rule: string, severity: Severity, message = 'wrong'): Finding {
  return {
    rule,
    severity,
    message,
    cell_id: 'a',
    line: 1,
    column: null,
    in_output: false,
    fixes: []
  };
}

describe('findings', () => {
  const mixed = [
    finding('one', 'warning'),
    finding('two', 'error', '`x` is not defined'),
    finding('one', 'warning'),
    finding('three', 'info'),
    finding('two', 'warning')
  ];

  it('are listed by severity, then by rule, in document order', () => {
    expect(
      groupFindings(mixed).map(({ severity, count, rules }) => [
        severity,
        count,
        rules.map(({ rule, findings }) => [rule, findings.length])
      ])
    ).toEqual([
      ['error', 1, [['two', 1]]],
      [
        'warning',
        3,
        [
          ['one', 2],
          ['two', 1]
        ]
      ],
      ['info', 1, [['three', 1]]]
    ]);
    expect(groupFindings(mixed, false)).toHaveLength(2);
  });

  it('give a cell the mark of the gravest, and say all of them', () => {
    const mark = findingMark(mixed.slice(0, 2), trans)!;
    expect(mark.text).toBe('◆2');
    expect(mark.words).toBe('Warning: wrong. Error: x is not defined.');
  });

  it('make no mark and do not count where they are notes', () => {
    const notes = [finding('three', 'info')];
    expect(findingMark(notes, trans)).toBeNull();
    expect(findingsCounter(notes, trans).text).toBe('0 findings');
    expect(findingsCounter(mixed, trans)).toMatchObject({
      text: '4 findings',
      tone: 'bad'
    });
  });
});
