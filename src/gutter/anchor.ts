/**
 * Changes what is drawn in a notebook without moving its active cell on the screen: what the change
 * moved it by, the notebook is scrolled by.
 */
import type { Notebook } from '@jupyterlab/notebook';

export function withoutMoving(notebook: Notebook, change: () => void): void {
  const scroller = notebook.outerNode;
  const anchor = notebook.activeCell?.node;
  if (!anchor?.isConnected || !isSeen(anchor, scroller)) {
    change();
    return;
  }
  const before = anchor.getBoundingClientRect().top;
  // The browser would put right what is put right here.
  scroller.style.setProperty('overflow-anchor', 'none');
  change();
  const moved = anchor.getBoundingClientRect().top - before;
  if (moved !== 0) {
    scroller.scrollTop += moved;
    makeRoom(notebook, anchor.getBoundingClientRect().top - before);
  }
  requestAnimationFrame(() => scroller.style.removeProperty('overflow-anchor'));
}

/** Where the notebook cannot be scrolled that far, it is given room to. */
function makeRoom(notebook: Notebook, missing: number): void {
  const scroller = notebook.outerNode;
  if (Math.abs(missing) < 0.5) {
    return;
  }
  if (missing > 0) {
    const room = scroller.clientHeight + missing;
    scroller.style.setProperty('--jh-room-below', `${Math.ceil(room)}px`);
    scroller.classList.add('jh-mod-room');
    scroller.scrollTop += missing;
  } else {
    const former = parseFloat(
      scroller.style.getPropertyValue('--jh-room-above')
    );
    const room = (former || 0) - missing;
    scroller.style.setProperty('--jh-room-above', `${room}px`);
    scroller.classList.add('jh-mod-room');
    // It is taken away where the user scrolls it out of sight.
    const giveBack = (): void => {
      if (scroller.scrollTop >= room) {
        scroller.removeEventListener('scroll', giveBack);
        scroller.style.removeProperty('--jh-room-above');
        scroller.scrollTop -= room;
      }
    };
    scroller.addEventListener('scroll', giveBack);
  }
}

function isSeen(node: HTMLElement, scroller: HTMLElement): boolean {
  const own = node.getBoundingClientRect();
  const view = scroller.getBoundingClientRect();
  return own.bottom > view.top && own.top < view.bottom;
}
