/**
 * The number of hygiene findings in the notebook's toolbar, a button that opens the panel.
 */
import { findingsCounter } from '../core/findings';
import type { IWording } from '../core/wording';
import type { NotebookHygiene } from '../notebook/hygiene';
import { ToolbarCount } from '../notebook/toolbarCount';

export class FindingsCounter extends ToolbarCount {
  constructor(
    private readonly _trans: IWording,
    open: () => void
  ) {
    super('jh-FindingsCounter', null, open);
    this.hide();
  }

  /** What it counts; it comes once the notebook is loaded. */
  set hygiene(hygiene: NotebookHygiene) {
    this._hygiene = hygiene;
    hygiene.changed.connect(this.later, this);
    this.sync();
  }

  set isWanted(isWanted: boolean) {
    this._isWanted = isWanted;
    this.sync();
  }

  protected override counted() {
    const hygiene = this._hygiene;
    // Where nothing is checked there is nothing to count.
    const isDue = this._isWanted && (hygiene?.isKnown ?? false);
    if (isDue === this.isHidden) {
      this.setHidden(!isDue);
      this.layOutAnew();
    }
    return hygiene && isDue
      ? findingsCounter(hygiene.findings, this._trans)
      : null;
  }

  private _hygiene: NotebookHygiene | null = null;
  private _isWanted = true;
}
