/**
 * What is said of cells that the kernel has not run: because it is gone, or new, or was never there.
 */
import type { Page } from '@playwright/test';

import {
  expect,
  idle,
  kernelOf,
  open,
  openInLab,
  put,
  SMOKE,
  test
} from '../support/app';
import { cell, command, outputOf } from '../support/page';
import { notebook } from '../support/notebooks';
import {
  counted,
  counter,
  expectGutters,
  expectStatuses,
  makeStale,
  runCell,
  stepChain,
  warning
} from '../support/stale';

/** As saved after its first cell was edited and run again. */
const outOfOrder = () =>
  notebook(
    counted('give', 'x = 1', 7),
    counted('pass', 'y = x + 1', 3),
    counted('take', 'print(y)', 5)
  );

async function expectNothingRun(page: Page): Promise<void> {
  await expectStatuses(page, 'unrun unrun unrun');
  await expect(page.locator('[data-jh-warned]')).toHaveCount(0);
}

test(
  'when the kernel is shut down no cell is fresh or stale any more',
  SMOKE,
  async ({ page, request }) => {
    await makeStale(page, await put(request, stepChain()));
    await command(page, 'kernelmenu:shutdown');
    await expectNothingRun(page);
    await expectGutters(page, '○', '○', '○');
    await expect(counter(page)).toHaveText('▲ 2 stale in the file');
    await expect(counter(page)).toHaveAttribute('title', /kernel is gone/);
    await expect(cell(page, 1)).toHaveAccessibleDescription(
      /Not run in this kernel\. By the counts in the file it was stale/
    );
  }
);

test('when the kernel dies, or another takes its place, nothing has run in it', async ({
  page,
  request
}) => {
  const path = await put(request, stepChain());
  await makeStale(page, path);
  await request.delete(`/api/kernels/${await kernelOf(page, path)}`);
  await expectNothingRun(page);
  await page.evaluate(() =>
    (window as any).jupyterapp.shell.currentWidget.sessionContext.changeKernel({
      name: 'python3'
    })
  );
  await idle(page, path);
  await expectNothingRun(page);
  await runCell(page, 0);
  await expectStatuses(page, 'fresh unrun unrun');
  await expect(counter(page)).toHaveText('0 stale');
});

test('a notebook that is opened again is judged by its counts, and says so', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, outOfOrder()));
  await expectNothingRun(page);
  await expect(counter(page)).toHaveText('▲ 2 stale in the file');
  await expect(counter(page)).toHaveAttribute(
    'title',
    /No cell has been run in this kernel\. By the counts in the file 2 cells were stale/
  );
  await expect(cell(page, 2)).toHaveAccessibleDescription(
    /because of cell \[7\]/
  );
});

test('one that has never run is not said to have no stale cells', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, stepChain()));
  await expectNothingRun(page);
  await expect(counter(page)).toHaveText('Not run');
});

test('without a kernel the counts in the file say what there is to say, and a cure runs all it needs', async ({
  page,
  request
}) => {
  const { metadata: _, ...others } = outOfOrder();
  const path = await put(request, {
    ...others,
    metadata: {
      kernelspec: { name: 'not-here', display_name: 'Not here' }
    }
  });
  // JupyterLab asks for a kernel before the notebook is there.
  await page.goto(`/lab/tree/${path}?reset`);
  await page
    .locator('.jp-Dialog')
    .getByRole('button', { name: 'No Kernel', exact: true })
    .click();
  await expectStatuses(page, 'fresh stale stale');
  await expectGutters(page, '⇅3', '▲ 1', '▲ 2');
  await expect(counter(page)).toHaveText('▲ 2 stale in the file');
  await expect(counter(page)).toHaveAttribute('title', /no kernel/);
  await expect(warning(page, 2)).toContainText('Run 3 cells');
});

test('a cell that fails in a new kernel is mended by what must run first', async ({
  page,
  request
}) => {
  await open(page, await put(request, stepChain()));
  await runCell(page, 2);
  await expect(outputOf(page, 2)).toContainText('NameError');
  await expectStatuses(page, 'unrun unrun stale');
  await warning(page, 2).getByRole('button', { name: 'Run 3 cells' }).click();
  await expectStatuses(page, 'fresh fresh fresh');
  await expect(outputOf(page, 2)).toContainText('y is 2');
});
