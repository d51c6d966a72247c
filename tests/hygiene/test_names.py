"""Names that a clean run finds undefined, and those that only look so."""

from __future__ import annotations

from typing import Any

import pytest

from jupyter_hygiene.core.analysis import Run
from jupyter_hygiene.core.hygiene.fixes import InsertCell
from tests.notebooks import code, raised

from .examined import found, places

NAMES = "undefined-name,used-before-definition,deleted-definition,called-too-early"

UNDEFINED: list[tuple[str, list[str | dict[str, Any]], str, tuple[int, int], str]] = [
    ("nowhere", ["x = 1", "print(x, y)"], "undefined-name", (1, 1), "y"),
    (
        "in a function that is never called",
        ["def f():\n    return missing"],
        "undefined-name",
        (0, 2),
        "missing",
    ),
    ("further down", ["print(x)", "x = 1"], "used-before-definition", (0, 1), "x"),
    ("further down in the same cell", ["print(x)\nx = 1"], "undefined-name", (0, 1), "x"),
    ("deleted above", ["x = 1\ndel x", "x"], "undefined-name", (1, 1), "x"),
    (
        "in a comprehension's own scope",
        ["ys = [y for y in range(3)]", "print(y)"],
        "undefined-name",
        (1, 1),
        "y",
    ),
    ("a decorator", ["@cached\ndef f():\n    pass"], "undefined-name", (0, 1), "cached"),
    ("timed", ["%time total(3)"], "undefined-name", (0, 1), "total"),
    ("timed in a cell", ["%%time\ntotal(3)"], "undefined-name", (0, 2), "total"),
    ("timed many times", ["%timeit -n 3 total(3)"], "undefined-name", (0, 1), "total"),
    ("captured", ["%%capture out\nprint(x)"], "undefined-name", (0, 2), "x"),
    (
        "bound in a loop above only by name of another",
        ["for i in range(3):\n    a = i", "b"],
        "undefined-name",
        (1, 1),
        "b",
    ),
    ("changed in place", ["rows.append(1)", "rows = []"], "used-before-definition", (0, 1), "rows"),
    (
        "in a text that is evaluated",
        ["print(eval('rate + 1'))", "rate = 2"],
        "used-before-definition",
        (0, 1),
        "rate",
    ),
    (
        "bound by a function alone that is not called",
        ["def start():\n    global rate\n    rate = 2", "rate"],
        "undefined-name",
        (1, 1),
        "rate",
    ),
    (
        "none that a star import gives",
        ["from math import *", "print(pi, rate)"],
        "undefined-name",
        (1, 1),
        "rate",
    ),
    ("added to", ["count += 1"], "undefined-name", (0, 1), "count"),
    ("in an f-string", ["print(f'{speed:.1f}')"], "undefined-name", (0, 1), "speed"),
    ("in an annotation", ["def f(x: Frame) -> None:\n    pass"], "undefined-name", (0, 1), "Frame"),
    ("after a comment with a semicolon", ["# x; y\nz"], "undefined-name", (0, 2), "z"),
    (
        "only defined in a cell that is skipped",
        [code("x = 1", tags=["skip-execution"], ran=False), "x"],
        "undefined-name",
        (1, 1),
        "x",
    ),
]


@pytest.mark.parametrize(
    ("cells", "rule", "place", "name"), [case[1:] for case in UNDEFINED], ids=[case[0] for case in UNDEFINED]
)
def test_an_undefined_name_is_found_where_it_is_used(
    cells: list[str | dict[str, Any]], rule: str, place: tuple[int, int], name: str
) -> None:
    findings = found(NAMES, *cells)
    assert [(finding.rule, finding.index, finding.line) for finding in findings] == [(rule, *place)]
    assert f"`{name}`" in findings[0].message


