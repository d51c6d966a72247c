/**
 * What can be done with a replay: take its outputs and undo that, go on in its kernel, save its report.
 */
import { readFile } from 'node:fs/promises';

import {
  EVERYWHERE,
  expect,
  idle,
  kernelOf,
  open,
  openInLab,
  put,
  SMOKE,
  test
} from '../support/app';
import {
  banner,
  cell,
  command,
  mark,
  outputOf,
  report,
  verified,
  verify
} from '../support/page';
import {
  code,
  differing,
  notebook,
  printed,
  shown
} from '../support/notebooks';
import { rewrite, runCell } from '../support/stale';

test(
  'replayed outputs are taken in one step, and one undo gives them back',
  EVERYWHERE,
  async ({ page, request }) => {
    await open(page, await put(request, differing));
    await verify(page);
    await banner(page).getByRole('button', { name: 'Show report' }).click();
    await report(page)
      .getByRole('button', { name: 'Take all outputs' })
      .click();
    await page.getByRole('button', { name: 'Take outputs' }).click();
    await expect(outputOf(page, 1)).toHaveText(/y is 4/);
    await expect(cell(page, 1).locator('.jp-InputPrompt')).toHaveText('[2]:');
    await expect(mark(page, 1)).toContainText('Replayed');

    await command(page, 'notebook:undo-cell-action');
    await expect(outputOf(page, 1)).toHaveText(/y is 5/);
    await expect(outputOf(page, 1)).not.toHaveText(/y is 4/);
    await expect(outputOf(page, 2)).toHaveText(/constant/);
    await expect(cell(page, 1).locator('.jp-InputPrompt')).toHaveText('[1]:');
    await expect(mark(page, 1)).toContainText('Changed');
    await command(page, 'notebook:redo-cell-action');
    await expect(outputOf(page, 1)).toHaveText(/y is 4/);
    await expect(outputOf(page, 1)).not.toHaveText(/y is 5/);
  }
);

test('one cell’s output is taken alone', SMOKE, async ({ page, request }) => {
  await open(page, await put(request, differing));
  await verified(page);
  await mark(page, 1).click();
  await report(page).getByRole('button', { name: 'Take this output' }).click();
  await expect(outputOf(page, 1)).toHaveText(/y is 4/);
  await expect(cell(page, 2).locator('.jp-InputPrompt')).toHaveText('[1]:');
  await expect(report(page)).toContainText('replayed output taken');
});

test(
  'one goes on in the replay’s kernel after being asked',
  EVERYWHERE,
  async ({ page, request }) => {
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
    const dialog = page.locator('.jp-Dialog');
    await expect(dialog).toContainText('variables are lost');
    await dialog.getByRole('button', { name: 'Continue there' }).click();
    await expect(outputOf(page, 1)).toHaveText(/42/);
    await idle(page, path);
    const after = await kernelOf(page, path);
    expect(after).not.toBe(before);
    const kernels = await (await request.get('/api/kernels')).json();
    expect(kernels.map((kernel: any) => kernel.id)).not.toContain(before);
    await expect(report(page)).toContainText('no longer kept');

    await rewrite(page, 2, 'print("z is still", z)');
    await runCell(page, 2);
    await expect(outputOf(page, 2)).toHaveText(/z is still 6/);
  }
);

test('the report is saved as HTML and as JSON', async ({ page, request }) => {
  await openInLab(page, await put(request, differing));
  await verify(page);
  await banner(page).getByRole('button', { name: 'Show report' }).click();
  for (const [format, text] of [
    ['HTML', 'y is'],
    ['JSON', '"verdict"']
  ]) {
    const download = page.waitForEvent('download');
    await report(page)
      .getByRole('button', { name: format, exact: true })
      .click();
    const file = await (await download).path();
    expect(await readFile(file, 'utf8')).toContain(text);
  }
});

test('scripts of outputs run in frames and draw into nothing else', async ({
  page,
  request
}) => {
  const html = (n: number) =>
    `<div id="spot">empty</div><script>document.getElementById("spot").textContent = "drawn ${n}"</script>`;
  const source = `from IPython.display import HTML, display\ndisplay(HTML('${html(2)}'))`;
  await openInLab(
    page,
    await put(
      request,
      notebook(
        code(
          'html',
          source,
          shown({
            'text/html': html(1),
            'text/plain': '<IPython.core.display.HTML object>'
          })
        )
      )
    )
  );
  await page.evaluate(() => {
    const { model } = (window as any).jupyterapp.shell.currentWidget.content;
    for (const one of model.cells) {
      one.trusted = true;
    }
  });
  await verified(page);
  await mark(page, 0).click();
  const sides = report(page).locator('.jh-Side');
  await expect(sides.nth(0).frameLocator('iframe').locator('#spot')).toHaveText(
    'drawn 1'
  );
  await expect(sides.nth(1).frameLocator('iframe').locator('#spot')).toHaveText(
    'drawn 2'
  );
  await expect(report(page).locator('iframe').first()).toHaveAttribute(
    'sandbox',
    'allow-scripts'
  );
  await expect(outputOf(page, 0)).toHaveText(/drawn 1/);
});
