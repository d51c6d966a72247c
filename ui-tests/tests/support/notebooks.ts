/**
 * The notebooks under test, small enough to be read where they are used.
 */

export interface IOutput {
  output_type: string;
  [key: string]: unknown;
}

export interface ICell {
  id: string;
  cell_type: 'code' | 'markdown';
  source: string;
  metadata: object;
  outputs?: IOutput[];
  execution_count?: number | null;
}

export function printed(text: string): IOutput {
  return { output_type: 'stream', name: 'stdout', text };
}

export function shown(data: Record<string, string>): IOutput {
  return { output_type: 'display_data', data, metadata: {} };
}

/** A code cell as saved, with what it showed then. */
export function code(id: string, source: string, ...outputs: IOutput[]): ICell {
  return {
    id,
    cell_type: 'code',
    source,
    metadata: {},
    outputs,
    execution_count: 1
  };
}

export function notebook(...cells: ICell[]) {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: {
        name: 'python3',
        display_name: 'Python 3 (ipykernel)',
        language: 'python'
      },
      language_info: { name: 'python' }
    },
    cells
  };
}

export const reproducing = notebook(
  code('set', 'x = 20'),
  code('show', 'print(x + 1)', printed('21\n')),
  code('object', 'object()', {
    output_type: 'execute_result',
    execution_count: 3,
    data: { 'text/plain': '<object at 0x7f3c4c0d5f10>' },
    metadata: {}
  })
);

/** `y` was 5 when its output was saved, and the second cell was edited since. */
export const differing = notebook(
  code('set', 'y = 4'),
  code('show', 'print("y is", y)', printed('y is 5\n')),
  code('same', 'print("constant")', printed('constant\n'))
);

/** Waits until a file comes, so that a test says when it goes on. */
export function gated(gate: string) {
  return notebook(
    code('first', 'print("first")', printed('first\n')),
    code(
      'wait',
      `import os, time\nwhile not os.path.exists(${JSON.stringify(gate)}):\n    time.sleep(0.05)\nprint("open")`,
      printed('open\n')
    ),
    code('last', 'print("last")', printed('other\n'))
  );
}

/** A dot of one colour, as a picture. */
const RED_DOT =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';

/** One cell of almost every verdict, and outputs of several kinds. */
export const manyVerdicts = notebook(
  code('same', 'print("constant")', printed('constant\n')),
  code('cosmetic', 'object()', {
    output_type: 'execute_result',
    execution_count: 3,
    data: { 'text/plain': '<object object at 0x7f3c4c0d5f10>' },
    metadata: {}
  }),
  code('changed', 'print("y is", 4)', printed('y is 5\n')),
  code(
    'table',
    'from IPython.display import HTML\nHTML("<table><tr><th>a</th></tr><tr><td>2</td></tr></table>")',
    {
      output_type: 'execute_result',
      execution_count: 4,
      data: {
        'text/html': '<table><tr><th>a</th></tr><tr><td>1</td></tr></table>',
        'text/plain': '<IPython.core.display.HTML object>'
      },
      metadata: {}
    }
  ),
  code(
    'picture',
    'import base64\nfrom IPython.display import Image\nImage(base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="))',
    {
      output_type: 'execute_result',
      execution_count: 5,
      data: { 'image/png': RED_DOT, 'text/plain': '<Image>' },
      metadata: {}
    }
  ),
  code(
    'unknown',
    'from IPython.display import display\ndisplay({"application/x-unheard-of": "b"}, raw=True)',
    shown({ 'application/x-unheard-of': 'a' })
  ),
  { ...code('unsaved', 'print("never run")'), execution_count: null },
  {
    ...code('skipped', 'print("skipped")', printed('skipped\n')),
    metadata: { tags: ['skip-execution'] }
  },
  code('fails', 'nowhere', printed('once\n')),
  code('below', 'print("below")', printed('below\n'))
);
