"""Sessions in which one thing went wrong, executed for real: what went wrong is what is said to be the cause."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from jupyter_hygiene.core.analysis import Run
from jupyter_hygiene.core.assessment import Circumstances, assess
from jupyter_hygiene.core.notebook import Notebook
from jupyter_hygiene.core.report import CellReport, CellVerdict, ReplayError
from tests.analysis.oracle import World
from tests.analysis.sessions import PLAIN
from tests.notebooks import code, notebook, printed

HEAD = "a, b, c, d = 1, 2, 3, 4\nxs, ys = [1], [2]\ncfg, opt = {'k': 1}, {'k': 2}"
FUNCTIONS = "def f(x):\n    return x\n\ndef g(x):\n    return x + 1"
Cells = list[tuple[str, str]]

# What may be said, by what was done. A file does not tell a cell that was deleted from one that ran twice.
FROM_HISTORY = {
    "edit": {"edited"},
    "delete": {"hidden_state"},
    "run again": {"out_of_order"},
    "run early or late": {"out_of_order"},
    "run in a console": {"hidden_state"},
}
FROM_COUNTS = {
    **FROM_HISTORY,
    "edit": {"edited", "unknown"},
    "delete": {"hidden_state", "out_of_order"},
    "run in a console": {"hidden_state", "out_of_order"},
}


@dataclass
class Played:
    """The document in the end, and all that ran."""

    document: Cells
    runs: list[tuple[str | None, str]]


def played(what: str, rng: random.Random) -> Played:
    """Some ten cells, run in order but for one thing."""
    cells = [("h0", HEAD), ("h1", FUNCTIONS), *((f"c{place}", rng.choice(PLAIN)(rng)) for place in range(8))]
    place = rng.randrange(2, len(cells))
    document: Cells = list(cells)
    runs: list[tuple[str | None, str]] = list(cells)
    if what == "edit":
        document[place] = (document[place][0], rng.choice(PLAIN)(rng))
    elif what == "delete":
        del document[place]
    elif what == "run again":
        runs.insert(rng.randrange(place, len(runs)) + 1, runs[place])
    elif what == "run early or late":
        run = runs.pop(place)
        runs.insert(rng.randrange(2, len(runs) + 1), run)
    else:
        runs.insert(place, (None, rng.choice(PLAIN)(rng)))
    return Played(document, runs)


def causes(story: Played, *, from_history: bool) -> set[str]:
    """The causes of the problems that a replay finds, after the session was played."""
    live, history, page = World(), [], {}
    for count, (cell_id, source) in enumerate(story.runs, start=1):
        seen, is_ok = live.run(source)
        history.append(Run(source, count, cell_id, "ok" if is_ok else "error"))
        if cell_id is not None:
            page[cell_id] = code(
                source, *([printed(seen.shown)] if seen.shown else []), count=count, cell_id=cell_id
            )
    clean = World()
    reports = []
    for index, (cell_id, source) in enumerate(story.document):
        seen, is_ok = clean.run(source)
        page[cell_id] = {**page[cell_id], "source": source}
        shown = "".join(output["text"] for output in page[cell_id]["outputs"])
        verdict: CellVerdict = "same" if shown == seen.shown else "changed" if is_ok else "failed"
        name, _, message = seen.shown.strip().rpartition("\n")[2].partition(": ")
        error = ReplayError(name, message) if verdict == "failed" else None
        reports.append(CellReport(cell_id, index, verdict, "", source, error=error))  # type: ignore[arg-type]
    document = Notebook.from_json(notebook(*(page[cell_id] for cell_id, _ in story.document)))
    circumstances = Circumstances(
        history=history if from_history else None, repeated=True, versions={"python": "3.11.7"}
    )
    return {root.cause for root in assess(reports, document, circumstances).root_causes}


@pytest.mark.parametrize("what", FROM_HISTORY)
def test_what_went_wrong_in_a_session_is_the_cause_of_what_differs(what: str) -> None:
    told = 0
    for seed in range(120):
        story = played(what, random.Random(f"{what} {seed}"))
        by_history = causes(story, from_history=True)
        assert by_history <= FROM_HISTORY[what], seed
        assert causes(story, from_history=False) <= FROM_COUNTS[what], seed
        told += bool(by_history)
    assert told >= 5
