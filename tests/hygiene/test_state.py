"""Order, names with two meanings, and sessions that outlive their notebook."""

from __future__ import annotations

from typing import Any

import pytest

from jupyter_hygiene.core.analysis import Run
from tests.notebooks import code, markdown, printed

from .examined import found, places


def test_order_is_named_once_with_the_variable_it_matters_for() -> None:
    findings = found(
        "execution-order",
        code("import pandas as pd", count=1),
        code("price = 3", count=4),
        code("print(price)", printed("2\n"), count=3),
        code("print(price + 1)", printed("3\n"), count=2),
    )
    assert len(findings) == 1
    assert (findings[0].index, findings[0].severity) == (None, "warning")
    assert "`price`" in findings[0].message
    assert "2 cells (3, 4)" in findings[0].message


QUIET: dict[str, list[dict[str, Any]]] = {
    "in order": [code("a = 1", count=1), code("print(a)", count=2)],
    "gaps": [code("a = 1", count=3), code("print(a)", count=17)],
    "independent cells": [code("a = 1", count=2), code("b = 2", count=1), code("print(a, b)", count=3)],
    "imports run again": [code("import math", count=9), code("print(math.pi)", count=2)],
    "functions run again": [code("def f():\n    return 1", count=9), code("print(f())", count=2)],
    "settings run again": [
        code("import pandas as pd\npd.set_option('display.max_rows', 9)", count=9),
        code("df = pd.DataFrame()", count=2),
        code("df.head()", count=3),
    ],
    "several sessions": [code("a = 1", count=1), code("print(a)", count=2), code("a = 1", count=1)],
    "nothing has run": [code("a = 1", ran=False), code("print(a)", ran=False)],
}


@pytest.mark.parametrize("cells", QUIET.values(), ids=QUIET)
def test_order_is_not_spoken_of_where_nothing_depends_on_it(cells: list[dict[str, Any]]) -> None:
    assert found("execution-order", *cells) == []


def test_the_history_of_the_kernel_decides_where_it_is_known() -> None:
    cells = [code("a = 1", count=3), code("print(a)", count=2)]
    rerun = [Run("a = 1", 1, "c0", "ok"), Run("print(a)", 2, "c1", "ok"), Run("a = 1", 3, "c0", "ok")]
    assert found("execution-order", *cells, history=rerun) == []
    edited = [Run("a = 5", 1, "c0", "ok"), *rerun[1:]]
    assert len(found("execution-order", *cells, history=edited)) == 1
    assert len(found("execution-order", *cells, history=[])) == 1, (
        "the counts are those of an earlier session"
    )


def test_a_cell_that_never_ran_among_others_is_found() -> None:
    cells = [code("a = 1", count=1), code("a += 1", ran=False), markdown("text"), code("print(a)", count=2)]
    assert places(found("never-run", *cells)) == [(1, None)]


@pytest.mark.parametrize(
    "cells",
    [
        [code("a = 1", count=1), code("# to be done", ran=False), code("a", count=2)],
        [code("a = 1", count=1), code("", ran=False), code("a", count=2)],
        [code("a = 1", count=1), code("a", count=2), code("at_the_end()", ran=False)],
        [code("a = 1", ran=False), code("b = 1", ran=False), code("c = 1", ran=False)],
        [code("a = 1", count=1), code("slow()", ran=False, tags=["skip-execution"]), code("a", count=2)],
        [code("a = 1", count=1), code("%%script false\nslow()", ran=False), code("a", count=2)],
    ],
    ids=["comments", "empty", "at the end", "nothing ran", "skipped", "switched off"],
)
def test_cells_that_are_not_meant_to_have_run_are_left_alone(cells: list[dict[str, Any]]) -> None:
    assert found("never-run", *cells) == []


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        (["def scale(x):\n    return x", "scale(1)", "scale = 10", "print(scale)"], (2, 1)),
        (["scale = 10", "print(scale)", "def scale(x):\n    return x", "scale(1)"], (2, 1)),
        (["list = [1, 2]", "list(range(3))"], (0, 1)),
        (["sum = 1 + 2\nprint(sum)", "print(sum([1]))"], (0, 1)),
        (["data = [1, 2]", "print(len(data))", "data = {'a': 1}", "print(data)"], (2, 1)),
        (
            [
                "import pandas as pd\ntable = pd.read_csv('a')",
                "table.head()",
                "table = 'report'",
                "print(table)",
            ],
            (2, 1),
        ),
        (["import time", "time.time()", "time = 3", "print(time)"], (2, 1)),
    ],
)
def test_a_name_with_two_meanings_and_users_of_both_is_found(
    cells: list[str], place: tuple[int, int]
) -> None:
    findings = found("ambiguous-name", *cells)
    assert places(findings) == [place]


