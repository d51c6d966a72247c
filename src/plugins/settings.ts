/**
 * The user's settings, read from the registry with the defaults of the schema.
 */
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import type { Options } from '../contract';
import type { ReplayPlace, ReplayPlaceSetting } from '../notebook/firstReplay';
import type { ShownMarks } from '../notebook/marks';

export class VerifySettings {
  /** Takes up the settings of a plugin; without a registry the defaults stay. */
  async load(
    registry: ISettingRegistry | null,
    pluginId: string
  ): Promise<void> {
    if (!registry) {
      return;
    }
    try {
      const settings = await registry.load(pluginId);
      this._settings = settings;
      settings.changed.connect(() => this._changed.emit());
      this._changed.emit();
    } catch (error) {
      console.error('The settings of jupyter-hygiene were not read.', error);
    }
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get place(): ReplayPlaceSetting {
    return this._read<ReplayPlaceSetting>('scratch', 'ask');
  }

  get showsBanner(): boolean {
    return this._read('showBanner', true);
  }

  get marks(): ShownMarks {
    return this._read<ShownMarks>('marks', 'all');
  }

  options(place: ReplayPlace): Options {
    return {
      repeat: this._read('repeat', 1),
      timeout: this._read('timeout', 0) || null,
      cell_timeout: this._read('cellTimeout', 0) || null,
      keep_going: this._read('keepGoing', false),
      scratch: place === 'scratch'
    };
  }

  private _read<T>(key: string, otherwise: T): T {
    return (this._settings?.get(key).composite as T | undefined) ?? otherwise;
  }

  private readonly _changed = new Signal<this, void>(this);
  private _settings: ISettingRegistry.ISettings | null = null;
}
