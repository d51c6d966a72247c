/**
 * The user's settings for Restart and Verify.
 */
import type { Options } from '../contract';
import type { ReplayPlace, ReplayPlaceSetting } from '../notebook/firstReplay';
import type { ShownMarks } from '../notebook/marks';
import { PluginSettings } from './pluginSettings';

export class VerifySettings extends PluginSettings {
  get place(): ReplayPlaceSetting {
    return this.read<ReplayPlaceSetting>('scratch', 'ask');
  }

  get showsBanner(): boolean {
    return this.read('showBanner', true);
  }

  get marks(): ShownMarks {
    return this.read<ShownMarks>('marks', 'all');
  }

  options(place: ReplayPlace): Options {
    return {
      repeat: this.read('repeat', 1),
      timeout: this.read('timeout', 0) || null,
      cell_timeout: this.read('cellTimeout', 0) || null,
      keep_going: this.read('keepGoing', false),
      scratch: place === 'scratch'
    };
  }
}
