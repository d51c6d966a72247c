"""How far a run came that raised: its traceback tells, and what stands above that line was done."""

from __future__ import annotations

from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from jupyter_hygiene.core.analysis.tracebacks import raised_line
from jupyter_hygiene.core.analysis_requests import AnalysisDesk

SPELLINGS = [
    ("Cell In[3], line 2\n      1 x = 1\n----> 2 1 / 0", 2),
    ("File \x1b[0;36mCell In[12], line 14\x1b[0m", 14),
    ("Cell \x1b[0;32mIn[7], line 3\x1b[0m\n\x1b[1;32m", 3),
    ("Input In [5], in <cell line: 4>()\n      2 a\n----> 4 b", 4),
    (
        "<ipython-input-5-3a2b> in <module>\n      1 a\n----> 2 b()\n\n<ipython-input-4-aa> in b()\n----> 9 c",
        2,
    ),
    ("/tmp/ipykernel_123/4567.py in <module>\n      1 a\n----> 3 b", 3),
    ("KeyError  Traceback (most recent call last)\nFile /usr/lib/x.py:33, in get(a)\n---> 33 a", 0),
    ("", 0),
]


@pytest.mark.parametrize(("traceback", "line"), SPELLINGS)
def test_the_line_is_read_off_the_tracebacks_of_every_ipython(traceback: str, line: int) -> None:
    assert raised_line(traceback, "x = 1") == line


def test_the_body_of_a_timed_cell_begins_below_its_magic() -> None:
    text = "File <timed exec>:2\n\nZeroDivisionError: division by zero"
    assert raised_line(text, "%%time\nx = 1\n1 / 0") == 3
    assert raised_line("Cell In[1], line 1", "%%capture\nx = 1\n1 / 0") == 0


def traceback_of(source: str) -> list[str]:
    """What this IPython says."""
    shell = InteractiveShell()
    told: list[str] = []
    shell._showtraceback = lambda etype, evalue, stb: told.extend(stb)  # type: ignore[method-assign]
    shell.run_cell(source, store_history=True)
    return told


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = 1\ny = 2\n1 / 0\nz = 3", 3),
        ("def f():\n    return 1 / 0\n\nx = 1\nf()", 5),
        ("x = [\n    1,\n    1 / 0,\n]", 3),
        ("import json\n\njson.loads('{')", 3),
        ("%%time\nx = 1\n1 / 0", 3),
        ("%precision 3\n1 / 0", 2),
    ],
)
def test_it_is_read_off_those_that_are_really_made(source: str, line: int) -> None:
    assert raised_line("\n".join(traceback_of(source)), source) == line


def answered(cells: dict[str, str], played: list[tuple[str, str, int | None]]) -> dict[str, str]:
    """Statuses, after runs of which those with a line raised in it, and those with 0 somewhere."""
    history: list[dict[str, Any]] = [
        {
            "execution_count": count,
            "cell_id": cell_id,
            "source": source,
            "status": "ok" if line is None else "error",
            "traceback": [f"Cell In[{count}], line {line}"] if line else None,
        }
        for count, (cell_id, source, line) in enumerate(played, 1)
    ]
    document = [{"id": name, "type": "code", "source": source} for name, source in cells.items()]
    reply = AnalysisDesk().answer({"cells": document, "history": history})
    return {cell["id"]: cell["status"] for cell in reply["cells"]}


OLD = "x = 1\ny = int('1')\nw = 1"
NEW = "x = 2\ny = int('a')\nw = 2"
CELLS = {"a": NEW, "x": "print(x)", "y": "print(y)", "w": "print(w)"}


def test_what_stands_above_the_line_was_done_and_nothing_below_it() -> None:
    played = [("a", OLD, None), ("a", NEW, 2), *((name, CELLS[name], None) for name in "xyw")]
    # In a clean run there is no y and no w; that they could be read is owed to the earlier code.
    found = answered(CELLS, played)
    assert {name: found[name] for name in "xyw"} == {"x": "fresh", "y": "stale", "w": "stale"}


def test_without_a_line_any_of_it_may_have_been_done() -> None:
    played = [("a", OLD, None), ("a", NEW, 0), *((name, CELLS[name], None) for name in "xyw")]
    found = answered(CELLS, played)
    assert {found[name] for name in "xyw"} == {"stale"}


def test_a_cell_that_raised_and_then_did_not_is_judged_by_its_last_run() -> None:
    cells = {"a": OLD, "x": "print(x)", "w": "print(w)"}
    played = [("a", NEW, 2), ("x", "print(x)", None), ("a", OLD, None), ("w", "print(w)", None)]
    assert answered(cells, played) == {"a": "fresh", "x": "stale", "w": "fresh"}


def test_objects_that_were_changed_above_the_line_were_changed() -> None:
    source = "xs.append(1)\nxs.append(int('a'))\nxs.append(3)"
    cells = {"a": "xs = []", "b": source, "c": "print(xs)", "d": "xs.append(4)", "e": "print(xs)"}
    played = [("a", "xs = []", None), ("b", source, 2), *((name, cells[name], None) for name in "cde")]
    assert set(answered(cells, played).values()) == {"fresh"}
    twice = [*played[:2], ("b", source, 2), *played[2:]]
    found = answered(cells, twice)
    assert found["c"] == "stale"
    assert found["e"] == "stale"


@pytest.mark.parametrize("traceback", [3, [1], {}])
def test_what_is_no_traceback_is_refused(traceback: Any) -> None:
    from jupyter_hygiene.core.errors import BadRequest

    run = {"source": "x", "status": "error", "traceback": traceback}
    with pytest.raises(BadRequest, match="traceback must be"):
        AnalysisDesk().answer({"cells": [], "history": [run]})
