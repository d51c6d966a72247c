/**
 * Verdicts go with their cells, and go quiet when the cells change.
 */
import { expect, openInLab, put, setSetting, test } from '../support/app';
import {
  banner,
  cell,
  command,
  mark,
  scrollTo,
  selectCell,
  verify
} from '../support/page';
import { code, differing, notebook, printed } from '../support/notebooks';

test('an edit makes a verdict outdated, and taking it back clears that', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, differing));
  await verify(page);
  await expect(mark(page, 1)).toContainText('Changed');
  const editor = cell(page, 1).locator('.cm-content');
  await editor.press('Control+End');
  await editor.pressSequentially(' ');
  await expect(mark(page, 1)).toContainText('Outdated');
  await expect(mark(page, 1)).toHaveAttribute('title', /before this edit/);
  await expect(banner(page)).toContainText('1 cell has changed since');
  await editor.press('Backspace');
  await expect(mark(page, 1)).toContainText('Changed');
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
