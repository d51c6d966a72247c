"""What a person reads beside a cell that is not fresh: one sentence for each kind of reason, and whom it names."""

from __future__ import annotations

from typing import get_args

import pytest

from jupyter_hygiene.core.analysis import Analysis, Analyzer, DocumentCell
from jupyter_hygiene.core.analysis.model import ReasonKind

from .notebooks import Cells, Played, analysed, of, told

CHAIN: Cells = {"a": "x = 1", "b": "y = x + 1", "c": "print(y)"}
RAN = [("a", "x = 1"), ("b", "y = x + 1"), ("c", "print(y)")]

# what stands in the document, what ran, the cell asked about, the kind, the sentence, the cell and run it names
SENTENCES: list[tuple[Cells, Played, str, ReasonKind, str, str | None, int | None]] = [
    (
        {**CHAIN, "a": "x = 2"},
        RAN,
        "a",
        "edited",
        "this cell was edited since it ran as [1]",
        "a",
        1,
    ),
    (
        {**CHAIN, "a": "x = 2"},
        RAN,
        "b",
        "upstream",
        "`x` comes from cell [1], which was edited since",
        "a",
        1,
    ),
    (
        {**CHAIN, "a": "x = 2"},
        RAN,
        "c",
        "upstream",
        "`y` comes from cell [2], which is stale itself, because of cell [1], which was edited since",
        "b",
        2,
    ),
    (
        {**CHAIN, "a": "x = 2"},
        [*RAN, "a"],
        "b",
        "redefined",
        "`x` was changed by cell [4] after this cell ran",
        "a",
        4,
    ),
    (
        {"a": "x = 1", "new": "x = 5", "b": "print(x)"},
        ["a", "b"],
        "b",
        "not_run",
        "`x` is defined in code cell 2 of the notebook, which has not been run",
        "new",
        None,
    ),
    (
        {"b": "y = x + 1"},
        [("gone", "x = 1"), "b"],
        "b",
        "deleted",
        "`x` comes from a cell that was deleted, run as [1]",
        "gone",
        1,
    ),
    (
        {"b": "print(model)", "a": "model = 1"},
        ["a", "b"],
        "b",
        "below",
        "`model` is defined below, in cell [1]",
        "a",
        1,
    ),
    (
        {"a": "x = 1", "b": "print(x)", "late": "x = 2"},
        ["a", "late", "b"],
        "b",
        "below",
        "`x` was changed by cell [2], which stands below",
        "late",
        2,
    ),
    (
        {"a": "k = 1", "b": "print(k)"},
        ["a", (None, "k = 7"), "b"],
        "b",
        "outside",
        "`k` was set by code that no cell here has (run [2])",
        None,
        2,
    ),
    (
        {"a": "z = 1", "b": "print(y)"},
        [("a", "y = 1"), "b", "a"],
        "b",
        "undefined",
        "nothing above defines `y` any more; it came from an earlier run of cell [3]",
        "a",
        1,
    ),
    (
        {"a": "total = 0", "b": "total += 2"},
        ["a", "b", "b"],
        "b",
        "repeated",
        "this cell changes `total` and has run twice",
        "b",
        3,
    ),
    (
        {"a": "total = 0", "b": "total += 2"},
        ["a", "b", "b", "b"],
        "b",
        "repeated",
        "this cell changes `total` and has run 3 times",
        "b",
        4,
    ),
    (
        {
            "s": "import numpy as np\nnp.random.seed(1)",
            "b": "print(np.random.rand())",
            "c": "np.random.rand(3)",
        },
        ["s", "c", "b"],
        "b",
        "below",
        "numpy's random state was changed by cell [2], which stands below",
        "c",
        2,
    ),
    (
        {"a": "xs = [1]", "b": "ys = xs", "c": "print(xs is ys)"},
        ["a", "b", "a", "c"],
        "c",
        "redefined",
        "`xs` was made anew by cell [3]; `ys` still goes with what it was before",
        "a",
        3,
    ),
    (
        {"a": "xs = [1]", "c": "xs.append(2)"},
        ["a", (None, "other = xs"), "c"],
        "c",
        "state",
        "this cell changed `other` as well, which it would not after a clean run",
        "c",
        3,
    ),
    (
        {"a": "x = 1", "b": "y = x"},
        ["a", ("b", "y = x", "interrupted")],
        "b",
        "interrupted",
        "this cell was interrupted when it ran as [2]",
        "b",
        2,
    ),
    (
        {"a": "x = 1", "b": "y = = 2"},
        ["a"],
        "b",
        "unreadable",
        "this cell cannot be read as Python: invalid syntax in line 1",
        "b",
        None,
    ),
    (
        {"a": "x = 1"},
        [],
        "a",
        "unrun",
        "this cell has not been run in this kernel",
        None,
        None,
    ),
]


@pytest.mark.parametrize(
    ("cells", "played", "cell_id", "kind", "sentence", "cause", "count"),
    SENTENCES,
    ids=[f"{entry[3]}: {entry[4][:40]}" for entry in SENTENCES],
)
def test_the_first_reason_is_a_sentence_that_names_the_cause(
    cells: Cells,
    played: Played,
    cell_id: str,
    kind: ReasonKind,
    sentence: str,
    cause: str | None,
    count: int | None,
) -> None:
    first = of(analysed(cells, played), cell_id).reasons[0]
    assert (first.message, first.kind, first.cell_id, first.execution_count) == (sentence, kind, cause, count)


