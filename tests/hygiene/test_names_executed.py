"""Names in random notebooks, executed for real: whatever a clean run finds undefined is reported, and nothing else."""

from __future__ import annotations

import ast
import random
import re

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from jupyter_hygiene.core.hygiene.examination import examine_all
from tests.analysis.oracle import World
from tests.analysis.sessions import random_session

from .examined import subject

NAMES = "undefined-name,used-before-definition,deleted-definition,called-too-early"
_MISSING = re.compile(r"NameError: name '(\w+)' is not defined")


def disarrayed(rng: random.Random, is_rich: bool) -> list[str]:
    """The cells of a session, some of them deleted and moved, so that names are missing."""
    cells = [cell["source"] for cell in random_session(rng, is_rich).cells]
    for _ in range(rng.randint(1, 3)):
        if len(cells) > 3:
            moved = cells.pop(rng.randrange(len(cells)))
            if rng.random() < 0.5:
                cells.insert(rng.randrange(len(cells)), moved)
    return cells


def runs_at_once(source: str, line: int) -> bool:
    """Whether a line stands in no function: what a function lacks shows only when it is called."""
    return not any(
        isinstance(statement, ast.FunctionDef) and statement.lineno < line <= (statement.end_lineno or line)
        for statement in ast.walk(ast.parse(TransformerManager().transform_cell(source)))
    )


def first_missing(cells: list[str]) -> tuple[str, int]:
    """The name for want of which a clean run stops, and where; no name if it stops for another reason, or not at all.

    Going on past it would only show what follows from that.
    """
    world = World()
    try:
        for place, source in enumerate(cells):
            seen, ended_well = world.run(source)
            if not ended_well:
                match = _MISSING.search(seen.shown)
                return (match[1] if match else "", place)
    finally:
        world.close()
    return ("", len(cells))


@pytest.mark.parametrize("is_rich", [False, True], ids=["plain", "with pandas and classes"])
def test_what_stops_a_clean_run_is_found_and_nothing_above_it(is_rich: bool) -> None:
    rng = random.Random(5 + is_rich)
    notebooks = [disarrayed(rng, is_rich) for _ in range(120)]
    subjects = [subject(*cells, settings={"select": NAMES.split(",")}) for cells in notebooks]
    stopped = 0
    for number, (_, check) in enumerate(examine_all(subjects, lambda each: each)):
        cells = notebooks[number]
        missing, place = first_missing(cells)
        reported = {
            (finding.index, name)
            for finding in check.findings
            if finding.index is not None and runs_at_once(cells[finding.index], finding.line or 1)
            for name in re.findall(r"`(\w+)`", finding.message)
        }
        if missing:
            stopped += 1
            assert (place, missing) in reported, f"{number}: {cells}"
        above = {each for each in reported if (each[0] or 0) < place}
        assert not above, f"{number}: {cells}"
    assert stopped > 30, "too few of the notebooks lack anything to prove something"
