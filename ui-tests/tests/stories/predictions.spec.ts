/**
 * After a verification, what was predicted of a cell and why it differs stand beside what its replay showed.
 */
import { expect, openInLab, put, test } from '../support/app';
import { cell, command, mark, report, verify } from '../support/page';
import { notebook } from '../support/notebooks';
import { expectStatuses, rewrite, runAll, unrun } from '../support/stale';

test('the report says what was predicted and why cells differ, leads to the line, and offers to verify twice', async ({
  page,
  request
}) => {
  const path = await put(
    request,
    notebook(
      unrun('rate', 'rate = 0.2'),
      unrun('total', 'print(100 * (1 + rate))'),
      unrun('chance', 'import random\nprint(random.randint(0, 10**9))'),
      unrun('same', 'print("done")')
    )
  );
  await openInLab(page, path);
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh fresh');
  await rewrite(page, 0, 'rate = 0.3');
  await expectStatuses(page, 'edited stale fresh fresh');

  await verify(page);
  await command(page, 'jupyter-hygiene:show-report');
  await expect(report(page)).toContainText(
    /Predicted from the runs of the notebook’s kernel.*1 not fresh, and differing/
  );
  const entry = (text: string) =>
    report(page).locator('.jh-Entry').filter({ hasText: text });
  await expect(entry('print(100').locator('.jh-Predicted')).toHaveText(
    'predicted ▲ stale'
  );
  await entry('print(100').locator('.jh-Entry-toggle').click();
  await expect(entry('print(100')).toContainText(
    'Predicted stale, and it differs'
  );
  await entry('import random').locator('.jh-Entry-toggle').click();
  await expect(entry('import random')).toContainText(
    'draws random numbers without a seed'
  );

  const problems = report(page).locator('.jh-Problem');
  await expect(problems).toHaveText([
    /^Edited This cell was edited since it ran.*Run it again.*Cell 2 · Go to cell 1$/,
    /^Chance Line 2 of cell 3 draws random numbers.*Call random.seed\(0\) before it\.Cell 3 · Go to line 2 of cell 3$/
  ]);
  await problems.getByText('Go to line 2 of cell 3').click();
  await expect(cell(page, 2).locator('.cm-editor')).toHaveClass(/cm-focused/);
  const editor = cell(page, 2).locator('.cm-content');
  await editor.pressSequentially(' ');
  await expect(cell(page, 2).locator('.cm-line').nth(1)).toHaveText(
    ' print(random.randint(0, 10**9))'
  );
  await editor.press('Backspace');

  await report(page).getByRole('button', { name: 'Verify twice' }).click();
  await expect(mark(page, 2)).toContainText('Random');
  await expect(mark(page, 1)).toContainText('Changed');
  await expect(report(page)).toContainText('Replayed 2 times');
  await expect(
    report(page).getByRole('button', { name: 'Verify twice' })
  ).toHaveCount(0);
});
