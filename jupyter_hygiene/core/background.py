"""Computing in a thread without holding up the others, a server's event loop above all.

Python lets a thread compute for 5 ms before another has its turn, and an answer to a request takes many turns. And its
cyclic garbage collection goes through all objects there are, while no other thread runs: with the millions of pieces
that a large text is taken apart into, which all go by themselves, a server stands still for a quarter of a second.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

# How long a thread computes before another has its turn, while something of ours is under way, in seconds.
_TURN = 0.0005


class _Shared:
    """Something of the whole process that is changed while any thread wants it so, and then put back."""

    def __init__(self, change: Callable[[], Callable[[], None]]) -> None:
        """``change`` makes the change and returns what puts it back."""
        self._change = change
        self._lock = threading.Lock()
        self._wanted = 0
        self._put_back: Callable[[], None] = lambda: None

    @contextmanager
    def wanted(self) -> Iterator[None]:
        with self._lock:
            if self._wanted == 0:
                self._put_back = self._change()
            self._wanted += 1
        try:
            yield
        finally:
            with self._lock:
                self._wanted -= 1
                if self._wanted == 0:
                    self._put_back()


def _shorten_turns() -> Callable[[], None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(_TURN, before))
    return lambda: sys.setswitchinterval(before)


def _hold_collection_back() -> Callable[[], None]:
    if not gc.isenabled():
        return lambda: None
    gc.disable()
    return gc.enable


_turns = _Shared(_shorten_turns)
_collection = _Shared(_hold_collection_back)


def in_the_background() -> AbstractContextManager[None]:
    """While this is under way, all threads have their turn sooner."""
    return _turns.wanted()


def uncollected() -> AbstractContextManager[None]:
    """While this is under way, nothing is collected. For what is large, and rare: garbage gathers meanwhile."""
    return _collection.wanted()
