/**
 * Makes the pictures of hygiene checks for the documentation. Not a test: `jlpm pictures` writes them anew.
 */
import type { Page } from '@playwright/test';

import { expect, openInLab, openInNotebook, put, test } from '../support/app';
import { cell, command } from '../support/page';
import {
  card,
  checkedFor,
  findingMark,
  findings,
  findingsCounter
} from '../support/hygiene';
import type { ICell } from '../support/notebooks';
import { picture, theme } from '../support/pictures';
import { unrun } from '../support/stale';

test.use({ viewport: { width: 1120, height: 760 } });

/** Looks like one, and must not be taken for one of ours. */
const TOKEN = ['ghp', '16C7e42F292c6912E7710c838347Ae178B4a'].join('_');

const title: ICell = {
  id: 'title',
  cell_type: 'markdown',
  source: '# Wine quality',
  metadata: {}
};

const wine = () =>
  checkedFor(
    ['state', 'star-import', 'imported-again', 'machine-learning', 'secret'],
    title,
    unrun(
      'imports',
      'import numpy as np\nimport pandas as pd\nfrom sklearn.preprocessing import *'
    ),
    unrun(
      'key',
      `TOKEN = "${TOKEN}"\nwine = pd.read_csv(f"https://example.org/wine.csv?key={TOKEN}")`
    ),
    unrun(
      'scale',
      'import pandas as pd\n\nX = StandardScaler().fit_transform(wine.drop(columns="quality"))\ny = wine["quality"]'
    ),
    unrun(
      'split',
      'from sklearn.model_selection import train_test_split\n\nX_train, X_test, y_train, y_test = train_test_split(X, y)'
    ),
    unrun(
      'model',
      'from sklearn.ensemble import RandomForestClassifier\n\nmodel = RandomForestClassifier().fit(X_train, y_train)\nshow_scores(model)'
    ),
    unrun(
      'scores',
      'def show_scores(model):\n    print(model.score(X_test, y_test))'
    )
  );

test('findings in a notebook, their card, a fix, and the panel', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, wine(), 'wine.ipynb'));
  await command(page, 'application:toggle-left-area');
  await cell(page, 6).locator('.jp-InputPrompt').click();
  await findingMark(page, 3).hover();
  await expect(card(page)).toBeVisible();
  await picture(page, 'hygiene-card-light');
  await page.mouse.move(600, 740);
  await expect(card(page)).toHaveCount(0);
  await findingMark(page, 1).click();
  await card(page)
    .getByRole('button', { name: /names that are used/ })
    .click();
  await expect(page.locator('.jh-Preview')).toBeVisible();
  await picture(page, 'hygiene-fix');
  await page
    .locator('.jp-Dialog')
    .getByRole('button', { name: 'Cancel' })
    .click();
  await findingsCounter(page).click();
  await expect(findings(page)).toBeVisible();
  await picture(page, 'hygiene-panel-light');
  await theme(page, 'Dark');
  await findingMark(page, 1).click();
  await card(page).getByRole('button', { name: 'Why? star-import' }).click();
  await picture(page, 'hygiene-panel-dark');
  await theme(page, 'Light');
});

test('Notebook', async ({ page, request }) => {
  await openInNotebook(page, await put(request, wine(), 'wine7.ipynb'));
  await findingsCounter(page).click();
  await expect(findings(page)).toBeVisible();
  await findingMark(page, 3).hover();
  await expect(card(page)).toBeVisible();
  await picture(page, 'hygiene-notebook7');
});
