/**
 * Whether a notebook is watched for stale cells, as its user decided: remembered in the browser, outside
 * the notebook. Notebook has no state that outlives a page, or it would be kept there.
 */
import type { NotebookStaleness } from './staleness';

const KEY = 'jupyter-hygiene:stale-cells-off';

export class WatchSwitch {
  /** Takes up what was decided for this notebook before, and follows it when it is renamed. */
  restore(staleness: NotebookStaleness): void {
    staleness.context.pathChanged.connect(() => keep(staleness));
    attempt(() => {
      if (window.localStorage.getItem(keyOf(staleness)) !== null) {
        staleness.isOn = false;
      }
    });
  }

  set(staleness: NotebookStaleness, isOn: boolean): void {
    staleness.isOn = isOn;
    keep(staleness);
  }
}

function keep(staleness: NotebookStaleness): void {
  attempt(() => {
    if (staleness.isOn) {
      window.localStorage.removeItem(keyOf(staleness));
    } else {
      window.localStorage.setItem(keyOf(staleness), 'off');
    }
  });
}

/** A browser may forbid its storage, or have none left: then nothing is remembered. */
function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // The switch works all the same until the page is left.
  }
}

function keyOf({ context }: NotebookStaleness): string {
  return `${KEY}:${context.localPath}`;
}
