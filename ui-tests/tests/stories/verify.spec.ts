/**
 * Restart and Verify in JupyterLab, from the click to the marks, with real kernels.
 */
import {
  EVERYWHERE,
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
  commandMode,
  mark,
  report,
  selectCell,
  toolbarItem,
  verified,
  verify
} from '../support/page';
import {
  code,
  differing,
  gated,
  notebook,
  printed,
  reproducing
} from '../support/notebooks';

test(
  'a notebook that reproduces is told so, and nothing of it changes',
  SMOKE,
  async ({ page, request }) => {
    const path = await put(request, reproducing);
    await open(page, path);
    const config = await page.locator('#jupyter-config-data').textContent();
    const { appVersion } = JSON.parse(config!);
    expect(/^[47]\.4\./.test(appVersion), appVersion).toBe(
      test.info().project.name.endsWith('-oldest')
    );
    const before = await (await request.get('/api/sessions')).json();
    await verify(page);

    await expect(banner(page)).toContainText(/reproduced/i);
    await expect(mark(page, 0)).toContainText('Same');
    await expect(mark(page, 1)).toContainText('Same');
    await expect(mark(page, 2)).toContainText('Cosmetic');
    // The active cell's own decoration must not hide its mark.
    await commandMode(page, 1);
    await expect(mark(page, 1)).toBeVisible();
    await expect(cell(page, 2)).toContainText('0x7f3c4c0d5f10');
    await expect(cell(page, 1)).toHaveAccessibleDescription(/Verified: Same/);
    const after = await (await request.get('/api/sessions')).json();
    expect(after.map((session: any) => session.kernel.id)).toEqual(
      before.map((session: any) => session.kernel.id)
    );
  }
);

test('the question about side effects comes once for a notebook', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, reproducing));
  const button = toolbarItem(page).getByText('Restart and Verify', {
    exact: true
  });
  await button.click();
  const dialog = page.locator('.jp-Dialog');
  await expect(dialog).toContainText('side effects');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(button).toBeVisible();
  await expect(banner(page)).toBeHidden();

  await button.click();
  await dialog
    .getByRole('button', { name: 'Replay in a scratch copy' })
    .click();
  await expect(banner(page)).toContainText(/reproduced/i);
  await button.click();
  await expect(banner(page)).toBeHidden();
  await expect(banner(page)).toContainText(/reproduced/i);
  await expect(dialog).toHaveCount(0);
});

test('a scratch copy leaves the folder as it is', async ({ page, request }) => {
  const path = await put(
    request,
    notebook(code('write', 'open("made-by-replay.txt", "w").write("x")'))
  );
  await openInLab(page, path);
  await verify(page, 'Replay in a scratch copy');
  await expect(banner(page)).toBeVisible();
  const reply = await request.get('/api/contents/made-by-replay.txt');
  expect(reply.status()).toBe(404);
});

test(
  'a notebook that differs shows where, side by side',
  EVERYWHERE,
  async ({ page, request }) => {
    await open(page, await put(request, differing));
    await verify(page);
    await expect(banner(page)).toContainText(/1 .*differ/);
    await expect(mark(page, 1)).toContainText('Changed');
    await expect(mark(page, 2)).toContainText('Same');

    await banner(page).getByRole('button', { name: 'Show report' }).click();
    await expect(report(page).getByRole('heading', { level: 2 })).toContainText(
      /differ/
    );
    const entry = report(page).locator('.jh-Entry');
    await expect(entry).toHaveCount(1);
    await entry.getByRole('button', { expanded: false }).click();
    await expect(entry.getByRole('group', { name: 'Saved' })).toContainText(
      'y is 5'
    );
    const replayed = entry.getByRole('group', { name: 'Replayed' });
    await expect(replayed).toContainText('y is 4');
    await expect(replayed.locator('mark[data-mark="changed"]')).toHaveText('4');
  }
);

