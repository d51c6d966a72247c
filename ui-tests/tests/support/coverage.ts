/**
 * Notes which code of the extension the pages run, as Chromium counts it, where COVERAGE is set.
 */
import type { Page } from '@playwright/test';
import { CoverageReport } from 'monocart-coverage-reports';

const report = () =>
  new CoverageReport({
    name: 'What the browser tests reach of the extension',
    outputDir: 'coverage',
    reports: ['console-summary', 'v8'],
    entryFilter: ({ url }) => url.includes('/extensions/jupyter-hygiene/'),
    sourceFilter: path => path.includes('/src/') || path.startsWith('src/'),
    logging: 'error'
  });

export const IS_MEASURED = Boolean(process.env.COVERAGE);

export async function startCounting(page: Page): Promise<void> {
  await page.coverage.startJSCoverage({ resetOnNavigation: false });
}

export async function keepCounts(page: Page): Promise<void> {
  await report().add(await page.coverage.stopJSCoverage());
}

/** Puts together what all workers counted. */
export default async function writeReport(): Promise<void> {
  await report().generate();
}
