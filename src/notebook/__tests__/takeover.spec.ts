/**
 * Taking replayed outputs over: one step for undo and redo, on a real shared notebook, in both the
 * shared document and what the page shows.
 */
import type { CodeCellModel } from '@jupyterlab/cells';
import type * as nbformat from '@jupyterlab/nbformat';
import { NotebookModel } from '@jupyterlab/notebook';

import { OutputTakeover } from '../takeover';

function stream(text: string, name = 'stdout'): nbformat.IOutput {
  return { output_type: 'stream', name, text };
}

function result(text: string, execution_count: number): nbformat.IOutput {
  return {
    output_type: 'execute_result',
    execution_count,
    data: { 'text/plain': text },
    metadata: {}
  };
}

function notebookOf(
  cells: { id: string; outputs: nbformat.IOutput[]; count: number }[],
  disableDocumentWideUndoRedo: boolean
): NotebookModel {
  const model = new NotebookModel({ disableDocumentWideUndoRedo });
  model.fromJSON({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map(({ id, outputs, count }) => ({
      id,
      cell_type: 'code',
      source: `print("${id}")`,
      metadata: {},
      outputs,
      execution_count: count
    }))
  });
  model.sharedModel.clearUndoHistory();
  return model;
}

/** What the page shows and what the document holds must never differ. */
function shown(model: NotebookModel) {
  return Array.from(model.cells).map(cell => {
    const { outputs, executionCount, sharedModel } = cell as CodeCellModel;
    const document = sharedModel.toJSON() as nbformat.ICodeCell;
    expect(outputs.toJSON()).toEqual(document.outputs);
    expect(document.execution_count).toBe(executionCount);
    return [executionCount, outputs.toJSON()];
  });
}

describe.each([true, false])(
  'OutputTakeover with document-wide undo %s',
  separate => {
    const saved = [
      { id: 'a', outputs: [stream('old a\n')], count: 7 },
      { id: 'b', outputs: [result('1', 9)], count: 9 },
      { id: 'c', outputs: [], count: 3 },
      {
        id: 'd',
        outputs: [stream('x\n'), result('2', 4), stream('err', 'stderr')],
        count: 4
      }
    ];
    const replayed = [
      { id: 'a', outputs: [stream('new a\n')], execution_count: 1 },
      {
        id: 'b',
        outputs: [stream('printed\n'), result('1', 2)],
        execution_count: 2
      },
      {
        id: 'c',
        outputs: [stream('one\n'), stream('two\n')],
        execution_count: 3
      },
      { id: 'd', outputs: [], execution_count: 4 }
    ];
    const taken = [
      [1, [stream('new a\n')]],
      [2, [stream('printed\n'), result('1', 2)]],
      [3, [stream('one\ntwo\n')]],
      [4, []]
    ];

    it('takes all cells in one step, undoes and redoes them any number of times', () => {
      const model = notebookOf(saved, separate);
      const before = shown(model);
      const takeover = new OutputTakeover(model);

      expect(takeover.take(replayed)).toEqual(['a', 'b', 'c', 'd']);
      expect(shown(model)).toEqual(taken);

      for (let round = 0; round < 3; round++) {
        expect(model.sharedModel.undo()).toBe(true);
        expect(shown(model)).toEqual(before);
        expect(model.sharedModel.canUndo()).toBe(false);
        expect(model.sharedModel.redo()).toBe(true);
        expect(shown(model)).toEqual(taken);
      }
      takeover.dispose();
    });

    it('is a step of its own beside what was done before and after', () => {
      const model = notebookOf(saved, separate);
      const takeover = new OutputTakeover(model);
      model.sharedModel.addCell({ cell_type: 'code', id: 'e' });
      takeover.take(replayed);
      model.sharedModel.addCell({ cell_type: 'code', id: 'f' });
      expect(model.cells.length).toBe(6);

      model.sharedModel.undo();
      expect(model.cells.length).toBe(5);
      expect(shown(model).slice(0, 4)).toEqual(taken);
      model.sharedModel.undo();
      expect(model.cells.length).toBe(5);
      expect(shown(model)[0]).toEqual([7, [stream('old a\n')]]);
      model.sharedModel.undo();
      expect(model.cells.length).toBe(4);
      takeover.dispose();
    });

    it('gives one cell at a time back', () => {
      const model = notebookOf(saved, separate);
      const takeover = new OutputTakeover(model);
      takeover.take([replayed[0]]);
      takeover.take([replayed[1]]);
      model.sharedModel.undo();
      expect(shown(model)[0]).toEqual(taken[0]);
      expect(shown(model)[1]).toEqual([9, [result('1', 9)]]);
      takeover.dispose();
    });

    it('gives a cell that ran since back as it was', () => {
      const model = notebookOf(saved, separate);
      const takeover = new OutputTakeover(model);
      takeover.take([replayed[0]]);
      const cell = model.cells.get(0) as CodeCellModel;
      cell.outputs.clear();
      cell.outputs.add(stream('ran again\n'));
      model.sharedModel.undo();
      expect(shown(model)[0]).toEqual([7, [stream('old a\n')]]);
      takeover.dispose();
    });

    it('leaves cells that are no longer there alone', () => {
      const model = notebookOf(saved, separate);
      const takeover = new OutputTakeover(model);
      expect(
        takeover.take([{ id: 'gone', outputs: [], execution_count: 1 }])
      ).toEqual([]);
      expect(model.sharedModel.canUndo()).toBe(false);
      takeover.dispose();
    });
  }
);
