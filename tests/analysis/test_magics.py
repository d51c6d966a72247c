"""What magics and shell commands do to the cells around them: one stated rule each."""

from __future__ import annotations

import pytest

from .notebooks import Cells, Played, analysed, stale, statuses

# what is stale once all ran in this order
RULES: list[tuple[str, Cells, Played, set[str]]] = [
    ("%time binds", {"a": "%time x = 1", "b": "print(x)"}, [("a", "%time x = 2"), "b"], {"a", "b"}),
    ("%%time is code", {"a": "%%time\nx = 1", "b": "print(x)"}, [("a", "%%time\nx = 2"), "b"], {"a", "b"}),
    ("%%capture is code", {"a": "%%capture\nx = 1", "b": "print(x)"}, ["b", "a"], {"b"}),
    (
        "%%capture keeps what was shown",
        {"k": "k = 1", "a": "%%capture out\nprint(k)", "b": "print(out.stdout)"},
        ["k", "a", "b", (None, "k = 2"), "a"],
        {"a"},
    ),
    ("%timeit leaves no names", {"a": "x = 1", "t": "%timeit x = 2", "b": "print(x)"}, ["a", "b", "t"], set()),
    ("%timeit changes objects", {"a": "x = []", "t": "%timeit x.append(1)", "b": "print(x)"}, ["a", "b", "t"], {"b"}),
    ("a command's output is a value", {"a": "f = !ls", "b": "print(f)"}, ["b", "a"], {"b"}),
    ("a command reads {names}", {"n": "n = 1", "a": "!echo {n + 1}"}, ["n", (None, "n = 2"), "a"], {"a"}),
    ("a command reads $names", {"n": "n = 1", "a": "!echo $n"}, ["n", (None, "n = 2"), "a"], {"a"}),
    ("a command may write files", {"a": "!touch x.txt", "b": "print(open('x.txt').read())"}, ["b", "a"], {"b"}),
    ("listing files writes none", {"a": "!ls", "b": "print(open('x.txt').read())"}, ["b", "a"], set()),
    ("%%bash may write files", {"a": "%%bash\nmake", "b": "print(open('x.txt').read())"}, ["b", "a"], {"b"}),
    ("%%bash leaves names alone", {"x": "x = 1", "a": "%%bash\nx=2", "b": "print(x)"}, ["x", "b", "a"], set()),
    ("%%bash --out binds", {"a": "%%bash --out o\nls", "b": "print(o)"}, ["b", "a"], {"b"}),
    ("%%writefile writes its file", {"a": "%%writefile x.txt\n1", "b": "open('x.txt').read()"}, ["b", "a"], {"b"}),
    ("%%writefile writes no other", {"a": "%%writefile y.txt\n1", "b": "open('x.txt').read()"}, ["b", "a"], set()),
    ("%run -i may do anything", {"x": "x = 1", "a": "%run -i s.py", "b": "print(x)"}, ["x", "b", "a"], {"b"}),
    ("%run may define any name", {"a": "%run s.py", "b": "print(x)"}, ["a", (None, "%run t.py"), "b"], {"b"}),
    ("%reset forgets all", {"x": "x = 1", "a": "%reset -f", "b": "print('x' in globals())"}, ["x", "b", "a"], {"b"}),
    ("%store -r binds", {"a": "%store -r x", "b": "print(x)"}, ["b", "a"], {"b"}),
    ("%env sets the environment", {"i": "import os", "a": "%env A=1", "b": "os.getenv('A')"}, ["i", "b", "a"], {"b"}),
    ("%cd moves", {"i": "import os", "a": "%cd sub", "b": "print(os.getcwd())"}, ["i", "b", "a"], {"b"}),
    ("%precision shows otherwise", {"x": "x = 1 / 3", "a": "%precision 2", "b": "x"}, ["x", "b", "a"], {"b"}),
    ("%matplotlib inline changes nothing", {"x": "x = 1", "a": "%matplotlib inline", "b": "x"}, ["x", "b", "a"], set()),
    ("%%html changes nothing", {"x": "x = 1", "a": "%%html\n<b>x</b>", "b": "x"}, ["x", "b", "a"], set()),
    ("an unknown magic may do anything", {"x": "x = 1", "a": "%%mystery\nx", "b": "x"}, ["x", "b", "a"], {"b"}),
    ("automagic", {"i": "import os", "a": "cd sub", "b": "print(os.getcwd())"}, ["i", "b", "a"], {"b"}),
    ("a name hides automagic", {"a": "ls = 5", "b": "ls"}, ["a", "b", (None, "ls = 6"), "b"], {"b"}),
    ("help reads nothing away", {"x": "x = 1", "a": "x?", "b": "print(x)"}, ["x", "b", "a"], set()),
    (
        "a magic by its function",
        {"a": "get_ipython().run_line_magic('time', 'x = 1')", "b": "print(x)"},
        ["b", "a"],
        {"b"},
    ),
    ("code in a text", {"a": "get_ipython().run_cell('x = 1')", "b": "print(x)"}, ["b", "a"], {"b"}),
    ("the namespace of the shell", {"a": "get_ipython().user_ns['x'] = 1", "b": "print(x)"}, ["b", "a"], {"b"}),
    ("the value shown last", {"a": "1 + 1", "b": "print(_)", "c": "5"}, ["a", "c", "b"], {"b"}),
    ("a value by its number", {"a": "[1]", "b": "Out[1].append(2)", "c": "print(_1)"}, ["a", "c", "b"], {"c"}),
    ("a source by its number", {"a": "x = 1", "b": "print(_i1)"}, ["b"], {"b"}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "cells", "played", "expected"), RULES, ids=[entry[0] for entry in RULES])
def test_magics_keep_to_their_rule(rule: str, cells: Cells, played: Played, expected: set[str]) -> None:
    assert stale(cells, played) == expected


@pytest.mark.parametrize(
    "source",
    ["%load_ext autoreload", "%config A.b = 1", "!pip install x", "%pip list", "%who", "%%svg\n<svg/>", "x??", "!!ls",
     "%prun -q f()", "%alias a b", "%%script --bg sh\nls", "%xdel q", "%psource f", "%recall", "%edit", "?", "%%js\n1"],
)  # fmt: skip
def test_a_notebook_with_it_is_fresh_when_run_in_order(source: str) -> None:
    cells = {"a": "x = 1\ndef f(): return x\nq = 1", "magic": source, "b": "print(x)"}
    assert set(statuses(analysed(cells, ["a", "magic", "b"])).values()) == {"fresh"}
