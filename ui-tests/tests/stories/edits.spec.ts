/**
 * Verdicts go with their cells, and go quiet when the cells change.
 */
import {
  banner,
  cell,
  commandMode,
  expect,
  mark,
  openInLab,
  put,
  scrollTo,
  setSetting,
  test,
  verify
} from '../support/app';
import { code, differing, notebook, printed } from '../support/notebooks';

test('an edit makes a verdict outdated, and taking it back clears that', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, differing));
  await verify(page);
  await expect(mark(page, 1)).toContainText('Changed');
  await cell(page, 1).locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' ');
  await expect(mark(page, 1)).toContainText('Outdated');
  await expect(mark(page, 1)).toHaveAttribute('title', /before this edit/);
  await expect(banner(page)).toContainText('1 cell has changed since');
  await page.keyboard.press('Backspace');
  await expect(mark(page, 1)).toContainText('Changed');
});

test('a moved cell keeps its mark', async ({ page, request }) => {
  await openInLab(page, await put(request, differing));
  await verify(page);
  await expect(mark(page, 1)).toContainText('Changed');
  await commandMode(page, 1);
  await page.keyboard.press('Control+Shift+ArrowDown');
  await expect(mark(page, 2)).toContainText('Changed');
  await expect(mark(page, 1)).toContainText('Same');
  await commandMode(page, 2);
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  await expect(mark(page, 2)).toHaveCount(0);
  // One undo may take the move back too, if both came within half a second.
  await page.keyboard.press('z');
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
