/**
 * Stale cells at the oldest versions that are supported, in JupyterLab and in Notebook alike.
 */
import type { Page } from '@playwright/test';

import {
  cell,
  commandMode,
  expect,
  openInLab,
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

async function open(page: Page, path: string): Promise<void> {
  const isLab = test.info().project.name.startsWith('lab');
  await (isLab ? openInLab : openInNotebook)(page, path);
}

test('stale cells are marked, told, listed, run, and brought back', async ({
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
  await open(page, path);
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh');
  await rewrite(page, 0, 'x = 10');
  await runCell(page, 0);
  await expectGutters(page, '⇅3', '▲ 1', '▲ 2');
  await expect(warning(page, 1)).toContainText('x was changed by cell [4]');
  await counter(page).click();
  await page.locator('.jh-StaleList').getByText('Run All 2').click();
  await expectStatuses(page, 'fresh fresh fresh');
  await expect(outputOf(page, 2)).toHaveText(/y is 11/);

  await commandMode(page, 1);
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  await expectStatuses(page, 'fresh stale');
  await warning(page, 1)
    .getByRole('button', { name: /Bring back/ })
    .click();
  await expect(cell(page, 1)).toContainText('y = x + 1');
  await expectStatuses(page, 'fresh fresh fresh');
});
