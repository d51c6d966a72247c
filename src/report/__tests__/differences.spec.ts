/**
 * What differs is marked where it stands, and what was excused is marked apart.
 */
import { nullTranslator } from '@jupyterlab/translation';

import {
  differingPixels,
  differingValues,
  markTableCells,
  markedText
} from '../differences';

const trans = nullTranslator.load('jupyter_hygiene');

describe('markedText', () => {
  it('marks spans and treats text as text', () => {
    const node = markedText(
      [
        { text: 'at 0x1 <b>', mark: 'same' },
        { text: '3', mark: 'changed' },
        { text: '12:00', mark: 'excused' }
      ],
      trans
    );
    expect(node.textContent).toBe('at 0x1 <b>312:00');
    expect(
      Array.from(node.querySelectorAll('mark')).map(mark => [
        mark.textContent,
        mark.dataset.mark
      ])
    ).toEqual([
      ['3', 'changed'],
      ['12:00', 'excused']
    ]);
  });
});

describe('markTableCells', () => {
  it('finds cells by table, row and column, and bears with what is not there', () => {
    const node = document.createElement('div');
    node.innerHTML =
      '<table><tr><th>a</th></tr></table><table><thead><tr><th>x</th><th>y</th></tr></thead><tbody><tr><th>0</th><td>5</td></tr></tbody></table>';
    markTableCells(
      node,
      [
        { table: 1, row: 1, column: 1, mark: 'changed' },
        { table: 1, row: 0, column: 0, mark: 'excused' },
        { table: 7, row: 0, column: 0, mark: 'changed' },
        { table: 0, row: 3, column: 0, mark: 'changed' }
      ],
      trans
    );
    expect(
      Array.from(node.querySelectorAll<HTMLElement>('.jh-Difference')).map(
        cell => [cell.textContent, cell.dataset.mark]
      )
    ).toEqual([
      ['x', 'excused'],
      ['5', 'changed']
    ]);
  });
});

describe('differingValues', () => {
  it('says what is missing on a side, and how many more there are', () => {
    const changes = Array.from({ length: 203 }, (_, at) => ({
      path: `y[${at}]`,
      saved: at === 0 ? null : '1',
      replayed: '2',
      mark: 'changed' as const
    }));
    const node = differingValues({ kind: 'structure', changes }, trans);
    expect(node.querySelectorAll('tbody tr').length).toBe(200);
    expect(node.querySelector('tbody tr')?.textContent).toBe('y[0]missing2');
    expect(node.textContent).toMatch(/3 more differences/);
  });
});

describe('differingPixels', () => {
  it('names the share and a changed size', () => {
    const node = differingPixels(
      {
        kind: 'image',
        picture: null,
        fraction: 0.0004,
        saved_size: [640, 480],
        replayed_size: [432, 288]
      },
      trans
    );
    expect(node.textContent).toMatch(/< 0.1%/);
    expect(node.textContent).toMatch(/640 × 480 to 432 × 288/);
    expect(node.querySelector('img')).toBeNull();
  });
});
