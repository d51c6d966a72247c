"""Where cells stand, where their outputs are, and what a file's counts tell where no kernel is."""

from __future__ import annotations

from typing import Any

import pytest

from jupyter_hygiene.core.analysis import Analysis, Analyzer, DocumentCell, Run
from jupyter_hygiene.core.analysis.model import Move

from .notebooks import Cells, analysed, of, statuses


def of_file(*cells: tuple[str, str, int | None], **options: Any) -> Analysis:
    document = [DocumentCell(cell_id, "code", source, count) for cell_id, source, count in cells]
    return Analyzer().analyze(document, [], **{"basis": "file", **options})


# what stands in the document, the order in which it ran, the cell that takes from below, the move
MOVES: list[tuple[Cells, list[str], str, Move | None]] = [
    # what is needed goes up
    ({"use": "print(x)", "give": "x = 1"}, ["give", "use"], "use", Move("give", "use", "above")),
    # it cannot go up, as it needs something itself: the cell that needs it goes down
    (
        {"use": "print(y)", "a": "x = 1", "give": "y = x"},
        ["a", "give", "use"],
        "use",
        Move("use", "give", "below"),
    ),
    # what is above would be changed by either
    (
        {"a": "x = 1", "use": "print(x, z)", "give": "z = x = 2", "last": "print(x)"},
        ["a", "give", "use", "last"],
        "use",
        Move("give", "use", "above"),
    ),
    (
        {"a": "x = 1", "keep": "print(x)", "use": "x += z", "give": "z = x"},
        ["a", "keep", "give", "use"],
        "use",
        Move("give", "use", "above"),
    ),
    # it would take two moves
    ({"use": "print(x, y)", "a": "x = 1", "b": "y = 1"}, ["a", "b", "use"], "use", Move("use", "b", "below")),
    # nothing is below
    ({"a": "x = 1", "b": "print(x)"}, ["a", "b", "a"], "b", None),
]


@pytest.mark.parametrize(("cells", "ran", "cell_id", "move"), MOVES)
def test_a_cell_that_takes_from_below_is_told_the_move_that_mends_it(
    cells: Cells, ran: list[str], cell_id: str, move: Move | None
) -> None:
    analysis = analysed(cells, ran)
    assert of(analysis, cell_id).move == move
    if move is not None:
        order = [other for other in cells if other != move.cell_id]
        at = order.index(move.anchor_id) + (move.side == "below")
        order.insert(at, move.cell_id)
        runs = [Run(cells[other], count, other, "ok") for count, other in enumerate(ran, 1)]
        moved = Analyzer().analyze([DocumentCell(other, "code", cells[other]) for other in order], runs)
        assert statuses(moved)[cell_id] == "fresh"


def test_no_move_is_told_that_would_make_another_cell_stale() -> None:
    cells = {"use": "print(x)", "b": "x = 1\nprint(y)", "c": "y = 2", "d": "y = 3", "e": "print(y)"}
    analysis = analysed(cells, ["c", "b", "use", "d", "e"])
    move = of(analysis, "b").move
    assert move is None or (move.cell_id, move.side) in {("b", "below"), ("c", "above")}


def test_an_output_that_is_not_on_the_page_is_told() -> None:
    document = [
        DocumentCell("a", "code", "x = 1", 1),
        DocumentCell("b", "code", "print(x)", None),
        DocumentCell("c", "code", "print(x + 1)", 2),
        DocumentCell("d", "code", "print(0)", None),
    ]
    runs = [Run("x = 1", 1, "a", "ok"), Run("print(x)", 2, "b", "ok"), Run("print(x + 1)", 3, "c", "ok")]
    analysis = Analyzer().analyze(document, runs)
    assert set(statuses(analysis).values()) == {"fresh", "unrun"}
    told = {cell.id: cell.unshown.message for cell in analysis.cells if cell.unshown}
    assert told == {
        "b": "this kernel ran this cell last as [2], and what came of it is not on the page",
        "c": "this kernel ran this cell last as [3], and what stands here, [2], is of another run",
    }


def test_a_file_in_a_new_kernel_is_judged_by_its_counts() -> None:
    analysis = of_file(
        ("a", "x = 1", 3), ("b", "print(x)", 2), ("c", "print(0)", 4), ("d", "1", None), basis="kernel"
    )
    assert set(statuses(analysis).values()) == {"unrun"}
    kinds = {cell.id: [reason.kind for reason in cell.reasons] for cell in analysis.cells}
    assert kinds == {"a": ["unrun"], "b": ["unrun", "redefined"], "c": ["unrun"], "d": ["unrun"]}
    assert not analysis.rerun


def test_once_the_kernel_has_run_something_the_counts_of_the_file_tell_nothing() -> None:
    document = [DocumentCell("a", "code", "x = 1", 1), DocumentCell("b", "code", "print(x)", 2)]
    analysis = Analyzer().analyze(document, [Run("x = 1", 1, "a", "ok")])
    assert [reason.kind for reason in of(analysis, "b").reasons] == ["unrun"]


def test_without_a_kernel_a_cure_runs_all_that_it_needs() -> None:
    analysis = of_file(
        ("a", "x = 1", 1), ("b", "y = x", 2), ("c", "y += 1", 3), ("d", "z = y", 5), ("e", "w = 0", 6),
        ("f", "x = 2", 4), ("g", "print(x, z)", 7),
    )  # fmt: skip
    assert statuses(analysis)["d"] == "fresh"
    analysis = of_file(("a", "x = 1", 1), ("b", "y = x", 2), ("c", "y = 7", 5), ("d", "print(x, y)", 3))
    assert statuses(analysis)["d"] == "stale"
    assert of(analysis, "d").rerun == ("a", "c", "d")
    assert not analysis.restart_needed


def test_a_definition_with_a_later_count_has_run_before_its_readers_as_well() -> None:
    imports = "import numpy as np\n%matplotlib inline"
    function = "def f(x):\n    return np.log(x)"
    found = of_file(("i", imports, 9), ("d", function, 7), ("u", "f(1)", 3), ("v", "np.pi", 4))
    assert set(statuses(found).values()) == {"fresh"}


@pytest.mark.parametrize(
    "cells",
    [
        # every count is borne by a cell, so that nothing else can have run
        [("i", "import math", 2), ("u", "math.pi", 1)],
        # what it gives may have been another value then
        [("i", "n = 7", 9), ("u", "print(n)", 3)],
    ],
)
def test_but_not_where_something_says_otherwise(cells: list[tuple[str, str, int | None]]) -> None:
    assert statuses(of_file(*cells))["u"] == "stale"


def test_how_often_a_cell_has_run_is_told_since_its_input_was_made_anew() -> None:
    cells = {"a": "xs = []", "b": "xs.append(1)\nprint(xs)", "c": "print(xs)"}
    again = analysed(cells, ["a", "b", "c", "a", "b", "b"])
    assert "has run twice" in of(again, "b").reasons[0].message
    thrice = analysed(cells, ["a", "b", "b", "b"])
    assert "has run 3 times" in of(thrice, "b").reasons[0].message
