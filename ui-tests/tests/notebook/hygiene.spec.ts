/**
 * Hygiene findings in Notebook, which has no JupyterLab shell.
 */
import { cell, expect, openInNotebook, put, test } from '../support/app';
import {
  card,
  findingMark,
  findings,
  findingsCounter,
  untidy
} from '../support/hygiene';

test('what was found is marked, told and listed', async ({ page, request }) => {
  await openInNotebook(page, await put(request, untidy()));
  await expect(findingMark(page, 2)).toBeVisible();
  await findingMark(page, 2).hover();
  await expect(card(page)).toContainText('from string import *');
  await findingsCounter(page).click();
  await findings(page).getByRole('button', { name: 'Cell 2, line 1' }).click();
  await expect(cell(page, 1)).toHaveClass(/jp-mod-active/);
  await findings(page)
    .getByRole('button', { name: /^Ignore here: Nobody/ })
    .click();
  await expect(findingMark(page, 2)).toHaveCount(0);
});
