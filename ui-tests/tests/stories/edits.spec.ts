/**
 * Verdicts go with their cells, and go quiet when the cells change.
 */
import {
  expect,
  open,
  openInLab,
  put,
  setSetting,
  SMOKE,
  test
} from '../support/app';
import {
  banner,
  cell,
  command,
  mark,
  outputOf,
  scrollTo,
  selectCell,
  verify
} from '../support/page';
import { code, differing, notebook, printed } from '../support/notebooks';
import {
  expectStatuses,
  makeStale,
  rewrite,
  runCell,
  save,
  stepChain,
  unrun
} from '../support/stale';

test('an edit makes a verdict outdated, and taking it back clears that', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, differing));
  await verify(page);
  await expect(mark(page, 1)).toContainText('Changed');
  const editor = cell(page, 1).locator('.cm-content');
  await editor.press('Control+End');
  await editor.pressSequentially('x');
  await expect(mark(page, 1)).toContainText('Outdated');
  await expect(mark(page, 1)).toHaveAttribute('title', /Before that: Changed/);
  await expect(banner(page)).toContainText('1 cell has changed since');
  await editor.press('Backspace');
  await expect(mark(page, 1)).toContainText('Changed');
});

test(
  'Run All after a verification is judged by its replay, and still is after a reload',
  SMOKE,
  async ({ page, request }) => {
    const path = await put(request, differing);
    await open(page, path);
    await verify(page);
    await expect(banner(page)).toContainText('1 of 3 cells differs');
    await command(page, 'notebook:run-all-cells');
    await expect(mark(page, 1)).toContainText('Replayed');
    await expect(mark(page, 2)).toContainText('Same');
    await expect(banner(page)).toContainText('Reproduced: 3 same');
    await rewrite(page, 1, 'print("y is", y, "or so")');
    await runCell(page, 1);
    await expect(mark(page, 1)).toContainText('Outdated');
    await expect(banner(page)).toContainText(
      'Reproduced: 2 same. 1 cell has changed since'
    );
    await save(page);
    await page.reload();
    await expect(mark(page, 1)).toContainText('Outdated');
    await expect(mark(page, 2)).toContainText('Same');
  }
);

test('an output that is neither what was verified nor what was replayed is judged anew', async ({
  page,
  request
}) => {
  await openInLab(
    page,
    await put(
      request,
      notebook(
        code('count', 'import os\nn = len(os.environ.get("SEEN", ""))'),
        code('show', 'print("seen", n)', printed('seen 0\n')),
        unrun('more', 'os.environ["SEEN"] = "x" * (n + 1)')
      )
    )
  );
  await verify(page);
  await expect(mark(page, 1)).toContainText('Same');
  await command(page, 'notebook:run-all-cells');
  await command(page, 'notebook:run-all-cells');
  await expect(outputOf(page, 1)).toContainText('seen 1');
  await expect(mark(page, 1)).toContainText('Changed');
  await expect(mark(page, 1)).toHaveAttribute('title', /changed since/);
  await expect(banner(page)).toContainText('1 of 3 cells differs');
});

test('an edit above outdates what depends on it, and a formatter outdates nothing', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, differing));
  await verify(page);
  await expect(mark(page, 1)).toContainText('Changed');
  await rewrite(page, 0, 'y = (4)  # four');
  await rewrite(page, 2, "print('constant')");
  await expect(mark(page, 0)).toContainText('Same');
  await expect(mark(page, 2)).toContainText('Same');
  await expect(banner(page)).toHaveText(/1 of 3 cells differs\.\s*Show/);
  await rewrite(page, 0, 'y = 5');
  await expect(mark(page, 1)).toContainText('Outdated');
  await expect(mark(page, 1)).toHaveAttribute(
    'title',
    /depends on was changed/
  );
  await expect(mark(page, 2)).toContainText('Same');
  await expect(banner(page)).toContainText('2 cells have changed since');
});

test('a cell that is stale is not called the same, whatever it shows', async ({
  page,
  request
}) => {
  await makeStale(page, await put(request, stepChain()));
  await verify(page);
  await expect(mark(page, 0)).toContainText('Same');
  await expect(mark(page, 1)).toContainText('Stale');
  await expect(mark(page, 2)).toContainText('Changed');
  await command(page, 'jupyter-hygiene:run-stale-cells');
  await expectStatuses(page, 'fresh fresh fresh');
  await expect(mark(page, 1)).toContainText('Same');
  await expect(mark(page, 2)).toContainText('Replayed');
});

test('a moved cell keeps its mark', async ({ page, request }) => {
  await openInLab(page, await put(request, differing));
  await verify(page);
  await expect(mark(page, 1)).toContainText('Changed');
  await selectCell(page, 1);
  await command(page, 'notebook:move-cell-down');
  await expect(mark(page, 2)).toContainText('Changed');
  await expect(mark(page, 1)).toContainText('Same');
  await selectCell(page, 2);
  await command(page, 'notebook:delete-cell');
  await expect(mark(page, 2)).toHaveCount(0);
  // One undo may take the move back too, if both came within half a second.
  await command(page, 'notebook:undo-cell-action');
  await expect(
    page.locator('.jp-Notebook .jh-Mark', { hasText: 'Changed' })
  ).toHaveCount(1);
});

for (const windowingMode of ['contentVisibility', 'full', 'defer', 'none']) {
  test(`marks stand on all cells, windowing ${windowingMode}`, async ({
    page,
    request
  }) => {
    const cells = Array.from({ length: 60 }, (_, at) =>
      code(`c${at}`, `print(${at})`, printed(at === 55 ? 'other\n' : `${at}\n`))
    );
    await setSetting(request, '@jupyterlab/notebook-extension:tracker', {
      windowingMode
    });
    await openInLab(page, await put(request, notebook(...cells)));
    await verify(page);
    await expect(banner(page)).toContainText('1 of 60');
    await expect(mark(page, 0)).toContainText('Same');
    await scrollTo(page, 55, mark(page, 55));
    await expect(mark(page, 55)).toContainText('Changed');
    const inside = await mark(page, 55).evaluate(node => {
      const box = node.getBoundingClientRect();
      const own = node.closest('.jp-Cell')!.getBoundingClientRect();
      return box.bottom <= own.bottom + 0.5 && box.right <= own.right;
    });
    expect(inside).toBe(true);
  });
}

test('nothing moves in the cells when the marks come', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, differing));
  const heights = () =>
    page
      .locator('.jp-Notebook .jp-Cell')
      .evaluateAll(cells =>
        cells.map(node => node.getBoundingClientRect().height)
      );
  const before = await heights();
  await verify(page);
  await expect(mark(page, 1)).toContainText('Changed');
  expect(await heights()).toEqual(before);
});
