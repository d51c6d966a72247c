/**
 * The counter with its list, the settings and the switch of stale cells, and what is left of them where
 * nothing can be analysed.
 */
import type { Page } from '@playwright/test';

import {
  expect,
  openInLab,
  put,
  setSetting,
  SMOKE,
  test
} from '../support/app';
import { cell, command, commandMode, outputOf } from '../support/page';
import { notebook } from '../support/notebooks';
import {
  counter,
  expectGutters,
  expectStatuses,
  makeStale,
  rewrite,
  runAll,
  runCell,
  save,
  stepChain as chain,
  tie,
  unrun
} from '../support/stale';

test(
  'the counter opens the list; stale cells are gone through and run by commands',
  SMOKE,
  async ({ page, request }) => {
    await makeStale(page, await put(request, chain()));
    await expect(counter(page)).toHaveText('▲ 2 stale');
    await counter(page).press('Enter');
    const list = page.locator('.jh-StaleList');
    await expect(list).toContainText(
      '[2] y = x + 1 — x was changed by cell [4]'
    );
    await list.getByText('print("y is", y)').click();
    await expect(cell(page, 2)).toHaveClass(/jp-mod-active/);
    await expect(list).toHaveCount(0);
    await command(page, 'jupyter-hygiene:next-stale-cell');
    await expect(cell(page, 1)).toHaveClass(/jp-mod-active/);
    await command(page, 'jupyter-hygiene:previous-stale-cell');
    await expect(cell(page, 2)).toHaveClass(/jp-mod-active/);
    await counter(page).click();
    await list.getByText('Run All 2 Stale Cells').click();
    await expectStatuses(page, 'fresh fresh fresh');
    await expect(counter(page)).toHaveText('0 stale');
  }
);

test('each part can be turned off, and a notebook altogether', async ({
  page,
  request
}) => {
  const path = await put(request, chain());
  await makeStale(page, path);
  await commandMode(page, 1);
  await expect.poll(() => tie(page, 0)).toBe('gives x');
  await save(page);
  await setSetting(request, 'jupyter-hygiene:staleness', {
    warnings: false,
    links: false,
    counter: false
  });
  await page.reload();
  await expectStatuses(page, 'fresh stale stale');
  await expect(page.locator('.jh-Counter')).toBeHidden();
  await expect(page.locator('[data-jh-warned]')).toHaveCount(0);
  await commandMode(page, 1);
  expect(await tie(page, 0)).toBe('none');
  await setSetting(request, 'jupyter-hygiene:staleness', {});
  await page.reload();
  await expectStatuses(page, 'fresh stale stale');
  await command(page, 'jupyter-hygiene:look-for-stale-cells');
  await expectStatuses(page, '- - -');
  await expect(counter(page)).toHaveText('Stale: off');
  await page.reload();
  await expect(counter(page)).toHaveText('Stale: off');
  await expectStatuses(page, '- - -');
  await command(page, 'jupyter-hygiene:look-for-stale-cells');
  await expectStatuses(page, 'fresh stale stale');
});

test('without the server, and in another language, the order and edits are still shown', async ({
  page,
  request
}) => {
  await page.route(/api\/analyze/, route => route.abort());
  await openInLab(page, await put(request, chain()));
  await runCell(page, 1);
  // A kernel drops what waits behind a cell that raises.
  await expect(outputOf(page, 1)).toContainText('NameError');
  await runCell(page, 0);
  await expectStatuses(page, 'unanalysed unanalysed unrun');
  await expectGutters(page, '⇅2', '1', '○');
  await rewrite(page, 0, 'x = 2');
  await expectStatuses(page, 'edited unanalysed unrun');
  await expect(cell(page, 1)).toHaveAccessibleDescription(/not analysed/);
  await expect(counter(page)).toHaveText('Stale: ?');
  await expect(page.locator('.jp-Dialog')).toHaveCount(0);
  await page.unroute(/api\/analyze/);

  const bash = {
    ...notebook(unrun('set', 'x=1'), unrun('show', 'echo "x is $x"')),
    metadata: {
      kernelspec: { name: 'bash', display_name: 'Bash', language: 'bash' },
      language_info: { name: 'bash' }
    }
  };
  await openInLab(page, await put(request, bash));
  await runAll(page);
  await expect(outputOf(page, 1)).toContainText('x is 1');
  await expectStatuses(page, 'unanalysed unanalysed');
  await expectGutters(page, '1', '2');
  await rewrite(page, 0, 'x=2');
  await expectStatuses(page, 'edited unanalysed');
  await expect(counter(page)).toHaveText('Stale: ?');
});
