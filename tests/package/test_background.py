"""While something large is taken apart, other threads have their turn sooner; afterwards all is as it was."""

from __future__ import annotations

import gc
import sys

import pytest

from jupyter_hygiene.core.background import in_the_background


def test_turns_are_short_and_nothing_is_collected_until_the_last_one_is_done() -> None:
    assert gc.isenabled()
    turn = sys.getswitchinterval()
    with in_the_background():
        with in_the_background():
            assert not gc.isenabled()
        assert not gc.isenabled()
        assert sys.getswitchinterval() < turn
    assert gc.isenabled()
    assert sys.getswitchinterval() == turn


def test_it_is_on_again_after_an_error_and_stays_off_where_it_was_off() -> None:
    with pytest.raises(ValueError, match="x"), in_the_background():
        raise ValueError("x")
    assert gc.isenabled()
    gc.disable()
    try:
        with in_the_background():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
