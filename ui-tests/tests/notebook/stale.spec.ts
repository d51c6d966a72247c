/**
 * Stale cells in Notebook, which has no JupyterLab shell and no status bar.
 */
import {
  cell,
  commandMode,
  expect,
  openInNotebook,
  outputOf,
  put,
  test
} from '../support/app';
import { notebook } from '../support/notebooks';
import {
  counter,
  expectGutters,
  expectStatuses,
  rewrite,
  runAll,
  runCell,
  unrun,
  warning
} from '../support/stale';

test('stale cells are marked, told, listed and run', async ({
  page,
  request
}) => {
  const path = await put(
    request,
    notebook(
      unrun('give', 'x = 1'),
      unrun('pass', 'y = x + 1'),
      unrun('take', 'print("y is", y)')
    )
  );
  await openInNotebook(page, path);
  await expectStatuses(page, 'unrun unrun unrun');
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh');
  await rewrite(page, 0, 'x = 10');
  await runCell(page, 0);
  await expectStatuses(page, 'fresh stale stale');
  // The active cell's own decoration must not hide its mark.
  await commandMode(page, 1);
  await expectGutters(page, '⇅3', '▲ 1', '▲ 2');
  await expect(warning(page, 1)).toContainText('x was changed by cell [4]');
  await expect(warning(page, 1)).toBeVisible();

  await counter(page).click();
  const list = page.locator('.jh-StaleList');
  await list.getByText('print("y is", y)').click();
  await expect(cell(page, 2)).toHaveClass(/jp-mod-active/);
  await page.reload();
  await expectStatuses(page, 'edited fresh fresh');
  await rewrite(page, 0, 'x = 10');
  await expectStatuses(page, 'fresh stale stale');
  await counter(page).click();
  await list.getByText('Run All 2 Stale Cells').click();
  await expectStatuses(page, 'fresh fresh fresh');
  await expect(outputOf(page, 2)).toHaveText(/y is 11/);
});
