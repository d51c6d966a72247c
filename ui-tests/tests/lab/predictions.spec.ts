/**
 * After a verification, what was predicted of a cell stands beside what its replay showed.
 */
import { expect, openInLab, put, report, test, verify } from '../support/app';
import { notebook } from '../support/notebooks';
import {
  command,
  expectStatuses,
  rewrite,
  runAll,
  unrun
} from '../support/stale';

test('a warning that comes true is told with its reason, a surprise with what may explain it', async ({
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
});