DEFINED: dict[str, list[str]] = {
    "built in": ["print(len([1]), __name__, WindowsError if False else None)"],
    "IPython's display names": ["display(1)\nget_ipython()\nexit", "In[0]\nOut"],
    "the last results": ["3 + 4", "_ + __ + _1 + _i1"],
    "output of a shell command": ["files = !ls", "len(files)"],
    "output of a magic": ["here = %pwd", "here"],
    "captured output": ["%%capture out\nprint(1)", "out.stdout"],
    "output of a script": ["%%bash --out listing\nls", "print(listing)"],
    "timed assignment": ["%time x = 3", "x"],
    "timed cell": ["%%time\nx = 3", "x"],
    "profiled": ["%prun x = sorted([3])", "x"],
    "restored from the store": ["%store -r prices", "prices"],
    "another notebook": ["%run helpers.ipynb", "clean(1)"],
    "a script": ["%run setup.py", "clean(1)"],
    "pylab": ["%pylab inline", "plot(linspace(0, 1))"],
    "star import": ["from numpy import *", "array([1])"],
    "code in a text": ["exec('x = 1')", "x"],
    "put into globals": ["globals()['x'] = 1", "x"],
    "an unknown cell magic": ["%%sql result <<\nselect 1", "result"],
    "conditional import": [
        "try:\n    import ujson as json\nexcept ImportError:\n    import json",
        "json.dumps(1)",
    ],
    "name tried first": ["try:\n    unicode\nexcept NameError:\n    unicode = str", "unicode(1)"],
    "bound by with": ["with open('a') as file:\n    pass", "file.closed"],
    "bound by a loop": ["for row in [1]:\n    pass", "row"],
    "bound by a walrus": ["if (n := 3) > 2:\n    pass", "n"],
    "bound by a match": ["match [1]:\n    case [first, *rest]:\n        pass", "first, rest"],
    "bound by an exception": [
        "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    kept = error",
        "kept",
    ],
    "global of a function": ["def setup():\n    global model\n    model = 1", "setup()", "model"],
    "class attribute": ["class A:\n    x = 1\n    y = x", "A.y"],
    "recursion": ["def f(n):\n    return n and f(n - 1)", "f(3)"],
    "function that needs what comes later, called after it": [
        "def f():\n    return g()",
        "def g():\n    return 1",
        "f()",
    ],
    "mutual recursion": [
        "def even(n):\n    return n == 0 or odd(n - 1)",
        "def odd(n):\n    return n != 0 and even(n - 1)",
        "even(4)",
    ],
    "method that needs what comes later": [
        "class A:\n    def go(self):\n        return helper()",
        "def helper():\n    return 1",
        "A().go()",
    ],
    "a callback that is called later": [
        "from ipywidgets import Button\nbutton = Button()",
        "def clicked(event):\n    show(event)\nbutton.on_click(clicked)",
        "def show(x):\n    pass",
    ],
    "shell text": ["!echo {missing} $missing", "%%bash\necho $missing"],
    "javascript": ["%%javascript\nalert(missing)", "%%html\n<b>missing</b>"],
    "text for a query": ["import pandas as pd\ndf = pd.DataFrame()", "df.query('price > 3')"],
    "cell that cannot be read": ["x = = 3\ny = 2", "x + y"],
    "Python 2 that defines it": ["print 'start'\nx = 3", "x"],
    "a quoted annotation": ["def f(x: 'int') -> 'str':\n    pass"],
    "await at the top": ["import asyncio\nawait asyncio.sleep(0)"],
    "help": ["?print", "print?", "import os\nos.path??"],
    "automagic": ["ls", "pwd"],
    "line continuation": ["x = 1 + \\\n    2", "x"],
    "prompts pasted": [">>> x = 1\n>>> x"],
    "noqa": ["surely_there  # noqa: F821"],
    "dunder": ["__file__ if False else __doc__"],
    "extension that is loaded": ["%load_ext autoreload\n%autoreload 2", "import os\nos"],
}


@pytest.mark.parametrize("cells", DEFINED.values(), ids=DEFINED)
def test_what_only_looks_undefined_is_left_alone(cells: list[str]) -> None:
    assert found(NAMES, *cells) == []


