"""Which lines take something from chance, and which look as if they did."""

from __future__ import annotations

import pytest

from jupyter_hygiene.core.causes.chance import Chance, chances_of
from jupyter_hygiene.core.causes.chance_elsewhere import chances_elsewhere
from jupyter_hygiene.core.causes.names import imported_names
from jupyter_hygiene.core.causes.reach import reached_by

IMPORTS = """\
import random, time, uuid, os, secrets, threading, glob
import numpy as np
import numpy.random as npr
import pandas as pd
import torch
import torch.nn as nn
import tensorflow as tf
import seaborn as sns
import networkx as nx
from datetime import datetime, date
from scipy import stats
from concurrent.futures import as_completed
from sklearn.model_selection import train_test_split, KFold, ShuffleSplit
from sklearn.ensemble import RandomForestClassifier as Forest
from sklearn.cluster import KMeans
from sklearn.utils import shuffle
from torch.utils.data import DataLoader, random_split
from pathlib import Path
"""


def found(*cells: str) -> tuple[Chance, ...]:
    """What is found in the last of some cells, below one that imports everything."""
    sources = [IMPORTS, *cells]
    return chances_of(sources, imported_names(sources))[-1]


@pytest.mark.parametrize(
    ("source", "kind", "words"),
    [
        ("x = np.random.rand(3)", "draw", "`np.random.rand`"),
        ("x = npr.choice([1, 2])", "draw", "`npr.choice`"),
        ("random.shuffle(deck)", "draw", "`random.shuffle`"),
        ("rng = np.random.default_rng()", "draw", "without `seed`"),
        ("rng = np.random.RandomState(None)", "draw", "without `seed`"),
        ("a, b = train_test_split(X, test_size=0.2)", "draw", "`train_test_split` without `random_state`"),
        ("m = Forest(n_estimators=10).fit(X, y)", "draw", "`Forest` without `random_state`"),
        ("m = KMeans(3, random_state=None)", "draw", "`KMeans`"),
        ("KFold(5, shuffle=True)", "draw", "`KFold`"),
        ("ShuffleSplit(5)", "draw", "`ShuffleSplit`"),
        ("shuffle(X, y)", "draw", "`shuffle`"),
        ("df.sample(5)", "draw", "`df.sample`"),
        ("stats.norm.rvs(size=3)", "draw", "`stats.norm.rvs`"),
        ("net = nn.Linear(2, 3)", "draw", "`nn.Linear`"),
        ("t = torch.randn(2)", "draw", "`torch.randn`"),
        ("DataLoader(data, shuffle=True)", "draw", "`DataLoader`"),
        ("random_split(data, [1, 2])", "draw", "`random_split`"),
        ("tf.keras.layers.Dense(3)", "draw", "`tf.keras.layers.Dense`"),
        ("sns.barplot(data=df, x='a', y='b')", "resampling", "`sns.barplot` without `seed`"),
        ("pos = nx.spring_layout(graph)", "draw", "`nx.spring_layout`"),
        ("t = time.time()", "clock", "asks for the time"),
        ("print(datetime.now())", "clock", "asks for the time"),
        ("print(date.today())", "clock", "asks for the time"),
        ("stamp = pd.Timestamp.now()", "clock", "asks for the time"),
        ("%time fit()", "stopwatch", "how long it runs"),
        ("t = time.perf_counter()", "stopwatch", "how long something takes"),
        ("print(uuid.uuid4())", "id", "makes an id"),
        ("key = secrets.token_hex(8)", "id", "secret"),
        ("print(id(x))", "id", "address"),
        ("print(hash('a'))", "id", "salts"),
        ("for w in set(words):\n    print(w)", "order", "set"),
        ("print({w for w in words})", "order", "set"),
        ("', '.join(set(words))", "order", "set"),
        ("list(set(words))[0]", "order", "set"),
        ("s = set(words)\nfor w in s:\n    print(w)", "order", "set"),
        ("print(os.listdir('.'))", "order", "folder"),
        ("[p.name for p in Path('.').iterdir()]", "order", "folder"),
        ("for f in as_completed(jobs):\n    print(f.result())", "threads", "at the same time"),
        ("threading.Thread(target=work).start()", "threads", "at the same time"),
    ],
)
def test_a_line_of_chance_is_found(source: str, kind: str, words: str) -> None:
    chances = found(source)
    assert chances
    assert chances[0].kind == kind
    assert words in chances[0].words
    assert chances[0].cure


