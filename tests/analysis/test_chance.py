"""Chance is not staleness: what nothing seeds differs in every run, and that is told quietly."""

from __future__ import annotations

from jupyter_hygiene.core.analysis import Analysis, Analyzer, DocumentCell, Run

SOURCES = {"i": "import numpy as np", "seed": "pass", "d": "x = np.random.rand(3)", "s": "print(x)"}
ALL = ("i", "seed", "d", "s")


def analyzed(*played: str, seed: str = "pass") -> Analysis:
    """A notebook that draws and shows what it drew, its cells run in this order."""
    sources = {**SOURCES, "seed": seed}
    cells = [DocumentCell(cell_id, "code", source) for cell_id, source in sources.items()]
    history = [Run(sources[cell_id], count, cell_id, "ok") for count, cell_id in enumerate(played, start=1)]
    return Analyzer().analyze(cells, history)


def statuses(found: Analysis) -> dict[str, str]:
    return {cell.id: cell.status for cell in found.cells}


def test_running_all_again_leaves_nothing_stale_and_needs_no_restart() -> None:
    found = analyzed(*ALL, *ALL)
    assert set(statuses(found).values()) == {"fresh"}
    assert (found.rerun, found.restart_needed, found.hazards) == ((), False, ())


def test_that_every_run_differs_is_told_of_a_cell_that_ran_twice_and_of_no_other() -> None:
    once, twice = analyzed(*ALL), analyzed(*ALL, "d")
    told = {cell.id: cell.hazard for cell in twice.cells}
    assert told["d"] is not None
    assert (told["d"].kind, told["d"].message) == (
        "draws",
        "this cell draws at random without a seed, so every run differs",
    )
    assert told["i"] is None
    assert all(cell.hazard is None for cell in once.cells)


def test_what_was_made_of_an_earlier_draw_is_stale_and_running_it_is_all_it_takes() -> None:
    found = analyzed(*ALL, "d")
    assert statuses(found)["s"] == "stale"
    assert (found.rerun, found.restart_needed) == (("s",), False)


def test_a_seeded_draw_that_is_run_twice_is_stale_and_its_seed_is_run_with_it() -> None:
    found = analyzed(*ALL, "d", seed="np.random.seed(1)")
    assert statuses(found)["d"] == "stale"
    assert set(found.rerun) >= {"seed", "d"}
    assert not found.restart_needed
