/**
 * The whole way with the keyboard alone, never losing one's place; and what a screen reader says on it.
 */
import type { Locator, Page } from '@playwright/test';

import { expect, openInLab, put, putFile, test } from '../support/app';
import {
  banner,
  cell,
  commandMode,
  mark,
  outputOf,
  pressUntilFocused,
  report,
  toolbarItem,
  verify
} from '../support/page';
import { differing, gated } from '../support/notebooks';

async function hasFocus(within: Locator) {
  await expect
    .poll(() => within.evaluate(node => node.matches(':focus-within')))
    .toBe(true);
}

async function runFromPalette(page: Page, name: string) {
  await page.keyboard.press('Control+Shift+C');
  await page.keyboard.type(name);
  await expect(
    page.locator('.lm-CommandPalette-item.lm-mod-active')
  ).toContainText(name);
  await page.keyboard.press('Enter');
}

test('from the button to the replayed output with the keyboard alone', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, differing));
  await commandMode(page, 0);
  await pressUntilFocused(
    page,
    'Shift+Tab',
    page.locator('.jp-NotebookPanel-toolbar')
  );
  await pressUntilFocused(
    page,
    'ArrowRight',
    toolbarItem(page).locator('jp-button').first()
  );
  await page.keyboard.press('Enter');
  await hasFocus(page.locator('.jp-Dialog'));
  await page.keyboard.press('Enter');
  await expect(banner(page)).toContainText(/differ/);
  await hasFocus(toolbarItem(page));

  await pressUntilFocused(
    page,
    'Tab',
    banner(page).getByRole('button').first()
  );
  await page.keyboard.press('Enter');
  await hasFocus(report(page));
  await report(page)
    .getByRole('button', { name: /Show all/ })
    .waitFor();
  await pressUntilFocused(
    page,
    'Tab',
    report(page).getByRole('button', { name: /Show all/ })
  );
  await page.keyboard.press('Enter');
  await hasFocus(report(page));
  const entries = report(page).locator('.jh-Entry');
  const second = entries.nth(1);
  await pressUntilFocused(
    page,
    'Tab',
    entries.nth(2).locator('.jh-Entry-toggle')
  );
  await pressUntilFocused(
    page,
    'Shift+Tab',
    second.locator('.jh-Entry-toggle')
  );
  await page.keyboard.press('Enter');
  await pressUntilFocused(
    page,
    'Tab',
    second.getByRole('button', { name: 'Go to cell' })
  );
  await page.keyboard.press('Enter');
  await hasFocus(page.locator('.jp-Notebook'));
  await expect(cell(page, 1)).toHaveClass(/jp-mod-active/);

  await pressUntilFocused(page, 'Tab', mark(page, 1));
  await page.keyboard.press('Enter');
  await hasFocus(second.locator('.jh-Entry-toggle'));
  await pressUntilFocused(
    page,
    'Tab',
    second.getByRole('button', { name: /Take this/ })
  );
  await page.keyboard.press('Enter');
  await expect(outputOf(page, 1)).toHaveText(/y is 4/);
  await hasFocus(second);
  await page.keyboard.press('Enter');
  await expect(second.locator('.jh-Entry-toggle')).toHaveAttribute(
    'aria-expanded',
    'false'
  );
  await page.keyboard.press('Escape');
  await hasFocus(page.locator('.jp-Notebook'));
});

test('by commands, and verifying again from the report', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, differing));
  await commandMode(page, 0);
  await runFromPalette(page, 'Restart and Verify');
  await hasFocus(page.locator('.jp-Dialog'));
  await page.keyboard.press('Enter');
  await expect(banner(page)).toContainText(/differ/);
  await hasFocus(page.locator('.jp-NotebookPanel:visible'));
  await runFromPalette(page, 'Show the Verification Report');
  await hasFocus(report(page));
  await pressUntilFocused(
    page,
    'Tab',
    report(page).getByRole('button', { name: 'Verify again' })
  );
  const isAnswered = page.waitForResponse(reply => reply.status() === 202);
  await page.keyboard.press('Enter');
  await isAnswered;
  await expect(report(page).locator('.jh-Entry')).toHaveCount(1);
  await hasFocus(report(page));
  await page.keyboard.press('Tab');
  await hasFocus(report(page).locator('.jh-Overview'));
});

test('start, progress and outcome are spoken', async ({ page, request }) => {
  const gate = `gate-${Date.now()}`;
  await openInLab(page, await put(request, gated(gate)));
  await page.evaluate(() => {
    const spoken: string[] = ((window as any).spoken = []);
    const region = document.querySelector('.jh-Banner [role="status"]')!;
    new MutationObserver(() => spoken.push(region.textContent ?? '')).observe(
      region,
      { childList: true, characterData: true, subtree: true }
    );
  });
  await verify(page);
  await expect(toolbarItem(page)).toContainText('1/3');
  await putFile(request, gate, { type: 'file', format: 'text', content: '' });
  await expect(banner(page)).toContainText(/differ/);
  const spoken: string[] = await page.evaluate(() => (window as any).spoken);
  expect(spoken[0]).toMatch(/^Starting a fresh kernel/);
  expect(spoken).toContainEqual(
    expect.stringMatching(/^Replaying: 1 of 3 code cells decided/)
  );
  expect(spoken.at(-1)).toMatch(/^Verified\. 1 of 3 cells differs\.$/);
});
