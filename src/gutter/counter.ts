/**
 * The counter in the notebook's toolbar, a button that opens the list of stale cells.
 */
import { counterOf } from '../core/counter';
import { GLYPHS } from '../core/statuses';
import type { IWording } from '../core/wording';
import type { NotebookStaleness } from '../notebook/staleness';
import { ToolbarCount } from '../notebook/toolbarCount';

export class StaleCounter extends ToolbarCount {
  constructor(
    private readonly _trans: IWording,
    open: (anchor: HTMLElement) => void
  ) {
    super('jh-Counter', 'menu', open);
  }

  /** What it counts; it comes once the notebook is loaded. */
  set staleness(staleness: NotebookStaleness) {
    this._staleness = staleness;
    staleness.changed.connect(this.later, this);
    this.sync();
  }

  protected override counted() {
    const staleness = this._staleness;
    if (!staleness) {
      return null;
    }
    const { isOn, isKnown, hasDependencies, basis, isRestartNeeded } =
      staleness;
    const { hasRun, staleInFile } = staleness;
    if (!this.isShown && isOn && !isKnown) {
      // Not before its neighbours: the toolbar makes its first button the stop of the Tab key.
      return null;
    }
    const counter = counterOf(
      {
        isOn,
        isKnown,
        hasDependencies,
        basis,
        hasRun,
        isKernelGone: staleness.runs.isKernelGone,
        staleInFile,
        isRestartNeeded,
        stale: staleness.staleIds.length
      },
      this._trans
    );
    return { ...counter, glyph: counter.tone === 'warn' ? GLYPHS.stale : '' };
  }

  private _staleness: NotebookStaleness | null = null;
}