@pytest.mark.parametrize(
    "source",
    [
        "np.random.seed(0)\nx = np.random.rand(3)",
        "random.seed(1)\nrandom.random()",
        "rng = np.random.default_rng(42)\nrng.normal()",
        "train_test_split(X, random_state=0)",
        "Forest(10, random_state=seed)",
        "KFold(5)",
        "KFold(5, shuffle=True, random_state=1)",
        "df.sample(5, random_state=1)",
        "torch.manual_seed(0)\nnn.Linear(2, 3)",
        "def seed_everything(n):\n    ...\nseed_everything(3)\nnp.random.rand(), torch.rand(2), random.random()",
        "tf.keras.utils.set_random_seed(1)\ntf.keras.layers.Dense(3)",
        "np.random.seed(0)\ntrain_test_split(X)",
        "np.random.get_state()",
        "DataLoader(data)",
        "sorted(set(words))",
        "sorted(w for w in set(words))",
        "len(set(words))",
        "{w.lower() for w in set(words)}",
        "sum(x for x in {1, 2})",
        "time.sleep(1)",
        "# np.random.rand(3)",
        "print('np.random.rand(3)')",
        "options = dict(random_state=1)\nForest(**options)",
        "sns.barplot(data=df, x='a', y='b', seed=0)",
        "nx.spring_layout(graph, seed=1)",
    ],
)
def test_what_is_settled_is_no_chance(source: str) -> None:
    assert found(source) == ()


def test_a_seed_counts_for_the_cells_below_it_and_not_for_those_above() -> None:
    sources = [IMPORTS, "np.random.rand()", "np.random.seed(1)", "np.random.rand()"]
    assert [len(chances) for chances in chances_of(sources, imported_names(sources))] == [0, 1, 0, 0]


def test_a_seed_without_a_number_settles_nothing() -> None:
    assert found("np.random.seed()\nnp.random.rand()")


def test_the_line_is_counted_in_the_cell_as_it_stands() -> None:
    assert found("%%time\n# a comment\n!ls\nx = np.random.rand()")[0].line == 4


def test_seaborn_draws_whatever_seed_numpy_has() -> None:
    assert found("np.random.seed(0)\nsns.lineplot(data=df, x='a', y='b')")[0].kind == "resampling"


@pytest.mark.parametrize(
    ("language", "draws", "settled"),
    [
        ("R", "x <- rnorm(3)", "set.seed(1)\nx <- rnorm(3)"),
        ("julia", "x = rand(3)", "Random.seed!(1)\nx = rand(3)"),
        ("bash", "echo $RANDOM", "RANDOM=1\necho $RANDOM"),
    ],
)
def test_other_languages_draw_too(language: str, draws: str, settled: str) -> None:
    assert chances_elsewhere([draws], language)[0][0].kind == "draw"
    assert chances_elsewhere([settled], language) == [()]
    assert chances_elsewhere([draws], "cobol") == [()]


@pytest.mark.parametrize(
    ("source", "line", "names"),
    [
        ("x = f()\ny = 1", 1, {"x"}),
        ("x = f()\ny = x + 1\nz = 2", 1, {"x", "y"}),
        ("z = 2\nx.append(f())", 2, {"x"}),
        ("df['n'] = f()", 1, {"df"}),
        ("shuffle(deck)", 1, {"deck"}),
        ("if f() > 1:\n    x = 1\nelse:\n    y = 2", 1, {"x", "y"}),
        ("for i in f():\n    s += i", 1, {"i", "s"}),
        ("def g():\n    return f()\nh = g()", 2, {"g", "h"}),
        ("with f() as g:\n    a = g.read()\nb = 1", 1, {"g", "a"}),
        ("m = Model()\nm.fit(X)", 1, {"m", "X"}),
        ("x = (", 1, set()),
    ],
)
def test_what_a_line_reaches(source: str, line: int, names: set[str]) -> None:
    assert reached_by(source, line) == names
