import type { Move, Reason } from '../../contract';
import { counterOf } from '../counter';
import type { ISurroundings } from '../cures';
import { union, warningOf } from '../cures';
import { drawingOf } from '../drawing';
import { LinkIndex, linkSentences, tiesOf } from '../links';
import type { IPrediction } from '../statuses';
import type { IWording } from '../wording';

const fill = (text: string, args: unknown[]) =>
  text.replace(/%(\d)/g, (_, at) => String(args[Number(at) - 1]));
const trans: IWording = {
  __: (text, ...args) => fill(text, args),
  _n: (one, many, count, ...args) =>
    fill(count === 1 ? one : many, [count, ...args])
};

const reason = (more: Partial<Reason> = {}): Reason => ({
  kind: 'redefined',
  name: 'x',
  cell_id: 'give',
  execution_count: 4,
  message: '`x` was changed by cell [4] after this cell ran',
  restore_before: null,
  ...more
});

const prediction = (more: Partial<IPrediction> = {}): IPrediction => ({
  status: 'fresh',
  order: 1,
  isOutOfOrder: false,
  reasons: [],
  rerun: [],
  dependents: [],
  hazard: null,
  move: null,
  unshown: null,
  isProvisional: false,
  ...more
});

function notebook(
  cells: Record<string, IPrediction>,
  more: Partial<ISurroundings> = {}
): ISurroundings {
  return {
    prediction: id => cells[id] ?? null,
    countOf: id => (id in cells ? 4 : undefined),
    rerun: [],
    canRestore: () => true,
    isRestartNeeded: false,
    ...more
  };
}

const labels = (id: string, cells: ISurroundings) =>
  warningOf(id, cells, true, trans)?.cures.map(({ label }) => label);

describe('the warning of a stale cell', () => {
  const stale = prediction({
    status: 'stale',
    reasons: [reason()],
    rerun: ['take']
  });

  it('says why, and offers to run it and to go to the cause', () => {
    const cells = notebook({ give: prediction(), take: stale });
    const warning = warningOf('take', cells, true, trans);
    expect(warning).toMatchObject({
      tone: 'warn',
      text: '`x` was changed by cell [4] after this cell ran.',
      more: []
    });
    expect(labels('take', cells)).toEqual(['Run this cell', 'Go to cell [4]']);
  });

  it('offers to bring back a cell that is gone, before anything else', () => {
    const gone = { ...stale, reasons: [reason({ kind: 'deleted' })] };
    expect(labels('take', notebook({ take: gone }))).toEqual([
      'Bring back the deleted cell',
      'Run this cell'
    ]);
    const forgotten = notebook({ take: gone }, { canRestore: () => false });
    expect(labels('take', forgotten)).toEqual(['Run this cell']);
  });

  it('offers a restart where no cells can be run to mend it', () => {
    const stuck = { ...stale, rerun: [] };
    const cells = notebook({ take: stuck }, { isRestartNeeded: true });
    expect(labels('take', cells)).toEqual(['Restart and run all…']);
  });

  it('leaves the restart to the cell where it begins', () => {
    const cells = notebook(
      {
        give: { ...stale, rerun: [], reasons: [reason({ cell_id: null })] },
        take: { ...stale, rerun: [] }
      },
      { isRestartNeeded: true }
    );
    expect(labels('give', cells)).toEqual(['Restart and run all…']);
    expect(labels('take', cells)).toEqual(['Go to cell [4]']);
  });

  it('offers the move that mends it, and the cause offers the same', () => {
    const move: Move = { cell_id: 'give', anchor_id: 'take', side: 'above' };
    const below = {
      ...stale,
      rerun: [],
      reasons: [reason({ kind: 'below' })],
      move
    };
    const cells = notebook(
      { take: below, give: prediction({ dependents: ['take'] }) },
      { isRestartNeeded: true }
    );
    expect(labels('take', cells)).toEqual([
      'Move cell [4] up',
      'Go to cell [4]'
    ]);
    expect(labels('give', cells)).toEqual(['Move this cell up']);
  });

  it('offers a restart at the cause only where none of its cells can be run', () => {
    const stuck = { ...stale, rerun: [] };
    const give = prediction({ dependents: ['take', 'other'] });
    const some = notebook(
      { give, take: stuck, other: { ...stale, rerun: ['other'] } },
      { isRestartNeeded: true, rerun: ['other'] }
    );
    expect(labels('give', some)).toEqual(['Run it']);
    const none = notebook(
      { give, take: stuck, other: stuck },
      { isRestartNeeded: true }
    );
    expect(labels('give', none)).toEqual(['Restart and run all…']);
  });

  it('is not told twice while an edit awaits its answer', () => {
    const cells = notebook({ take: { ...stale, isProvisional: true } });
    expect(warningOf('take', cells, true, trans)).toBeNull();
  });
});

