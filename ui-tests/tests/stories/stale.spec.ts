/**
 * What is said of cells that are not fresh, and what can be done about it on the spot.
 */
import type { Page } from '@playwright/test';

import {
  EVERYWHERE,
  expect,
  open,
  openInLab,
  put,
  SMOKE,
  test
} from '../support/app';
import { cell, command, commandMode, OFTEN, outputOf } from '../support/page';
import { notebook } from '../support/notebooks';
import {
  expectGutters,
  expectStatuses,
  makeStale,
  rewrite,
  runAll,
  runCell,
  save,
  statuses,
  stepChain as chain,
  tie,
  unrun,
  warning
} from '../support/stale';

/** Runs code in the kernel that is no cell’s. */
async function execute(page: Page, code: string): Promise<void> {
  await page.evaluate(
    source =>
      (
        window as any
      ).jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute(
        { code: source }
      ).done as unknown,
    code
  );
}

test(
  'a chain of stale cells is told, and mended from the cause',
  EVERYWHERE,
  async ({ page, request }) => {
    await makeStale(page, await put(request, chain()));
    // The active cell's own decoration must not hide its mark.
    await commandMode(page, 1);
    await expectGutters(page, '⇅3', '▲ 1', '▲ 2');
    await expect(warning(page, 1)).toContainText(
      'x was changed by cell [4] after this cell ran.'
    );
    await expect(warning(page, 1)).toBeVisible();
    await expect(warning(page, 0)).toContainText('2 cells depend on this.');
    await expect(warning(page, 2).getByRole('button').first()).toHaveText(
      'Run 2 cells'
    );
    await warning(page, 0).getByRole('button', { name: 'Run them' }).click();
    await expectStatuses(page, 'fresh fresh fresh');
    await expect(outputOf(page, 2)).toHaveText(/y is 11/);
    await expectGutters(page, '1', '2', '3');
    await expect(page.locator('.jh-Warning')).toHaveCount(0);
  }
);

test('of a cell that raised, what stands above the line was done, after a reload too', async ({
  page,
  request
}) => {
  const path = await put(
    request,
    notebook(
      unrun('give', 'x = 1\ny = int("1")'),
      unrun('take', 'print("x is", x)'),
      unrun('other', 'print("y is", y)')
    )
  );
  await open(page, path);
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh');
  await rewrite(page, 0, 'x = 2\ny = int("a")');
  await runCell(page, 0);
  await expect(outputOf(page, 0)).toContainText('ValueError');
  await runCell(page, 1);
  await runCell(page, 2);
  await expect(outputOf(page, 1)).toContainText('x is 2');
  // That there is a y is owed to the earlier code.
  const judged = /^\w+ fresh stale$/;
  await expect.poll(() => statuses(page), OFTEN).toMatch(judged);
  await save(page);
  await page.reload();
  await expect.poll(() => statuses(page), OFTEN).toMatch(judged);
});

test('from a stale cell one gets to its cause', async ({ page, request }) => {
  await makeStale(page, await put(request, chain()));
  await warning(page, 1)
    .getByRole('button', { name: 'Go to cell [4]' })
    .click();
  await expect(cell(page, 0)).toHaveClass(/jp-mod-active/);
  await warning(page, 1).getByRole('button', { name: 'Run this cell' }).click();
  await expectStatuses(page, 'fresh fresh stale');
});

test('an edit is seen at once, and is none if it is undone or changes nothing', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, chain()));
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh');
  await rewrite(page, 0, 'x = 2');
  await expectStatuses(page, 'edited stale stale');
  await expect(warning(page, 0)).toHaveAttribute('data-tone', 'quiet');
  await rewrite(page, 0, 'x = 1');
  await expectStatuses(page, 'fresh fresh fresh');
  await rewrite(page, 0, 'x  =  1  # one');
  await expectStatuses(page, 'fresh fresh fresh');
});

test(
  'a deleted definition is brought back where it was, as one step',
  SMOKE,
  async ({ page, request }) => {
    await open(page, await put(request, chain()));
    await runAll(page);
    await expectStatuses(page, 'fresh fresh fresh');
    await commandMode(page, 1);
    await command(page, 'notebook:delete-cell');
    await expectStatuses(page, 'fresh stale');
    await expect(warning(page, 1)).toContainText('deleted');
    await warning(page, 1)
      .getByRole('button', { name: 'Bring back the deleted cell' })
      .click();
    await expectStatuses(page, 'fresh fresh fresh');
    await expect(cell(page, 1)).toContainText('y = x + 1');
    await command(page, 'notebook:undo-cell-action');
    await expectStatuses(page, 'fresh stale');
    await command(page, 'notebook:redo-cell-action');
    await expectStatuses(page, 'fresh fresh fresh');
  }
);

