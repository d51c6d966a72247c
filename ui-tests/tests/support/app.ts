/**
 * What the tests of both applications start from: a page that is loaded once and tidied up after each test, notebooks
 * on the server, and opening them.
 */
import type { APIRequestContext, BrowserContext, Page } from '@playwright/test';
import { expect, test as base } from '@playwright/test';

import { IS_MEASURED, keepCounts, startCounting } from './coverage';
import { OFTEN, panelOf, setTheme } from './page';

export interface IAppOptions {
  /** Which application the notebooks are opened in. */
  app: 'lab' | 'notebook';
  /** The port of the first worker's server; the others' follow. */
  firstPort: number;
}

interface IWorkerFixtures extends IAppOptions {
  address: string;
  browsing: BrowserContext;
}

/** Of tests that are run in Notebook and in the oldest JupyterLab too. */
export const SMOKE = { tag: '@smoke' };

/** Of those of them that are run in the oldest Notebook as well. */
export const EVERYWHERE = { tag: ['@smoke', '@everywhere'] };

let number = 0;
const paths: string[] = [];
const settingsChanged = new Set<string>();

/**
 * A test that has a page to itself and leaves nothing behind: no tab, no replay, no kernel, no setting.
 * The page is that of the test before, so that the application is loaded once and not for each test; after a
 * test that failed, Playwright makes a new worker and with it a new page.
 */
export const test = base.extend<{ cleanUp: void }, IWorkerFixtures>({
  app: ['lab', { option: true, scope: 'worker' }],
  firstPort: [0, { option: true, scope: 'worker' }],
  address: [
    async ({ firstPort }, use, { parallelIndex }) => {
      await use(`http://localhost:${firstPort + parallelIndex}`);
    },
    { scope: 'worker' }
  ],
  baseURL: async ({ address }, use) => use(address),
  browsing: [
    async ({ browser, address }, use) => {
      const browsing = await browser.newContext({ baseURL: address });
      await setSetting(
        browsing.request,
        '@jupyterlab/apputils-extension:notification',
        { fetchNews: 'false' }
      );
      settingsChanged.clear();
      const page = await browsing.newPage();
      if (IS_MEASURED) {
        await startCounting(page);
      }
      await use(browsing);
      if (IS_MEASURED) {
        await keepCounts(page);
      }
      await browsing.close();
    },
    { scope: 'worker' }
  ],
  context: async ({ browsing }, use) => use(browsing),
  page: async ({ browsing, viewport }, use) => {
    const [page] = browsing.pages();
    await page.setViewportSize(viewport!);
    await use(page);
  },
  cleanUp: [
    async ({ page, context, request }, use, info) => {
      paths.length = 0;
      await use();
      for (const other of context.pages()) {
        if (other !== page) {
          await other.close();
        }
      }
      if (info.status === info.expectedStatus) {
        await tidy(page);
      } else {
        // It is not used again.
        settingsChanged.add('@jupyterlab/apputils-extension:themes');
      }
      for (const path of paths) {
        const api = '/jupyter-hygiene/api/verifications';
        const reply = await request.get(api, { params: { path } });
        for (const { id } of (await reply.json()).verifications) {
          await request.delete(`${api}/${id}`);
          await request.delete(`${api}/${id}/kernel`);
        }
      }
      for (const { id } of await (await request.get('/api/sessions')).json()) {
        await request.delete(`/api/sessions/${id}`);
      }
      for (const plugin of [...settingsChanged]) {
        await setSetting(request, plugin, {});
        // What a page has once read of its settings it keeps.
        await page.goto('about:blank');
      }
      settingsChanged.clear();
    },
    { auto: true }
  ]
});