describe('the warning of a cell that others wait for', () => {
  const waiting = prediction({ status: 'stale', rerun: ['a', 'b'] });

  it('offers to run them in the order of the engine, each once', () => {
    const cells = notebook(
      {
        give: prediction({ dependents: ['a', 'b'] }),
        a: prediction({ status: 'stale', rerun: ['a'] }),
        b: waiting
      },
      { rerun: ['a', 'b', 'other'] }
    );
    const warning = warningOf('give', cells, true, trans)!;
    expect(warning.text).toBe('2 cells depend on this.');
    expect(warning.tone).toBe('quiet');
    expect(warning.cures[0].cure).toEqual({
      kind: 'run',
      cellIds: ['a', 'b']
    });
    expect(union(['b'], cells)).toEqual(['a', 'b']);
  });

  it('tells of a hazard beside it, unless that is not wanted', () => {
    const cells = notebook({
      give: prediction({ dependents: ['a'], hazard: reason() }),
      a: prediction({ status: 'stale', rerun: ['a'] })
    });
    expect(warningOf('give', cells, true, trans)?.more).toHaveLength(1);
    expect(warningOf('give', cells, false, trans)?.more).toHaveLength(0);
  });
});

describe('what a cell shows', () => {
  const shown = { gutter: true, warnings: true, hazards: true, links: true };

  it('is nothing where nothing is known', () => {
    expect(drawingOf('a', notebook({}), shown, trans)).toEqual({
      gutter: null,
      warning: null
    });
  });

  it('is a mark of its place and status, and the same in words', () => {
    const cells = notebook({
      a: prediction({ status: 'stale', order: 3, isOutOfOrder: true })
    });
    expect(drawingOf('a', cells, shown, trans).gutter).toEqual({
      status: 'stale',
      tone: 'warn',
      isOutOfOrder: true,
      text: '▲ ⇅3',
      words:
        'Stale: a clean run would do something else. Number 3 in the order of execution, out of place.'
    });
  });

  it('is only what is wanted', () => {
    const cells = notebook({ a: prediction({ hazard: reason() }) });
    expect(
      drawingOf('a', cells, { ...shown, hazards: false }, trans)
    ).toMatchObject({ gutter: { text: '1' }, warning: null });
    expect(
      drawingOf('a', cells, { ...shown, gutter: false }, trans).gutter
    ).toBeNull();
  });
});

describe('links', () => {
  const links = new LinkIndex([
    { from: 'a', to: 'b', name: 'x' },
    { from: 'a', to: 'b', name: 'z' },
    { from: 'b', to: 'c', name: 'y' },
    { from: 'b', to: 'a', name: 'w' },
    { from: 'b', to: 'b', name: 'own' }
  ]).of('b');

  it('are named on the other cells', () => {
    expect([...tiesOf(links, trans)]).toEqual([
      ['a', { direction: 'both', text: 'gives x, z, takes w' }],
      ['c', { direction: 'to', text: 'takes y' }]
    ]);
  });

  it('are told in sentences', () => {
    const count = (id: string) => (id === 'a' ? 3 : null);
    expect(linkSentences(links, count, trans)).toBe(
      'Takes x, z (cell [3]). Gives y; w (cell [3]).'
    );
  });
});

describe('the counter', () => {
  const state = {
    isOn: true,
    isKnown: true,
    stale: 2,
    hasDependencies: true,
    basis: 'kernel' as const,
    hasRun: true,
    isKernelGone: false,
    staleInFile: 0,
    isRestartNeeded: false
  };

  it.each([
    [{}, '2 stale'],
    [{ basis: 'file' as const }, '2 stale in the file'],
    [{ hasRun: false }, 'Not run'],
    [{ hasRun: false, staleInFile: 1 }, '1 stale in the file'],
    [{ isOn: false }, 'Stale: off'],
    [{ isKnown: false }, 'Stale: …'],
    [{ hasDependencies: false }, 'Stale: ?']
  ])('given %j says %s', (more, text) => {
    expect(counterOf({ ...state, ...more }, trans).text).toBe(text);
  });

  it('says whether the kernel is gone or has run nothing', () => {
    const none = { ...state, hasRun: false };
    expect(counterOf(none, trans).title).toMatch(/No cell has been run/);
    expect(counterOf({ ...none, isKernelGone: true }, trans).title).toMatch(
      /kernel is gone/
    );
  });

  it('says what it rests on, and that only a restart helps', () => {
    const { title } = counterOf(
      { ...state, basis: 'file', isRestartNeeded: true },
      trans
    );
    expect(title).toMatch(/restart.*counts in the file/);
  });
});
