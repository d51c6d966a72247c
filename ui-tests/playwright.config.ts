/**
 * Runs the browser tests against JupyterLab and Notebook, each with a server and kernels of its own, and
 * against the oldest versions that are supported, which `oldest.sh` installs.
 * `jupyter` is taken from the PATH, the browser from CHROMIUM, /usr/bin/chromium or Playwright.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { defineConfig } from '@playwright/test';

const chromium = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
  path => path && existsSync(path)
);
const oldest = resolve(__dirname, '../.venv-oldest/bin');

/** Where the usual ports are taken, they are all moved by this. */
const moved = Number(process.env.PORT_OFFSET ?? 0);

const servers = [
  { name: 'lab', app: 'lab', port: 9741, tests: 'lab' },
  { name: 'notebook', app: 'notebook', port: 9742, tests: 'notebook' },
  { name: 'lab-oldest', app: 'lab', port: 9743, tests: 'oldest' },
  { name: 'notebook-oldest', app: 'notebook', port: 9744, tests: 'oldest' },
  // Makes the pictures of the documentation, which is not a test.
  { name: 'pictures', app: 'lab', port: 9745, tests: 'pictures' }
].map(server => ({ ...server, port: server.port + moved }));

/** Each project has a server of its own, and only what was asked for is started. */
const wanted = process.argv.flatMap((word, at) =>
  word === '--project'
    ? [process.argv[at + 1]]
    : word.startsWith('--project=')
      ? [word.slice('--project='.length)]
      : []
);
const chosen = servers.filter(
  ({ name }) => wanted.length === 0 || wanted.includes(name)
);

export default defineConfig({
  timeout: 45_000,
  expect: { timeout: 12_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    video: 'off',
    trace: 'retain-on-failure',
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
  projects: servers.map(({ name, port, tests }) => ({
    name,
    testDir: `tests/${tests}`,
    // Apart, so that two runs of different projects do not clear one another's.
    outputDir: `test-results/${name}${moved || ''}`,
    use: { baseURL: `http://localhost:${port}` }
  })),
  webServer: chosen.map(({ name, app, port }) => ({
    command: `jupyter ${app} --config jupyter_server_test_config.py --port ${port}`,
    env: name.endsWith('-oldest')
      ? { PATH: `${oldest}:${process.env.PATH}` }
      : undefined,
    url: `http://localhost:${port}/api`,
    timeout: 120_000,
    stderr: 'ignore' as const,
    reuseExistingServer: !process.env.CI,
    // The server ends its kernels when it is asked to stop.
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 }
  }))
});
