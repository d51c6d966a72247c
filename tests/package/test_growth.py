"""What comparing, checking and predicting take grows with what they are given, and not with its square."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from jupyter_hygiene.core.analysis_requests import AnalysisDesk
from jupyter_hygiene.core.compare import CompareContext, compare_outputs
from jupyter_hygiene.core.configuration import configure
from jupyter_hygiene.core.hygiene.examination import Subject, examine
from jupyter_hygiene.core.notebook import Notebook, Output
from tests.notebooks import code, notebook

pytestmark = pytest.mark.lengthy

# Twice as much takes twice the time; four times, where it grows with the square. Noise is between.
_MOST_GROWTH = 3.2
_TRIES = 5
# In less time, in seconds, even what grows with the square does no harm.
_QUICK = 0.05

UNITS = [
    "a",
    "1 ",
    " \n",
    "\n ",
    "ab 12.5\n",
    "a=1, ",
    "<a ",
    "<b>x</b>",
    "(a",
    "[1, ",
    "{'a': ",
    "\x1b[0m",
    "\\a{",
    "0x1f ",
    "/a/b ",
]
KINDS = [
    "stream",
    "text/plain",
    "text/html",
    "text/latex",
    "image/svg+xml",
    "application/json",
    "text/markdown",
    "error",
]


def _assert_linear(act: Callable[[int], Callable[[], object]], size: int) -> None:
    """``act`` makes of a size what is to be timed. By the processor's time, so that a busy machine changes nothing."""
    growth = 0.0
    for _ in range(_TRIES):
        short, long = _seconds(act(size)), _seconds(act(2 * size))
        growth = long / short
        if long < _QUICK or growth < _MOST_GROWTH:
            return
    raise AssertionError(f"{growth:.1f} times for twice as much")


def _seconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return max(time.process_time() - began, 1e-6)


def _output(kind: str, text: str) -> Output:
    raw: dict[str, Any] = {"output_type": "display_data", "metadata": {}, "data": {kind: text}}
    if kind == "stream":
        raw = {"output_type": "stream", "name": "stdout", "text": text}
    elif kind == "error":
        raw = {"output_type": "error", "ename": "E", "evalue": text, "traceback": text.split("\n")}
    elif kind == "application/json":
        raw["data"] = {kind: {"values": text.split(" "), "text": text}}
    elif kind in ("text/html", "image/svg+xml"):
        tag = "svg" if "svg" in kind else "div"
        raw["data"] = {kind: f"<{tag}>{text}</{tag}>"}
    return Output.from_json(raw)


@pytest.mark.parametrize("kind", KINDS)
def test_comparing_takes_time_in_proportion_to_the_output(kind: str) -> None:
    for unit in UNITS:

        def compare(size: int, unit: str = unit) -> Callable[[], object]:
            saved = [_output(kind, unit * (size // len(unit)))]
            replayed = [_output(kind, unit * (size // len(unit)) + "!")]
            return lambda: compare_outputs(saved, replayed, CompareContext(source="print(f())"))

        try:
            _assert_linear(compare, 6_000)
        except AssertionError as error:
            raise AssertionError(f"{unit!r}: {error}") from None


def _imports(count: int) -> list[str]:
    return ["\n".join(f"import a{number}" for number in range(count))]


CODE: dict[str, Callable[[int], list[str]]] = {
    "imports": _imports,
    "imports from a module": lambda count: ["\n".join(f"from m import x{number}" for number in range(count))],
    "one import of many names": lambda count: [
        "from m import " + ", ".join(f"n{number}" for number in range(count))
    ],
    "assignments": lambda count: ["\n".join(f"x{number} = {number}" for number in range(count))],
    "cells": lambda count: [f"x{number} = {number}" for number in range(count)],
    "a chain": lambda count: ["x0 = 1", *(f"x{number} = x{number - 1} + 1" for number in range(1, count))],
    "calls": lambda count: ["def f(x): return x", "\n".join(f"y = f({number})" for number in range(count))],
}


def _notebook(sources: Sequence[str]) -> dict[str, Any]:
    return notebook(*(code(source, cell_id=f"c{number}") for number, source in enumerate(sources)))


@pytest.mark.parametrize("kind", CODE)
def test_checking_takes_time_in_proportion_to_the_code(kind: str) -> None:
    def check(count: int) -> Callable[[], object]:
        read = Notebook.from_json(_notebook(CODE[kind](count)))
        return lambda: examine(Subject(read, "n.ipynb", None, configure(read, None)))

    _assert_linear(check, 3_000)


@pytest.mark.parametrize("kind", CODE)
def test_predicting_takes_time_in_proportion_to_the_code(kind: str) -> None:
    def predict(count: int) -> Callable[[], object]:
        sources = CODE[kind](count)
        cells = [
            {"id": f"c{number}", "type": "code", "source": source} for number, source in enumerate(sources)
        ]
        history = [
            {"execution_count": number + 1, "source": source, "cell_id": f"c{number}", "status": "ok"}
            for number, source in enumerate(sources)
        ]
        body = {"language": "python", "basis": "kernel", "cells": cells, "history": history}
        return lambda: AnalysisDesk().answer(body)

    _assert_linear(predict, 1_500)
