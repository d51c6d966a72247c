"""Whatever is in a request, an analysis comes back."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jupyter_hygiene.core.analysis import Analyzer, DocumentCell, Run, RunStatus

from .notebooks import analysed, of, statuses, told

_SETTINGS = settings(
    max_examples=200, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
_TEXT = (
    "def f(|):\n|    |%%time\n|!ls {x}\n|for a in b:\n|lambda: |\x00|\ud800|'''|class A|(|[|{|f'{|"
    "}'|:=|*|**|await |yield |return |global x\n|import *\n|from . import y\n|%|?|\\\n|\t|\r\n|\f|é|"
    "match x:\n|case _:\n|type X = int\n|@|del |with a as "
)
_FRAGMENTS = _TEXT.split("|")

ODD = {
    "a null byte": "x = 1\x00",
    "half of a surrogate pair": "x = '\ud800'",
    "brackets nested too deeply": "(" * 10_000 + ")" * 10_000,
    "operators nested too deeply": "x = " + "-" * 50_000 + "1",
    "attributes nested too deeply": "x" + ".a" * 20_000,
    "blocks nested too deeply": "\n".join("  " * depth + "if x:" for depth in range(300)),
    "a number too long to be read": "x = " + "9" * 6_000,
    "a form feed": "\fx = 1",
    "nothing but a comment": "# nothing",
    "nothing but a magic": "%",
    "nothing but a question mark": "?",
    "an open string": "x = '''",
    "a return": "return 1",
    "a break": "break",
    "a yield": "x = yield",
    "a comprehension that awaits": "[await x async for x in y]",
    "an import from nowhere": "from .. import *",
    "a cell magic without a body": "%%time",
    "a magic of magics": "%time %time %time x = 1",
    "a star alone": "*a, = b = *c, d",
    "deleting everything": "del (a, [b, (c)]), d[e], f.g",
    "carriage returns": "x = 1\r\ny = 2\r",
}


@pytest.mark.parametrize("what", ODD)
def test_an_odd_cell_does_not_spoil_the_others(what: str) -> None:
    cells = {"a": "x = 1", "odd": ODD[what], "b": "print(1)"}
    analysis = analysed(cells, ["a", "odd", "b"])
    found = statuses(analysis)
    assert found["a"] == "fresh"
    assert found["odd"] in ("fresh", "stale", "unknown")


def test_a_cell_of_a_megabyte_is_analysed() -> None:
    cells = {"big": "x = 1\n" * 150_000, "b": "print(x)"}
    assert statuses(analysed(cells, ["big", "b"])) == {"big": "fresh", "b": "fresh"}


def test_what_cannot_be_read_says_where() -> None:
    analysis = analysed({"a": "x = 1\ny = (\nz = 3"}, [])
    assert of(analysis, "a").status == "unknown"
    assert "line 2" in told(analysis, "a")[0]


def test_a_source_that_only_a_newer_python_reads_spoils_nothing_where_it_ran_well() -> None:
    cells = {"a": "x = 1", "new": "x ||= 3", "b": "print(x)"}
    assert statuses(analysed(cells, ["a", "new", "b"])) == {"a": "fresh", "new": "unknown", "b": "fresh"}


@given(st.randoms(use_true_random=False))
@_SETTINGS
def test_any_text_is_survived(rng: random.Random) -> None:
    cells = [
        DocumentCell(f"c{n}", "code", "".join(rng.choices(_FRAGMENTS, k=rng.randrange(1, 12))))
        for n in range(4)
    ]
    statuses_of_runs: tuple[RunStatus, ...] = ("ok", "error", "interrupted", "unknown")
    history = [
        Run(
            cell.source,
            rng.choice([None, 0, -3, 7]),
            rng.choice([cell.id, None, "gone"]),
            rng.choice(statuses_of_runs),
        )
        for cell in rng.choices(cells, k=6)
    ]
    analysis = Analyzer().analyze(cells, history, basis="file" if rng.random() < 0.3 else "kernel")
    assert [cell.id for cell in analysis.cells] == [cell.id for cell in cells]


@given(st.text(alphabet=string.printable, max_size=80), st.text(alphabet=string.printable, max_size=40))
@_SETTINGS
def test_any_characters_are_survived(first: str, second: str) -> None:
    analysed({"a": first, "b": second}, ["a", "b", "a"])
