/**
 * Warnings have room of their own however a notebook is laid out, and are reached with the keyboard.
 */
import type { Page } from '@playwright/test';

import { expect, openInLab, put, test } from '../support/app';
import { cell, command, commandMode, pressUntilFocused } from '../support/page';
import { notebook } from '../support/notebooks';
import {
  expectStatuses,
  rewrite,
  runAll,
  runCell,
  unrun,
  warning
} from '../support/stale';

/** What warnings cover or stick out of. */
async function collisions(page: Page): Promise<string[]> {
  return page.locator('.jp-Notebook .jp-CodeCell').evaluateAll(cells =>
    cells.flatMap(node => {
      const line = node.querySelector('.jh-Warning');
      if (!line) {
        return [];
      }
      const own = line.getBoundingClientRect();
      const around = node.getBoundingClientRect();
      const others = node.querySelectorAll(
        '.jp-InputArea, .jp-Placeholder, .jp-OutputArea-child'
      );
      const covered = Array.from(others).filter(other => {
        const box = other.getBoundingClientRect();
        return (
          box.width > 0 &&
          box.height > 0 &&
          box.left < own.right - 1 &&
          own.left < box.right - 1 &&
          box.top < own.bottom - 1 &&
          own.top < box.bottom - 1
        );
      });
      const isOutside =
        own.bottom > around.bottom + 0.5 || own.right > around.right + 0.5;
      return [
        ...covered.map(other => other.className),
        ...(isOutside ? ['outside of its cell'] : [])
      ];
    })
  );
}

const chain = () =>
  notebook(unrun('give', 'x = 1'), unrun('pass', 'y = x + 1\ny'), {
    ...unrun('take', 'print("y is", y)'),
    metadata: { jupyter: { source_hidden: true } }
  });

async function makeStale(page: Page, path: string): Promise<void> {
  await openInLab(page, path);
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh');
  await rewrite(page, 0, 'x = 10');
  await runCell(page, 0);
  await expectStatuses(page, 'fresh stale stale');
  await expect(page.locator('.jh-Warning')).toHaveCount(3);
}

test('beside hidden inputs, side by side, and on a narrow screen', async ({
  page,
  request
}) => {
  await makeStale(page, await put(request, chain()));
  expect(await collisions(page)).toEqual([]);
  await command(page, 'notebook:toggle-render-side-by-side-current');
  await expect(page.locator('.jp-Notebook.jp-mod-sideBySide')).toBeVisible();
  await expect.poll(() => collisions(page)).toEqual([]);
  await command(page, 'notebook:toggle-render-side-by-side-current');
  await command(page, 'application:toggle-left-area');
  await page.setViewportSize({ width: 720, height: 800 });
  await expect.poll(() => collisions(page)).toEqual([]);
  const run = warning(page, 1).getByRole('button', { name: 'Run this cell' });
  await run.click();
  await expectStatuses(page, 'fresh fresh stale');
});

test('a cure is reached from its cell with the keyboard', async ({
  page,
  request
}) => {
  await makeStale(page, await put(request, chain()));
  await commandMode(page, 1);
  const run = warning(page, 1).getByRole('button', { name: 'Run this cell' });
  await pressUntilFocused(page, 'Tab', run);
  await page.keyboard.press('Enter');
  await expectStatuses(page, 'fresh fresh stale');
  await expect(cell(page, 1)).toHaveClass(/jp-mod-active/);
  expect(
    await page
      .locator('.jp-Notebook')
      .evaluate(node => node.matches(':focus-within'))
  ).toBe(true);
});
