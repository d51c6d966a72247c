/**
 * What is known of the runs stays right whatever happens to the kernel, the page and the cells.
 */
import type { Page } from '@playwright/test';

import {
  expect,
  kernelOf,
  openInLab,
  put,
  putFile,
  test
} from '../support/app';
import {
  banner,
  cell,
  command,
  outputOf,
  report,
  selectCell,
  verify
} from '../support/page';
import { notebook } from '../support/notebooks';
import {
  counter,
  expectGutters,
  expectStatuses,
  rewrite,
  runAll,
  runCell,
  save,
  stepChain as chain,
  unrun,
  warning
} from '../support/stale';

async function openAndRun(page: Page, path: string): Promise<void> {
  await openInLab(page, path);
  await expectStatuses(page, 'unrun unrun unrun');
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh');
}

async function changeKernel(page: Page, model: object): Promise<void> {
  await page.evaluate(
    kernel =>
      (
        window as any
      ).jupyterapp.shell.currentWidget.sessionContext.changeKernel(
        kernel
      ) as unknown,
    model
  );
}

test('a reload in the middle of a run loses nothing', async ({
  page,
  request
}) => {
  const gate = `gate-${Date.now()}`;
  const path = await put(
    request,
    notebook(
      unrun('give', 'x = 1'),
      unrun(
        'wait',
        `import os, time\nwhile not os.path.exists("${gate}"):\n    time.sleep(0.05)\ny = x`
      ),
      unrun('take', 'print(y)')
    )
  );
  await openInLab(page, path);
  await runAll(page);
  await expectStatuses(page, 'fresh unrun unrun');
  await page.reload();
  await expectStatuses(page, 'fresh unrun unrun');
  await putFile(request, gate, { type: 'file', format: 'text', content: '' });
  await expectStatuses(page, 'fresh fresh fresh');
  // What they printed went to the page that is no longer there.
  await expectGutters(page, '◌ 1', '◌ 2', '◌ 3');
});

test('a cell that was deleted before a reload is still known by what it gave', async ({
  page,
  request
}) => {
  const path = await put(request, chain());
  await openAndRun(page, path);
  await selectCell(page, 0);
  await command(page, 'notebook:delete-cell');
  await expectStatuses(page, 'stale stale');
  await expect(warning(page, 0)).toContainText('deleted');
  await save(page);
  await page.reload();
  await expectStatuses(page, 'stale stale');
  await expect(warning(page, 0)).toContainText('deleted');
  await warning(page, 0)
    .getByRole('button', { name: /Bring back/ })
    .click();
  await expect(cell(page, 0)).toContainText('x = 1');
  await expectStatuses(page, 'fresh fresh fresh');
});

test('a restart, by the user or after the kernel died, empties the journal', async ({
  page,
  request
}) => {
  const path = await put(
    request,
    notebook(
      unrun('give', 'x = 1'),
      unrun('take', 'print(x)'),
      unrun('die', 'import os\nif "x" in globals():\n    os._exit(1)')
    )
  );
  await openInLab(page, path);
  await runCell(page, 0);
  await runCell(page, 1);
  await expectStatuses(page, 'fresh fresh unrun');
  void command(page, 'notebook:restart-kernel');
  await page.getByRole('button', { name: 'Confirm Kernel Restart' }).click();
  await expectStatuses(page, 'unrun unrun unrun');
  await runCell(page, 1);
  await expect(outputOf(page, 1)).toContainText('NameError');
  await runCell(page, 0);
  await expectGutters(page, '⇅2', '▲ 1', '○');
  await runCell(page, 2);
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Ok' }).click();
  await expectStatuses(page, 'unrun unrun unrun');
  await runCell(page, 0);
  await expectStatuses(page, 'fresh unrun unrun');
});

test('another kernel is another history', async ({ page, request }) => {
  const first = await put(request, chain());
  await openAndRun(page, first);
  const kernel = await kernelOf(page, first);
  await changeKernel(page, { name: 'python3' });
  await expectStatuses(page, 'unrun unrun unrun');
  await runCell(page, 0);
  await expectStatuses(page, 'fresh unrun unrun');
  expect(await kernelOf(page, first)).not.toBe(kernel);

  const second = await put(request, chain());
  await command(page, 'docmanager:open', { path: second });
  await expectStatuses(page, 'unrun unrun unrun');
  await changeKernel(page, { id: await kernelOf(page, first) });
  await expectStatuses(page, 'fresh unrun unrun');
});

test('the kernel of a replay brings along which cell each of its runs was', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, chain()));
  await verify(page);
  await banner(page).getByRole('button', { name: 'Show report' }).click();
  await report(page)
    .getByRole('button', { name: /Continue in the replay/ })
    .click();
  await page.getByRole('button', { name: 'Continue there' }).click();
  await expectStatuses(page, 'fresh fresh fresh');
  await expectGutters(page, '1', '2', '3');
  await rewrite(page, 0, 'x = 2');
  await expectStatuses(page, 'edited stale stale');
});

