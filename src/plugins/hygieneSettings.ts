/**
 * The user's settings for hygiene checks: whether to check, what is shown, and which rules and limits
 * they set themselves.
 */
import { PluginSettings } from './pluginSettings';

export class HygieneSettings extends PluginSettings {
  get isOn(): boolean {
    return this.read('enabled', true);
  }

  async turn(isOn: boolean): Promise<void> {
    await this.write('enabled', isOn);
  }

  get showsNotes(): boolean {
    return this.read('showNotes', true);
  }

  get hasCounter(): boolean {
    return this.read('counter', true);
  }

  /** By the keys of the configuration; what was left as it is stays open to the project and the notebook. */
  get rules(): Record<string, unknown> {
    const wanted: [string, unknown][] = [
      ['select', filled(this.read<string[]>('select', []))],
      ['extend-select', filled(this.read<string[]>('extendSelect', []))],
      ['ignore', filled(this.read<string[]>('ignore', []))],
      ['max-statements', this.chosen<number>('maxStatements', 0)],
      ['max-cells', this.chosen<number>('maxCells', 0)],
      ['max-output', this.chosen<number>('maxOutput', 0)]
    ];
    return Object.fromEntries(
      wanted.filter(([, value]) => value !== undefined)
    );
  }
}

function filled<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
