"""The statuses: what counts as an edit, what a clean run leaves out, and what rests on the file alone."""

from __future__ import annotations

import sys

import pytest

from jupyter_hygiene.core.analysis import Analyzer, DocumentCell, Run

from .notebooks import analysed, of, stale, statuses

NO_EDITS = [
    ("x = 1", "x = 1  # one"),
    ("x = 1", "\n\nx  =  1\n"),
    ("x = 'a'", 'x = "a"'),
    ("x = [1, 2]", "x = [\n    1,\n    2,\n]"),
    ("if x:\n  y = 1", "if x:\n    y = 1"),
    ("x = (1)", "x = 1"),
    ("f(a,)", "f(a)"),
    ("x = 'a' 'b'", "x = 'ab'"),
    ("%time x = 1", "%time  x = 1"),
]
EDITS = [
    ("x = 1", "x = 2"),
    ("x = 1", "x = 1.0"),
    ("x = 1", "x = True"),
    ("x = 'a'", "x = b'a'"),
    ("x", "x;"),
    ("f(a)", "f(*a)"),
    ("x = a - b - c", "x = a - (b - c)"),
    ("x = a and (b or c)", "x = a and b or c"),
    ("def f(a, b=1): pass", "def f(a, *, b=1): pass"),
    ("def f(): pass", "async def f(): pass"),
    ("if a:\n    x = 1\ny = 2", "if a:\n    x = 1\n    y = 2"),
    ("for a in b:\n    pass\nelse:\n    x = 1", "for a in b:\n    pass\nx = 1"),
    ("import a as b", "import b as a"),
    ("x = [a for a in b if c]", "x = [a for a in b]"),
    ("f'{x}'", "f'{x!r}'"),
    ("f'{x:>3}'", "f'{x:>4}'"),
    ("x[a:b]", "x[a]"),
    ("lambda a: b", "lambda b: a"),
    ("%time x = 1", "%time x = 2"),
    ("!ls a", "!ls b"),
]


@pytest.mark.parametrize(("ran", "now"), NO_EDITS)
def test_layout_comments_and_quotes_are_no_edit(ran: str, now: str) -> None:
    cells = {"given": "a = b = c = x = y = []\ndef f(*a): pass", "cell": now}
    assert statuses(analysed(cells, ["given", ("cell", ran)]))["cell"] == "fresh"


@pytest.mark.parametrize(("ran", "now"), EDITS)
def test_what_may_do_something_else_is_an_edit(ran: str, now: str) -> None:
    assert statuses(analysed({"cell": now}, [("cell", ran)]))["cell"] == "edited"


def test_an_edit_that_is_taken_back_is_none() -> None:
    cells = {"a": "x = 1", "b": "print(x)"}
    assert not stale(cells, ["a", "b", ("a", "x = 2"), "a"])


def test_running_a_cell_again_that_gives_the_same_leaves_what_is_below_fresh() -> None:
    cells = {"a": "x = 1", "b": "y = x + 1", "c": "print(y)"}
    assert not stale(cells, ["a", "b", "c", "a", "b"])


def test_a_skipped_cell_is_not_part_of_a_clean_run() -> None:
    cells = [
        DocumentCell("a", "code", "x = 1", 1, ("skip-execution",)),
        DocumentCell("b", "code", "print(x)", 2),
    ]
    history = [Run("x = 1", 1, "a", "ok"), Run("print(x)", 2, "b", "ok")]
    assert of(Analyzer().analyze(cells, history), "b").status == "stale"


def test_cells_of_text_are_left_out() -> None:
    cells = [DocumentCell("t", "markdown", "x = 1"), DocumentCell("a", "code", "x = 1", 1)]
    assert [cell.id for cell in Analyzer().analyze(cells, []).cells] == ["a"]


def test_an_empty_cell_that_ran_is_fresh() -> None:
    assert statuses(analysed({"a": "", "b": "# nothing"}, ["a", "b"])) == {"a": "fresh", "b": "fresh"}


def test_an_interrupted_cell_is_never_fresh() -> None:
    analysis = analysed({"a": "x = 1", "b": "print(x)"}, [("a", "x = 1", "interrupted"), "b"])
    assert statuses(analysis)["a"] == "interrupted"


def test_a_cell_that_raises_as_it_would_in_a_clean_run_is_fresh() -> None:
    cells = {"a": "x = 1", "b": "print(nowhere)", "c": "print(x)"}
    assert not stale(cells, ["a", ("b", "print(nowhere)", "error"), "c"])


def test_a_file_alone_is_analysed_from_its_counts() -> None:
    cells = [
        DocumentCell("a", "code", "x = 1", 3),
        DocumentCell("b", "code", "print(x)", 2),
        DocumentCell("c", "code", "y = 1", None),
    ]
    analysis = Analyzer().analyze(cells, [], basis="file")
    assert analysis.basis == "file"
    assert statuses(analysis) == {"a": "fresh", "b": "stale", "c": "unrun"}
    assert [cell.order for cell in analysis.cells] == [2, 1, None]


@pytest.mark.parametrize("language", ["R", "julia", "Scala"])
def test_of_another_language_the_order_and_edits_are_known(language: str) -> None:
    analysis = analysed({"a": "x <- 1", "b": "y <- 2"}, ["b", ("a", "x <- 2")], language=language)
    assert not analysis.dependencies
    assert statuses(analysis) == {"a": "edited", "b": "unknown"}
    assert [cell.order for cell in analysis.cells] == [2, 1]
    assert analysis.edges == ()


@pytest.mark.parametrize("language", ["Python", "ipython", "PYTHON3"])
def test_python_goes_by_many_names(language: str) -> None:
    assert analysed({"a": "x = 1"}, ["a"], language=language).dependencies


def test_what_was_analysed_before_does_not_change_what_is_said() -> None:
    """One analyzer over many requests says what a new one says to each."""
    cells = {"a": "x = [1]", "b": "y = x", "c": "y.append(2)", "d": "print(x)", "e": "z = len(x)"}
    played = ["a", "b", "c", "d", "e", "c", "a", "e", "b", "d"]
    one = Analyzer()
    for length in range(len(played) + 1):
        document = [DocumentCell(cell_id, "code", source) for cell_id, source in cells.items()]
        history = [
            Run(cells[cell_id], n, cell_id, "ok") for n, cell_id in enumerate(played[:length], start=1)
        ]
        assert one.analyze(document, history) == Analyzer().analyze(document, history)
        document.reverse()
        assert one.analyze(document, history) == Analyzer().analyze(document, history)


@pytest.mark.parametrize(
    "source", ["print(spark, dbutils)", "x if y else z", "a[b:c] = d", "@d(e)\ndef k(): pass"]
)
def test_a_cell_that_ran_well_with_names_that_nothing_here_defines_is_fresh(source: str) -> None:
    assert stale({"cell": source}, ["cell"]) == set()


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the syntax is newer than this Python")
def test_a_type_parameter_is_no_global_name() -> None:
    cells = {"k": "k = 1", "f": "def f[T](x: T) -> T:\n    return x + k", "show": "print(f(2))"}
    assert of(analysed(cells, ["k", "f", "show"]), "f").reads == ()
    assert stale(cells, ["k", "f", "show", ("k", "k = 5"), "show"]) == {"k", "show"}
