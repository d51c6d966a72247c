/**
 * The button and the command line say the same of a notebook, cell by cell.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { expect, openInLab, put, test } from '../support/app';
import { banner, verify } from '../support/page';

const EXAMPLES = resolve(__dirname, '../../../examples');

interface IVerdicts {
  verdict: string;
  cells: { id: string; verdict: string; cause: string | null }[];
}

function told({ verdict, cells }: IVerdicts) {
  return {
    verdict,
    cells: cells.map(({ id, verdict, cause }) => [id, verdict, cause])
  };
}

async function byCommand(content: string): Promise<IVerdicts> {
  const folder = await mkdtemp(join(tmpdir(), 'jupyter-hygiene-both-'));
  try {
    await writeFile(join(folder, 'copy.ipynb'), content);
    const printed = await new Promise<string>((done, fail) =>
      execFile(
        'jupyter',
        ['hygiene', 'verify', 'copy.ipynb', '--format', 'json'],
        { cwd: folder },
        // Status 1 says that something differs or fails, as it may.
        (error, stdout, stderr) =>
          error && error.code !== 1
            ? fail(new Error(`${error}\n${stderr}`))
            : done(stdout)
      )
    );
    return JSON.parse(printed).notebooks[0];
  } finally {
    await rm(folder, { recursive: true });
  }
}

for (const [name, outcome] of [
  ['eda-wine', /Reproduced: 10 same/],
  ['hidden-state', /1 of 4 cells fails/]
] as const) {
  test(`the button and the command line agree on ${name}`, async ({
    page,
    request
  }) => {
    const content = await readFile(join(EXAMPLES, `${name}.ipynb`), 'utf8');
    const path = await put(request, JSON.parse(content));
    await openInLab(page, path);
    await verify(page);
    await expect(banner(page)).toContainText(outcome);
    const found = await request.get('/jupyter-hygiene/api/verifications', {
      params: { path }
    });
    const { report } = (await found.json()).verifications[0];
    expect(told(report)).toEqual(told(await byCommand(content)));
    const marks = await page
      .locator('.jp-Notebook .jp-CodeCell')
      .evaluateAll(cells =>
        cells.map(cell => (cell as HTMLElement).dataset.jhVerdict)
      );
    expect(marks).toEqual(
      report.cells.map((cell: { verdict: string }) => cell.verdict)
    );
  });
}
