/**
 * The user's settings for stale cells, read from the registry with the defaults of the schema.
 */
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import type { IShown } from '../core/drawing';

export class StalenessSettings {
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

  get shown(): IShown {
    return {
      gutter: this._is('gutter'),
      warnings: this._is('warnings'),
      hazards: this._is('hazards'),
      links: this._is('links')
    };
  }

  get hasCounter(): boolean {
    return this._is('counter');
  }

  private _is(key: string): boolean {
    return (this._settings?.get(key).composite as boolean | undefined) ?? true;
  }

  private readonly _changed = new Signal<this, void>(this);
  private _settings: ISettingRegistry.ISettings | null = null;
}
