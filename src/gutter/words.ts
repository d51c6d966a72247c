/**
 * What is known of cells in words, for those who listen: kept beside the notebook and named as the
 * description of its cells, since what lies inside a cell may be taken out of it while it is off screen.
 */
import type { IDisposable } from '@lumino/disposable';

import { element } from '../core/element';
import { describe } from '../notebook/describe';

export class CellWords implements IDisposable {
  constructor(
    panel: HTMLElement,
    private readonly _prefix: string
  ) {
    this._store = element('div', { hidden: true, class: 'jh-Words' });
    panel.append(this._store);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this._store.remove();
  }

  of(cellId: string): string {
    return this._words.get(cellId)?.text ?? '';
  }

  write(cell: HTMLElement, cellId: string, text: string | null): void {
    const known = this._words.get(cellId);
    const isSame = known?.text === text && known?.cell === cell;
    if (isSame || (!known && !text)) {
      return;
    }
    const id = `${this._prefix}-${cellId}`;
    if (!text) {
      known?.node.remove();
      this._words.delete(cellId);
      describe(cell, null, id);
      return;
    }
    const node = known?.node ?? element('span', { id });
    node.textContent = text;
    if (!known) {
      this._store.append(node);
    }
    this._words.set(cellId, { node, text, cell });
    describe(cell, id);
  }

  /** Those of cells that are gone. */
  forget(present: (cellId: string) => boolean): void {
    for (const [cellId, { node }] of this._words) {
      if (!present(cellId)) {
        node.remove();
        this._words.delete(cellId);
      }
    }
  }

  private _isDisposed = false;
  private readonly _store: HTMLElement;
  private readonly _words = new Map<
    string,
    { node: HTMLElement; text: string; cell: HTMLElement }
  >();
}
