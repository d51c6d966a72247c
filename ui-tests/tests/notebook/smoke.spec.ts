/**
 * The same in Notebook, which has no JupyterLab shell and no status bar.
 */
import {
  banner,
  commandMode,
  expect,
  mark,
  openInNotebook,
  outputOf,
  put,
  report,
  test,
  verify
} from '../support/app';
import { differing, reproducing } from '../support/notebooks';

test('a notebook that reproduces is told so', async ({ page, request }) => {
  await openInNotebook(page, await put(request, reproducing));
  await verify(page);
  await expect(banner(page)).toContainText(/reproduced/i);
  // The active cell's own decoration must not hide its mark.
  await commandMode(page, 1);
  await expect(mark(page, 1)).toBeVisible();
  await expect(mark(page, 1)).toContainText('Same');
});

test('a notebook that differs opens its report, and its outputs can be taken', async ({
  page,
  request
}) => {
  await openInNotebook(page, await put(request, differing));
  await verify(page);
  await expect(banner(page)).toContainText(/differ/);
  await mark(page, 1).click();
  await expect(report(page)).toContainText('y is 5');
  await report(page).getByRole('button', { name: 'Take this output' }).click();
  await expect(outputOf(page, 1)).toHaveText(/y is 4/);
  await commandMode(page, 1);
  await page.keyboard.press('z');
  await expect(outputOf(page, 1)).toHaveText(/y is 5/);
});

test('after a reload the marks are there again', async ({ page, request }) => {
  await openInNotebook(page, await put(request, differing));
  await verify(page);
  await expect(mark(page, 1)).toContainText('Changed');
  await page.reload();
  await expect(mark(page, 1)).toContainText('Changed');
});