/** Closes all that a test has opened in the page, so that the next finds it as it was loaded. */
async function tidy(page: Page): Promise<void> {
  if (!(await isLabLoaded(page)) || (await isReloaded(page))) {
    // What was open before it was reloaded may still be on its way to be opened again.
    await page.goto('about:blank');
    return;
  }
  const dialogs = page.locator('.jp-Dialog');
  const closeDialogs = async () => {
    const count = await dialogs.count();
    if (count > 0) {
      await page.keyboard.press('Escape');
    }
    return count;
  };
  await expect.poll(closeDialogs, OFTEN).toBe(0);
  await page.evaluate(async () => {
    const { shell } = (window as any).jupyterapp;
    for (const widget of [...shell.widgets('main')]) {
      if (widget.context) {
        // Nobody is asked whether to save it.
        widget.context.model.dirty = false;
      }
      widget.close();
    }
    shell.collapseRight();
    shell.expandLeft();
  });
  await setTheme(page, 'JupyterLab Light');
  await page.mouse.move(0, 0);
  await expect(page.locator('.jp-NotebookPanel')).toHaveCount(0);
}

function isReloaded(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('navigation')
      .some(entry => (entry as PerformanceNavigationTiming).type === 'reload')
  );
}

function isLabLoaded(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      location.pathname.startsWith('/lab') &&
      Boolean((window as any).jupyterapp?.shell?.widgets)
  );
}

export { expect };

/** Puts a notebook on the server under a name of its own, since what is known of one goes by its path. */
export async function put(
  request: APIRequestContext,
  content: object,
  name?: string
): Promise<string> {
  number += 1;
  const title = test.info().title.replace(/\W+/g, '-').slice(0, 40);
  const path = name ?? `${title}-${number}-${Date.now().toString(36)}.ipynb`;
  paths.push(path);
  await putFile(request, path, { type: 'notebook', format: 'json', content });
  return path;
}

export async function putFile(
  request: APIRequestContext,
  path: string,
  model: object
): Promise<void> {
  const reply = await request.put(`/api/contents/${path}`, { data: model });
  expect(reply.ok()).toBe(true);
}

/** Changes a setting for the pages that are loaded from now on, until the test ends. */
export async function setSetting(
  request: APIRequestContext,
  plugin: string,
  settings: object
): Promise<void> {
  settingsChanged.add(plugin);
  const reply = await request.put(`/lab/api/settings/${plugin}`, {
    data: { raw: JSON.stringify(settings) }
  });
  expect(reply.ok()).toBe(true);
}

/** Opens a notebook in the application under test and waits for its kernel. */
export async function open(page: Page, path: string): Promise<void> {
  const { app } = test.info().project.use as IAppOptions;
  await (app === 'lab' ? openInLab : openInNotebook)(page, path);
}

/** Opens a notebook in JupyterLab, in a new tab if the page is there already, and waits for its kernel. */
export async function openInLab(page: Page, path: string): Promise<void> {
  if (settingsChanged.size === 0 && (await isLabLoaded(page))) {
    await page.evaluate(async name => {
      await (window as any).jupyterapp.commands.execute('docmanager:open', {
        path: name
      });
    }, path);
  } else {
    await page.goto(`/lab/tree/${path}?reset`);
  }
  await page.waitForFunction(
    name =>
      (window as any).jupyterapp?.shell?.currentWidget?.context?.path === name,
    path
  );
  await panelOf(page).waitFor();
  await idle(page, path);
}

export async function openInNotebook(page: Page, path: string): Promise<void> {
  await page.goto(`/notebooks/${path}`);
  await page.locator('.jp-Notebook').waitFor();
  await idle(page, path);
}

/** The notebook has a kernel, and that is idle. */
export async function idle(page: Page, path: string): Promise<void> {
  await expect
    .poll(async () => {
      const reply = await page.request.get('/api/sessions');
      const sessions: ISession[] = await reply.json();
      return sessions.find(session => session.path === path)?.kernel
        .execution_state;
    }, OFTEN)
    .toBe('idle');
}

/** The id of a notebook's own kernel. */
export async function kernelOf(page: Page, path: string): Promise<string> {
  const reply = await page.request.get('/api/sessions');
  const sessions: ISession[] = await reply.json();
  return sessions.find(session => session.path === path)!.kernel.id;
}

export interface ISession {
  path: string;
  kernel: { id: string; execution_state: string };
}
