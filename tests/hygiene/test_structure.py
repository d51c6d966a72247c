"""Structure: long cells, code that stands twice, cells that cannot be read."""

from __future__ import annotations

import pytest

from jupyter_hygiene.core.hygiene.page import Limits
from tests.hygiene.pages import Source, code, findings, markdown, mended, places
from tests.notebooks import printed, raised

FEW = Limits(cell_statements=5, notebook_cells=3)


@pytest.mark.parametrize(
    "source",
    [
        "\n".join(f"x{n} = {n}" for n in range(6)),
        "; ".join(f"x{n} = {n}" for n in range(6)),
        "def f(x):\n    if x:\n        y = 1\n    else:\n        y = 2\n    return y\nf(1)",
    ],
)
def test_a_cell_of_many_statements_is_long(source: str) -> None:
    assert len(findings("long-cell", source, limits=FEW)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "x = {\n" + "\n".join(f"    {n}: {n}," for n in range(100)) + "\n}",
        "text = '''\n" + "\n".join("line" for _ in range(100)) + "\n'''",
        "\n".join(f"import module{n}" for n in range(20)),
        '"""Says what it does."""\n' + "\n".join(f"x{n} = {n}" for n in range(5)),
        "%%bash\n" + "\n".join("ls" for _ in range(20)),
        "\n".join("# comment" for _ in range(100)),
    ],
)
def test_literals_imports_and_text_do_not_make_a_cell_long(source: str) -> None:
    assert findings("long-cell", source, limits=FEW) == []


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["def load():\n    return 1", "x = 2", "def load():\n    return 1"], "in cell 1 word for word"),
        (["def load():\n    return 1", "def load(x):\n    return x"], "is another one in cell 1"),
        (["class Net:\n    pass", "class Net(object):\n    pass"], "The class `Net`"),
        (["@njit\ndef load(): pass", "def load(): pass"], "another one"),
    ],
)
def test_a_function_of_several_cells_is_found_where_it_comes_again(cells: list[Source], words: str) -> None:
    (hit,) = findings("function-defined-again", *cells)
    assert words in hit.message


@pytest.mark.parametrize(
    "cells",
    [
        ["def f(x):\n    return x", "def f(x):\n    return 2 * x"],
        ["def _helper(): pass", "def _helper(): return 1"],
        ["@overload\ndef load(x: int): ...", "def load(x): return x"],
        ["@singledispatch\ndef load(x): pass", "@load.register\ndef load(x: int): pass"],
        ["class Net:\n    pass", "class Net(Net):\n    def more(self): pass"],
        ["if True:\n    def load(): pass", "def load(): return 1"],
        ["def load(): pass\ndef load(): return 1"],
        ["@interact\ndef plot(x=1): pass", "@interact\ndef plot(y=2): pass"],
        ["class A:\n    def load(self): pass", "class B:\n    def load(self): pass"],
    ],
)
def test_definitions_that_add_to_a_name_or_pass_by_are_left_alone(cells: list[Source]) -> None:
    assert findings("function-defined-again", *cells) == []


WORK = """\
kept = rows[rows.size > 3]
total = kept.sum()
share = kept / total
best = share.max()
ranks = [share.rank(n) for n in range(3)]
table = summarise(ranks, best)
"""


@pytest.mark.parametrize(
    "cells",
    [
        [WORK, "rows = other", WORK],
        [WORK, "rows = other", WORK.replace(" = ", "=").replace("\n", "  # so\n")],
        ["a = 1\n" + WORK + "b = 2", "c = 3\n" + WORK + "d = 4"],
        [f"for n in range(3):\n    {WORK.replace(chr(10), chr(10) + '    ')}\nx = 1\ny = 2"] * 2,
    ],
)
def test_the_same_statements_in_two_cells_are_found_in_the_second(cells: list[Source]) -> None:
    assert [cell for cell, _ in places("duplicate-code", *cells)] == [len(cells) - 1]


