/**
 * More than one page for one replay: a page that is reloaded, and a second tab on the same notebook.
 */
import {
  expect,
  open,
  openInLab,
  put,
  putFile,
  SMOKE,
  test
} from '../support/app';
import {
  banner,
  cell,
  command,
  mark,
  report,
  toolbarItem,
  verify
} from '../support/page';
import { differing, gated } from '../support/notebooks';

test('a page that is reloaded in the middle has the marks decided so far, and goes on', async ({
  page,
  request
}) => {
  const gate = `gate-${Date.now()}`;
  const path = await put(request, gated(gate));
  await openInLab(page, path);
  await verify(page);
  await expect(toolbarItem(page)).toContainText('1/3');
  await page.reload();
  await expect(toolbarItem(page)).toContainText('1/3');
  await expect(mark(page, 0)).toContainText('Same');
  await expect(mark(page, 1)).toHaveCount(0);
  await expect(cell(page, 1)).toHaveClass(/jh-mod-replaying/);
  await putFile(request, gate, { type: 'file', format: 'text', content: '' });
  await expect(banner(page)).toContainText(/differ/);
  await expect(mark(page, 0)).toContainText('Same');
  await expect(mark(page, 2)).toContainText('Changed');
});

test('cells edited before the reload have outdated marks after it', async ({
  page,
  request
}) => {
  const gate = `gate-${Date.now()}`;
  await openInLab(page, await put(request, gated(gate)));
  await verify(page);
  await expect(mark(page, 0)).toContainText('Same');
  const editor = cell(page, 0).locator('.cm-content');
  await editor.press('Control+End');
  await editor.pressSequentially('; x');
  await expect(mark(page, 0)).toContainText('Outdated');
  await command(page, 'docmanager:save');
  await expect(page.locator('.lm-TabBar-tab.jp-mod-dirty')).toHaveCount(0);
  await page.reload();
  await expect(toolbarItem(page)).toContainText('1/3');
  await expect(mark(page, 0)).toContainText('Outdated');
});

test(
  'after a reload marks stand where the cells are still those verified',
  SMOKE,
  async ({ page, request }) => {
    const path = await put(request, differing);
    await open(page, path);
    await verify(page);
    await expect(mark(page, 1)).toContainText('Changed');
    await page.reload();
    await expect(mark(page, 1)).toContainText('Changed');
    await expect(mark(page, 2)).toContainText('Same');
    await expect(banner(page)).toBeHidden();
  }
);

test('a second tab that presses Verify joins the replay under way', async ({
  page,
  context,
  request
}) => {
  const gate = `gate-${Date.now()}`;
  const path = await put(request, gated(gate));
  await openInLab(page, path);
  const second = await context.newPage();
  await openInLab(second, path);
  await verify(page);
  await expect(toolbarItem(page)).toContainText('1/3');

  await expect(
    toolbarItem(second).getByText('Restart and Verify')
  ).toBeVisible();
  const refusal = second.waitForResponse(reply => reply.status() === 409);
  await verify(second);
  await refusal;
  await expect(toolbarItem(second)).toContainText('1/3');
  await expect(mark(second, 0)).toContainText('Same');
  await putFile(request, gate, { type: 'file', format: 'text', content: '' });
  for (const tab of [page, second]) {
    await expect(banner(tab)).toContainText(/differ/);
    await expect(mark(tab, 0)).toContainText('Same');
    await expect(mark(tab, 2)).toContainText('Changed');
  }
  await mark(second, 2).click();
  await expect(report(second)).toContainText('other');
  const found = await request.get('/jupyter-hygiene/api/verifications', {
    params: { path }
  });
  expect((await found.json()).verifications).toHaveLength(1);
});
