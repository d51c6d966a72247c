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
  /** Whether any cell of the notebook has run, as far as the basis tells. */
  hasRun: boolean;
  isKernelGone: boolean;
  /** How many cells that have not run in this kernel were stale when the file was saved. */
  staleInFile: number;
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
  if (!state.hasRun) {
    return notRun(state, trans);
  }
  const isByFile = state.basis === 'file';
  const basis = isByFile
    ? trans.__('There is no kernel: this rests on the counts in the file.')
    : '';
  const restart = state.isRestartNeeded
    ? trans.__('Only a restart makes all of them fresh.')
    : '';
  return {
    text: isByFile
      ? trans._n('%1 stale in the file', '%1 stale in the file', state.stale)
      : trans._n('%1 stale', '%1 stale', state.stale),
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

/** Where nothing has run, nothing can be said to be fresh. */
function notRun(
  { isKernelGone, staleInFile }: ICounted,
  trans: IWording
): ICounter {
  const why = isKernelGone
    ? trans.__('The kernel is gone, and all that it had run with it.')
    : trans.__('No cell has been run in this kernel.');
  const byCounts =
    staleInFile > 0
      ? trans._n(
          'By the counts in the file %1 cell was stale when it was saved.',
          'By the counts in the file %1 cells were stale when it was saved.',
          staleInFile
        )
      : '';
  return {
    text:
      staleInFile > 0
        ? trans._n('%1 stale in the file', '%1 stale in the file', staleInFile)
        : trans.__('Not run'),
    title: [why, byCounts].filter(Boolean).join(' '),
    tone: staleInFile > 0 ? 'warn' : 'quiet'
  };
}
