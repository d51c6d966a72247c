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
    "a state that was to be set, and was not, is still the one from above": (
        {
            "import": "import numpy as np",
            "seed": "np.random.seed(3)",
            "set": "np.random.set_state(nowhere)",
            "show": "print(np.random.rand(2))",
        },
        ["import", "set", "show"],
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
