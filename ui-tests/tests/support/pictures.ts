/**
 * Taking the pictures of the documentation.
 */
import { resolve } from 'node:path';

import type { Locator, Page } from '@playwright/test';

import { setTheme } from './page';

const IMAGES = resolve(__dirname, '../../../docs/images');

export async function picture(of: Page | Locator, name: string): Promise<void> {
  await of.screenshot({
    path: `${IMAGES}/${name}.png`,
    animations: 'disabled',
    caret: 'hide'
  });
}

export async function theme(page: Page, name: 'Light' | 'Dark'): Promise<void> {
  await setTheme(page, `JupyterLab ${name}`);
}
