/**
 * Makes the pictures of the report's reasons. Not a test: `jlpm pictures` writes them anew.
 */
import type { Page } from '@playwright/test';

import { expect, openInLab, openInNotebook, put, test } from '../support/app';
import { banner, report, verify } from '../support/page';
import type { ICell, IOutput } from '../support/notebooks';
import { notebook, printed } from '../support/notebooks';
import { picture, theme } from '../support/pictures';

test.use({ viewport: { width: 1300, height: 860 } });

function ran(
  count: number,
  id: string,
  source: string,
  ...outputs: IOutput[]
): ICell {
  return {
    id,
    cell_type: 'code',
    source,
    metadata: {},
    outputs,
    execution_count: count
  };
}

const churn = notebook(
  {
    id: 'title',
    cell_type: 'markdown',
    source: '# Which customers leave?',
    metadata: {}
  },
  ran(
    1,
    'imports',
    'import numpy as np\nimport pandas as pd\nfrom sklearn.model_selection import train_test_split'
  ),
  ran(2, 'rates', 'rates = pd.Series([0.12, 0.31, 0.27])\nthreshold = 0.2'),
  ran(
    3,
    'split',
    'data = pd.DataFrame({"rate": np.tile(rates, 10)})\ntrain, test = train_test_split(data)\nprint(len(train), len(test))',
    printed('22 8\n')
  ),
  ran(
    4,
    'train',
    'print(f"{train.rate.mean():.4f} in training")',
    printed('0.2282 in training\n')
  ),
  ran(
    5,
    'test',
    'print(f"{test.rate.mean() - train.rate.mean():+.4f} in the test")',
    printed('+0.0131 in the test\n')
  ),
  ran(
    8,
    'above',
    'above = (rates > threshold).sum()\nprint(above, "groups above", threshold)',
    printed('1 groups above 0.3\n')
  ),
  ran(
    9,
    'share',
    'print(f"{share:.0%} of the customers")',
    printed('67% of the customers\n')
  ),
  ran(10, 'last', 'print(above / len(rates))', printed('0.3333333333333333\n'))
);

async function pictureOf(page: Page, name: string): Promise<void> {
  await page.mouse.move(300, 850);
  await picture(page, name);
}

async function openReport(page: Page): Promise<void> {
  await page.evaluate(() =>
    (window as any).jupyterapp.commands.execute('jupyter-hygiene:show-report')
  );
  await expect(report(page).locator('.jh-Problem').first()).toBeVisible();
}

test('why, in JupyterLab', async ({ page, request }) => {
  await openInLab(page, await put(request, churn, 'churn.ipynb'));
  await page.evaluate(() =>
    (window as any).jupyterapp.commands.execute('application:toggle-left-area')
  );
  await verify(page);
  await expect(banner(page)).toContainText('fails');
  await openReport(page);
  const box = (await report(page).boundingBox())!;
  await page.mouse.move(box.x - 2, 400);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 430, 400, { steps: 5 });
  await page.mouse.up();
  await pictureOf(page, 'why-light');
  await report(page).getByRole('button', { name: 'Verify twice' }).click();
  await expect(report(page)).toContainText('Replayed 2 times');
  await theme(page, 'Dark');
  await pictureOf(page, 'why-twice-dark');
});

test('why, in Notebook', async ({ page, request }) => {
  await openInNotebook(page, await put(request, churn, 'churn-7.ipynb'));
  await verify(page);
  await expect(banner(page)).toContainText('fails');
  await openReport(page);
  await pictureOf(page, 'why-notebook7');
});
