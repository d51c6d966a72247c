"""While something large is taken apart, other threads have their turn sooner; afterwards all is as it was."""

from __future__ import annotations

import gc
import sys

import pytest

from jupyter_hygiene.core.background import in_the_background, uncollected
from jupyter_hygiene.core.compare import compare_outputs
from jupyter_hygiene.core.notebook import Output


def test_turns_are_short_until_the_last_one_is_done() -> None:
    turn = sys.getswitchinterval()
    with in_the_background():
        with in_the_background():
            assert sys.getswitchinterval() < turn
        assert sys.getswitchinterval() < turn
    assert sys.getswitchinterval() == turn


def test_nothing_is_collected_until_the_last_one_is_done() -> None:
    assert gc.isenabled()
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_all_is_as_it_was_after_an_error_and_collection_stays_off_where_it_was_off() -> None:
    with pytest.raises(ValueError, match="x"), uncollected():
        raise ValueError("x")
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_large_outputs_are_compared_and_collection_is_on_again() -> None:
    large = [Output.from_json({"output_type": "stream", "name": "stdout", "text": "1.5 a\n" * 100_000})]
    assert compare_outputs(large, large)[0].verdict == "same"
    assert gc.isenabled()
