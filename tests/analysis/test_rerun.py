"""The cells to run again: after them all is fresh, and without any one of them it is not."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jupyter_hygiene.core.analysis_requests import AnalysisDesk

from .notebooks import Cells, Played, analysed, of
from .sessions import Session, executed, random_session

_SETTINGS = settings(
    max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None
)

CHAIN: Cells = {"a": "x = 1", "b": "y = x + 1", "c": "print(y)"}

# the document, what ran, the notebook's list, whether it takes a restart
LISTS: list[tuple[str, Cells, Played, tuple[str, ...], bool]] = [
    ("nothing where all is fresh", CHAIN, ["a", "b", "c"], (), False),
    (
        "all below an edit",
        {**CHAIN, "a": "x = 2"},
        [("a", "x = 1"), "b", "c"],
        ("a", "b", "c"),
        False,
    ),
    ("only what is stale", {**CHAIN, "a": "x = 2"}, [("a", "x = 1"), "b", "c", "a"], ("b", "c"), False),
    (
        "the start of what was counted twice",
        {"a": "t = 0", "b": "t += 1", "c": "print(t)"},
        ["a", "b", "b", "c"],
        ("a", "b", "c"),
        False,
    ),
    (
        "a cell that never ran where it is needed",
        {"a": "x = 1", "new": "x = 5", "b": "print(x)", "idle": "w = 1"},
        ["a", "b"],
        ("new", "b"),
        False,
    ),
    (
        "what made the object that should be shared",
        {"a": "xs = [1]", "b": "ys = xs", "c": "print(xs is ys)"},
        ["a", "b", "a", "c"],
        ("b", "c"),
        False,
    ),
    (
        "the seed",
        {"s": "import random\nrandom.seed(1)", "b": "print(random.random())"},
        ["s", "b", "b"],
        ("s", "b"),
        False,
    ),
    ("a restart where a deleted name lives on", {"b": "print(x)"}, [("gone", "x = 1"), "b"], (), True),
    ("a restart where a name comes from below", {"b": "print(x)", "a": "x = 1"}, ["a", "b"], (), True),
    (
        "what can be done beside what needs a restart",
        {"b": "print(x)", "k": "k = 2", "c": "print(k)"},
        [("gone", "x = 1"), "b", ("k", "k = 1"), "c"],
        ("k", "c"),
        True,
    ),
]


@pytest.mark.parametrize(
    ("what", "cells", "played", "rerun", "restart"), LISTS, ids=[entry[0] for entry in LISTS]
)
def test_the_notebooks_list_is(
    what: str, cells: Cells, played: Played, rerun: tuple[str, ...], restart: bool
) -> None:
    analysis = analysed(cells, played)
    assert (analysis.rerun, analysis.restart_needed) == (rerun, restart)


def test_each_stale_cell_has_a_list_of_its_own() -> None:
    cells = {**CHAIN, "a": "x = 2", "d": "print(x)"}
    analysis = analysed(cells, [("a", "x = 1"), "b", "c", "d"])
    assert of(analysis, "c").rerun == ("a", "b", "c")
    assert of(analysis, "d").rerun == ("a", "d")


def test_cells_that_are_skipped_are_in_no_list() -> None:
    session = {
        "cells": [
            {"id": "a", "type": "code", "source": "x = 2", "tags": ["skip-execution"]},
            {"id": "b", "type": "code", "source": "print(x)"},
        ],
        "history": [{"execution_count": 1, "source": "print(x)", "cell_id": "b", "status": "error"}],
    }
    assert "a" not in AnalysisDesk().answer(session)["rerun"]


def _after(session: Session, rerun: list[str], *, judged: bool = True) -> Session:
    """The session, and then these cells run for real."""
    cells = [(cell["id"], cell["source"]) for cell in session.cells]
    sources = dict(cells)
    played = [(run["cell_id"], run["source"]) for run in session.history]
    rest = [(cell_id, sources[cell_id]) for cell_id in rerun]
    return executed(cells, [*played, *rest], judged=judged)


def _as_foreseen(after: Session, before: Session) -> bool:
    """Whether no cell of the list raised: until a source has run, nobody knows that it will."""
    return all(run["status"] == "ok" for run in after.history[len(before.history) :])


def _not_fresh(session: Session) -> list[str]:
    cells = AnalysisDesk().answer(session.request())["cells"]
    return [cell["id"] for cell in cells if cell["status"] not in ("fresh", "unrun", "unknown")]


@given(st.randoms(use_true_random=False), st.booleans())
@_SETTINGS
def test_after_the_list_was_run_for_real_every_cell_is_right_and_is_shown_so(
    rng: random.Random, is_rich: bool
) -> None:
    session = random_session(rng, is_rich)
    reply = AnalysisDesk().answer(session.request())
    if reply["restart_needed"]:
        return
    after = _after(session, reply["rerun"])
    if not _as_foreseen(after, session):
        return
    told = json.dumps({"cells": session.cells, "history": session.history, "rerun": reply["rerun"]}, indent=1)
    assert "must" not in after.truth.values(), told
    assert not _not_fresh(after), told


@given(st.randoms(use_true_random=False), st.booleans())
@_SETTINGS
def test_without_any_one_of_the_list_something_stays_stale(rng: random.Random, is_rich: bool) -> None:
    session = random_session(rng, is_rich)
    reply = AnalysisDesk().answer(session.request())
    if reply["restart_needed"]:
        return
    if not _as_foreseen(_after(session, reply["rerun"], judged=False), session):
        return
    for left_out in reply["rerun"]:
        shorter = [cell_id for cell_id in reply["rerun"] if cell_id != left_out]
        assert _not_fresh(_after(session, shorter, judged=False)), (
            left_out,
            reply["rerun"],
            session.cells,
            session.history,
        )


@given(st.randoms(use_true_random=False), st.booleans())
@_SETTINGS
def test_a_cells_own_list_makes_that_cell_right(rng: random.Random, is_rich: bool) -> None:
    session = random_session(rng, is_rich)
    for cell in AnalysisDesk().answer(session.request())["cells"]:
        if cell["rerun"]:
            after = _after(session, cell["rerun"])
            if not _as_foreseen(after, session):
                continue
            assert after.truth[cell["id"]] in ("free", "random"), (cell["id"], cell["rerun"], session)
            assert cell["id"] not in _not_fresh(after), (cell["id"], cell["rerun"], session)
            assert cell["rerun"][-1] == cell["id"]
