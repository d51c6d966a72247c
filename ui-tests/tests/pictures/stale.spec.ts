/**
 * Makes the pictures of stale cells for the documentation. Not a test: `jlpm pictures` writes them anew.
 */
import type { Page } from '@playwright/test';

import { expect, openInLab, openInNotebook, put, test } from '../support/app';
import { cell, command, commandMode } from '../support/page';
import type { ICell } from '../support/notebooks';
import { notebook } from '../support/notebooks';
import { picture, theme } from '../support/pictures';
import {
  counter,
  expectStatuses,
  rewrite,
  runAll,
  runCell,
  unrun,
  warning
} from '../support/stale';

test.use({ viewport: { width: 1120, height: 760 } });

function title(text: string): ICell {
  return {
    id: 'title',
    cell_type: 'markdown',
    source: `# ${text}`,
    metadata: {}
  };
}

const tickets = () =>
  notebook(
    title('Ticket prices'),
    unrun('imports', 'import pandas as pd'),
    unrun('discount', 'discount = 0.2  # for students'),
    unrun(
      'prices',
      'prices = pd.DataFrame({"full": [12.0, 18.5, 9.0]}, index=["day", "week", "evening"])'
    ),
    unrun(
      'reduced',
      'reduced = prices["full"] * (1 - discount)\nreduced.round(2)'
    ),
    unrun('best', 'print("Cheapest:", reduced.idxmin(), reduced.min())')
  );

async function openAlone(page: Page, path: string): Promise<void> {
  await openInLab(page, path);
  await command(page, 'application:toggle-left-area');
}

async function makeStale(page: Page): Promise<void> {
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh fresh fresh');
  await rewrite(page, 2, 'discount = 0.25  # for students');
  await page.keyboard.press('Control+Enter');
  await expectStatuses(page, 'fresh fresh fresh stale stale');
  await commandMode(page, 4);
  await expect(cell(page, 2)).toHaveAttribute('data-jh-tie', 'from');
  await page.mouse.move(600, 755);
}

test('a stale chain, in light and dark, and the list', async ({
  page,
  request
}) => {
  await openAlone(page, await put(request, tickets(), 'tickets.ipynb'));
  await makeStale(page);
  await picture(page, 'stale-chain-light');
  await theme(page, 'Dark');
  await picture(page, 'stale-chain-dark');
  await theme(page, 'Light');
  await counter(page).click();
  await expect(page.locator('.jh-StaleList')).toBeVisible();
  await picture(page, 'stale-list');
});

test('a deleted definition brought back', async ({ page, request }) => {
  await openAlone(page, await put(request, tickets(), 'deleted.ipynb'));
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh fresh fresh');
  await commandMode(page, 2);
  await command(page, 'notebook:delete-cell');
  await expect(warning(page, 3)).toContainText('deleted');
  await page.mouse.move(600, 755);
  await picture(page, 'stale-deleted');
  await warning(page, 3)
    .getByRole('button', { name: /Bring back/ })
    .click();
  await expectStatuses(page, 'fresh fresh fresh fresh fresh');
  await page.mouse.move(600, 755);
  await picture(page, 'stale-brought-back');
});

test('a cell that was run twice', async ({ page, request }) => {
  const path = await put(
    request,
    notebook(
      title('Visitors'),
      unrun('visitors', 'visitors = {"Monday": 120, "Tuesday": 95}'),
      unrun('total', 'total = 0'),
      unrun('add', 'total += sum(visitors.values())\ntotal'),
      unrun('mean', 'print("On average", total / len(visitors))')
    ),
    'visitors.ipynb'
  );
  await openAlone(page, path);
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh fresh');
  await commandMode(page, 3);
  await page.mouse.move(600, 755);
  await expect(warning(page, 3)).toContainText('second time');
  await picture(page, 'stale-before-running-twice');
  await runCell(page, 3);
  await expectStatuses(page, 'fresh fresh stale fresh');
  await page.mouse.move(600, 755);
  await picture(page, 'stale-run-twice');
});

test('cells run out of order', async ({ page, request }) => {
  const path = await put(
    request,
    notebook(
      title('Out of order'),
      unrun('rate', 'rate = 1.19'),
      unrun('net', 'net = [100, 250, 80]'),
      unrun(
        'gross',
        'gross = [round(price * rate, 2) for price in net]\ngross'
      ),
      unrun('count', 'len(net)'),
      unrun('sum', 'sum(gross)')
    ),
    'out-of-order.ipynb'
  );
  await openAlone(page, path);
  for (const index of [2, 4, 1, 3, 5]) {
    await runCell(page, index);
  }
  await rewrite(page, 1, 'rate = 1.07');
  await page.keyboard.press('Control+Enter');
  await expectStatuses(page, 'fresh fresh stale fresh stale');
  await page.mouse.move(600, 755);
  await picture(page, 'stale-out-of-order');
});

test('Notebook', async ({ page, request }) => {
  await openInNotebook(page, await put(request, tickets(), 'tickets7.ipynb'));
  await makeStale(page);
  await picture(page, 'stale-notebook7');
});