@pytest.mark.parametrize(
    "cells",
    [
        ["i = 0\nprint(i)", "for i in [[1]]:\n    print(i)"],
        ["fig, ax = plots()\nax.plot()", "fig, ax = plots()\nax.plot()"],
        ["df = [1]\nprint(df)", "df = {'a': 1}\nprint(df)"],
        ["def f(x):\n    return x\nf(1)", "f = 3\nprint(f)"],
        ["f = lambda x: x", "f(1)", "def f(x):\n    return x", "f(2)"],
        ["def f():\n    pass", "f()", "f = decorate(f)", "f()"],
        ["x = 1", "x = 2.5", "print(x)"],
        ["rows = []", "rows = list(range(3))", "print(rows)"],
        ["_ = 3", "print(_)", "_ = 'a'", "print(_)"],
        ["rows = [1]", "print(rows)", "rows = tuple(rows)", "print(rows)"],
    ],
    ids=[
        "loop",
        "figures",
        "read right there",
        "called right there",
        "both callable",
        "decorated",
        "numbers",
        "lists",
        "underscore",
        "another form of itself",
    ],
)
def test_a_name_rebound_without_harm_is_left_alone(cells: list[str]) -> None:
    assert found("ambiguous-name", *cells) == []


@pytest.mark.parametrize(
    ("source", "rule", "line"),
    [
        ("%store -r prices", "stored-variables", 1),
        ("prices = 1\n%store prices", "stored-variables", 2),
        ("import dill\ndill.dump_session('a.pkl')", "dumped-session", 2),
        ("from dill import load_session\nload_session('a.pkl')", "dumped-session", 2),
        ("%run helpers.ipynb", "run-notebook", 1),
        ("%run -i 'sub/helpers.ipynb'", "run-notebook", 1),
        (
            "import pickle\nclass A:\n    pass\na = A()\npickle.dump(a, open('a', 'wb'))",
            "pickled-notebook-class",
            5,
        ),
        ("import joblib\nclass A:\n    pass\njoblib.dump(A(), 'a')", "pickled-notebook-class", 4),
        (
            "import torch\nclass Net(torch.nn.Module):\n    pass\nnet = Net()\ntorch.save(net, 'a')",
            "pickled-notebook-class",
            5,
        ),
    ],
)
def test_what_outlives_the_notebook_unseen_is_found(source: str, rule: str, line: int) -> None:
    findings = found(rule, source)
    assert [(finding.rule, finding.line) for finding in findings] == [(rule, line)]


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("%store", "stored-variables"),
        ("%store -d prices", "stored-variables"),
        ("%store -z", "stored-variables"),
        ("%run helpers.py", "run-notebook"),
        ("# %run helpers.ipynb", "run-notebook"),
        ("session.dump_session('a')", "dumped-session"),
        ("import dill\ndill.dump(model, file)", "dumped-session"),
        (
            "import torch\nclass Net:\n    pass\nnet = Net()\ntorch.save(net.state_dict(), 'a')",
            "pickled-notebook-class",
        ),
        ("import pickle\nclass A:\n    pass\npickle.dump({'a': 1}, file)", "pickled-notebook-class"),
        ("import cloudpickle\nclass A:\n    pass\ncloudpickle.dump(A(), file)", "pickled-notebook-class"),
    ],
)
def test_what_only_looks_alike_is_left_alone(source: str, rule: str) -> None:
    assert found(rule, source) == []
