"""The oracle itself: what executing a session for real says of its cells."""

from __future__ import annotations

import random

from .scenarios import scenarios
from .sessions import executed, random_session

CELLS = [("a", "x = 1"), ("b", "y = x + 1"), ("c", "print(y)")]


def test_a_notebook_run_in_order_has_no_wrong_cell() -> None:
    assert set(executed(CELLS, CELLS).truth.values()) == {"free"}


def test_what_reads_from_a_cell_edited_since_is_wrong() -> None:
    edited = [("a", "x = 5"), *CELLS[1:]]
    assert executed(edited, CELLS).truth == {"a": "must", "b": "must", "c": "must"}


def test_a_cell_that_counts_twice_is_wrong_after_two_runs() -> None:
    cells = [("a", "total = 0"), ("b", "total += 2"), ("c", "other = 1")]
    assert executed(cells, [*cells, cells[1]]).truth == {"a": "free", "b": "must", "c": "free"}


def test_an_edit_that_changes_nothing_is_free() -> None:
    commented = [("a", "x = 1  # one"), *CELLS[1:]]
    assert set(executed(commented, CELLS).truth.values()) == {"free"}


def test_unseeded_randomness_is_told_apart() -> None:
    cells = [("a", "import numpy as np"), ("b", "print(np.random.rand())")]
    assert executed(cells, cells).truth["b"] == "random"


def test_cells_that_never_ran_are_told_apart() -> None:
    assert executed(CELLS, CELLS[:2]).truth["c"] == "unrun"


def test_random_sessions_hold_cells_of_every_kind() -> None:
    for is_rich in (False, True):
        truths = [
            true for seed in range(40) for true in random_session(random.Random(seed), is_rich).truth.values()
        ]
        assert {"must", "free", "unrun"} <= set(truths)
        assert truths.count("must") > len(truths) / 20


def test_scripted_scenarios_leave_untouched_notebooks_alone() -> None:
    for name, session in scenarios():
        if name.endswith("run in order") or name.endswith("commented"):
            assert "must" not in session.truth.values(), name
