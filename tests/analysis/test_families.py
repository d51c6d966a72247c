"""No wrong cell is shown fresh, whatever is done to cells that depend on one another in one of many ways."""

from __future__ import annotations

import random

import pytest

from jupyter_hygiene.core.analysis_requests import AnalysisDesk

from .families import FAMILIES
from .scores import Score
from .sessions import family_session
from .shell import ShellWorld

_SESSIONS = 2  # of each family; the same ones in each run


@pytest.mark.parametrize("family", FAMILIES)
def test_no_wrong_cell_is_fresh_in_a_family(family: str) -> None:
    score = Score()
    for number in range(_SESSIONS):
        session = family_session(random.Random(f"{family} {number}"), FAMILIES[family], ShellWorld)
        score.add(session.truth, AnalysisDesk().answer(session.request()), f"session {number}")
    assert score.missed == []
