/**
 * What the counter in the toolbar says: how many cells are stale, and what that rests on.
 */
import type { Tone } from './verdicts';
import type { IWording } from './wording';

export interface ICounted {
  isOn: boolean;
  isKnown: boolean;
  stale: number;
  hasDependencies: boolean;
  basis: 'kernel' | 'file';
  isRestartNeeded: boolean;
}

export interface ICounter {
  text: string;
  title: string;
  tone: Tone;
}

export function counterOf(state: ICounted, trans: IWording): ICounter {
  const opens = trans.__('Opens the list.');
  if (!state.isOn) {
    return {
      text: trans.__('Stale: off'),
      title: trans.__('Stale cells are not looked for in this notebook.'),
      tone: 'quiet'
    };
  }
  if (!state.isKnown) {
    return {
      text: trans.__('Stale: …'),
      title: trans.__('Which cells are stale is not known yet.'),
      tone: 'quiet'
    };
  }
  if (!state.hasDependencies) {
    return {
      text: trans.__('Stale: ?'),
      title: trans.__(
        'The order of execution and edits are shown. What cells depend on is not analysed here.'
      ),
      tone: 'quiet'
    };
  }
  const basis =
    state.basis === 'file'
      ? trans.__('There is no kernel: this rests on the counts in the file.')
      : '';
  const restart = state.isRestartNeeded
    ? trans.__('Only a restart makes all of them fresh.')
    : '';
  return {
    text: trans._n('%1 stale', '%1 stale', state.stale),
    title: [
      trans._n(
        '%1 cell is stale: a clean run would do something else.',
        '%1 cells are stale: a clean run would do something else.',
        state.stale
      ),
      restart,
      basis,
      opens
    ]
      .filter(Boolean)
      .join(' '),
    tone: state.stale > 0 ? 'warn' : 'quiet'
  };
}