test('before a cell would count twice the warning is already there', async ({
  page,
  request
}) => {
  const path = await put(
    request,
    notebook(
      unrun('zero', 'total = 0'),
      unrun('add', 'total += 1\nprint(total)')
    )
  );
  await openInLab(page, path);
  await runAll(page);
  await expectGutters(page, '1', '↻ 2');
  await expect(warning(page, 1)).toContainText('second time');
  await expect(warning(page, 1)).toHaveAttribute('data-tone', 'quiet');
  await runCell(page, 1);
  await expectStatuses(page, 'fresh stale');
  await expect(outputOf(page, 1)).toHaveText(/2/);
  await expect(warning(page, 1)).toContainText('total');
  await warning(page, 1).getByRole('button', { name: 'Run 2 cells' }).click();
  await expectStatuses(page, 'fresh fresh');
  await expect(outputOf(page, 1)).toHaveText(/1/);
});

test('the order is marked where it is not that of the document', async ({
  page,
  request
}) => {
  const path = await put(
    request,
    notebook(...['a', 'b', 'c', 'd'].map(name => unrun(name, `${name} = 1`)))
  );
  await openInLab(page, path);
  for (const index of [0, 3, 1, 2]) {
    await runCell(page, index);
  }
  await expectStatuses(page, 'fresh fresh fresh fresh');
  await expectGutters(page, '1', '3', '4', '⇅2');
  await expect(cell(page, 3)).toHaveAccessibleDescription(/out of place/);
  await expect(cell(page, 0)).not.toHaveAccessibleDescription(/out of place/);
  await cell(page, 3).locator('.jp-InputPrompt').hover();
  await expect(cell(page, 3).locator('.jp-InputPrompt')).toHaveAttribute(
    'title',
    /Number 2 in the order of execution, out of place/
  );
});

test('all reasons are told on demand', async ({ page, request }) => {
  const path = await put(
    request,
    notebook(
      unrun('a', 'a = 1'),
      unrun('b', 'b = 1'),
      unrun('sum', 'print(a + b)')
    )
  );
  await openInLab(page, path);
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh');
  for (const index of [0, 1]) {
    await rewrite(page, index, `${'ab'[index]} = 2`);
    await runCell(page, index);
  }
  await expectStatuses(page, 'fresh fresh stale');
  const more = warning(page, 2).getByRole('button', { name: '1 more reason' });
  await expect(more).toHaveAttribute('aria-expanded', 'false');
  await expect(warning(page, 2).getByRole('listitem')).toHaveCount(0);
  await more.click();
  await expect(more).toHaveAttribute('aria-expanded', 'true');
  await expect(warning(page, 2).getByRole('listitem')).toHaveText(/changed by/);
  const [list, output] = await Promise.all([
    warning(page, 2).boundingBox(),
    outputOf(page, 2).boundingBox()
  ]);
  expect(list!.y + list!.height).toBeLessThanOrEqual(output!.y + 1);
});

test('what feeds a cell and what it feeds is named, as one selects or hovers', async ({
  page,
  request
}) => {
  await openInLab(page, await put(request, chain()));
  await runAll(page);
  await expectStatuses(page, 'fresh fresh fresh');
  await commandMode(page, 1);
  await expect.poll(() => tie(page, 0)).toBe('gives x');
  await expect.poll(() => tie(page, 2)).toBe('takes y');
  await expect(cell(page, 1)).toHaveAccessibleDescription(
    /Takes x \(cell \[1\]\)\. Gives y \(cell \[3\]\)\./
  );
  await cell(page, 2).hover();
  await expect.poll(() => tie(page, 1)).toBe('gives y');
  await expect.poll(() => tie(page, 0)).toBe('none');
  await page.locator('#jp-top-panel').hover();
  await expect.poll(() => tie(page, 2)).toBe('takes y');
});

test('where only a restart helps, that is what is offered', async ({
  page,
  request
}) => {
  const path = await put(
    request,
    notebook(unrun('use', 'y = x + 1'), unrun('take', 'print(y)'))
  );
  await openInLab(page, path);
  await execute(page, 'x = 1');
  await runAll(page);
  await expectStatuses(page, 'stale stale');
  await warning(page, 0)
    .getByRole('button', { name: 'Restart and run all' })
    .click();
  await page
    .locator('.jp-Dialog')
    .getByRole('button', { name: /^Confirm|^Restart/ })
    .click();
  await expect(outputOf(page, 0)).toContainText('NameError');
});
