/**
 * What a test sees and does on a page with a notebook: the parts that the extension draws, and the application's
 * commands.
 */
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** How to look again and again for something that comes soon: Playwright would soon wait for whole seconds. */
export const OFTEN = { intervals: [50, 100, 150] };

/** After so many milliseconds a theme that does not come is asked for again. */
const THEME_TAKES = 20_000;

/** The panel of an open notebook, by its tab in JupyterLab. */
export function panelOf(page: Page): Locator {
  return page.locator('.jp-NotebookPanel:visible').filter({
    has: page.locator('.jp-Notebook')
  });
}

export function toolbarItem(page: Page): Locator {
  return page.locator('.jh-ToolbarItem:visible');
}

/** Presses the button, and answers the question that comes before a notebook's first replay. */
export async function verify(
  page: Page,
  place: 'Replay here' | 'Replay in a scratch copy' = 'Replay here'
): Promise<void> {
  await toolbarItem(page)
    .getByText('Restart and Verify', { exact: true })
    .click();
  await page.getByRole('button', { name: place }).click();
}

/** The same, and waits for its end: the banner makes room for itself above the cells, and what moves is missed. */
export async function verified(page: Page): Promise<void> {
  await verify(page);
  await expect(banner(page)).toBeVisible();
}

export function banner(page: Page): Locator {
  return page.locator('.jh-Banner-strip:visible');
}

export function cell(page: Page, index: number): Locator {
  return page.locator(
    `.jp-Notebook:visible .jp-Cell[data-windowed-list-index="${index}"]`
  );
}

export function mark(page: Page, index: number): Locator {
  return cell(page, index).locator('.jh-Mark');
}

export function report(page: Page): Locator {
  return page.locator('.jh-Report:visible');
}

export function outputOf(page: Page, index: number): Locator {
  return cell(page, index).locator('.jp-Cell-outputArea');
}

/**
 * Scrolls to a cell until something of it is in view: in full windowing heights are estimates at first, and
 * one scroll may not get there.
 */
export async function scrollTo(
  page: Page,
  index: number,
  what: Locator
): Promise<void> {
  const isInView = async () => {
    await page.evaluate(async at => {
      const { content } = (window as any).jupyterapp.shell.currentWidget;
      content.activeCellIndex = at;
      await content.scrollToItem(at, 'smart');
    }, index);
    const box = await what.boundingBox();
    const height = page.viewportSize()!.height;
    return box !== null && box.y >= 0 && box.y + box.height <= height;
  };
  await expect.poll(isInView).toBe(true);
}

/** Presses a key until the focus is on the element or in it; it may take no more than so many. */
export async function pressUntilFocused(
  page: Page,
  key: string,
  to: Locator,
  most = 40
): Promise<void> {
  for (let presses = 0; presses < most; presses++) {
    if (await to.evaluate(node => node.matches(':focus-within'))) {
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`${most} presses of ${key} do not lead to ${to}`);
}

/** Runs a command of the application and waits for its end. */
export async function command(
  page: Page,
  id: string,
  args: object = {}
): Promise<void> {
  await page.evaluate(
    ([name, given]) =>
      (window as any).jupyterapp.commands.execute(name, given) as unknown,
    [id, args] as const
  );
}

/**
 * Changes the theme and waits until it is there. One that is there already is not set again: JupyterLab would load
 * it anew meanwhile. Where two are being loaded, the one that is done last stays, be it the one that was asked for
 * first; then the change is asked for again.
 */
export async function setTheme(page: Page, theme: string): Promise<void> {
  await expect(async () => {
    if (theme !== (await themeOf(page))) {
      await command(page, 'apputils:change-theme', { theme });
      await expect
        .poll(() => themeOf(page), { ...OFTEN, timeout: THEME_TAKES })
        .toBe(theme);
    }
  }).toPass(OFTEN);
  // While JupyterLab loads a theme it covers the page.
  await page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
}

export async function themeOf(page: Page): Promise<string> {
  return page.evaluate(() => document.body.dataset.jpThemeName ?? '');
}

/** Makes a cell the active one for the commands that follow; keys need `commandMode`. */
export async function selectCell(page: Page, index: number): Promise<void> {
  await page.evaluate(at => {
    const { shell } = (window as any).jupyterapp;
    const panel = [...shell.widgets('main')].find(
      ({ isVisible, context, content }) =>
        isVisible && context && content.deselectAll
    );
    shell.activateById(panel.id);
    panel.content.mode = 'command';
    panel.content.deselectAll();
    panel.content.activeCellIndex = at;
  }, index);
}

/** Makes a cell the active one, out of its editor, so that keys are commands. */
export async function commandMode(page: Page, index: number): Promise<void> {
  await selectCell(page, index);
  await expect(cell(page, index)).toHaveClass(/jp-mod-active/);
  // The focus comes a moment later, and keys that are pressed before are lost.
  const hearsKeys = () =>
    page.locator('.jp-Notebook:visible').evaluate(node => {
      const isHeard =
        node.matches('.jp-mod-commandMode') &&
        node.contains(document.activeElement);
      if (!isHeard) {
        (window as any).jupyterapp.shell.currentWidget.content.activate();
      }
      return isHeard;
    });
  await expect.poll(hearsKeys, OFTEN).toBe(true);
}
