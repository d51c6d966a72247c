/**
 * The notebook of the pictures: an analysis whose discount was changed after most of its outputs were made.
 */
import type { APIRequestContext } from '@playwright/test';

import { expect, put, putFile } from '../support/app';
import type { ICell, IOutput } from '../support/notebooks';
import { code, notebook } from '../support/notebooks';

const API = '/jupyter-hygiene/api/verifications';

function prose(id: string, source: string): ICell {
  return { id, cell_type: 'markdown', source, metadata: {} };
}

/** Waits for a file in the middle, where a training would take its time. */
const TRAINING = `import os, time

def fit(sales):
    while os.path.exists("wait"):
        time.sleep(0.05)
    return "revenue = 3.1 * cups + 42"
`;

function cells(discount: string): ICell[] {
  return [
    prose(
      'title',
      '# Which café earns most?\n\nA week of sales in four cafés, with the members’ discount taken off.'
    ),
    code(
      'imports',
      'import time\n\nimport matplotlib.pyplot as plt\nimport pandas as pd\nfrom training import fit\n\nbegun = time.perf_counter()'
    ),
    code(
      'sales',
      `sales = pd.DataFrame(
    {"cups": [812, 640, 1105, 298], "members": [0.42, 0.15, 0.08, 0.61]},
    index=["Harbour", "Market", "Station", "Park"],
)
sales`
    ),
    code('discount', `discount = ${discount}  # of the price, for members`),
    code(
      'revenue',
      `price = 3.40
revenue = sales["cups"] * price * (1 - discount * sales["members"])
table = pd.DataFrame({"revenue": revenue, "share": revenue / revenue.sum()})
table.round(3)`
    ),
    code(
      'figure',
      `fig, ax = plt.subplots(figsize=(5.2, 2.6))
ax.bar(table.index, table["revenue"], color="#4a7fb5")
ax.set_ylabel("revenue")
ax.set_title("Revenue of the week")
plt.show()`
    ),
    code('model', 'fit(sales)'),
    code('time', 'print(f"computed in {time.perf_counter() - begun:.3f} s")'),
    code('best', 'print("Best:", table["revenue"].idxmax())')
  ];
}

/** Puts the notebook on the server with the outputs that it had before the discount was changed. */
export async function putCafes(
  request: APIRequestContext,
  name = 'cafes.ipynb'
): Promise<string> {
  await putFile(request, 'training.py', {
    type: 'file',
    format: 'text',
    content: TRAINING
  });
  const outputs = await replayed(request, notebook(...cells('0.05')));
  const saved = cells('0.20').map((cell, index) => ({
    ...cell,
    ...(cell.cell_type === 'code' && {
      outputs: outputs.get(cell.id),
      execution_count: index
    })
  }));
  return put(request, notebook(...saved), name);
}

/** What a notebook puts out when it is run. */
async function replayed(
  request: APIRequestContext,
  content: object
): Promise<Map<string, IOutput[]>> {
  const started = await request.post(API, {
    data: {
      path: 'before.ipynb',
      notebook: content,
      kernel_name: 'python3',
      options: {}
    }
  });
  const { id } = await started.json();
  await expect
    .poll(async () => (await (await request.get(`${API}/${id}`)).json()).state)
    .toBe('done');
  const reply = await (await request.get(`${API}/${id}/outputs`)).json();
  await request.delete(`${API}/${id}/kernel`);
  return new Map(
    reply.cells.map((cell: { id: string; outputs: IOutput[] }) => [
      cell.id,
      cell.outputs
    ])
  );
}
