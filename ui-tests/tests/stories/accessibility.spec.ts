/**
 * What is ours passes the automated accessibility rules in every theme, colour contrast included, and
 * what is seen is spoken too.
 */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { expect, openInLab, put, putFile, test } from '../support/app';
import {
  banner,
  command,
  mark,
  report,
  setTheme,
  themeOf,
  toolbarItem,
  verify
} from '../support/page';
import {
  card,
  findingMark,
  findings,
  findingsCounter,
  untidy
} from '../support/hygiene';
import { gated, manyVerdicts, notebook } from '../support/notebooks';
import {
  counter,
  expectStatuses,
  rewrite,
  runAll,
  runCell,
  unrun
} from '../support/stale';

const THEMES = [
  'JupyterLab Light',
  'JupyterLab Dark',
  'JupyterLab Dark High Contrast'
];

/** Does the same in each theme, the present one first. */
async function inEachTheme(
  page: Page,
  look: (theme: string, isFirst: boolean) => Promise<void>
): Promise<void> {
  const present = await themeOf(page);
  for (const theme of new Set([present, ...THEMES])) {
    await setTheme(page, theme);
    await look(theme, theme === present);
  }
}

/** Fails with what axe finds wrong within these elements, in each theme. */
async function expectAccessible(page: Page, ...selectors: string[]) {
  await inEachTheme(page, async (theme, isFirst) => {
    // The page has a body without height, which axe takes for hidden text, and then checks no contrast.
    const style = await page.addStyleTag({
      content: 'html, body { height: 100vh; }'
    });
    // In one frame there is nothing to put together in a page of its own, as axe otherwise does.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    for (const selector of selectors) {
      await page.locator(selector).first().waitFor({ state: 'attached' });
      axe.include(selector);
    }
    if (!isFirst) {
      // The others look at what the page says, which is the same in all themes.
      axe.withRules('color-contrast');
    }
    // What the notebook's own renderers draw is theirs.
    axe.exclude('.jh-Output');
    const { passes, violations } = await axe.analyze();
    await style.evaluate(node => (node as Element).remove());
    expect(passes.map(({ id }) => id)).toContain('color-contrast');
    const wrong = violations.flatMap(({ id, nodes }) =>
      nodes
        .filter(({ html }) => !isCore(id, html))
        .map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`)
    );
    expect.soft(wrong, theme).toEqual([]);
  });
}

/** JupyterLab's own toolbar button says that it is not pressed, which only a toggle should. */
function isCore(rule: string, html: string): boolean {
  return rule === 'aria-allowed-attr' && html.startsWith('<jp-button');
}

test('the question, the progress and the panel while it runs', async ({
  page,
  request
}) => {
  const gate = `gate-${Date.now()}`;
  await openInLab(page, await put(request, gated(gate)));
  await command(page, 'jupyter-hygiene:show-report');
  await expectAccessible(page, '.jh-ToolbarItem', '.jh-Report');
  await toolbarItem(page)
    .getByText('Restart and Verify', { exact: true })
    .click();
  await expectAccessible(page, '.jp-Dialog');
  await page.getByRole('button', { name: 'Replay here' }).click();
  await expect(toolbarItem(page)).toContainText('1/3');
  await expectAccessible(page, '.jh-ToolbarItem', '.jh-Report', '.jh-Mark');
  await putFile(request, gate, { type: 'file', format: 'text', content: '' });
  await expect(banner(page)).toContainText(/differ/);
  // It is no toggle, and does not look pressed in.
  await expect(toolbarItem(page).locator('jp-button').first()).toHaveAttribute(
    'aria-pressed',
    'false'
  );
});

test('the banner, marks of every kind, and the report with all cells open', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, manyVerdicts));
  await verify(page);
  await expect(banner(page)).toContainText(/fail/);
  await expect(mark(page, 0)).toBeVisible();
  await banner(page).getByRole('button', { name: 'Show report' }).click();
  await report(page)
    .getByRole('button', { name: /Show all/ })
    .click();
  for (const toggle of await report(page).locator('.jh-Entry-toggle').all()) {
    await toggle.click();
  }
  await expect(report(page).getByText('Loading…')).toHaveCount(0);
  await expectAccessible(page, '.jh-Banner', '.jh-Mark', '.jh-Report');
});

test('the gutter, the warnings, the links, and the counter with its list', async ({
  page,
  request
}) => {
  const path = await put(
    request,
    notebook(
      unrun('give', 'x = 1'),
      unrun('also', 'w = 1'),
      unrun('take', 'print(x + w)'),
      unrun('zero', 'total = 0'),
      unrun('add', 'total += 1')
    )
  );
  await openInLab(page, path);
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh fresh fresh');
  for (const [index, name] of ['x', 'w'].entries()) {
    await rewrite(page, index, `${name} = 2`);
    await runCell(page, index);
  }
  await expectStatuses(page, 'fresh fresh stale fresh fresh');
  await expect(page.locator('.jh-Warning')).toHaveCount(4);
  await page.getByRole('button', { name: '1 more reason' }).click();
  await expectAccessible(page, '.jh-Warning', '.jh-Counter');
  await expectContrast(page);
  await counter(page).click();
  await expect(page.locator('.jh-StaleList')).toBeVisible();
});

test('the marks of findings, their card and their panel', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, untidy()));
  await findingsCounter(page).click();
  for (const summary of await findings(page)
    .getByText('Why it matters')
    .all()) {
    await summary.click();
  }
  await findingMark(page, 2).click();
  await card(page).getByRole('button', { name: 'Why?' }).click();
  await expectAccessible(
    page,
    '.jh-FindingMark',
    '.jh-FindingsCounter',
    '.jh-Findings',
    '.jh-Card'
  );
  await card(page)
    .getByRole('button', { name: /names that are used/ })
    .click();
  await expectAccessible(page, '.jh-Preview');
});

/** What the style sheet writes is no text to axe: its contrast is computed here, in each theme. */
async function expectContrast(page: Page) {
  await inEachTheme(page, async theme => {
    const ratios = await page
      .locator('.jp-CodeCell[data-jh-status] > .jp-Cell-inputWrapper')
      .evaluateAll(boxes => {
        const context = document.createElement('canvas').getContext('2d')!;
        const luminance = (colour: string) => {
          context.fillStyle = colour;
          context.fillRect(0, 0, 1, 1);
          const [red, green, blue] = [
            ...context.getImageData(0, 0, 1, 1).data
          ].map(part =>
            part / 255 <= 0.03928
              ? part / 255 / 12.92
              : ((part / 255 + 0.055) / 1.055) ** 2.4
          );
          return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        };
        const page = luminance(
          getComputedStyle(document.body)
            .getPropertyValue('--jp-layout-color0')
            .trim()
        );
        return boxes.map(box => {
          const ink = luminance(getComputedStyle(box, '::after').color);
          return (Math.max(ink, page) + 0.05) / (Math.min(ink, page) + 0.05);
        });
      });
    expect(Math.min(...ratios), theme).toBeGreaterThan(4.5);
  });
}
