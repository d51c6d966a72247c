/**
 * Taking the pictures of the documentation.
 */
import { resolve } from 'node:path';

import type { Locator, Page } from '@playwright/test';

import { expect } from './app';
import { command } from './stale';

const IMAGES = resolve(__dirname, '../../../docs/images');

export async function picture(of: Page | Locator, name: string): Promise<void> {
  await of.screenshot({
    path: `${IMAGES}/${name}.png`,
    animations: 'disabled',
    caret: 'hide'
  });
}

export async function theme(page: Page, name: 'Light' | 'Dark'): Promise<void> {
  await command(page, 'apputils:change-theme', { theme: `JupyterLab ${name}` });
  await expect(page.locator('body')).toHaveAttribute(
    'data-jp-theme-name',
    `JupyterLab ${name}`
  );
}
