/**
 * Cures that cure: the one that is offered makes the cell fresh, and the cause and the stale cell offer the same.
 */
import { expect, open, openInLab, put, SMOKE, test } from '../support/app';
import { cell, command, selectCell } from '../support/page';
import { notebook } from '../support/notebooks';
import {
  expectStatuses,
  runAll,
  runCell,
  stepChain,
  unrun,
  warning
} from '../support/stale';

test(
  'what is defined below is moved up, from the cell itself and from the one that needs it',
  SMOKE,
  async ({ page, request }) => {
    await open(
      page,
      await put(
        request,
        notebook(unrun('use', 'print("x is", x)'), unrun('give', 'x = 1'))
      )
    );
    await runCell(page, 1);
    await expectStatuses(page, 'unrun fresh');
    await runCell(page, 0);
    await expectStatuses(page, 'stale fresh');
    await expect(warning(page, 0)).toContainText('x is defined below');
    await expect(warning(page, 0).getByRole('button')).toHaveText([
      'Move cell [1] up',
      'Go to cell [1]'
    ]);
    await expect(warning(page, 1)).toContainText('1 cell depends on this');
    await warning(page, 1)
      .getByRole('button', { name: 'Move this cell up' })
      .click();
    await expectStatuses(page, 'fresh fresh');
    await expect(cell(page, 0)).toContainText('x = 1');
    await command(page, 'notebook:undo-cell-action');
    await expectStatuses(page, 'stale fresh');
    await expect(cell(page, 0)).toContainText('print');
    await warning(page, 0)
      .getByRole('button', { name: 'Move cell [1] up' })
      .click();
    await expectStatuses(page, 'fresh fresh');
  }
);

test('what cannot go up lets the cell that needs it go down', async ({
  page,
  request
}) => {
  await openInLab(
    page,
    await put(
      request,
      notebook(
        unrun('use', 'print(y)'),
        unrun('first', 'x = 1'),
        unrun('give', 'y = x')
      )
    )
  );
  for (const index of [1, 2, 0]) {
    await runCell(page, index);
    await expect(cell(page, index).locator('.jp-InputPrompt')).toHaveText(/\d/);
  }
  await expectStatuses(page, 'stale fresh fresh');
  await warning(page, 0)
    .getByRole('button', { name: 'Move this cell down' })
    .click();
  await expectStatuses(page, 'fresh fresh fresh');
  await expect(cell(page, 2)).toContainText('print(y)');
});

test('a deleted cell is brought back once, and not where its code is there already', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, stepChain()));
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh');
  await selectCell(page, 0);
  await command(page, 'notebook:cut-cell');
  await expectStatuses(page, 'stale stale');
  const bringBack = warning(page, 0).getByRole('button', {
    name: 'Bring back the deleted cell'
  });
  await expect(bringBack).toBeVisible();
  // It is pasted below what needs it.
  await selectCell(page, 1);
  await command(page, 'notebook:paste-cell-below');
  await expect(cell(page, 2)).toContainText('x = 1');
  await expect(bringBack).toHaveCount(0);
  await expect(
    page.getByRole('button', { name: /Restart and run/ })
  ).toHaveCount(0);
  await command(page, 'notebook:move-cell-up');
  await command(page, 'notebook:move-cell-up');
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh');
  await expect(page.locator('.jp-Notebook:visible .jp-CodeCell')).toHaveCount(
    3
  );
});
