"""What predicting costs beside ``ast.parse`` on the same sources, and how right it is on random sessions.

Run ``python benchmarks/analysis.py [--rounds N] [--sessions N]`` on a quiet machine. Figures of one round are taken
one after the other in one process; ratios are of medians. The sessions are executed for real (see
``tests/analysis/oracle.py``), which tells recall and precision.
"""

from __future__ import annotations

import argparse
import ast
import gc
import os
import platform
import random
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from jupyter_hygiene.core.analysis import Analyzer, DocumentCell, Run
from jupyter_hygiene.core.analysis_requests import AnalysisDesk
from tests.analysis.scenarios import scenarios
from tests.analysis.scores import Score
from tests.analysis.sessions import random_session

CELLS, RUNS = 1000, 2000


def cell_source(number: int) -> str:
    """Ten lines as people write them, unlike those of any other cell, reading what earlier cells gave."""
    before = max(0, number - 1)
    return f"""# Step {number}
frame_{number} = frame_{before}.copy() if {number} else pd.DataFrame({{"x": range({number + 3}), "y": 1.5}})
frame_{number}["z"] = frame_{number}["x"] * {number} + offset
rows = frame_{number}[frame_{number}["x"] > {number % 7}]
for column, factor in zip(["x", "y"], [1, {number}]):
    rows = rows.assign(**{{f"{{column}}_scaled": rows[column] / (factor + 1)}})
def summary_{number}(table, limit={number}):
    return table.describe().loc["mean"].round(2).head(limit)
totals.append(float(rows["y"].sum()))
print(summary_{number}(rows), len(totals))"""


def notebook() -> tuple[list[DocumentCell], list[Run]]:
    """1,000 cells and 2,000 runs: all in order once, then half of them at random, and some edited before."""
    rng = random.Random(0)
    sources = ["import pandas as pd\noffset = 3\ntotals = []"] + [cell_source(n) for n in range(CELLS - 1)]
    cells = [DocumentCell(f"c{number}", "code", source) for number, source in enumerate(sources)]
    played = list(range(CELLS)) + [rng.randrange(CELLS) for _ in range(RUNS - CELLS)]
    history = [Run(sources[place], count, f"c{place}", "ok") for count, place in enumerate(played, start=1)]
    return cells, history


def chain(length: int) -> tuple[list[DocumentCell], list[Run]]:
    sources = ["x0 = 1"] + [f"x{number} = x{number - 1} + {number}" for number in range(1, length)]
    cells = [DocumentCell(f"c{number}", "code", source) for number, source in enumerate(sources)]
    return cells, [Run(cell.source, count, cell.id, "ok") for count, cell in enumerate(cells, start=1)]


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def one_round() -> dict[str, float]:
    cells, history = notebook()
    figures = {"ast.parse of the 1,000 cells": seconds(lambda: [ast.parse(cell.source) for cell in cells])}
    analyzer = Analyzer()
    figures["first analysis"] = seconds(lambda: analyzer.analyze(cells, history))
    more = [*history, Run(cells[500].source, RUNS + 1, "c500", "ok")]
    figures["after one run"] = seconds(lambda: analyzer.analyze(cells, more))
    edited = list(cells)
    edited[500] = DocumentCell("c500", "code", cells[500].source + "\nnote = 4")
    figures["after one edit"] = seconds(lambda: analyzer.analyze(edited, more))
    edited = list(cells)
    edited[500] = DocumentCell("c500", "code", cells[500].source + "\noffset = 4")
    figures["after one edit that 499 cells read from"] = seconds(lambda: analyzer.analyze(edited, more))
    for length in (1000, 5000):
        chained, runs = chain(length)
        fresh = Analyzer()
        figures[f"{length:,} chained cells"] = seconds(lambda c=chained, r=runs, a=fresh: a.analyze(c, r))  # type: ignore[misc]
        stale = [DocumentCell("c0", "code", "x0 = 2"), *chained[1:]]
        fresh = Analyzer()
        figures[f"{length:,} chained cells, all stale"] = seconds(
            lambda c=stale, r=runs, a=fresh: a.analyze(c, r)  # type: ignore[misc]
        )
    return figures


def ratio(figures: dict[str, float], one: str, other: str) -> str:
    return f"  {one} / {other}: {figures[one] / figures[other]:.2f}"


def speed(rounds: int) -> None:
    one_round()  # imports
    taken: Sequence[dict[str, float]] = [one_round() for _ in range(rounds)]
    figures = {name: statistics.median(figure[name] for figure in taken) for name in taken[0]}
    print(f"\nSpeed, medians of {rounds}")
    for name, value in figures.items():
        print(f"  {name}: {value * 1000:.1f} ms")
    print("Ratios")
    print(ratio(figures, "first analysis", "ast.parse of the 1,000 cells"))
    print(ratio(figures, "after one run", "first analysis"))
    print(ratio(figures, "after one edit", "first analysis"))
    print(ratio(figures, "after one edit that 499 cells read from", "first analysis"))
    print(ratio(figures, "5,000 chained cells", "1,000 chained cells"))
    print(ratio(figures, "5,000 chained cells, all stale", "1,000 chained cells, all stale"))


def accuracy(sessions: int) -> None:
    print(f"\nAccuracy, {sessions} sessions executed for real")
    desk = AnalysisDesk()
    scripted = Score()
    for name, session in scenarios():
        scripted.add(session.truth, desk.answer(session.request()), name)
    _tell("scripted scenarios", scripted)
    for title, is_rich in (
        ("plain", False),
        ("with pandas, numpy, classes, identity, seeds, magics, exec", True),
    ):
        score = Score()
        for seed in range(sessions // 2):
            session = random_session(random.Random(seed), is_rich)
            score.add(session.truth, desk.answer(session.request()), f"seed {seed}")
        _tell(title, score)


def _tell(title: str, score: Score) -> None:
    print(f"  {title}: recall {score.recall:.4f} (missed {len(score.missed)} of {score.must}), ", end="")
    print(f"precision {score.precision:.3f}")
    for missed in score.missed[:10]:
        print(f"    missed: {missed}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sessions", type=int, default=2000)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    print(f"command: python benchmarks/analysis.py --rounds {options.rounds} --sessions {options.sessions}")
    print(
        f"machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )
    if options.rounds:
        speed(options.rounds)
    if options.sessions:
        accuracy(options.sessions)


if __name__ == "__main__":
    main()
