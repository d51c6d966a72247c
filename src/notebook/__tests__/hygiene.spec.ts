/**
 * When a notebook is checked, and what is known of it then.
 */
import { NotebookModel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';

import type { HygieneClient } from '../../client';
import { MissingExtensionError, UnreachableError } from '../../client';
import type { CheckReply, CheckRequest, Finding } from '../../contract';
import { NotebookHygiene } from '../hygiene';
import type { NotebookContext } from '../verification';

const finding: Finding = {
  rule: 'star-import',
  severity: 'warning',
  message: 'Nobody can tell.',
  cell_id: 'a',
  line: 1,
  column: 1,
  in_output: false,
  fixes: []
};

describe('checking a notebook', () => {
  let requests: CheckRequest[];
  let answer: () => Promise<CheckReply>;
  let model: NotebookModel;
  let fileChanged: Signal<object, void>;
  let hygiene: NotebookHygiene;

  beforeEach(() => {
    jest.useFakeTimers();
    requests = [];
    answer = async () => ({
      findings: [finding],
      silenced: 2,
      notes: [],
      fix_all: null
    });
    model = new NotebookModel();
    model.fromJSON({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [
        {
          id: 'a',
          cell_type: 'code',
          source: 'from math import *',
          metadata: { trusted: true },
          execution_count: 1,
          outputs: [
            {
              output_type: 'display_data',
              data: { 'image/png': 'iVBORw0', 'text/plain': 'a figure' },
              metadata: {}
            }
          ]
        }
      ]
    });
    const owner = {};
    fileChanged = new Signal<object, void>(owner);
    const context = {
      model,
      localPath: 'a.ipynb',
      fileChanged,
      pathChanged: new Signal<object, string>(owner),
      disposed: new Signal<object, void>(owner),
      sessionContext: {
        kernelChanged: new Signal<object, void>(owner),
        session: { kernel: { name: 'python3' } }
      }
    };
    hygiene = new NotebookHygiene(context as unknown as NotebookContext, {
      client: {
        check: (request: CheckRequest) => {
          requests.push(request);
          return answer();
        }
      } as HygieneClient,
      histories: null,
      settings: () => ({ ignore: ['long-cell'] })
    });
  });

  afterEach(() => {
    hygiene.dispose();
    jest.useRealTimers();
  });

  it('is done when it opens, without the pictures in it', async () => {
    await jest.advanceTimersByTimeAsync(1);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      path: 'a.ipynb',
      kernel_name: 'python3',
      settings: { ignore: ['long-cell'] }
    });
    const [cell] = requests[0].notebook.cells as {
      metadata: object;
      outputs: { data: object }[];
    }[];
    expect(cell.outputs[0].data).toEqual({
      'image/png': '',
      'text/plain': 'a figure'
    });
    expect(cell.metadata).toEqual({});
    expect(hygiene.of('a')).toEqual([finding]);
    expect(hygiene.silenced).toBe(2);
  });

  it('is done once typing pauses, when it is saved, and not for nothing', async () => {
    await jest.advanceTimersByTimeAsync(1);
    for (let at = 0; at < 4; at++) {
      model.sharedModel.cells[0].updateSource(0, 0, '\n');
      await jest.advanceTimersByTimeAsync(200);
    }
    expect(requests).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(requests).toHaveLength(2);
    fileChanged.emit();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(requests).toHaveLength(3);
  });

  it('shows what was found while the server is away, and nothing without our extension', async () => {
    await jest.advanceTimersByTimeAsync(1);
    answer = () => Promise.reject(new UnreachableError('away'));
    fileChanged.emit();
    await jest.advanceTimersByTimeAsync(1000);
    expect(hygiene.findings).toEqual([finding]);
    answer = () => Promise.reject(new MissingExtensionError());
    await jest.advanceTimersByTimeAsync(60_000);
    expect(hygiene.isKnown).toBe(false);
    expect(hygiene.of('a')).toEqual([]);
  });

  it('can be turned off', async () => {
    await jest.advanceTimersByTimeAsync(1);
    hygiene.isOn = false;
    model.sharedModel.cells[0].updateSource(0, 0, '\n');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(requests).toHaveLength(1);
    expect(hygiene.findings).toEqual([]);
    hygiene.isOn = true;
    await jest.advanceTimersByTimeAsync(1);
    expect(hygiene.findings).toEqual([finding]);
  });
});
