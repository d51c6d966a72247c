"""Computing in a thread without holding up the others, a server's event loop above all.

Python lets a thread compute for 5 ms before another has its turn, and an answer to a request takes many turns. And its
cyclic garbage collection goes through all objects there are, while no other thread runs: with the millions of pieces
that a large text is taken apart into, which all go by themselves, a server stands still for a quarter of a second.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# How long a thread computes before another has its turn, while something of ours is under way, in seconds.
_TURN = 0.0005

_lock = threading.Lock()
_under_way = 0
_collected = False
_turn = 0.0


@contextmanager
def in_the_background() -> Iterator[None]:
    """Turns are short, and nothing is collected, while this is under way in any thread."""
    global _under_way, _collected, _turn
    with _lock:
        if _under_way == 0:
            _collected, _turn = gc.isenabled(), sys.getswitchinterval()
            gc.disable()
            sys.setswitchinterval(min(_TURN, _turn))
        _under_way += 1
    try:
        yield
    finally:
        with _lock:
            _under_way -= 1
            if _under_way == 0:
                sys.setswitchinterval(_turn)
                if _collected:
                    gc.enable()