@pytest.mark.parametrize(
    ("cells", "place", "helper"),
    [
        (["def f():\n    return g()", "f()", "def g():\n    return 1"], (1, 1), "g"),
        (
            ["def f():\n    return g() + LIMIT", "x = 1\nprint(f())", "LIMIT = 2\ndef g():\n    return 1"],
            (1, 2),
            "g",
        ),
        (["def f():\n    return h()", "def h():\n    return g()", "f()", "def g():\n    pass"], (2, 1), "g"),
        (["def f(x):\n    return x * FACTOR", "list(map(f, [1]))", "FACTOR = 2"], (1, 1), "FACTOR"),
        (
            [
                "import pandas as pd\ndf = pd.DataFrame({'a': [1]})\ndef f(x):\n    return x * FACTOR",
                "df['a'].apply(f)",
                "FACTOR = 2",
            ],
            (1, 1),
            "FACTOR",
        ),
        (
            ["class Model:\n    def __init__(self):\n        self.rate = RATE", "Model()", "RATE = 2"],
            (1, 1),
            "RATE",
        ),
    ],
)
def test_a_function_called_before_its_helper_is_found_at_the_call(
    cells: list[str], place: tuple[int, int], helper: str
) -> None:
    findings = found(NAMES, *cells)
    assert {finding.rule for finding in findings} == {"called-too-early"}
    assert places(findings)[0] == place
    assert f"`{helper}`" in findings[0].message or "LIMIT" in findings[0].message


def test_a_cell_that_ran_without_its_name_tells_of_deleted_code() -> None:
    findings = found(NAMES, code("x = 1", count=1), code("print(x + rate)", count=5))
    assert [finding.rule for finding in findings] == ["deleted-definition"]
    assert "deleted or edited" in findings[0].message


def test_deleted_code_is_brought_back_from_the_history_above_the_cell_that_needs_it() -> None:
    history = [
        Run("rate = 1.2", 1, "gone", "ok"),
        Run("total = 3 * rate", 2, "c0", "ok"),
    ]
    findings = found(NAMES, code("total = 3 * rate", count=2), history=history)
    assert [finding.rule for finding in findings] == ["deleted-definition"]
    assert "a cell ([1]) that has been deleted" in findings[0].message
    fix = findings[0].fixes[0]
    assert not fix.safe
    (edit,) = fix.edits
    assert isinstance(edit, InsertCell)
    assert (edit.source, edit.above, edit.cell_id, edit.execution_count) == ("rate = 1.2", "c0", "gone", 1)


def test_an_edited_definition_is_named_with_its_cell() -> None:
    history = [Run("rate = 1.2", 1, "c0", "ok"), Run("total = 3 * rate", 2, "c1", "ok")]
    findings = found(NAMES, code("price = 1.2", count=1), code("total = 3 * rate", count=2), history=history)
    assert [finding.rule for finding in findings] == ["deleted-definition"]
    assert "cell 1 as it was when it ran ([1]); it has been edited" in findings[0].message


def test_what_came_from_a_console_is_said_so() -> None:
    history = [Run("rate = 1.2", 1, None, "ok"), Run("total = 3 * rate", 2, "c0", "ok")]
    findings = found(NAMES, code("total = 3 * rate", count=2), history=history)
    assert "outside it" in findings[0].message


def test_a_name_error_that_the_page_shows_is_information_only() -> None:
    shown = code("print(nothing)", raised("NameError", "name 'nothing' is not defined"), count=1)
    expected = code("print(nothing)", tags=["raises-exception"], ran=False)
    assert [finding.severity for finding in found(NAMES, shown, expected)] == ["info", "info"]


def test_a_customary_import_is_offered() -> None:
    (finding,) = found(NAMES, "df = pd.DataFrame()")
    assert finding.fixes[0].title == "Add `import pandas as pd` to this cell"


def test_names_of_other_kernels_are_not_judged() -> None:
    assert found(NAMES, "spark.sql('select 1')", kernel="pyspark") == []
    assert found(NAMES, "x <- 1\nprint(y)", language_info={"name": "R"}) == []
