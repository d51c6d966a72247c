/**
 * Runs the browser tests against JupyterLab, and a chosen few of them also in Notebook and the oldest JupyterLab
 * that is supported (those tagged `@smoke`) and the oldest Notebook (`@everywhere`), in `.venv-oldest`.
 * Each worker has a server and kernels of its own: what one test does to its server no other can see.
 * `python` is taken from the PATH, the browser from CHROMIUM, from the system or from Playwright.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { defineConfig } from '@playwright/test';

import type { IAppOptions } from './tests/support/app';

/**
 * Milliseconds after which something is taken to hang. Only that: tests wait for what is to be seen,
 * however long a slow machine takes, and these are the only limits there are.
 */
const HANGS = { test: 600_000, sight: 180_000, server: 300_000 };

const WORKERS = 2;

const chromium = [
  process.env.CHROMIUM,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium'
].find(path => path && existsSync(path));
const oldest = resolve(__dirname, '../.venv-oldest/bin');

/** Where the usual ports are taken, they are all moved by this. */
const moved = Number(process.env.PORT_OFFSET ?? 0);

/** Where a project's servers are: one for each worker, from this port on. */
const NEWEST = 9741 + moved;
const OLDEST = 9741 + WORKERS + moved;

const projects: IProject[] = [
  { name: 'lab', app: 'lab', firstPort: NEWEST },
  { name: 'notebook', app: 'notebook', firstPort: NEWEST, grep: /@smoke/ },
  { name: 'lab-oldest', app: 'lab', firstPort: OLDEST, grep: /@smoke/ },
  {
    name: 'notebook-oldest',
    app: 'notebook',
    firstPort: OLDEST,
    grep: /@everywhere/
  },
  // Makes the pictures of the documentation, which is not a test.
  { name: 'pictures', app: 'lab', firstPort: NEWEST, testDir: 'tests/pictures' }
];

interface IProject extends IAppOptions {
  name: string;
  grep?: RegExp;
  testDir?: string;
}

/** Only the servers of what was asked for are started. */
const wanted = process.argv.flatMap((word, at) =>
  word === '--project'
    ? [process.argv[at + 1]]
    : word.startsWith('--project=')
      ? [word.slice('--project='.length)]
      : []
);
const chosen = projects.filter(
  ({ name }) => wanted.length === 0 || wanted.includes(name)
);
const ports = [...new Set(chosen.map(({ firstPort }) => firstPort))].flatMap(
  first => Array.from({ length: WORKERS }, (_, at) => first + at)
);

export default defineConfig<object, IAppOptions>({
  timeout: HANGS.test,
  expect: { timeout: HANGS.sight },
  workers: WORKERS,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  globalTeardown: process.env.COVERAGE && './tests/support/coverage.ts',
  reporter: [['list'], ['./slowest.ts']],
  use: {
    video: 'off',
    // Noting everything makes each step slower: TRACE=1 for looking into one test.
    trace: process.env.TRACE ? 'on' : 'off',
    screenshot: 'only-on-failure',
    viewport: { width: 1400, height: 900 },
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync'
      ]
    }
  },
  projects: projects.map(({ name, app, firstPort, grep, testDir }) => ({
    name,
    grep,
    testDir: testDir ?? 'tests/stories',
    // Apart, so that two runs of different projects do not clear one another's.
    outputDir: `test-results/${name}${moved || ''}`,
    use: { app, firstPort }
  })),
  webServer: ports.map(port => ({
    command: `python start_server.py --config jupyter_server_test_config.py --port ${port}`,
    env: port < OLDEST ? undefined : { PATH: `${oldest}:${process.env.PATH}` },
    url: `http://localhost:${port}/api`,
    timeout: HANGS.server,
    stderr: 'ignore' as const,
    reuseExistingServer: !process.env.CI,
    // The server ends its kernels when it is asked to stop.
    gracefulShutdown: { signal: 'SIGTERM', timeout: HANGS.sight }
  }))
});