def test_there_is_a_sentence_for_every_kind() -> None:
    assert {entry[3] for entry in SENTENCES} | {"unanalysed", "draws", "not_shown"} == set(
        get_args(ReasonKind)
    )


def test_another_language_says_that_nothing_is_known_of_what_depends_on_what() -> None:
    analysis = analysed({"a": "x <- 1"}, ["a"], language="R")
    assert told(analysis, "a") == ["what this cell depends on is not analysed for this language"]
    assert of(analysis, "a").reasons[0].kind == "unanalysed"


def test_a_count_from_another_session_is_told_from_a_run_of_this_kernel() -> None:
    analysis = Analyzer().analyze([DocumentCell("a", "code", "x = 1", 4)], [])
    assert told(analysis, "a") == [
        "this cell has not been run in this kernel; what stands here, [4], is from an earlier one, and is known "
        "from the file alone"
    ]


def test_a_fresh_cell_has_no_reasons() -> None:
    assert all(not cell.reasons for cell in analysed(CHAIN, ["a", "b", "c"]).cells)


def test_many_names_from_one_cause_share_a_sentence() -> None:
    names = ", ".join(f"x{n}" for n in range(20))
    cells = {"a": f"{names} = range(20)", "b": f"print({names})"}
    analysis = analysed({**cells, "a": cells["a"].replace("20)", "1, 21)")}, [("a", cells["a"]), "b"])
    (only,) = told(analysis, "b")
    assert only == "`x0`, `x1` and 18 more come from cell [1], which was edited since"


def test_many_causes_are_cut_short() -> None:
    cells = {f"c{n}": f"x{n} = {n}" for n in range(9)}
    cells["sum"] = "print(" + " + ".join(f"x{n}" for n in range(9)) + ")"
    edited = {cell_id: source.replace("= ", "= 1") for cell_id, source in cells.items()}
    analysis = analysed(edited, list(cells.items()))
    assert 3 <= len(told(analysis, "sum")) <= 5


def restored(analysis: Analysis, cell_id: str) -> str | None:
    return next(reason.restore_before for reason in of(analysis, cell_id).reasons if reason.kind == "deleted")


def test_a_deleted_cell_belongs_above_the_first_cell_that_needs_it() -> None:
    cells = {"k": "k = 1", "other": "o = 1", "b": "print(x)", "c": "print(x + 1)"}
    analysis = analysed(cells, ["k", "other", ("gone", "x = k"), "b", "c"])
    assert restored(analysis, "b") == "b"
    assert restored(analysis, "c") == "b"


def test_with_its_source_brought_back_there_all_is_fresh() -> None:
    cells = {"k": "k = 1", "b": "print(x)", "c": "print(x + 1)"}
    played: Played = ["k", ("gone", "x = k"), "b", "c"]
    place = restored(analysed(cells, played), "c")
    back: Cells = {}
    for cell_id, source in cells.items():
        if cell_id == place:
            back["gone"] = "x = k"
        back[cell_id] = source
    assert {cell.status for cell in analysed(back, played).cells} == {"fresh"}


def test_the_cause_knows_the_cells_that_are_stale_on_its_account() -> None:
    analysis = analysed({**CHAIN, "a": "x = 2", "d": "print(1)"}, [*RAN, "d"])
    assert of(analysis, "a").dependents == ("b", "c")
    assert of(analysis, "d").dependents == ()


def test_before_a_cell_would_count_twice_it_says_so() -> None:
    analysis = analysed({"a": "total = 0", "b": "total += 2"}, ["a", "b"])
    hazard = of(analysis, "b").hazard
    assert hazard is not None
    assert hazard.message == "this cell changes `total`: running it again now would change it a second time"
    assert analysis.hazards == ("b",)
    assert of(analysis, "a").hazard is None


def test_a_fresh_cell_whose_input_moved_on_is_a_hazard_too() -> None:
    analysis = analysed({"a": "x = 1", "b": "print(x)", "c": "x = 2"}, ["a", "b", "c"])
    hazard = of(analysis, "b").hazard
    assert hazard is not None
    assert hazard.message == "`x` was changed by cell [3] since: running this cell again now would use that"
    assert (hazard.cell_id, hazard.execution_count) == ("c", 3)


def test_running_an_instance_again_after_its_class_was_made_anew_is_a_hazard() -> None:
    cells = {"a": "class P: pass", "b": "p = P()", "c": "print(isinstance(p, P))"}
    assert analysed(cells, ["a", "b", "c", "a"]).hazards == ("c",)


def test_who_feeds_whom_is_told_by_name() -> None:
    cells = {"a": "x = y = 1", "b": "x += 1", "c": "print(x, y)", "d": "def f():\n    return x", "e": "f()"}
    edges = {(edge.source, edge.target, edge.name) for edge in analysed(cells, []).edges}
    assert edges == {
        ("a", "b", "x"),
        ("b", "c", "x"),
        ("a", "c", "y"),
        ("d", "e", "f"),
        ("b", "e", "x"),
    }
