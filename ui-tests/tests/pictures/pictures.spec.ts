/**
 * Makes the pictures of the documentation. Not a test: `jlpm pictures` writes them anew.
 */
import type { Locator, Page } from '@playwright/test';

import {
  expect,
  openInLab,
  openInNotebook,
  putFile,
  test
} from '../support/app';
import {
  banner,
  command,
  cell,
  commandMode,
  mark,
  report,
  toolbarItem,
  verify
} from '../support/page';
import { putCafes } from './cafes';
import { picture, theme } from '../support/pictures';

test.use({ viewport: { width: 1400, height: 900 } });

/** Gives the panel on the right its room, by its handle. */
async function widen(page: Page, width: number): Promise<void> {
  const box = (await report(page).boundingBox())!;
  await page.mouse.move(box.x - 2, 400);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - width, 400, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(300, 890);
}

async function openReport(page: Page, cellIds: string[]): Promise<void> {
  for (const cellId of cellIds) {
    await command(page, 'jupyter-hygiene:show-report', { cellId });
  }
  await expect(report(page).locator('.jh-Side-content').first()).toBeVisible();
  await report(page).evaluate(node => node.scrollTo(0, 0));
  await page.evaluate(() => {
    const { content } = (window as any).jupyterapp.shell.currentWidget;
    content.activeCellIndex = 3;
    return content.scrollToItem(2, 'start');
  });
  await commandMode(page, 3);
  await page.mouse.move(300, 890);
}

test('JupyterLab', async ({ page, request }) => {
  await openInLab(page, await putCafes(request));
  await command(page, 'application:toggle-left-area');
  await putFile(request, 'wait', { type: 'file', format: 'text', content: '' });
  await verify(page);
  await expect(toolbarItem(page)).toContainText('5/8');
  await command(page, 'jupyter-hygiene:show-report');
  await widen(page, 420);
  await expect(mark(page, 5)).toContainText('Changed');
  await cell(page, 6).scrollIntoViewIfNeeded();
  await picture(page, 'running-light');

  await request.delete('/api/contents/wait');
  await expect(banner(page)).toContainText(/differ/);
  await widen(page, 620);
  await openReport(page, ['figure', 'revenue']);
  await picture(page, 'report-light');
  await theme(page, 'Dark');
  await picture(page, 'report-dark');
  await theme(page, 'Light');
  const figure = report(page)
    .locator('.jh-Entry')
    .filter({ has: page.locator('.jh-Pixels') });
  await expect(figure.locator('.jh-Pixels img')).toBeVisible();
  await picture(figure, 'difference-image');
});

test('Notebook', async ({ page, request }) => {
  await openInNotebook(page, await putCafes(request));
  await verify(page);
  await expect(banner(page)).toContainText(/differ/);
  await command(page, 'jupyter-hygiene:show-report');
  await widen(page, 620);
  await openReport(page, ['figure', 'revenue']);
  await picture(page, 'notebook7-light');
  await theme(page, 'Dark');
  await picture(page, 'notebook7-dark');
  await theme(page, 'Light');
});
