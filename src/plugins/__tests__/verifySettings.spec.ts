/**
 * What the user's settings ask of the server: only what was chosen, so that a project's own settings hold elsewhere.
 */
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';

import * as schema from '../../../schema/verify.json';
import { VerifySettings } from '../verifySettings';

/** The settings editor saves all values as soon as one is changed, so that values alone tell what was chosen. */
async function settingsWith(
  values: Record<string, unknown>
): Promise<VerifySettings> {
  const saved: Record<string, unknown> = {};
  for (const [key, property] of Object.entries(schema.properties)) {
    saved[key] = values[key] ?? (property as { default: unknown }).default;
  }
  const loaded = {
    changed: new Signal({}),
    get: (key: string) => ({ user: saved[key], composite: saved[key] })
  };
  const registry = { load: async () => loaded };
  const settings = new VerifySettings();
  await settings.load(registry as unknown as ISettingRegistry, 'plugin');
  return settings;
}

test('what was left as it is leaves the project, the notebook and its cells their say', async () => {
  const settings = await settingsWith({});
  expect(settings.options('here')).toEqual({ scratch: false, settings: {} });
  expect(new VerifySettings().options('here')).toEqual({
    scratch: false,
    settings: {}
  });
});

test('what was chosen is sent', async () => {
  const patterns = [{ name: 'run', regex: 'run-\\w+' }];
  const settings = await settingsWith({
    repeat: 2,
    timeout: 60,
    keepGoing: true,
    relTolerance: 0.001,
    absTolerance: 0,
    off: ['timing'],
    patterns,
    compare: 'marked'
  });
  expect(settings.options('scratch')).toEqual({
    repeat: 2,
    timeout: 60,
    keep_going: true,
    scratch: true,
    settings: {
      'rel-tolerance': 0.001,
      'abs-tolerance': 0,
      off: ['timing'],
      patterns,
      compare: 'marked'
    }
  });
});
