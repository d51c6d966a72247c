import { attribution } from '../attribution';
import { RunJournal } from '../journal';
import type { IStorage } from '../journalStore';
import { JournalStore } from '../journalStore';
import { outOfOrder } from '../order';
import { countsOf } from '../positions';
import type { IRun } from '../runs';
import { toWire } from '../runs';

function run(count: number, source: string, more: Partial<IRun> = {}): IRun {
  return {
    count,
    source,
    cellId: null,
    evidence: 'none',
    status: 'unknown',
    ...more
  };
}

function cell(id: string, source: string, count: number | null) {
  return { id, source, count, ending: 'ok' as const };
}

describe('the journal of a kernel', () => {
  it('knows the cell of a run that this page asked for, and how it ended', () => {
    const journal = new RunJournal();
    journal.request('m1', 'a', true);
    expect(journal.waiting).toBe(1);
    journal.begin('m1', 1, 'x = 1\n', false);
    expect(journal.running?.cellId).toBe('a');
    journal.fail('m1', 'KeyboardInterrupt');
    expect(journal.end('m1')).toBe(true);
    expect(journal.runs).toEqual([
      run(1, 'x = 1', {
        cellId: 'a',
        evidence: 'certain',
        status: 'interrupted'
      })
    ]);
  });

  it('keeps how the traceback of a run begins that raised', () => {
    const journal = new RunJournal();
    journal.request('m1', 'a', true);
    journal.begin('m1', 1, 'x = 1\n1 / 0', false);
    journal.fail('m1', 'ZeroDivisionError', 'Cell In[1], line 2');
    journal.end('m1');
    const [raised] = journal.runs;
    expect(raised).toMatchObject({
      status: 'error',
      traceback: 'Cell In[1], line 2'
    });
    expect(toWire(raised).traceback).toBe('Cell In[1], line 2');
    expect(toWire(run(1, 'x')).traceback).toBeUndefined();
  });

  it('does not count what is not stored', () => {
    const journal = new RunJournal();
    journal.request('m1', null, false);
    expect(journal.begin('m1', 1, 'peek()', false)).toBe(false);
    expect(journal.runs).toEqual([]);
  });

  it('begins anew when counts go back', () => {
    const journal = new RunJournal();
    journal.begin('m1', 7, 'old', false);
    journal.begin('m2', 1, 'new', false);
    expect(journal.runs.map(({ source }) => source)).toEqual(['new']);
  });

  it('notices that runs were missed', () => {
    const journal = new RunJournal();
    journal.begin('m1', 1, 'a', false);
    journal.begin('m3', 3, 'c', false);
    expect(journal.isTorn).toBe(true);
    journal.adopt([run(1, 'a'), run(2, 'b'), run(3, 'c')], true);
    expect(journal.isTorn).toBe(false);
    expect(journal.runs.map(({ source }) => source)).toEqual(['a', 'b', 'c']);
  });

  it('waits for a run that was under way when the page was reloaded', () => {
    const journal = new RunJournal();
    journal.adopt([run(1, 'a'), run(2, 'slow')], true);
    expect(journal.running?.source).toBe('slow');
    expect(journal.end('of a page that is gone')).toBe(true);
    expect(journal.runs[1].status).toBe('ok');
  });

  it('does not wait for a run that ended while nobody listened', () => {
    const journal = new RunJournal();
    journal.adopt([run(1, 'slow')], true);
    journal.adopt([run(1, 'slow')], false);
    expect(journal.running).toBeNull();
  });

  it('does not take a run that is watched for ended', () => {
    const journal = new RunJournal();
    journal.request('m', 'c', true);
    journal.begin('m', 1, 'slow', false);
    journal.adopt([run(1, 'slow')], false);
    expect(journal.running?.source).toBe('slow');
    journal.lose();
    journal.adopt([run(1, 'slow')], false);
    expect(journal.running).toBeNull();
  });
});

