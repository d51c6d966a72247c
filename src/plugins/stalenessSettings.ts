/**
 * The user's settings for stale cells: what is shown. All of it is, unless they say otherwise.
 */
import type { IShown } from '../core/drawing';
import { PluginSettings } from './pluginSettings';

export class StalenessSettings extends PluginSettings {
  get shown(): IShown {
    return {
      gutter: this.read('gutter', true),
      warnings: this.read('warnings', true),
      hazards: this.read('hazards', true),
      links: this.read('links', true)
    };
  }

  get hasCounter(): boolean {
    return this.read('counter', true);
  }
}
