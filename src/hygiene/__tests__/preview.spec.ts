import { nullTranslator } from '@jupyterlab/translation';

import type { Edit } from '../../contract';
import { preview } from '../preview';

const trans = nullTranslator.load('jupyter_hygiene');

/** What is read in the preview of a fix with these edits. */
function shown(...edits: Edit[]) {
  const node = preview(
    { title: 'Mend it', safe: true, edits },
    { place: cellId => 'abc'.indexOf(cellId) + 1 || null },
    trans
  );
  const texts = (selector: string) =>
    Array.from(node.querySelectorAll(selector), each => each.textContent);
  return {
    titles: texts('figcaption'),
    lines: Array.from(
      node.querySelectorAll<HTMLElement>('.jh-Diff-line'),
      line => `${line.dataset.mark}${line.lastChild?.textContent}`
    ),
    others: texts('li'),
    note: texts('.jh-DialogText-note').join()
  };
}

describe('the preview of a fix', () => {
  it('shows what changes in a text, and how to take it back', () => {
    const { titles, lines, note } = shown({
      kind: 'source',
      cell_id: 'b',
      before: 'import os\nx = 1',
      after: 'x = 1'
    });
    expect(titles).toEqual(['Cell 2']);
    expect(lines).toEqual(['-import os', ' x = 1']);
    expect(note).toMatch(/Undo takes it back/);
  });

  it('shows cells that come and go as a whole', () => {
    const { titles, lines, note } = shown(
      { kind: 'delete_cell', cell_id: 'a', before: '' },
      {
        kind: 'insert_cell',
        above: 'c',
        cell_id: null,
        source: 'y = 1\nz = 2',
        execution_count: null
      }
    );
    expect(titles).toEqual(['Cell 1 is deleted', 'New cell above cell 3']);
    expect(lines).toEqual(['- ', '+y = 1', '+z = 2']);
    expect(note).toMatch(/Undo Cell Operation takes all/);
  });

  it('tells in one line what many cells lose', () => {
    const { titles, others } = shown(
      { kind: 'drop_metadata', cell_id: 'a', key: 'ExecuteTime' },
      { kind: 'clear_count', cell_id: 'b' },
      { kind: 'drop_metadata', cell_id: 'c', key: 'ExecuteTime' },
      { kind: 'drop_metadata', cell_id: null, key: 'papermill' }
    );
    expect(titles).toEqual([]);
    expect(others).toEqual([
      '“ExecuteTime” goes from the metadata: Cell 1, Cell 3',
      'The execution count is cleared: Cell 2',
      '“papermill” goes from the metadata: Notebook'
    ]);
  });
});
