/**
 * Measures in a real browser what stale cells cost its main thread, and how soon after a run the marks are
 * right: `node benchmarks/browser.mjs [CELLS] [ROUNDS]`, with `jupyter` on the PATH and Chromium installed.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('../ui-tests/', import.meta.url));
const { chromium } = createRequire(HERE)('@playwright/test');
const CELLS = Number(process.argv[2] ?? 1000);
const ROUNDS = Number(process.argv[3] ?? 15);
const PORT = 9761;
const BASE = `http://localhost:${PORT}`;
/** In this many cells each row of cells takes from the one before it. */
const ROW = 10;
const KEYS = 60;
/** Between two samples of the profiler, in microseconds. */
const INTERVAL = 100;

/** An analysis: rows of cells that feed one another, all of them fed by the first cell. */
function source(at) {
  if (at === 0) {
    return 'scale = 1';
  }
  const before = at % ROW === 1 ? 'scale' : `v${at - 1}`;
  return [
    `# Step ${at}`,
    `v${at} = ${before} + 1`,
    `rows${at} = [(n, n * v${at}) for n in range(10)]`,
    `table${at} = {key: value for key, value in rows${at}}`,
    `def total${at}(factor):`,
    `    result = 0`,
    `    for key, value in table${at}.items():`,
    `        result += value * factor`,
    `    return result`,
    `print(total${at}(2))`
  ].join('\n');
}

const notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {
    kernelspec: {
      name: 'python3',
      display_name: 'Python 3',
      language: 'python'
    },
    language_info: { name: 'python' }
  },
  cells: Array.from({ length: CELLS }, (_, at) => ({
    id: `c${at}`,
    cell_type: 'code',
    source: source(at),
    metadata: {},
    outputs: [],
    execution_count: null
  }))
};

async function serve() {
  const server = spawn(
    'jupyter',
    [
      'lab',
      '--config',
      'jupyter_server_test_config.py',
      '--port',
      String(PORT)
    ],
    { cwd: HERE, stdio: 'ignore' }
  );
  for (;;) {
    try {
      if ((await fetch(`${BASE}/api`)).ok) {
        return server;
      }
    } catch {
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  }
}

/** Notes when the kernel became idle, and when a mark changed last. */
function instrument() {
  const panel = window.jupyterapp.shell.currentWidget;
  const times = (window.times = { idle: 0, first: 0, last: 0, longest: 0 });
  panel.sessionContext.iopubMessage.connect((_, message) => {
    if (
      message.header.msg_type === 'status' &&
      message.content.execution_state === 'idle' &&
      message.parent_header.msg_type === 'execute_request'
    ) {
      Object.assign(times, { idle: performance.now(), first: 0, last: 0 });
    }
  });
  new MutationObserver(changes => {
    if (
      changes.some(({ attributeName }) => attributeName?.startsWith('data-jh'))
    ) {
      times.last = performance.now();
      times.first ||= times.last;
    }
  }).observe(panel.content.node, { subtree: true, attributes: true });
  new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) {
      times.longest = Math.max(times.longest, duration);
    }
  }).observe({ type: 'longtask' });
}

/** Of a CPU profile, in milliseconds: how long our code was on the stack, in all and at a stretch. */
function ours(profile) {
  const nodes = new Map(profile.nodes.map(node => [node.id, node]));
  const isOurs = new Set();
  const walk = (id, within) => {
    const node = nodes.get(id);
    const own =
      within || /extensions\/jupyter-hygiene/.test(node.callFrame.url);
    if (own) {
      isOurs.add(id);
    }
    node.children?.forEach(child => walk(child, own));
  };
  walk(profile.nodes[0].id, false);
  const garbage = new Set(
    profile.nodes
      .filter(
        ({ callFrame }) => callFrame.functionName === '(garbage collector)'
      )
      .map(({ id }) => id)
  );
  let sum = 0;
  let stretch = 0;
  let longest = 0;
  profile.samples.forEach((id, at) => {
    const spent = profile.timeDeltas[at] / 1000;
    if (isOurs.has(id)) {
      sum += spent;
      stretch += spent;
      longest = Math.max(longest, stretch);
    } else if (!garbage.has(id)) {
      stretch = 0;
    }
  });
  return { sum, longest };
}

const sorted = values => [...values].sort((one, other) => one - other);
const median = values => sorted(values)[values.length >> 1];
const ms = value => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

