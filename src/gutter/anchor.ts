/**
 * Changes what is drawn in a notebook without moving its active cell on the screen: what the change
 * moved it by, the notebook is scrolled by.
 */
import type { Notebook } from '@jupyterlab/notebook';

/** The scrollers whose own anchoring is off until the next frame, and what it was. */
const held = new WeakMap<HTMLElement, string>();

export function withoutMoving(notebook: Notebook, change: () => void): void {
  const scroller = notebook.outerNode;
  const anchor = notebook.activeCell?.node;
  if (!anchor?.isConnected || !isSeen(anchor, scroller)) {
    change();
    return;
  }
  const before = anchor.getBoundingClientRect().top;
  holdAnchoring(scroller);
  change();
  const moved = () => anchor.getBoundingClientRect().top - before;
  const first = moved();
  if (Math.abs(first) < 0.5) {
    return;
  }
  // Room that was made when something went is given to what comes.
  takeRoom(scroller, '--jh-room-above', first);
  scroller.scrollTop += moved();
  const missing = moved();
  if (missing > 0.5) {
    makeRoomBelow(scroller, missing);
    scroller.scrollTop += missing;
  } else if (missing < -0.5) {
    makeRoomAbove(scroller, -missing);
  }
}

/** The browser would put right what is put right here. */
function holdAnchoring(scroller: HTMLElement): void {
  if (held.has(scroller)) {
    return;
  }
  held.set(scroller, scroller.style.getPropertyValue('overflow-anchor'));
  scroller.style.setProperty('overflow-anchor', 'none');
  requestAnimationFrame(() => {
    scroller.style.setProperty('overflow-anchor', held.get(scroller) ?? '');
    held.delete(scroller);
  });
}

/** Where a notebook cannot be scrolled that far, it is given room to. */
function makeRoomBelow(scroller: HTMLElement, missing: number): void {
  const { scrollHeight, scrollTop, clientHeight } = scroller;
  const short = scrollTop + missing + clientHeight - scrollHeight;
  const former = roomOf(scroller, '--jh-room-below');
  setRoom(scroller, '--jh-room-below', former + Math.ceil(short));
  whenScrolled(scroller, () => {
    const room = roomOf(scroller, '--jh-room-below');
    const isOutOfSight =
      scroller.scrollTop + scroller.clientHeight <=
      scroller.scrollHeight - room;
    if (isOutOfSight) {
      setRoom(scroller, '--jh-room-below', 0);
    }
    return isOutOfSight;
  });
}

function makeRoomAbove(scroller: HTMLElement, missing: number): void {
  const former = roomOf(scroller, '--jh-room-above');
  setRoom(scroller, '--jh-room-above', former + missing);
  whenScrolled(scroller, () => {
    const room = roomOf(scroller, '--jh-room-above');
    const isOutOfSight = scroller.scrollTop >= room;
    if (isOutOfSight) {
      setRoom(scroller, '--jh-room-above', 0);
      scroller.scrollTop -= room;
    }
    return isOutOfSight;
  });
}

function takeRoom(scroller: HTMLElement, name: string, wanted: number): void {
  const room = roomOf(scroller, name);
  const taken = Math.min(room, wanted);
  if (taken > 0) {
    setRoom(scroller, name, room - taken);
  }
}

function roomOf(scroller: HTMLElement, name: string): number {
  return parseFloat(scroller.style.getPropertyValue(name)) || 0;
}

function setRoom(scroller: HTMLElement, name: string, room: number): void {
  scroller.style.setProperty(name, room > 0 ? `${room}px` : '');
  scroller.classList.toggle(
    'jh-mod-room',
    roomOf(scroller, '--jh-room-above') > 0 ||
      roomOf(scroller, '--jh-room-below') > 0
  );
}

/** The room is taken back once the user has scrolled it out of sight. */
function whenScrolled(scroller: HTMLElement, takeBack: () => boolean): void {
  const onScroll = (): void => {
    if (takeBack()) {
      scroller.removeEventListener('scroll', onScroll);
    }
  };
  // The scrolling that this very change takes is told in the next frame.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => scroller.addEventListener('scroll', onScroll))
  );
}

function isSeen(node: HTMLElement, scroller: HTMLElement): boolean {
  const own = node.getBoundingClientRect();
  const view = scroller.getBoundingClientRect();
  return own.bottom > view.top && own.top < view.bottom;
}
