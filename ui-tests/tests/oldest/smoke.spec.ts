/**
 * The whole way through a verification at the oldest versions that are supported, in JupyterLab and in
 * Notebook alike.
 */
import type { Page } from '@playwright/test';

import {
  banner,
  cell,
  commandMode,
  expect,
  idle,
  kernelOf,
  mark,
  openInLab,
  openInNotebook,
  outputOf,
  put,
  report,
  test,
  toolbarItem,
  verify
} from '../support/app';
import { code, differing, notebook, printed } from '../support/notebooks';

async function open(page: Page, path: string): Promise<void> {
  const isLab = test.info().project.name.startsWith('lab');
  await (isLab ? openInLab : openInNotebook)(page, path);
}

test('the question, the banner, the marks and both outputs side by side', async ({
  page,
  request
}) => {
  await open(page, await put(request, differing));
  const config = await page.locator('#jupyter-config-data').textContent();
  expect(JSON.parse(config!).appVersion).toMatch(/^[47]\.4\./);
  await toolbarItem(page)
    .getByText('Restart and Verify', { exact: true })
    .click();
  const dialog = page.locator('.jp-Dialog');
  await expect(dialog).toContainText('side effects');
  await dialog.getByRole('button', { name: 'Replay here' }).click();
  await expect(banner(page)).toContainText(/1 .*differ/);
  await expect(mark(page, 1)).toContainText('Changed');
  await expect(mark(page, 2)).toContainText('Same');

  await mark(page, 1).click();
  const entry = report(page).locator('.jh-Entry');
  const sides = ['Saved', 'Replayed'].map(name =>
    entry.getByRole('group', { name })
  );
  await expect(sides[0]).toContainText('y is 5');
  await expect(sides[1]).toContainText('y is 4');
  await expect(sides[1].locator('mark[data-mark="changed"]')).toHaveText('4');
});

test('all outputs are taken and given back by one undo', async ({
  page,
  request
}) => {
  await open(page, await put(request, differing));
  await verify(page);
  await banner(page).getByRole('button', { name: 'Show report' }).click();
  await report(page).getByRole('button', { name: 'Take all outputs' }).click();
  await page.getByRole('button', { name: 'Take outputs' }).click();
  await expect(outputOf(page, 1)).toHaveText(/y is 4/);
  await expect(mark(page, 1)).toContainText('Replayed');
  await commandMode(page, 1);
  await page.keyboard.press('z');
  await expect(outputOf(page, 1)).toHaveText(/y is 5/);
  await expect(outputOf(page, 1)).not.toHaveText(/y is 4/);
  await expect(mark(page, 1)).toContainText('Changed');
});

test('one goes on in the replay’s kernel', async ({ page, request }) => {
  const path = await put(
    request,
    notebook(
      code('set', 'z = 6'),
      code('show', 'print(z * 7)', printed('41\n')),
      code('use', '')
    )
  );
  await open(page, path);
  const before = await kernelOf(page, path);
  await verify(page);
  await banner(page).getByRole('button', { name: 'Show report' }).click();
  await report(page)
    .getByRole('button', { name: /Continue in the replay/ })
    .click();
  await page.getByRole('button', { name: 'Continue there' }).click();
  await expect(outputOf(page, 1)).toHaveText(/42/);
  await idle(page, path);
  expect(await kernelOf(page, path)).not.toBe(before);
  await cell(page, 2).locator('.cm-content').click();
  await page.keyboard.type('print("z is still", z)');
  await page.keyboard.press('Control+Enter');
  await expect(outputOf(page, 2)).toHaveText(/z is still 6/);
});