test('a mark opens the report at its cell, also with the keyboard', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, differing));
  await verified(page);
  // In a cell of one line the toolbar that comes with a click reaches down to the mark, and must leave it the click.
  await selectCell(page, 2);
  await expect(cell(page, 2).locator('.jp-cell-toolbar')).toBeVisible();
  await mark(page, 2).click();
  const entries = report(page).locator('.jh-Entry');
  await expect(entries).toHaveCount(3);
  await expect(entries.nth(2).locator('.jh-Entry-toggle')).toBeFocused();

  await cell(page, 1).locator('.jp-InputPrompt').click();
  await expect(mark(page, 1)).toHaveAttribute('tabindex', '0');
  await expect(mark(page, 2)).toHaveAttribute('tabindex', '-1');
  await mark(page, 1).press('Enter');
  await expect(entries.nth(1).locator('.jh-Entry-toggle')).toBeFocused();
});

test('cells get their marks as they are decided, and the user goes on working', async ({
  page,
  request
}) => {
  const gate = `gate-${Date.now()}`;
  await openInLab(page, await put(request, gated(gate)));
  await verify(page);
  await expect(mark(page, 0)).toContainText('Same');
  await expect(toolbarItem(page)).toContainText('1/3');
  await expect(cell(page, 1)).toHaveClass(/jh-mod-replaying/);

  // Meanwhile the user's own kernel runs their own code.
  await cell(page, 0).locator('.cm-content').press('Shift+Enter');
  await expect(cell(page, 0).locator('.jp-InputPrompt')).toHaveText('[1]:');
  await putFile(request, gate, { type: 'file', format: 'text', content: '' });
  await expect(banner(page)).toContainText(/differ/);
  await expect(mark(page, 2)).toContainText('Changed');
  await expect(mark(page, 0)).toContainText('Same');
});

test('cancelling ends the replay and its kernel', async ({ page, request }) => {
  await openInLab(page, await put(request, gated('never')));
  const kernels = async () =>
    (await (await request.get('/api/kernels')).json()).length;
  const before = await kernels();
  await verify(page);
  await expect(mark(page, 0)).toBeVisible();
  await toolbarItem(page)
    .locator(
      'jp-button[title="Cancel the verification"], [title="Cancel the verification"]'
    )
    .first()
    .click();
  await expect(banner(page)).toContainText('cancelled');
  await expect(mark(page, 0)).toHaveCount(0);
  await expect(toolbarItem(page).getByText('Restart and Verify')).toBeVisible();
  await expect.poll(kernels).toBe(before);
});

test('a kernel that dies fails its cell and says so', async ({
  page,
  request
}) => {
  await openInLab(
    page,
    await put(
      request,
      notebook(
        code('fine', 'print(1)', printed('1\n')),
        code('dies', 'import os; os._exit(1)'),
        code('below', 'print(2)', printed('2\n'))
      )
    )
  );
  await verify(page);
  await expect(banner(page)).toContainText(/fail|died/i);
  await expect(mark(page, 0)).toContainText('Same');
  await expect(mark(page, 1)).toContainText('Failed');
  await expect(mark(page, 2)).toContainText('Not reached');
});

test('two notebooks are verified at once, each with its own outcome', async ({
  page,
  request
}) => {
  const gate = `gate-${Date.now()}`;
  const first = await put(request, gated(gate));
  await openInLab(page, first);
  await verify(page);
  await expect(toolbarItem(page)).toContainText('1/3');
  const second = await put(request, reproducing);
  await page.evaluate(
    path =>
      (window as any).jupyterapp.commands.execute('docmanager:open', { path }),
    second
  );
  await expect(page.locator('.jp-NotebookPanel:visible')).toHaveCount(1);
  await expect(cell(page, 2)).toContainText('object()');
  await verify(page);
  // Only so many replay at a time: the second may wait for the first.
  await putFile(request, gate, { type: 'file', format: 'text', content: '' });
  await expect(banner(page)).toContainText(/reproduced/i);
  await page.getByRole('tab', { name: first }).click();
  await expect(banner(page)).toContainText(/differ/);
});
