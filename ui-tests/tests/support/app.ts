/**
 * What the tests of both applications do: put notebooks on the server, open them, find what the
 * extension draws.
 */
import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { expect, test as base } from '@playwright/test';

let number = 0;
const paths: string[] = [];

/** A test that leaves no replay and no kernel behind, however it ends. */
export const test = base.extend<{ cleanUp: void }>({
  cleanUp: [
    async ({ request }, use) => {
      paths.length = 0;
      await use();
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
    },
    { auto: true }
  ]
});

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

export async function setSetting(
  request: APIRequestContext,
  plugin: string,
  settings: object
): Promise<void> {
  const reply = await request.put(`/lab/api/settings/${plugin}`, {
    data: { raw: JSON.stringify(settings) }
  });
  expect(reply.ok()).toBe(true);
}

/** Opens a notebook in JupyterLab and waits for its kernel. */
export async function openInLab(page: Page, path: string): Promise<void> {
  await setSetting(
    page.request,
    '@jupyterlab/apputils-extension:notification',
    {
      fetchNews: 'false'
    }
  );
  await page.goto(`/lab/tree/${path}?reset`);
  await panelOf(page, path).waitFor();
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
    })
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

/** The panel of an open notebook, by its tab in JupyterLab. */
export function panelOf(page: Page, path: string): Locator {
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

/** Leaves the editor, so that keys are commands. */
export async function commandMode(page: Page, index: number): Promise<void> {
  await cell(page, index).locator('.jp-InputPrompt').click();
}