const server = await serve();
const browser = await chromium.launch({
  executablePath: [process.env.CHROMIUM, '/usr/bin/chromium'].find(
    path => path && existsSync(path)
  ),
  args: ['--no-sandbox', '--disable-gpu']
});
try {
  const page = await browser.newPage({
    baseURL: BASE,
    viewport: { width: 1400, height: 900 }
  });
  await page.request.put('/api/contents/speed.ipynb', {
    data: { type: 'notebook', format: 'json', content: notebook }
  });
  await page.goto('/lab/tree/speed.ipynb?reset');
  const count = status =>
    page.locator(`.jp-Cell[data-jh-status="${status}"]`).count();
  const until = async (status, wanted) => {
    while ((await count(status)) !== wanted) {
      await page.waitForTimeout(50);
    }
  };
  await until('unrun', CELLS);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('notebook:run-all-cells')
  );
  await until('fresh', CELLS);
  await page.evaluate(() => {
    const { content } = window.jupyterapp.shell.currentWidget;
    content.activeCellIndex = 0;
    return content.scrollToItem(0);
  });
  await page.evaluate(instrument);
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: INTERVAL });

  const profiled = async action => {
    await session.send('Profiler.start');
    await action();
    return ours((await session.send('Profiler.stop')).profile);
  };
  const settled = () =>
    page.evaluate(
      () =>
        new Promise(resolve => {
          const look = () =>
            window.times.last > 0 && performance.now() - window.times.last > 700
              ? resolve({ ...window.times })
              : setTimeout(look, 50);
          look();
        })
    );

  const runs = { first: [], last: [], task: [], asked: [] };
  for (let round = 0; round < ROUNDS; round++) {
    // One run makes all the other cells stale, the next makes them fresh again.
    await page.evaluate(
      text =>
        window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells[0].setSource(
          text
        ),
      `scale = ${round % 2 ? 1 : 2}`
    );
    await until(round % 2 ? 'unrun' : 'edited', round % 2 ? 0 : 1);
    await page.waitForTimeout(1200);
    const { longest } = await profiled(async () => {
      await page.evaluate(() => {
        const { content } = window.jupyterapp.shell.currentWidget;
        content.activeCellIndex = 0;
        Object.assign(window.times, { first: 0, last: 0 });
        performance.clearResourceTimings();
        return window.jupyterapp.commands.execute('notebook:run-cell');
      });
      const { idle, first, last } = await settled();
      runs.first.push(first - idle);
      runs.last.push(last - idle);
      const asked = await page.evaluate(
        since =>
          performance
            .getEntriesByType('resource')
            .find(
              ({ name, startTime }) =>
                /api\/analyze/.test(name) && startTime >= since
            )?.duration ?? NaN,
        idle
      );
      runs.asked.push(asked);
    });
    runs.task.push(longest);
  }

  const typing = [];
  for (const at of [0, CELLS >> 1]) {
    await page.evaluate(index => {
      const { content } = window.jupyterapp.shell.currentWidget;
      content.activeCellIndex = index;
      return content.scrollToItem(index);
    }, at);
    const line = page
      .locator(`.jp-Cell[data-windowed-list-index="${at}"] .cm-line`)
      .last();
    await line.click();
    await page.keyboard.press('End');
    await page.keyboard.type('  # ');
    await page.waitForTimeout(1500);
    const { sum, longest } = await profiled(async () => {
      await page.keyboard.type('x'.repeat(KEYS), { delay: 30 });
    });
    typing.push(sum / KEYS);
    runs.task.push(longest);
  }

  const machine = `${cpus().length} × ${cpus()[0].model}, Chromium ${browser.version()}`;
  console.log(`node benchmarks/browser.mjs ${CELLS} ${ROUNDS}   (${machine})`);
  console.log(
    `kernel idle → first marks   median ${ms(median(runs.first))}, worst ${ms(Math.max(...runs.first))}`
  );
  console.log(`   of that, the server      median ${ms(median(runs.asked))}`);
  console.log(
    `kernel idle → all marks     median ${ms(median(runs.last))}, worst ${ms(Math.max(...runs.last))}   (150 ms)`
  );
  console.log(
    `longest task of ours        ${ms(Math.max(...runs.task))}   (50 ms)`
  );
  console.log(
    `per keystroke, ours         ${ms(Math.max(...typing))}   (1 ms)`
  );
} finally {
  await browser.close();
  server.kill();
}