@pytest.mark.parametrize(
    "cells",
    [
        [WORK, WORK.replace("3", "4").replace("max", "min")],
        ["import os\nimport re\nimport sys\nimport json\nimport glob\nimport math\nimport time"] * 2,
        ["fig, ax = plt.subplots()\nax.plot(x)\n" + "ax.set_title('a')\n" * 5 + "plt.show()"] * 2,
        ["model.fit(X)\nprint(model.score(X))\nprint(model)"] * 2,
        ["def f():\n    a = 1\n    b = 2\n    c = 3\n    d = 4\n    e = 5\n    return a"] * 2,
        ["%%bash\n" + WORK] * 2,
    ],
)
def test_what_is_short_or_only_draws_may_stand_twice(cells: list[Source]) -> None:
    assert findings("duplicate-code", *cells) == []


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        (["x = 1"], 1),
        ([markdown("Some text"), "x = 1"], 1),
        ([markdown("# Title"), "x = 1"], 0),
        ([markdown("Title\n====="), "x = 1"], 0),
        ([markdown("<h1>Title</h1>"), "x = 1"], 0),
        ([""], 0),
    ],
)
def test_a_notebook_has_a_heading(cells: list[Source], count: int) -> None:
    assert len(findings("missing-heading", *cells)) == count


def test_empty_cells_in_the_middle_can_be_deleted() -> None:
    tagged = code("", tags=["parameters"], ran=False)
    left_over = code("", printed("output of what was here"))
    assert places("empty-cell", "", "x = 1", " \n", tagged, left_over, "y = 1", "") == [(0, None), (2, None)]
    assert mended("empty-cell", "x = 1", "", "y = 1") == ["x = 1", "y = 1"]


def test_a_notebook_of_many_cells_is_long() -> None:
    assert len(findings("long-notebook", "a", "b", "c", "d", limits=FEW)) == 1
    assert findings("long-notebook", "a", "b", "c", limits=FEW) == []


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = 1\ny = (2", 2),
        ("for x in y\n    pass", 1),
        ("x = 1\n  y = 2", 2),
        ("print('a)", 1),
        ("%matplotlib inline\nx = = 1", 2),
        ("%%time\nx = 1\ny = ]", 3),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_its_line(source: str, line: int) -> None:
    assert places("unparsable-cell", "a = 1", source) == [(1, line)]


@pytest.mark.parametrize(
    "source",
    [
        "%%bash\nfor x in *; do echo $x; done",
        "%%html\n<b>",
        "%%writefile x.py\nx = (",
        "!ls -l | grep x",
        "files = !ls",
        "?print",
        "print?",
        "print??",
        "ls ../data",
        "cd work",
        "pwd",
        "%timeit x = 1",
        "await f()",
        "return_value = 1\n%time x = 2",
        "    x = 1\n    y = 2",
        ">>> x = 1",
        "In [1]: x = 1",
        "print 'hello'",
        "try:\n    x = 1\nexcept ValueError, e:\n    pass",
        "exec 'x = 1'",
        "match x:\n    case 1:\n        pass",
        "",
        "# only a comment",
        code("x = (", tags=["raises-exception"]),
    ],
)
def test_what_a_kernel_reads_or_another_rule_tells_is_left_alone(source: Source) -> None:
    assert findings("unparsable-cell", source) == []


def test_what_only_a_newer_python_may_read_is_not_judged() -> None:
    newer = {"language_info": {"name": "python", "version": "3.99.0"}}
    assert findings("unparsable-cell", "type := 1\nprint(f'{x ?? y}')", **newer) == []
    assert findings("unparsable-cell", "x = (1", **newer)


def test_an_error_that_is_shown_may_be_meant() -> None:
    (hit,) = findings("unparsable-cell", code("x = (", raised("SyntaxError", "'(' was never closed")))
    assert hit.severity == "warning"
