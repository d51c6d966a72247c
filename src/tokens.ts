/**
 * What the plugins of this extension offer one another, and the names that others may use.
 */
import type { NotebookPanel } from '@jupyterlab/notebook';
import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

import type { Run } from './contract';
import type {
  NotebookContext,
  NotebookVerification
} from './notebook/verification';

/** The verifications of all open notebooks. */
export interface IVerifications {
  /** That of the notebook in use, if one is open and loaded. */
  readonly current: NotebookVerification | null;

  /** The notebook in use, whose verification `current` is. */
  readonly currentPanel: NotebookPanel | null;

  /** Emitted when another notebook comes into use. */
  readonly currentChanged: ISignal<IVerifications, void>;

  /** That of a notebook; null if it was closed before it was loaded. */
  whenReady(panel: NotebookPanel): Promise<NotebookVerification | null>;
}

export const IVerifications = new Token<IVerifications>(
  'jupyter-hygiene:IVerifications',
  'Gives the verification of an open notebook: how it stands, and its report.'
);

/** What is known of the runs of open notebooks. */
export interface IRunHistories {
  /** The runs of a notebook's kernel, oldest first; null without a kernel. */
  of(context: NotebookContext): Run[] | null;

  /** Emitted when something else may be known of the runs of the notebook in use. */
  readonly changed: ISignal<IRunHistories, void>;

  /** Whether a cell is known to be stale, edited or interrupted. */
  isStale(context: NotebookContext, cellId: string): boolean;

  /** Emitted with a notebook when something else is known of its cells. */
  readonly predicted: ISignal<IRunHistories, NotebookContext>;
}

export const IRunHistories = new Token<IRunHistories>(
  'jupyter-hygiene:IRunHistories',
  'Gives the runs of an open notebook’s kernel, and which cell each was of.'
);

export namespace CommandIDs {
  export const verify = 'jupyter-hygiene:restart-and-verify';
  export const cancel = 'jupyter-hygiene:cancel-verification';
  export const showReport = 'jupyter-hygiene:show-report';
  export const takeOutputs = 'jupyter-hygiene:take-replayed-outputs';
  export const continueInKernel = 'jupyter-hygiene:continue-in-replay-kernel';
  export const releaseKernel = 'jupyter-hygiene:release-replay-kernel';
  export const exportReport = 'jupyter-hygiene:export-report';
  export const nextStale = 'jupyter-hygiene:next-stale-cell';
  export const previousStale = 'jupyter-hygiene:previous-stale-cell';
  export const runStale = 'jupyter-hygiene:run-stale-cells';
  export const listStale = 'jupyter-hygiene:list-stale-cells';
  export const watchStale = 'jupyter-hygiene:look-for-stale-cells';
  export const goToStale = 'jupyter-hygiene:go-to-stale-cell';
  export const showFindings = 'jupyter-hygiene:show-findings';
  export const findingsOfCell = 'jupyter-hygiene:show-findings-of-cell';
  export const nextFinding = 'jupyter-hygiene:next-finding';
  export const previousFinding = 'jupyter-hygiene:previous-finding';
  export const fixAll = 'jupyter-hygiene:fix-all-findings';
  export const checkNotebooks = 'jupyter-hygiene:check-notebooks';
  /** Core's own. */
  export const restartRunAll = 'notebook:restart-run-all';
}
