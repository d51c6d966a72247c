"""Sessions in which a wrong cell was once shown fresh: each is executed for real, and none may be again."""

from __future__ import annotations

import pytest

from jupyter_hygiene.core.analysis_requests import AnalysisDesk

from .scores import Score
from .sessions import executed

# Of each session: the cells in document order, and which ran, in turn.
_SESSIONS: dict[str, tuple[dict[str, str], list[str]]] = {
    "a list of the class is changed through an instance's method": (
        {
            "class": "class A:\n    items = []\n    def add(self, x):\n        self.items.append(x)\nx = A()",
            "add": "x.add(3)",
            "show": "print(A.items)",
        },
        ["class", "show", "add"],
    ),
    "a list of the class is changed through an instance": (
        {
            "class": "class A:\n    items = []\nx = A()",
            "add": "x.items.append(3)",
            "show": "print(A.items)",
        },
        ["class", "show", "add"],
    ),
    "a default argument remembers earlier calls": (
        {"f": "def f(x, acc=[]):\n    acc.append(x)\n    return list(acc)", "show": "print(f(0))"},
        ["f", "show", "show"],
    ),
    "a default dictionary remembers earlier calls": (
        {
            "f": "def f(x, acc={}):\n    acc[x] = acc.get(x, 0) + 1\n    return dict(acc)",
            "show": "print(f(0))",
        },
        ["f", "show", "show"],
    ),
    "a default argument is an object that has a name of its own": (
        {"xs": "xs = [1]", "f": "f = lambda l=xs: l.append(0)", "call": "f()", "show": "print(xs)"},
        ["xs", "f", "call", "call", "show"],
    ),
    "a bound method is kept under a name": (
        {"xs": "xs = [1]", "keep": "push = xs.append", "push": "push(7)", "show": "print(xs)"},
        ["xs", "keep", "show", "push"],
    ),
    "a bound method is handed to map": (
        {"xs": "xs = [1]", "map": "done = list(map(xs.append, [2]))", "show": "print(xs)"},
        ["xs", "show", "map"],
    ),
    "a bound method is handed to a function": (
        {"f": "def f(call):\n    call(2)", "xs": "xs = [1]", "do": "f(xs.append)", "show": "print(xs)"},
        ["f", "xs", "show", "do"],
    ),
    "an argument is changed as one of many": (
        {
            "f": "def f(*args):\n    args[0].append(1)",
            "xs": "xs = [1]",
            "do": "f(xs)",
            "show": "print(xs)",
        },
        ["f", "xs", "show", "do"],
    ),
    "an item is set by a function of the library": (
        {"xs": "import operator\nxs = [1]", "set": "operator.setitem(xs, 0, 5)", "show": "print(xs)"},
        ["xs", "show", "set"],
    ),
    "what is left over of an unpacking is changed twice": (
        {"xs": "xs = [3, 1, 2]", "unpack": "first, *rest = xs", "add": "rest.append(4)\nprint(rest)"},
        ["xs", "unpack", "add", "add"],
    ),
    "a query names a variable in its text": (
        {
            "df": "import pandas as pd\ndf = pd.DataFrame({'v': [1, 2, 3]})\nlimit = 1",
            "query": "print(len(df.query('v > @limit')))",
            "limit": "limit = 2",
        },
        ["df", "limit", "query"],
    ),
    "a formula names a variable in its text": (
        {
            "df": "import pandas as pd\ndf = pd.DataFrame({'v': [1, 2, 3]})\nlimit = 1",
            "sum": "print(df.eval('v + @limit').sum())",
            "limit": "limit = 2",
        },
        ["df", "limit", "sum"],
    ),
    "the precision of decimals is set later": (
        {
            "import": "import decimal",
            "set": "decimal.getcontext().prec = 5",
            "show": "print(decimal.Decimal(1) / 3)",
            "back": "decimal.getcontext().prec = 28",
        },
        ["import", "show", "set", "back"],
    ),
    "a comprehension in a class reads the global name": (
        {"a": "a = 1", "class": "class T:\n    a = 5\n    z = [a for _ in range(2)]\nprint(T.z)"},
        ["class", "a"],
    ),
    "a pipeline fits the very steps it was made of": (
        {
            "make": "import numpy as np\nfrom sklearn.preprocessing import StandardScaler\n"
            "from sklearn.pipeline import make_pipeline\nX = np.arange(6.0).reshape(3, 2)\n"
            "scaler = StandardScaler()\npipe = make_pipeline(scaler)",
            "fit": "pipe.fit(X)",
            "show": "print(getattr(scaler, 'mean_', None))",
        },
        ["make", "show", "fit"],
    ),
    "an object that is only changed was not there at all": (
        {
            "df": "import pandas as pd\ndf = pd.DataFrame({'v': [1]})",
            "name": "df.index.name = 'i'",
        },
        ["name"],
    ),
    "what was missing first is there, and something else is missing": (
        {"model": "model = []", "extend": "model.extend(rows)"},
        ["extend"],
    ),
    "the object itself was missing, and then only what it is given": (
        {"cfg": "a, cfg = 1, {}", "del": "del a", "put": "cfg.update(m=a)"},
        ["put"],
    ),
    "a state that was to be set, and was not, is still the one from above": (
        {
            "import": "import numpy as np",
            "seed": "np.random.seed(3)",
            "set": "np.random.set_state(nowhere)",
            "show": "print(np.random.rand(2))",
        },
        ["import", "set", "show"],
    ),
    "a name is read in the branch beside the one that binds it": (
        {"x": "x = 0\nc = 0", "show": "if c:\n    x = 5\nelse:\n    print(x)", "late": "x = 3"},
        ["x", "late", "show"],
    ),
    "the else of a loop with a break did not run": (
        {
            "xs": "xs = [1, 2]",
            "loop": "for v in xs:\n    if v == lim:\n        break\nelse:\n    v = -1",
            "lim": "lim = 2",
            "show": "print(v)",
        },
        ["lim", "xs", "loop", "show"],
    ),
    "a cell stops half-way where it says so": (
        {
            "x": "x = 1",
            "check": "if x > 5:\n    raise ValueError\ny = 1",
            "y": "print('y' in globals())",
            "late": "x = 9",
        },
        ["x", "late", "check", "y", "x", "check", "y", "late", "check", "y"],
    ),
    "a view of a dictionary shows what came later": (
        {"d": "d = {'a': 1}", "view": "ks = d.keys()", "set": "d['b'] = 2", "show": "print(list(ks))"},
        ["d", "view", "show", "set"],
    ),
    "a function with some of its arguments changes them": (
        {
            "make": "from functools import partial\nacc = []\ndef add(to, x):\n    to.append(x)\np = partial(add, acc)",
            "call": "p(1)",
            "show": "print(acc)",
        },
        ["make", "show", "call"],
    ),
    "two iterators go on with the same one": (
        {
            "make": "import itertools\nx, y = itertools.tee([1, 2])",
            "take": "print(next(x))",
            "show": "print(list(y))",
        },
        ["make", "take", "show", "show"],
    ),
    "a class is noted down by its metaclass": (
        {
            "meta": "seen = []\nclass M(type):\n    def __new__(m, n, b, d):\n        seen.append(n)\n"
            "        return super().__new__(m, n, b, d)",
            "class": "class X(metaclass=M):\n    pass",
            "show": "print(seen)",
        },
        ["meta", "show", "class"],
    ),
    "a function is noted down by its decorator": (
        {
            "make": "seen = []\ndef note(f):\n    seen.append(f.__name__)\n    return f",
            "def": "@note\ndef f():\n    pass",
            "show": "print(seen)",
        },
        ["make", "show", "def"],
    ),
    "something is printed into a buffer": (
        {
            "make": "import io\nbuf = io.StringIO()",
            "print": "print('a', file=buf)",
            "show": "print(buf.getvalue())",
        },
        ["make", "show", "print"],
    ),
    "a counter is updated twice": (
        {"make": "from collections import Counter\nc = Counter('a')", "add": "c.update('b')\nprint(c['b'])"},
        ["make", "add", "add"],
    ),
    "what an object shows of itself reads names that stand in a text": (
        {
            "class": "class Shown:\n"
            "    def __init__(self, name):\n"
            "        self.name = name\n"
            "    def __repr__(self):\n"
            "        return str(eval(self.name))",
            "x": "x = 1",
            "show": "Shown('x')",
            "again": "x = 2",
        },
        ["class", "x", "again", "show"],
    ),
    "what a cell that raises would have bound is what was there before": (
        {"a": "a = 1", "try": "a = nowhere", "late": "a = 2"},
        ["a", "late", "try"],
    ),
}


@pytest.mark.parametrize("name", _SESSIONS)
def test_a_wrong_cell_is_not_shown_fresh_when(name: str) -> None:
    cells, played = _SESSIONS[name]
    session = executed(list(cells.items()), [(cell_id, cells[cell_id]) for cell_id in played])
    score = Score()
    score.add(session.truth, AnalysisDesk().answer(session.request()), name)
    assert "must" in session.truth.values(), "nothing differs in this session, so it shows nothing"
    assert score.missed == []
