/**
 * What is found in a notebook is marked where it is, told, listed, mended and silenced.
 */
import { expect, open, openInLab, put, SMOKE, test } from '../support/app';
import { cell, command, commandMode, selectCell } from '../support/page';
import {
  card,
  findingMark,
  findings,
  findingsCounter,
  sourceOf,
  untidy
} from '../support/hygiene';

test('a finding is marked on cell and line, and told to pointer and keyboard', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, untidy()));
  await expect(cell(page, 2)).toHaveAttribute('data-jh-found', 'warning');
  await expect(findingMark(page, 2)).toHaveText('◇');
  // A note makes no mark.
  await expect(page.locator('.jh-FindingMark')).toHaveCount(1);
  const found = cell(page, 2).locator('.jh-FoundCode').first();
  await expect(found).toHaveAttribute('data-line', '2');
  await found.hover();
  await expect(card(page)).toContainText('from string import *');
  await page.mouse.move(5, 5);
  await expect(card(page)).toHaveCount(0);

  // The mark goes with its cell, and the line with its text.
  await selectCell(page, 2);
  await command(page, 'notebook:move-cell-up');
  await expect(findingMark(page, 1)).toHaveText('◇');
  const editor = cell(page, 1).locator('.cm-content');
  await editor.press('Control+Home');
  await editor.pressSequentially('\n\n');
  await expect(cell(page, 1).locator('.jh-FoundCode').first()).toHaveAttribute(
    'data-line',
    '4'
  );
  await commandMode(page, 1);
  const describing = await cell(page, 1).getAttribute('aria-describedby');
  expect(describing).toContain(
    (await findingMark(page, 1).getAttribute('id')) ?? '-'
  );
  await page.keyboard.press('Tab');
  await expect(findingMark(page, 1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(
    card(page).getByRole('button', { name: /names that are used/ })
  ).toBeFocused();
  await card(page).getByRole('button', { name: 'Why?' }).press('Enter');
  await expect(card(page)).toContainText('Before');
  await page.keyboard.press('Escape');
  await expect(card(page)).toHaveCount(0);
  await expect(cell(page, 1)).toBeFocused();
});

test(
  'the panel lists what was found, goes there, and silences',
  SMOKE,
  async ({ page, request }) => {
    await open(page, await put(request, untidy()));
    await findingMark(page, 2).hover();
    await expect(card(page)).toContainText('from string import *');
    await page.mouse.move(5, 5);
    await expect(card(page)).toHaveCount(0);
    await expect(findingsCounter(page)).toHaveText('◇ 1 finding');
    await findingsCounter(page).click();
    await expect(findings(page).locator('h3')).toHaveText([
      '◇1 warning',
      '·1 note'
    ]);
    await findings(page)
      .getByRole('button', { name: 'Cell 2, line 1' })
      .click();
    await expect(cell(page, 1)).toHaveClass(/jp-mod-active/);
    await expect(cell(page, 1).locator('.cm-content')).toBeFocused();

    await findings(page)
      .getByRole('button', { name: 'Ignore in this notebook: imported-again' })
      .click();
    await expect(findings(page)).toContainText('ignores imported-again');
    await expect(findings(page).locator('h3')).toHaveText(['◇1 warning']);
    await findings(page)
      .getByRole('button', { name: 'Look for it again: imported-again' })
      .click();
    await expect(findings(page).locator('h3')).toHaveCount(2);

    await findings(page)
      .getByRole('button', { name: /^Ignore here: Nobody/ })
      .click();
    await expect(findingMark(page, 2)).toHaveCount(0);
    expect(await sourceOf(page, 2)).toMatch(
      /import \*  # hygiene: ignore\[star-import\]$/m
    );
    await expect(findings(page)).toContainText('1 finding is silenced');
    await expect(findingsCounter(page)).toHaveText('0 findings');
  }
);

test('a fix is shown as a diff and is one undo step, and so are all together', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, untidy()));
  await findingMark(page, 2).click();
  await card(page)
    .getByRole('button', { name: /names that are used/ })
    .click();
  const dialog = page.locator('.jp-Dialog');
  await expect(dialog.locator('[data-mark="-"]')).toContainText('import *');
  await expect(dialog.locator('[data-mark="+"]')).toContainText(
    'import digits'
  );
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect
    .poll(() => sourceOf(page, 2))
    .toBe('import os\nfrom string import digits\nprint(digits)');
  await expect(findingMark(page, 2)).toHaveCount(0);
  // In the editor of its cell, and in command mode.
  await expect(cell(page, 2)).toBeFocused();
  await cell(page, 2).press('Control+z');
  await expect.poll(() => sourceOf(page, 2)).toMatch(/import \*$/m);
  await expect(findingMark(page, 2)).toBeVisible();

  await command(page, 'jupyter-hygiene:show-findings');
  await findings(page).getByRole('button', { name: 'Fix all…' }).click();
  await expect(dialog.locator('.jh-Diff')).toHaveCount(1);
  await expect(dialog.locator('[data-mark="-"]')).toContainText('import math');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect.poll(() => sourceOf(page, 1)).toBe('print(math.pi)');
  await command(page, 'notebook:undo-cell-action');
  await expect
    .poll(() => sourceOf(page, 1))
    .toBe('import math\nprint(math.pi)');
});
