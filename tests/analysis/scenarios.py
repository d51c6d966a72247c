"""Scripted sessions: notebooks as people write them, and what people do to them, each executed for real."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from .sessions import Session, executed

Cell = tuple[str, str]  # the source, and what an edit makes of it

NOTEBOOKS: dict[str, list[Cell]] = {
    "exploring a table": [
        ("import numpy as np\nimport pandas as pd", "import numpy as np\nimport pandas as pd\nimport math"),
        (
            "df = pd.DataFrame({'city': list('aabbc'), 'price': [3, 5, 2, 8, 6], 'area': [1, 2, 1, 4, 3]})",
            "df = pd.DataFrame({'city': list('aabbc'), 'price': [3, 5, 2, 8, 9], 'area': [1, 2, 1, 4, 3]})",
        ),
        ("df.head()", "df.head(2)"),
        ("df['per_area'] = df['price'] / df['area']", "df['per_area'] = df['price'] / (df['area'] + 1)"),
        ("threshold = 2", "threshold = 3"),
        ("large = df[df['per_area'] > threshold]", "large = df[df['per_area'] >= threshold]"),
        ("print(large.shape)\nlarge.describe()", "print(large.shape)\nlarge.mean(numeric_only=True)"),
        ("by_city = df.groupby('city')['price'].mean()", "by_city = df.groupby('city')['price'].sum()"),
        ("print(by_city.round(2))", "print(by_city.round(1))"),
        ("top = by_city.sort_values().tail(1)\ntop", "top = by_city.sort_values().head(1)\ntop"),
    ],
    "training a model": [
        (
            "import numpy as np\nfrom sklearn.linear_model import LinearRegression\n"
            "from sklearn.model_selection import train_test_split",
            "import numpy as np\nfrom sklearn.linear_model import LinearRegression\n"
            "from sklearn.model_selection import train_test_split\nfrom sklearn.metrics import r2_score",
        ),
        (
            "rng = np.random.default_rng(0)\nX = rng.normal(size=(20, 2))",
            "rng = np.random.default_rng(1)\nX = rng.normal(size=(20, 2))",
        ),
        ("y = X @ np.array([2.0, -1.0]) + 1", "y = X @ np.array([2.0, -3.0]) + 1"),
        (
            "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)",
            "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)",
        ),
        ("model = LinearRegression()", "model = LinearRegression(fit_intercept=False)"),
        ("model.fit(X_train, y_train);", "model.fit(X_train, 2 * y_train);"),
        ("print(model.coef_.round(3))", "print(model.coef_.round(1))"),
        ("predicted = model.predict(X_test)", "predicted = model.predict(X_test) + 1"),
        ("error = float(np.abs(predicted - y_test).max())\nprint(round(error, 3))", "print(len(predicted))"),
        ("print(X_test.shape)", "print(X_test.shape, y_test.shape)"),
    ],
    "collecting results": [
        ("results = []\nbest = 0", "results = [1]\nbest = 0"),
        ("def score(x, weight=2):\n    return x * weight", "def score(x, weight=3):\n    return x * weight"),
        (
            "for x in range(4):\n    results.append(score(x))",
            "for x in range(5):\n    results.append(score(x))",
        ),
        ("best = max(best, max(results))", "best = max(results)"),
        ("print(best, len(results))", "print(len(results))"),
        ("summary = {'best': best, 'count': len(results)}", "summary = {'best': best}"),
        ("print(sorted(summary))\nsummary['best']", "print(sorted(summary))"),
        ("average = sum(results) / len(results)", "average = sum(results) / (len(results) + 1)"),
        ("f'{average:.2f}'", "f'{average:.1f}'"),
    ],
    "a class of one's own": [
        (
            "class Account:\n    rate = 2\n    def __init__(self, amount):\n        self.amount = amount\n"
            "    def add(self, more):\n        self.amount += more\n    def value(self):\n"
            "        return self.amount * self.rate",
            "class Account:\n    rate = 3\n    def __init__(self, amount):\n        self.amount = amount\n"
            "    def add(self, more):\n        self.amount += more\n    def value(self):\n"
            "        return self.amount * self.rate",
        ),
        ("account = Account(10)", "account = Account(20)"),
        ("account.add(5)", "account.add(6)"),
        ("print(account.value())", "print(account.value() + 1)"),
        ("other = Account(1)\nother.add(2)", "other = Account(1)"),
        ("print(other.amount)", "print(other.amount, other.rate)"),
        ("accounts = [account, other]", "accounts = [account]"),
        ("print(sum(a.value() for a in accounts))", "print(max(a.value() for a in accounts))"),
    ],
    "arrays and constants": [
        ("import numpy as np\nstep = 0.5", "import numpy as np\nstep = 0.25"),
        ("grid = np.arange(0, 3, step)", "grid = np.arange(0, 4, step)"),
        ("squares = grid ** 2", "squares = grid ** 3"),
        ("first = squares[:3]", "first = squares[:2]"),
        ("squares[0] = 7", "squares[0] = 8"),
        ("print(first)", "print(first.sum())"),
        ("label = 'area'", "label = 'volume'"),
        (
            "total = float(squares.sum()) * step\nprint(label, total)",
            "total = float(squares.mean())\nprint(label, total)",
        ),
        ("normed = (squares - squares.mean()) / squares.std()", "normed = squares / squares.max()"),
        ("print(normed.round(2))", "print(normed.round(1))"),
    ],
    "text and dictionaries": [
        ("text = 'the cat and the hat'", "text = 'the dog and the hat'"),
        ("words = text.split()", "words = text.upper().split()"),
        (
            "counts = {}\nfor word in words:\n    counts[word] = counts.get(word, 0) + 1",
            "counts = {}\nfor word in words:\n    counts[word] = counts.get(word, 1) + 1",
        ),
        ("common = sorted(counts, key=counts.get, reverse=True)", "common = sorted(counts, key=counts.get)"),
        ("print(common[0])", "print(common[-1])"),
        ("longest = max(words, key=len)\nlongest", "longest = min(words, key=len)\nlongest"),
        ("stop = {'the', 'and'}", "stop = {'the'}"),
        ("kept = [word for word in words if word not in stop]\nprint(kept)", "kept = words[:]\nprint(kept)"),
        ("print(len(text))", "print(len(text) + 1)"),
    ],
    "settings and helpers": [
        (
            "import math\nconfig = {'scale': 2, 'name': 'x'}",
            "import math\nconfig = {'scale': 3, 'name': 'x'}",
        ),
        (
            "def scaled(value):\n    return value * config['scale']",
            "def scaled(value):\n    return value + config['scale']",
        ),
        (
            "def report(value):\n    print(config['name'], scaled(value))",
            "def report(value):\n    print(scaled(value))",
        ),
        ("report(3)", "report(4)"),
        ("config['scale'] = 5", "config['scale'] = 6"),
        ("report(3)", "report(7)"),
        ("values = [scaled(v) for v in range(3)]", "values = [scaled(v) for v in range(4)]"),
        ("print(values)", "print(values[::-1])"),
        ("radius = 2\nprint(math.pi * radius)", "radius = 3\nprint(math.pi * radius)"),
        ("x, z = values[0], values[-1]\nx + z", "x, z = values[0], values[-1]\nx - z"),
    ],
}


@functools.cache
def scenarios() -> list[tuple[str, Session]]:
    """All of them, each with a name that says what was done."""
    return list(_played())


def _played() -> Iterator[tuple[str, Session]]:
    for title, notebook in NOTEBOOKS.items():
        cells = [(f"c{place}", source) for place, (source, _) in enumerate(notebook)]
        edits = [(f"c{place}", edit) for place, (_, edit) in enumerate(notebook)]
        last = len(cells) - 1
        yield f"{title}: run in order", executed(cells, list(cells))
        for place, cell in enumerate(cells):
            edited = [*cells[:place], edits[place], *cells[place + 1 :]]
            rest = [*cells[:place], *cells[place + 1 :]]
            where = f"{title}: cell {place}"
            yield f"{where} run again", executed(cells, [*cells, cell])
            yield f"{where} run again, and the next", executed(cells, [*cells, *cells[place : place + 2]])
            yield f"{where} edited", executed(edited, list(cells))
            yield f"{where} edited and run", executed(edited, [*cells, edits[place]])
            yield f"{where} edited, run with all below", executed(edited, [*cells, *edited[place:]])
            yield (
                f"{where} edited and run, and put back and run",
                executed(cells, [*cells, edits[place], cell]),
            )
            yield f"{where} deleted", executed(rest, list(cells))
            yield f"{where} commented", executed(_with(cells, place, cell[1] + "  # as agreed"), list(cells))
            yield f"{where} left out", executed(cells, rest)
            if place < last:
                moved = [*rest, cell]
                yield f"{where} moved to the end", executed(moved, list(cells))
                yield f"{where} moved to the end and run", executed(moved, [*cells, cell])


def _with(cells: Sequence[tuple[str, str]], place: int, source: str) -> list[tuple[str, str]]:
    return [*cells[:place], (cells[place][0], source), *cells[place + 1 :]]