test('what a console runs on the same kernel is known in the notebook', async ({
  page,
  request
}) => {
  const path = await put(request, chain());
  await openAndRun(page, path);
  await command(page, 'notebook:create-console', { activate: false });
  await expect(page.locator('.jp-CodeConsole-promptCell')).toBeVisible();
  await command(page, 'console:inject', {
    path,
    code: 'x = 5',
    activate: false
  });
  // Nothing on the page is wrong yet; running the cell again now would make it so.
  await expect(warning(page, 1)).toContainText('x was changed by run [4]');
  await runCell(page, 1);
  await expectStatuses(page, 'fresh stale fresh');
});

test('what a second tab runs is known in the first', async ({
  page,
  context,
  request
}) => {
  const path = await put(request, chain());
  await openAndRun(page, path);
  const second = await context.newPage();
  await openInLab(second, path);
  await expectStatuses(second, 'fresh fresh fresh');
  await rewrite(second, 0, 'x = 3');
  await runCell(second, 0);
  await expectStatuses(second, 'fresh stale stale');
  // Its own document still says x = 1, and the kernel no longer does.
  await expect(warning(page, 1)).toContainText('x was changed by run [4]');
  await expectStatuses(page, 'fresh fresh fresh');
});

test('Run All of 100 cells', async ({ page, request }) => {
  const cells = Array.from({ length: 100 }, (_, at) =>
    unrun(`c${at}`, at === 0 ? 'v0 = 0' : `v${at} = v${at - 1} + 1`)
  );
  await openInLab(page, await put(request, notebook(...cells)));
  await runAll(page);
  await expectStatuses(page, Array(100).fill('fresh').join(' '));
  await expect(counter(page)).toHaveText('0 stale');
  await rewrite(page, 0, 'v0 = 5');
  await runCell(page, 0);
  await expect(counter(page)).toContainText('99 stale');
});

test('cells that are moved, split, merged, duplicated, deleted and brought back', async ({
  page,
  request
}) => {
  const path = await put(request, chain());
  await openAndRun(page, path);
  await selectCell(page, 1);
  await command(page, 'notebook:move-cell-up');
  await expectStatuses(page, 'stale fresh stale');
  await expect(warning(page, 0)).toContainText('below');
  await command(page, 'notebook:move-cell-down');
  await expectStatuses(page, 'fresh fresh fresh');
  await expectGutters(page, '1', '2', '3');

  await selectCell(page, 2);
  await command(page, 'notebook:delete-cell');
  await expectStatuses(page, 'fresh fresh');
  await command(page, 'notebook:undo-cell-action');
  await expectStatuses(page, 'fresh fresh fresh');

  await selectCell(page, 1);
  await command(page, 'notebook:duplicate-below');
  await expectStatuses(page, 'fresh fresh unrun fresh');
  await command(page, 'notebook:delete-cell');
  await expectStatuses(page, 'fresh fresh fresh');

  await selectCell(page, 1);
  await command(page, 'notebook:extend-marked-cells-below');
  await command(page, 'notebook:merge-cells');
  await expectStatuses(page, 'fresh unrun');
  await expect(cell(page, 1)).toContainText('print("y is", y)');
  await page.evaluate(() => {
    const { activeCell } = (window as any).jupyterapp.shell.currentWidget
      .content;
    const { editor } = activeCell;
    editor.setCursorPosition({ line: editor.lineCount - 1, column: 0 });
  });
  await command(page, 'notebook:split-cell-at-cursor');
  await expect(cell(page, 2)).toContainText('print("y is", y)');
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh');
});

test('a cell cut and pasted into another notebook has not run there', async ({
  page,
  request
}) => {
  const other = await put(request, notebook(unrun('alone', 'z = 1')));
  const path = await put(request, chain());
  await openAndRun(page, path);
  await selectCell(page, 0);
  await command(page, 'notebook:cut-cell');
  await expectStatuses(page, 'stale stale');
  await command(page, 'docmanager:open', { path: other });
  await expectStatuses(page, 'unrun');
  await runCell(page, 0);
  await expectStatuses(page, 'fresh');
  await command(page, 'notebook:paste-cell-below');
  await expectStatuses(page, 'fresh unrun');
  await command(page, 'docmanager:open', { path });
  await expectStatuses(page, 'stale stale');
});

test('cleared outputs change nothing of what has run, a reload included', async ({
  page,
  request
}) => {
  const path = await put(request, chain());
  await openAndRun(page, path);
  await command(page, 'notebook:clear-all-cell-outputs');
  await expect(cell(page, 2).locator('.jp-InputPrompt')).toHaveText('[ ]:');
  await expectStatuses(page, 'fresh fresh fresh');
  await save(page);
  await page.reload();
  await expectStatuses(page, 'fresh fresh fresh');
  await expectGutters(page, '◌ 1', '◌ 2', '◌ 3');
  await expect(cell(page, 2)).toHaveAccessibleDescription(
    /ran this cell last as \[3\], and what came of it is not on the page/
  );
  await runAll(page);
  await expectGutters(page, '1', '2', '3');
});