describe('whose a run was', () => {
  const first = () => true;

  it('is told by count and source together', () => {
    const revise = attribution(
      [cell('a', 'x', 2), cell('b', 'x', 1)],
      [run(1, 'x'), run(2, 'x')],
      first
    );
    expect([run(1, 'x'), run(2, 'x')].map(revise)).toMatchObject([
      { cellId: 'b', evidence: 'count', status: 'ok' },
      { cellId: 'a', evidence: 'count', status: 'ok' }
    ]);
  });

  it('is not told by yesterday’s count', () => {
    const revise = attribution([cell('a', 'y', 1)], [run(1, 'x')], first);
    expect(revise(run(1, 'x')).cellId).toBeNull();
  });

  it('is told by source where outputs were cleared', () => {
    const revise = attribution([cell('a', 'x', null)], [run(1, 'x')], first);
    expect(revise(run(1, 'x'))).toMatchObject({
      cellId: 'a',
      evidence: 'source'
    });
  });

  it('is no cell’s that shows the output of an earlier run', () => {
    const runs = [run(1, 'x'), run(2, 'x')];
    const revise = attribution([cell('a', 'x', 1)], runs, first);
    expect(runs.map(revise).map(({ cellId }) => cellId)).toEqual(['a', null]);
  });

  it('is no cell’s that was written later', () => {
    const revise = attribution(
      [cell('a', 'x', null)],
      [run(1, 'x')],
      () => false
    );
    expect(revise(run(1, 'x')).cellId).toBeNull();
  });
});

describe('positions in a kernel’s history', () => {
  const history = ['a', 'b', 'c', 'd'].map((source, at) => ({
    position: at + 1,
    source
  }));

  it('are counts where nothing says otherwise', () => {
    expect(countsOf(history, []).map(({ count }) => count)).toEqual([
      1, 2, 3, 4
    ]);
  });

  it('are ahead of the counts from where two witnesses say so', () => {
    const anchors = [
      { count: 1, source: 'a' },
      { count: 2, source: 'c' },
      { count: 3, source: 'd' }
    ];
    expect(countsOf(history, anchors).map(({ count }) => count)).toEqual([
      1, 2, 2, 3
    ]);
  });

  it('leave out what was wiped', () => {
    expect(countsOf([{ position: 1, source: '' }], [])).toEqual([]);
  });
});

describe('what is kept over a reload', () => {
  function storage(): IStorage & { size: () => number } {
    const items = new Map<string, string>();
    return {
      getItem: key => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: key => void items.delete(key),
      size: () => items.size
    };
  }

  it('is whose the runs of deleted cells were, and no source', () => {
    const box = storage();
    const store = new JournalStore(box);
    const known = run(3, 'secret = 1', {
      cellId: 'gone',
      evidence: 'certain',
      status: 'ok'
    });
    store.keep('kernel', 'a.ipynb', [known]);
    expect(box.getItem('jupyter-hygiene:journal:kernel')).not.toMatch(/secret/);
    const recall = store.recall('kernel', 'a.ipynb');
    expect(recall(run(3, 'secret = 1'))).toEqual(known);
    expect(recall(run(3, 'other')).cellId).toBeNull();
    expect(
      store.recall('kernel', 'b.ipynb')(run(3, 'secret = 1')).cellId
    ).toBeNull();
  });

  it('does not give up for a guess what another page is certain of', () => {
    const store = new JournalStore(storage());
    const known = run(1, 'x', { cellId: 'own', evidence: 'certain' });
    store.keep('kernel', 'a.ipynb', [known]);
    const guessed = run(1, 'x', { cellId: 'other', evidence: 'source' });
    store.keep('kernel', 'a.ipynb', [guessed]);
    const recall = () => store.recall('kernel', 'a.ipynb')(run(1, 'x')).cellId;
    expect(recall()).toBe('own');
    store.keep('kernel', 'a.ipynb', [run(1, 'x')]);
    expect(recall()).toBe('own');
    store.keep('kernel', 'a.ipynb', [{ ...guessed, evidence: 'certain' }]);
    expect(recall()).toBe('other');
  });

  it('is forgotten for kernels of long ago', () => {
    const box = storage();
    const store = new JournalStore(box);
    for (let at = 0; at < 40; at++) {
      store.keep(`kernel-${at}`, 'a.ipynb', []);
    }
    expect(box.size()).toBe(17);
  });
});

describe('what is out of order', () => {
  it('is the fewest cells whose absence would leave the rest in order', () => {
    expect(outOfOrder([5, 1, null, 2, 3])).toEqual([
      true,
      false,
      false,
      false,
      false
    ]);
    expect(outOfOrder([])).toEqual([]);
  });
});
