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

  /**
   * What the user set; what was left as it is stays open to the settings of the project, the notebook and its cells.
   */
  options(place: ReplayPlace): Options {
    return {
      ...defined({
        repeat: this.chosen('repeat', 1),
        timeout: this.chosen('timeout', 0),
        cell_timeout: this.chosen('cellTimeout', 0),
        keep_going: this.chosen('keepGoing', false)
      }),
      scratch: place === 'scratch',
      settings: defined({
        'rel-tolerance': this.chosen<number | null>('relTolerance', null),
        'abs-tolerance': this.chosen<number | null>('absTolerance', null),
        'pixel-tolerance': this.chosen<number | null>('pixelTolerance', null),
        off: filled(this.read<string[]>('off', [])),
        patterns: filled(this.read<unknown[]>('patterns', [])),
        compare: this.chosen('compare', 'default')
      })
    };
  }
}

/** The entries that have a value. */
function defined<T extends object>(entries: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== undefined)
  ) as Partial<T>;
}

function filled<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length ? list : undefined;
}
