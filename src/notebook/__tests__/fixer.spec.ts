/**
 * Carrying fixes out on a real shared notebook: all of a fix or nothing, one step for undo and redo, and
 * everything that it does not concern kept.
 */
import type { CodeCellModel } from '@jupyterlab/cells';
import type * as nbformat from '@jupyterlab/nbformat';
import { NotebookModel } from '@jupyterlab/notebook';
import type { YCodeCell } from '@jupyter/ydoc';

import type { Edit, Fix } from '../../contract';
import { NotebookFixer } from '../fixer';

const printed = { output_type: 'stream' as const, name: 'stdout', text: 'x\n' };
const result = {
  output_type: 'execute_result' as const,
  execution_count: 3,
  data: { 'text/plain': '1' },
  metadata: {}
};

function open(disableDocumentWideUndoRedo: boolean) {
  const model = new NotebookModel({ disableDocumentWideUndoRedo });
  const cell = (id: string, source: string, outputs: object[] = []) => ({
    id,
    cell_type: 'code' as const,
    source,
    metadata: { tags: [id], papermill: { duration: 1 } },
    outputs,
    execution_count: 3
  });
  model.fromJSON({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      language_info: { name: 'python' },
      papermill: { duration: 9 }
    },
    cells: [
      cell('a', 'import os\nimport re\nx = 1'),
      cell('b', 'import os\nprint(x)', [printed]),
      cell('c', '', []),
      cell('d', 'x', [result])
    ]
  } as never);
  model.sharedModel.clearUndoHistory();
  model.dirty = false;
  return { model, fixer: new NotebookFixer(model) };
}

function fix(...edits: Edit[]): Fix {
  return { title: 'Mend it', safe: true, edits };
}

function sources(model: NotebookModel): string[] {
  return model.sharedModel.cells.map(cell => cell.getSource());
}

const shortened: Edit = {
  kind: 'source',
  cell_id: 'b',
  before: 'import os\nprint(x)',
  after: 'print(x)'
};

describe.each([true, false])('a fix, separate undo %s', separate => {
  const every = fix(
    shortened,
    {
      kind: 'source',
      cell_id: 'a',
      before: 'import os\nimport re\nx = 1',
      after: 'import os\nx = 2'
    },
    { kind: 'delete_cell', cell_id: 'c', before: '' },
    {
      kind: 'insert_cell',
      above: 'b',
      cell_id: 'gone',
      source: 'y = 1',
      execution_count: 2
    },
    { kind: 'clear_outputs', cell_id: 'b' },
    { kind: 'clear_count', cell_id: 'd' },
    { kind: 'drop_metadata', cell_id: 'd', key: 'papermill' },
    { kind: 'drop_metadata', cell_id: null, key: 'papermill' }
  );

  it('of many edits is one step, back and forth', () => {
    const { model, fixer } = open(separate);
    const before = model.toJSON();
    expect(fixer.carryOut(every)).toBeNull();
    const after = model.toJSON();
    expect(sources(model)).toEqual([
      'import os\nx = 2',
      'y = 1',
      'print(x)',
      'x'
    ]);
    const [a, gone, b, d] = after.cells as nbformat.ICodeCell[];
    expect([a.id, gone.id, b.id, d.id]).toEqual(['a', 'gone', 'b', 'd']);
    expect(a.metadata).toMatchObject({ tags: ['a'], papermill: {} });
    expect(a.execution_count).toBe(3);
    expect(b.outputs).toEqual([]);
    expect(d.execution_count).toBeNull();
    expect(d.outputs).toEqual([{ ...result, execution_count: null }]);
    expect(d.metadata).toMatchObject({ tags: ['d'] });
    expect(d.metadata.papermill).toBeUndefined();
    expect(after.metadata.papermill).toBeUndefined();
    expect(after.metadata.language_info).toEqual({ name: 'python' });
    for (let round = 0; round < 2; round++) {
      expect(model.sharedModel.undo()).toBe(true);
      expect(model.toJSON()).toEqual(before);
      expect(model.sharedModel.canUndo()).toBe(false);
      expect(model.sharedModel.redo()).toBe(true);
      expect(model.toJSON()).toEqual(after);
    }
    const last = model.cells.get(3) as CodeCellModel;
    expect(last.outputs.toJSON()).toEqual(d.outputs);
    expect(model.dirty).toBe(true);
  });

  it('is not carried out at all where one of its cells has changed', () => {
    const { model, fixer } = open(separate);
    model.sharedModel.cells[0].updateSource(0, 0, '# ');
    const before = model.toJSON();
    expect(fixer.carryOut(every)).toBe('changed');
    expect(model.toJSON()).toEqual(before);
  });

  it('leaves a cell alone that may not be edited', () => {
    const { model, fixer } = open(separate);
    model.cells.get(1).setMetadata('editable', false);
    expect(fixer.carryOut(fix(shortened))).toBe('locked');
  });

  it('touches no more of a text than differs', () => {
    const { model, fixer } = open(separate);
    const cell = model.sharedModel.cells[1] as YCodeCell;
    const deltas: unknown[] = [];
    cell.changed.connect((_, { sourceChange }) => deltas.push(sourceChange));
    fixer.carryOut(fix(shortened));
    expect(deltas).toEqual([[{ delete: 10 }]]);
  });

  it('of one cell is taken back in its editor or in the notebook, once', () => {
    for (const isInEditor of [true, false]) {
      const { model, fixer } = open(separate);
      const cell = model.sharedModel.cells[1];
      cell.updateSource(0, 0, '# mine\n');
      const typed = cell.getSource();
      fixer.carryOut(
        fix({ ...shortened, before: typed, after: '# mine\nprint(x)' })
      );
      const undoer = isInEditor ? cell : model.sharedModel;
      undoer.undo();
      expect(cell.getSource()).toBe(typed);
      undoer.redo();
      expect(cell.getSource()).toBe('# mine\nprint(x)');
      undoer.undo();
      cell.undo();
      expect(cell.getSource()).toBe('import os\nprint(x)');
    }
  });

  it('that deletes every cell leaves an empty one', () => {
    const { model, fixer } = open(separate);
    fixer.carryOut(
      fix(
        ...model.sharedModel.cells.map((cell): Edit => ({
          kind: 'delete_cell',
          cell_id: cell.getId(),
          before: cell.getSource()
        }))
      )
    );
    expect(sources(model)).toEqual(['']);
    model.sharedModel.undo();
    expect(sources(model)).toHaveLength(4);
  });

  it('silences: a tag of a cell, a rule of the notebook', () => {
    const { model, fixer } = open(separate);
    fixer.silence('b', { kind: 'tag', tag: 'hygiene-ignore-secret' });
    expect(model.cells.get(1).getMetadata('tags')).toEqual([
      'b',
      'hygiene-ignore-secret'
    ]);
    fixer.ignoreRule('long-cell', true);
    fixer.ignoreRule('secret', true);
    expect(fixer.ignoredRules).toEqual(['long-cell', 'secret']);
    model.sharedModel.undo();
    expect(fixer.ignoredRules).toEqual(['long-cell']);
    fixer.ignoreRule('long-cell', false);
    expect(model.getMetadata('jupyter-hygiene')).toBeUndefined();
    model.sharedModel.undo();
    model.sharedModel.undo();
    expect(model.getMetadata('jupyter-hygiene')).toBeUndefined();
    model.sharedModel.undo();
    expect(model.cells.get(1).getMetadata('tags')).toEqual(['b']);
  });
});
