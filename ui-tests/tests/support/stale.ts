/**
 * What the tests of stale cells do: make notebooks that have not run, run and edit their cells, read
 * what is predicted of them.
 */
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { open } from './app';
import { cell, command, OFTEN, selectCell } from './page';
import type { ICell } from './notebooks';
import { code, notebook } from './notebooks';

/** A code cell that never ran. */
export function unrun(id: string, source: string): ICell {
  return { ...code(id, source), execution_count: null };
}

/** One that was saved with this count. */
export function counted(id: string, source: string, count: number): ICell {
  return { ...code(id, source), execution_count: count };
}

/** What is predicted of the code cells of the notebook on screen, in order. */
export async function statuses(page: Page): Promise<string> {
  return page
    .locator('.jp-Notebook:visible .jp-CodeCell')
    .evaluateAll(cells =>
      cells.map(node => (node as HTMLElement).dataset.jhStatus ?? '-').join(' ')
    );
}

export async function expectStatuses(
  page: Page,
  expected: string
): Promise<void> {
  await expect.poll(() => statuses(page), OFTEN).toBe(expected);
}

/** What the gutter shows beside the code cells, as the style sheet draws it. */
export async function gutters(page: Page): Promise<string[]> {
  return page
    .locator('.jp-Notebook:visible .jp-CodeCell > .jp-Cell-inputWrapper')
    .evaluateAll(boxes =>
      boxes.map(box =>
        getComputedStyle(box, '::after').content.replace(/^"|"$/g, '')
      )
    );
}

export async function expectGutters(
  page: Page,
  ...expected: string[]
): Promise<void> {
  await expect.poll(() => gutters(page), OFTEN).toEqual(expected);
}

export function warning(page: Page, index: number): Locator {
  return cell(page, index).locator('.jh-Warning');
}

export function counter(page: Page): Locator {
  return page.locator('.jh-Counter-button:visible');
}

/** Lets all cells be run, without waiting for it. */
export async function runAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    void (window as any).jupyterapp.commands.execute('notebook:run-all-cells');
  });
}

/** Writes another source into a cell's editor. */
export async function rewrite(
  page: Page,
  index: number,
  source: string
): Promise<void> {
  const editor = cell(page, index).locator('.cm-content');
  await editor.fill(source);
  // Its lines are blocks, between which no text stands.
  await expect(editor).toHaveText(source.replaceAll('\n', ''));
}

/**
 * Lets a cell be run, without waiting for its end. By command: while a run begins or ends the focus moves, and
 * keys that come in between reach nobody.
 */
export async function runCell(page: Page, index: number): Promise<void> {
  await selectCell(page, index);
  await page.evaluate(() => {
    void (window as any).jupyterapp.commands.execute('notebook:run-cell');
  });
}

export async function save(page: Page): Promise<void> {
  await command(page, 'docmanager:save');
}

/** Three cells, each fed by the one before. */
export const stepChain = () =>
  notebook(
    unrun('give', 'x = 1'),
    unrun('pass', 'y = x + 1'),
    unrun('take', 'print("y is", y)')
  );

/** Opens the chain, runs it, then its first cell with another value. */
export async function makeStale(page: Page, path: string): Promise<void> {
  await open(page, path);
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh');
  await rewrite(page, 0, 'x = 10');
  // To its end: until then the focus may still move, and keys that come in between reach nobody.
  await selectCell(page, 0);
  await command(page, 'notebook:run-cell');
  await expectStatuses(page, 'fresh stale stale');
}

/** What is written on a cell of what it gives or takes. */
export async function tie(page: Page, index: number): Promise<string> {
  return cell(page, index)
    .locator('.jp-Cell-inputWrapper')
    .evaluate(box =>
      getComputedStyle(box, '::before').content.replace(/^"|"$/g, '')
    );
}
