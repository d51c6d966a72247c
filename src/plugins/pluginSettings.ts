/**
 * A plugin's settings, read from the registry with the defaults of the schema.
 */
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

export class PluginSettings {
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

  protected read<T>(key: string, otherwise: T): T {
    return (this._settings?.get(key).composite as T | undefined) ?? otherwise;
  }

  /**
   * What was chosen for a setting; undefined where our default stands. Whether it was chosen to stand cannot be told:
   * the settings editor saves all values when one is changed.
   */
  protected chosen<T>(key: string, ours: T): T | undefined {
    const value = this.read(key, ours);
    return value === ours ? undefined : value;
  }

  /** Without a registry nothing is kept. */
  protected async write(key: string, value: boolean): Promise<void> {
    await this._settings?.set(key, value);
  }

  private readonly _changed = new Signal<this, void>(this);
  private _settings: ISettingRegistry.ISettings | null = null;
}
