/**
 * Why cells differ: one entry for each problem, with what helps and the cells that it concerns.
 */
import { nullTranslator } from '@jupyterlab/translation';

import type { CellReport, Report, RootCause } from '../../contract';
import { problems } from '../problems';

const trans = nullTranslator.load('jupyter_hygiene');

const actions = {
  goTo: jest.fn(),
  reveal: jest.fn(),
  verifyTwice: jest.fn()
};

function report(
  verdicts: CellReport['verdict'][],
  roots: Partial<RootCause>[] | undefined,
  repeat = 1
): Report {
  return {
    cells: verdicts.map((verdict, index) => ({
      id: `c${index}`,
      index,
      verdict
    })),
    options: { repeat },
    root_causes: roots?.map(root => ({
      cause: 'hidden_state',
      message: 'Nothing in the notebook defines `x`.',
      action: 'Define `x` in a cell above.',
      cell_id: 'c1',
      line: null,
      cells: ['c1', 'c2'],
      ...root
    }))
  } as unknown as Report;
}

const failing: CellReport['verdict'][] = ['same', 'failed', 'not_reached'];

describe('problems', () => {
  beforeEach(() => jest.clearAllMocks());

  it('says what is wrong, what helps and which cells it concerns', () => {
    const node = problems(report(failing, [{}]), actions, trans)!;
    const item = node.querySelector('li')!;
    expect(item.textContent).toContain(
      'Hidden state Nothing in the notebook defines x.'
    );
    expect(item.querySelector('.jh-Action')!.textContent).toBe(
      'Define x in a cell above.'
    );
    expect(item.querySelector('code')!.textContent).toBe('x');
    expect(item.textContent).toContain('Cells 2, 3');
  });

  it('leads to the cell in the report, and to the line in the notebook', () => {
    const node = problems(
      report(failing, [{ cell_id: 'c0', line: 7 }]),
      actions,
      trans
    )!;
    const buttons = Array.from(node.querySelectorAll('li button'));
    (buttons[1] as HTMLButtonElement).click();
    expect(actions.reveal).toHaveBeenCalledWith('c2');
    expect(buttons[2].textContent).toBe('Go to line 7 of cell 1');
    (buttons[2] as HTMLButtonElement).click();
    expect(actions.goTo).toHaveBeenCalledWith('c0', 7);
  });

  it('offers to verify twice where something differs and there was one replay', () => {
    const offer = (verdicts: CellReport['verdict'][], repeat: number) =>
      problems(report(verdicts, [], repeat), actions, trans)?.textContent ?? '';
    expect(offer(['changed'], 1)).toContain('Verify twice');
    expect(offer(['changed'], 2)).not.toContain('Verify twice');
    expect(offer(['failed'], 1)).not.toContain('Verify twice');
    problems(report(['changed'], []), actions, trans)!
      .querySelector('button')!
      .click();
    expect(actions.verifyTwice).toHaveBeenCalled();
  });

  it('does not list all of a hundred cells', () => {
    const ids = Array.from({ length: 100 }, (_, index) => `c${index}`);
    const many = report(
      ids.map(() => 'failed'),
      [{ cells: ids }]
    );
    expect(problems(many, actions, trans)!.textContent).toContain(
      'and 88 more'
    );
  });

  it('is not there where all is well, nor for a report of an earlier version', () => {
    expect(problems(report(['same'], []), actions, trans)).toBeNull();
    expect(problems(report(['failed'], undefined), actions, trans)).toBeNull();
  });
});
