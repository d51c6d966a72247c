/**
 * The verification of a notebook from the click to the marks, on a real notebook model and a server
 * that answers from a script.
 */
import type { CodeCellModel } from '@jupyterlab/cells';
import { NotebookModel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';

import type { HygieneClient } from '../../client';
import {
  MissingExtensionError,
  RefusedError,
  UnreachableError
} from '../../client';
import type {
  CellVerdict,
  MatchReply,
  MatchRequest,
  Verification,
  VerificationRequest
} from '../../contract';
import { snapshot } from '../snapshot';
import type { NotebookContext } from '../verification';
import { NotebookVerification } from '../verification';

function record(changes: Partial<Verification> = {}): Verification {
  return {
    id: 'v1',
    path: 'a.ipynb',
    state: 'running',
    revision: 1,
    created: '2026-01-01T00:00:00Z',
    progress: { done: 0, total: 2, cell_id: 'a' },
    cells: [],
    report: null,
    error: null,
    kernel: null,
    ...changes
  };
}

const marks: Verification['cells'] = [
  { id: 'a', index: 0, verdict: 'same', summary: 'as before' },
  { id: 'b', index: 1, verdict: 'changed', summary: '3 → 4' }
];

function doneRecord(): Verification {
  return record({
    state: 'done',
    revision: 5,
    cells: marks,
    report: {
      path: 'a.ipynb',
      verdict: 'differs',
      headline: '1 of 2 cells differs',
      seconds: 1,
      created: '2026-01-01T00:00:05Z',
      counts: { same: 1, changed: 1 },
      kernel: { name: 'python3', display_name: 'Python 3', language: 'python' },
      options: {},
      files: [],
      notes: [],
      root_causes: [],
      cells: marks.map(mark => ({
        ...mark,
        cause: null,
        explanation: null,
        seconds: 0,
        execution_count: 1,
        error: null,
        outputs: [],
        prediction: null
      })),
      predictions: null
    }
  });
}

function open(server: Partial<Record<keyof HygieneClient, unknown>>) {
  const model = new NotebookModel();
  model.fromJSON({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: ['a', 'b'].map(id => ({
      id,
      cell_type: 'code',
      source: id,
      metadata: {},
      execution_count: 1,
      outputs: [{ output_type: 'stream', name: 'stdout', text: '3' }]
    }))
  });
  const owner = {};
  const context = {
    model,
    localPath: 'a.ipynb',
    disposed: new Signal(owner)
  } as unknown as NotebookContext;
  const client = {
    find: jest.fn(async () => null),
    ...server
  } as unknown as HygieneClient;
  const verification = new NotebookVerification(context, client);
  return { model, verification, client };
}

/** What the server says of both cells. */
const answer = (
  a: MatchReply['cells'][number]['status'],
  b: MatchReply['cells'][number]['status'],
  verdict: CellVerdict = 'same'
): MatchReply => ({
  cells: [
    { id: 'a', status: a, verdict, summary: '' },
    { id: 'b', status: b, verdict, summary: '' }
  ],
  verdict: 'reproduced',
  headline: 'As it is now'
});

const pass = (milliseconds: number) =>
  jest.advanceTimersByTimeAsync(milliseconds);

const freshness = (verification: NotebookVerification) =>
  ['a', 'b'].map(id => verification.verdictOf(id)?.freshness ?? null);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('NotebookVerification', () => {
  it('sends the live document and shows each verdict as it comes', async () => {
    const answers = [
      record({ revision: 2, cells: marks.slice(0, 1) }),
      doneRecord()
    ];
    const start = jest.fn<Promise<Verification>, [VerificationRequest]>(
      async () => record()
    );
    const { model, verification } = open({
      start,
      get: jest.fn(async () => answers.shift())
    });
    model.cells.get(0).sharedModel.setSource('a + unsaved');
    const phases: string[] = [];
    verification.changed.connect(() => phases.push(verification.phase));

    await verification.start({
      kernel_name: 'python3',
      options: { scratch: true }
    });
    expect(start.mock.calls[0][0]).toMatchObject({
      path: 'a.ipynb',
      kernel_name: 'python3',
      options: { scratch: true },
      notebook: { cells: [{ id: 'a', source: 'a + unsaved' }, { id: 'b' }] }
    });
    await pass(10);
    expect(verification.verdictOf('a')?.verdict).toBe('same');
    expect(verification.verdictOf('b')).toBeNull();
    await pass(1500);
    expect(verification.phase).toBe('done');
    expect(verification.verdictOf('b')?.verdict).toBe('changed');
    expect(phases[0]).toBe('asking');
    verification.dispose();
  });

  it('marks an edited cell outdated, and current again when the edit is taken back', async () => {
    const { model, verification } = open({
      start: async () => doneRecord(),
      match: async () => answer('current', 'outdated')
    });
    await verification.start({});
    expect(freshness(verification)).toEqual(['current', 'current']);

    const cell = model.cells.get(1) as CodeCellModel;
    cell.sharedModel.setSource('b + edited');
    await pass(200);
    expect(freshness(verification)).toEqual(['current', 'outdated']);
    expect(verification.isSourceVerified('b')).toBe(false);
    expect(verification.outdatedCount).toBe(1);
    cell.sharedModel.setSource('b');
    await pass(200);
    expect(freshness(verification)).toEqual(['current', 'current']);
    verification.dispose();
  });

  it('asks anew about the whole page when a cell changes, without the outputs that are known', async () => {
    const match = jest.fn<Promise<MatchReply>, [string, MatchRequest]>(
      async () => answer('outdated', 'judged', 'cosmetic')
    );
    const { model, verification } = open({
      start: async () => doneRecord(),
      match
    });
    await verification.start({});
    await pass(2000);
    expect(match).not.toHaveBeenCalled();

    const cell = model.cells.get(1) as CodeCellModel;
    cell.outputs.clear();
    cell.outputs.add({ output_type: 'stream', name: 'stdout', text: '5' });
    await pass(2000);
    expect(match).toHaveBeenCalledTimes(1);
    const [, { known, notebook }] = match.mock.calls[0];
    expect(known).toEqual({ a: 'current' });
    expect(notebook.cells.map(({ outputs }) => outputs)).toMatchObject([
      [],
      [{ text: '5' }]
    ]);
    expect(freshness(verification)).toEqual(['outdated', 'judged']);
    expect(verification.verdictOf('b')?.verdict).toBe('cosmetic');
    expect(verification.outcome?.headline).toBe('As it is now');
    verification.dispose();
  });

  it('goes by what was sent when a cell is edited during the replay', async () => {
    const { model, verification } = open({
      start: async () => record(),
      get: async () => doneRecord()
    });
    await verification.start({});
    model.cells.get(0).sharedModel.setSource('a + meanwhile');
    await pass(300);
    expect(verification.phase).toBe('done');
    expect(freshness(verification)).toEqual(['outdated', 'current']);
    verification.dispose();
  });

  it('keeps the verdict of a moved cell and hears its new model', async () => {
    const { model, verification } = open({ start: async () => doneRecord() });
    await verification.start({});
    model.sharedModel.moveCell(0, 1);
    await pass(200);
    expect(model.cells.get(1).id).toBe('a');
    expect(freshness(verification)).toEqual(['current', 'current']);
    model.cells.get(1).sharedModel.setSource('a + edited');
    await pass(200);
    expect(freshness(verification)).toEqual(['outdated', 'current']);
    verification.dispose();
  });

  it('attaches to the one that is already running', async () => {
    const get = jest.fn(async () => record({ id: 'v7' }));
    const { verification } = open({
      start: async () => {
        throw new RefusedError(409, {
          kind: 'already_running',
          message: 'It runs.',
          verification_id: 'v7'
        });
      },
      get,
      match: async () => ({ cells: [], verdict: null, headline: null })
    });
    await verification.start({});
    await pass(0);
    expect(verification.phase).toBe('running');
    expect(verification.verification?.id).toBe('v7');
    expect(get).toHaveBeenCalledWith('v7');
    verification.dispose();
  });

  it('after a reload shows the verdicts of those cells that are still the ones verified', async () => {
    let ofEdited: 'outdated' | 'current' = 'outdated';
    const match = jest.fn(async () => answer('current', ofEdited));
    const { model, verification } = open({
      find: async () => doneRecord(),
      match
    });
    await verification.restore();
    expect(verification.phase).toBe('done');
    expect(verification.isNews).toBe(false);
    expect(freshness(verification)).toEqual(['current', 'outdated']);

    // How the edited cell stood is known to the server alone, so it is asked again.
    ofEdited = 'current';
    model.cells.get(1).sharedModel.setSource('b as verified');
    await pass(1000);
    expect(match).toHaveBeenCalledTimes(2);
    expect(freshness(verification)).toEqual(['current', 'current']);
    verification.dispose();
  });

  it('in the middle of a replay after a reload shows cells as the server matches them', async () => {
    let decided = marks.slice(0, 1);
    const { verification } = open({
      find: async () => record({ cells: decided }),
      get: async () => record({ revision: decided.length + 1, cells: decided }),
      match: async () => ({
        cells: decided.map(({ id }) => ({
          id,
          status: 'current',
          verdict: null,
          summary: ''
        })),
        verdict: null,
        headline: null
      })
    });
    await verification.restore();
    expect(freshness(verification)).toEqual(['current', null]);
    decided = marks;
    await pass(1500);
    expect(freshness(verification)).toEqual(['current', 'current']);
    verification.dispose();
  });

  it('says that a verification was lost with the server that ran it', async () => {
    const { verification } = open({
      start: async () => record({ cells: marks }),
      get: async () => {
        throw new RefusedError(404, { kind: 'not_found', message: 'unknown' });
      }
    });
    await verification.start({});
    await pass(10);
    expect(verification.phase).toBe('lost');
    expect(verification.verdictOf('a')).toBeNull();
    verification.dispose();
  });

  it('says that the connection is lost and goes on when it is back', async () => {
    let isAway = true;
    const { verification } = open({
      start: async () => record(),
      get: async () => {
        if (isAway) {
          throw new UnreachableError('away');
        }
        return doneRecord();
      }
    });
    await verification.start({});
    await pass(100);
    expect(verification.isConnectionLost).toBe(true);
    expect(verification.phase).toBe('running');
    isAway = false;
    await pass(20_000);
    expect(verification.isConnectionLost).toBe(false);
    expect(verification.phase).toBe('done');
    verification.dispose();
  });

  it('tells a missing server extension apart, and is quiet about it until it is used', async () => {
    const missing = async () => {
      throw new MissingExtensionError();
    };
    const { verification } = open({ find: missing, start: missing });
    await verification.restore();
    expect(verification.phase).toBe('idle');
    await verification.start({});
    expect(verification.phase).toBe('error');
    expect(verification.isExtensionMissing).toBe(true);
    verification.dispose();
  });

  it('cancels and clears what was decided', async () => {
    let state: Verification['state'] = 'running';
    const cancel = jest.fn(async () => {
      state = 'cancelled';
    });
    const { verification } = open({
      start: async () => record({ cells: marks }),
      get: async () =>
        record({ state, revision: state === 'running' ? 1 : 2, cells: marks }),
      cancel
    });
    await verification.start({});
    await verification.cancel();
    await pass(2000);
    expect(cancel).toHaveBeenCalledWith('v1');
    expect(verification.phase).toBe('cancelled');
    expect(verification.verdictOf('a')).toBeNull();
    verification.dispose();
  });
});

describe('snapshot', () => {
  it('gives ids to the cells of old formats, which leave them out', () => {
    const model = new NotebookModel();
    model.fromJSON({
      nbformat: 4,
      nbformat_minor: 2,
      metadata: {},
      cells: [
        {
          cell_type: 'code',
          source: 'x',
          metadata: {},
          outputs: [],
          execution_count: null
        }
      ]
    });
    const { cells, nbformat_minor } = snapshot(model);
    expect(cells[0].id).toBe(model.cells.get(0).id);
    expect(nbformat_minor).toBe(5);
  });
});
