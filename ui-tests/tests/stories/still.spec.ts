/**
 * Nothing that comes and goes in a notebook moves the cell that one is at.
 */
import type { Page } from '@playwright/test';

import { expect, openInLab, put, setSetting, test } from '../support/app';
import { cell, command, commandMode, scrollTo } from '../support/page';
import { notebook } from '../support/notebooks';
import {
  counter,
  expectStatuses,
  runAll,
  unrun,
  warning
} from '../support/stale';

/** One cell that feeds all others. */
const fan = (size: number) =>
  notebook(
    unrun('give', 'x = 1'),
    ...Array.from({ length: size - 1 }, (_, at) =>
      unrun(`take${at}`, `y${at} = x\nprint("number", y${at})`)
    )
  );

async function setSource(page: Page, source: string): Promise<void> {
  await page.evaluate(text => {
    const { content } = (window as any).jupyterapp.shell.currentWidget;
    content.model.sharedModel.cells[0].setSource(text);
  }, source);
}

/** Notes in every frame where the active cell is. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tops: number[] = ((window as any).tops = []);
    const active = document.querySelector('.jp-Notebook .jp-mod-active')!;
    const note = () => {
      if ((window as any).tops === tops) {
        tops.push(active.getBoundingClientRect().top);
        requestAnimationFrame(note);
      }
    };
    note();
  });
}

/** By how much it has moved since, at most. */
async function moved(page: Page): Promise<number> {
  return page.evaluate(() => {
    const tops: number[] = (window as any).tops;
    delete (window as any).tops;
    return Math.max(...tops) - Math.min(...tops);
  });
}

for (const windowingMode of ['contentVisibility', 'full', 'defer', 'none']) {
  test(`the active cell stays where it is when warnings come and go, windowing ${windowingMode}`, async ({
    page,
    request
  }) => {
    await setSetting(request, '@jupyterlab/notebook-extension:tracker', {
      windowingMode
    });
    await openInLab(page, await put(request, fan(30)));
    // To its end: after the last cell JupyterLab scrolls to the active one, and holds it there for a moment.
    await command(page, 'notebook:run-all-cells');
    await expect(cell(page, 29)).toContainText('number 1');
    await expect(counter(page)).toHaveText('0 stale');
    await scrollTo(page, 15, cell(page, 15));
    await commandMode(page, 15);
    await watch(page);
    await setSource(page, 'x = 2');
    await expect(counter(page)).toContainText('29 stale');
    await expect(warning(page, 15)).toContainText('x');
    await expect(warning(page, 14)).toBeInViewport();
    await setSource(page, 'x = 1');
    await expect(counter(page)).toHaveText('0 stale');
    await expect(warning(page, 15)).toHaveCount(0);
    expect(await moved(page)).toBeLessThan(1);
  });
}

test('so it does in a notebook that is too short to be scrolled', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, fan(4)));
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh fresh');
  await expect(cell(page, 3)).toContainText('number 1');
  await commandMode(page, 3);
  await watch(page);
  await setSource(page, 'x = 2');
  await expectStatuses(page, 'edited stale stale stale');
  await expect(warning(page, 3)).toContainText('x');
  await page.mouse.move(600, 300);
  await setSource(page, 'x = 1');
  await expectStatuses(page, 'fresh fresh fresh fresh');
  await setSource(page, 'x = 2');
  await expectStatuses(page, 'edited stale stale stale');
  expect(await moved(page)).toBeLessThan(1);
});

test('the gutter shifts nothing and covers nothing', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, fan(3)));
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh');
  await expect(cell(page, 2)).toContainText('number 1');
  const boxes = () =>
    page
      .locator('.jp-Notebook .jp-Cell, .jp-Notebook .jp-InputPrompt')
      .evaluateAll(nodes =>
        nodes.map(node => {
          const { x, y, width, height } = node.getBoundingClientRect();
          return [x, y, width, height];
        })
      );
  const before = await boxes();
  await setSetting(request, 'jupyter-hygiene:staleness', { gutter: false });
  await page.reload();
  await expect(counter(page)).toHaveText('0 stale');
  await expectStatuses(page, '- - -');
  await runAll(page);
  await expect(cell(page, 2)).toContainText('number 1');
  await expect.poll(boxes).toEqual(before);
});
