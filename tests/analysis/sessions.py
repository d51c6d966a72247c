"""Random sessions: a notebook, and what its user did with it. Executed for real, they are the engine's oracle."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .oracle import AnyWorld, Observation, Truth, World, truth_of

Make = Callable[[random.Random], str]

_NUMBERS = "abcd"


def _n(rng: random.Random) -> str:
    return rng.choice(_NUMBERS)


def _l(rng: random.Random) -> str:
    return rng.choice(["xs", "ys"])


def _d(rng: random.Random) -> str:
    return rng.choice(["cfg", "opt"])


def _f(rng: random.Random) -> str:
    return rng.choice(["f", "g"])


def _df(rng: random.Random) -> str:
    return rng.choice(["df", "df2"])


def _i(rng: random.Random) -> int:
    return rng.randrange(10)


PLAIN: list[Make] = [
    lambda r: f"{_n(r)} = {_i(r)}",
    lambda r: f"{_n(r)} = {_n(r)} + {_i(r)}",
    lambda r: f"{_n(r)} = {_n(r)} * {_n(r)}",
    lambda r: f"{_n(r)} += {_i(r)}",
    lambda r: f"print({_n(r)})",
    lambda r: f"{_n(r)}",
    lambda r: f"print({_l(r)}, len({_l(r)}))",
    lambda r: f"print({_d(r)})",
    lambda r: f"{_l(r)}.append({_n(r)})",
    lambda r: f"{_l(r)} += [{_i(r)}]",
    lambda r: f"{_l(r)} = {_l(r)}",
    lambda r: f"{_l(r)} = [{_i(r)}, {_i(r)}]",
    lambda r: f"{_l(r)} = list({_l(r)})",
    lambda r: f"{_l(r)}[0] = {_n(r)}",
    lambda r: f"{_l(r)}.sort()\nprint({_l(r)}[-1])",
    lambda r: f"{_d(r)} = {_d(r)}",
    lambda r: f"{_d(r)}['k'] = {_n(r)}",
    lambda r: f"{_d(r)}['k'] += {_i(r)}",
    lambda r: f"{_d(r)} = {{'k': {_i(r)}}}",
    lambda r: f"{_d(r)}.update(m={_n(r)})",
    lambda r: f"{_d(r)}['in'] = {_l(r)}",
    lambda r: f"print({_n(r)} if {_n(r)} > {_i(r)} else {_i(r)})",
    lambda r: f"if {_n(r)} > {_i(r)}:\n    {_n(r)} = {_i(r)}\nelse:\n    {_n(r)} = {_i(r)}",
    lambda r: f"for {_n(r)} in range({_i(r)}):\n    {_n(r)} = {_i(r)}",
    lambda r: (
        f"while {_n(r)} < {_i(r)}:\n    {_n(r)} += 1\n    if {_n(r)} > 50: break\n    {_n(r)} += 1; break"
    ),
    lambda r: f"print([i + {_n(r)} for i in range(3)])",
    lambda r: f"{_n(r)} = sum(x for x in [{_n(r)}, {_i(r)}])",
    lambda r: f"{_n(r)} = sum({_l(r)})",
    lambda r: f"print(max([{_n(r)}, {_n(r)}], key=lambda t: t - {_n(r)}))",
    lambda r: f"def {_f(r)}(x):\n    return x + {_n(r)}",
    lambda r: f"def {_f(r)}(x):\n    return {_f(r)}(x) if x < 0 else x",
    lambda r: f"def {_f(r)}(x, k={_n(r)}):\n    return x + k",
    lambda r: f"def {_f(r)}(x):\n    global {_n(r)}\n    {_n(r)} = x\n    return x",
    lambda r: f"def {_f(r)}(x):\n    global {(m := _n(r))}\n    {m} = x + {_i(r)}\n    return {m}",
    lambda r: f"def {_f(r)}(x):\n    {_l(r)}.append(x)\n    return len({_l(r)})",
    lambda r: f"def {_f(r)}(x, seen=[]):\n    seen.append(x)\n    return len(seen)",
    lambda r: f"def {_f(r)}(x):\n    def inner(y):\n        return y * {_n(r)}\n    return inner(x)",
    lambda r: f"{_f(r)} = lambda x: x * {_n(r)}",
    lambda r: f"{_f(r)} = {_f(r)}",
    lambda r: f"{_n(r)} = {_f(r)}({_i(r)})",
    lambda r: f"print({_f(r)}({_n(r)}))",
    lambda r: f"{_n(r)}, {_n(r)} = {_i(r)}, {_n(r)}",
    lambda r: f"del {_n(r)}",
    lambda r: (
        f"try:\n    {_n(r)} = {_n(r)} // {r.choice([0, 2])}\nexcept ZeroDivisionError:\n    {_n(r)} = {_i(r)}"
    ),
    lambda r: (
        f"match {_n(r)}:\n    case {_i(r)}:\n        {_n(r)} = {_i(r)}\n    case other:\n        print(other)"
    ),
    lambda r: f"print(({_n(r)} := {_i(r)}) + {_i(r)})",
    lambda r: f"print(f'{{{_n(r)}}}-{{{_n(r)}:>3}}')",
    lambda r: f"{_n(r)} = {_i(r)}; 1 / {r.choice([0, 1])}; {_n(r)} = {_i(r)}",
    lambda r: f"{_n(r)} = {_i(r)}\nif {_n(r)} > 6: raise KeyboardInterrupt\n{_n(r)} = {_i(r)}",
]

RICH: list[Make] = [
    lambda r: (
        f"class P:\n    k = {_i(r)}\n    def __init__(self, t):\n        self.t = t\n"
        f"    def fit(self, q):\n        self.m = q + {_n(r)}\n        return self"
    ),
    lambda r: f"class K:\n    v = {_n(r)}",
    lambda r: "class Q(P):\n    pass",
    lambda r: f"p = P({_n(r)})",
    lambda r: f"p = Q({_n(r)})",
    lambda r: f"p.fit({_n(r)})",
    lambda r: f"q = p.fit({_n(r)})",
    lambda r: f"p.t = {_n(r)}",
    lambda r: f"P.k = {_n(r)}",
    lambda r: f"K.v = {_n(r)}",
    lambda r: "print(K.v)",
    lambda r: "print(isinstance(p, P), p.t, p.k)",
    lambda r: "print(getattr(p, 'm', None))",
    lambda r: "print(type(p) is P, P.k)",
    lambda r: f"print({_l(r)} is {_l(r)})",
    lambda r: "print(q is p)",
    lambda r: f"gen = (i + {_n(r)} for i in range(3))",
    lambda r: "print(list(gen))",
    lambda r: f"it = iter({_l(r)})",
    lambda r: "print(next(it, None))",
    lambda r: f"import functools\n@functools.lru_cache\ndef memo(x):\n    return x + {_n(r)}",
    lambda r: f"print(memo({_i(r)}))",
    lambda r: f"from math import *\nprint(floor({_n(r)}))",
    lambda r: f"import math\n{_n(r)} = math.floor({_n(r)} / 2)",
    lambda r: f"import math\nmath.tau = {_n(r)}",
    lambda r: "import math\nprint(math.tau)",
    lambda r: f"with open('/dev/null') as fh:\n    {_n(r)} = len(fh.read())",
    lambda r: f"exec('{_n(r)} = {_i(r)}')",
    lambda r: f"globals()['{_n(r)}'] = {_i(r)}",
    lambda r: f"print(eval('{_n(r)} + 1'))",
    lambda r: f"setattr(K, 'v', {_n(r)})",
    lambda r: f"%time {_n(r)} = {_n(r)} + {_i(r)}",
    lambda r: f"%%time\n{_n(r)} = {_i(r)}\nprint({_n(r)})",
    lambda r: f"%matplotlib inline\n{_n(r)} = {_i(r)}",
    lambda r: f"%%capture cap\nprint({_n(r)})\n{_n(r)} = {_i(r)}",
    lambda r: f"np.random.seed({_i(r)})",
    lambda r: f"np.random.seed({_i(r)})\n{_n(r)} = int(np.random.randint(100))",
    lambda r: f"{_n(r)} = int(np.random.randint(100))",
    lambda r: f"rng = np.random.default_rng({_i(r)})",
    lambda r: f"{_n(r)} = int(rng.integers(100))",
    lambda r: f"np.set_printoptions(precision={_i(r)})",
    lambda r: f"print(np.array([1/3, {_n(r)}]))",
    lambda r: f"arr = np.arange({r.randrange(3, 9)})",
    lambda r: f"view = arr[:{r.randrange(1, 4)}]",
    lambda r: "view = arr.reshape(-1)",
    lambda r: f"arr[0] = {_n(r)}",
    lambda r: f"view[0] = {_n(r)}",
    lambda r: f"view += {_i(r)}",
    lambda r: "np.add(arr, 1, out=arr)",
    lambda r: "print(view, arr.sum())",
    lambda r: f"def scale(z):\n    z *= {_i(r)}\n    return z",
    lambda r: "scale(arr)",
    lambda r: "scale(view)",
    lambda r: f"df2 = df[df.u > {_i(r)}]",
    lambda r: f"{_df(r)} = {_df(r)}",
    lambda r: f"{_df(r)} = {_df(r)}.copy()",
    lambda r: f"{_df(r)} = {_df(r)}.assign(z={_n(r)})",
    lambda r: f"{_df(r)}['w'] = {_df(r)}['v'] * {_n(r)}",
    lambda r: f"{_df(r)}.loc[1, 'u'] = {_n(r)}",
    lambda r: f"{_df(r)}.drop(columns=['{r.choice('uv')}'], inplace=True, errors='ignore')",
    lambda r: f"{_df(r)}.rename(columns={{'u': 'x'}}, inplace=True)",
    lambda r: f"{_df(r)} = {_df(r)}.sort_values('u')",
    lambda r: f"df = pd.DataFrame({{'u': [1, 2, {_i(r)}], 'v': [4, {_i(r)}, 6]}})",
    lambda r: f"print({_df(r)}.shape, list({_df(r)}.columns))",
    lambda r: f"{_n(r)} = int({_df(r)}['v'].sum())",
    lambda r: f"{_df(r)}.describe().loc['mean'].to_dict()",
    lambda r: f"for col in {_df(r)}.columns:\n    df2[col] = {_df(r)}[col] + {_i(r)}",
    lambda r: f"{_df(r)}.head(2)",
]

_PLAIN_HEAD = "a, b, c, d = 1, 2, 3, 4\nxs, ys = [1], [2]\ncfg, opt = {'k': 1}, {'k': 2}"
_RICH_HEAD = (
    _PLAIN_HEAD + "\nimport numpy as np, pandas as pd\ndf = pd.DataFrame({'u': [1, 2, 3], 'v': [4, 5, 6]})\n"
    "df2 = df.copy()\narr = np.arange(4)\nview = arr[1:]\nnp.random.seed(0)"
)
_CLASSES = (
    "class P:\n    k = 3\n    def __init__(self, t):\n        self.t = t\n    def fit(self, q):\n"
    "        self.m = q + a\n        return self\n\nclass K:\n    v = 1\n\np = q = P(2)\n"
    "gen = (i for i in range(3))\nit = iter(xs)\nrng = np.random.default_rng(0)\nimport math"
)
_FUNCTIONS = "def f(x):\n    return x\n\ndef g(x):\n    return x + 1"


@dataclass
class Session:
    """A request as the engine gets it, and what is true of it."""

    cells: list[dict[str, Any]]
    history: list[dict[str, Any]] = field(default_factory=list)
    truth: dict[str, Truth] = field(default_factory=dict)

    def request(self) -> dict[str, Any]:
        return {"language": "python", "cells": self.cells, "history": self.history}


def random_session(rng: random.Random, is_rich: bool) -> Session:
    """A session of some ten cells: run in order for the most part, edited, moved, deleted, run again."""
    makers = PLAIN + RICH * 2 if is_rich else PLAIN
    head = _RICH_HEAD if is_rich else _PLAIN_HEAD
    cells = [("h0", head), ("h1", _FUNCTIONS)]
    if is_rich and rng.random() < 0.6:
        cells.append(("h2", _CLASSES))
    cells += [(f"c{number}", rng.choice(makers)(rng)) for number in range(rng.randrange(5, 10))]
    played: list[tuple[str | None, str]] = []
    for cell in cells:
        if rng.random() < 0.92:
            played.append(cell)
    fresh_id = 100
    for _ in range(rng.randrange(1, 9)):
        what = rng.random()
        place = rng.randrange(len(cells))
        cell_id, source = cells[place]
        if what < 0.36:
            played.append(cells[place])
        elif what < 0.68 and place > 1:
            cells[place] = (cell_id, rng.choice([source + "  # edited", rng.choice(makers)(rng)]))
            if rng.random() < 0.6:
                played.append(cells[place])
        elif what < 0.78 and place > 1:
            del cells[place]
        elif what < 0.86 and place > 1:
            cells.insert(rng.randrange(2, len(cells)), cells.pop(place))
        elif what < 0.94:
            fresh_id += 1
            cells.insert(place + 1, (f"c{fresh_id}", rng.choice(makers)(rng)))
            if rng.random() < 0.6:
                played.append(cells[place + 1])
        else:
            played.append((None, rng.choice(makers)(rng)))
    return executed(cells, played)


def family_session(
    rng: random.Random, family: Sequence[str | tuple[str, str]], make: Callable[[int], AnyWorld] = World
) -> Session:
    """What may be done to a few cells that belong together: run in another order, again, edited, moved, deleted."""
    ways = {f"c{place}": (entry,) if isinstance(entry, str) else entry for place, entry in enumerate(family)}
    cells = [(cell_id, sources[0]) for cell_id, sources in ways.items()]
    played: list[tuple[str | None, str]] = [cell for cell in cells if rng.random() < 0.93]
    if rng.random() < 0.25:
        rng.shuffle(played)
    for _ in range(rng.randrange(5)):
        what = rng.random()
        if len(cells) < 2:
            break
        place = rng.randrange(len(cells))
        cell_id, source = cells[place]
        if what < 0.45:
            played.append(cells[place])
        elif what < 0.65 and len(ways[cell_id]) > 1:
            cells[place] = (cell_id, next(way for way in ways[cell_id] if way != source))
            if rng.random() < 0.5:
                played.append(cells[place])
        elif what < 0.75:
            del cells[place]
        elif what < 0.88:
            cells.insert(rng.randrange(len(cells)), cells.pop(place))
        else:
            played.append((None, source))
    return executed(cells, played, make)


def executed(
    cells: Sequence[tuple[str, str]],
    played: Sequence[tuple[str | None, str]],
    make: Callable[[int], AnyWorld] = World,
    *,
    judged: bool = True,
) -> Session:
    """Play a session for real, and hold it against clean runs, unless it need not be ``judged``."""
    history: list[dict[str, Any]] = []

    def live(world: AnyWorld) -> dict[str, Observation]:
        last: dict[str, Observation] = {}
        for count, (cell_id, source) in enumerate(played, start=1):
            seen, is_ok = world.run(source)
            status = "ok" if is_ok else "interrupted" if "KeyboardInterrupt" in seen.shown else "error"
            run = {"execution_count": count, "source": source, "cell_id": cell_id, "status": status}
            if world.raised_in:
                run["traceback"] = f"Cell In[{count}], line {world.raised_in}"
            history.append(run)
            if cell_id is not None:
                last[cell_id] = seen
        return last

    if judged:
        truth = truth_of(cells, live, make)
    else:
        truth = {}
        world = make(0)
        live(world)
        world.close()
    counts = {run["cell_id"]: run["execution_count"] for run in history}
    return Session(
        [
            {"id": cell_id, "type": "code", "source": source, "execution_count": counts.get(cell_id)}
            for cell_id, source in cells
        ],
        history,
        truth,
    )
