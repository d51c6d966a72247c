/**
 * What the tests of hygiene checks do: make notebooks in which something is found, and find what is
 * drawn of it.
 */
import type { Locator, Page } from '@playwright/test';

import { cell } from './page';
import { notebook } from './notebooks';
import { unrun } from './stale';

/** Checked for a few rules only, so that it does not matter where it is checked. */
export function checkedFor(
  rules: string[],
  ...cells: ReturnType<typeof unrun>[]
) {
  const { metadata, ...others } = notebook(...cells);
  return {
    ...others,
    metadata: { ...metadata, 'jupyter-hygiene': { select: rules } }
  };
}

/** An import that is repeated, and a star import. */
export const untidy = () =>
  checkedFor(
    ['star-import', 'imported-again'],
    unrun('imports', 'import math'),
    unrun('again', 'import math\nprint(math.pi)'),
    unrun('star', 'import os\nfrom string import *\nprint(digits)')
  );

export function findingMark(page: Page, index: number): Locator {
  return cell(page, index).locator('.jh-FindingMark');
}

export function card(page: Page): Locator {
  return page.locator('.jh-Card');
}

export function findings(page: Page): Locator {
  return page.locator('.jh-Findings:visible');
}

export function findingsCounter(page: Page): Locator {
  return page.locator('.jh-FindingsCounter-button:visible');
}

export function sourceOf(page: Page, index: number): Promise<string> {
  return page.evaluate(
    at =>
      (window as any).jupyterapp.shell.currentWidget.content.widgets[
        at
      ].model.sharedModel.getSource() as string,
    index
  );
}
