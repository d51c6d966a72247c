"""No wrong cell is shown fresh, whatever is done to cells that depend on one another in one of many ways."""

from __future__ import annotations

import random

import pytest

from jupyter_hygiene.core.analysis_requests import AnalysisDesk

from .families import FAMILIES
from .more_families import MORE_FAMILIES
from .scores import Score
from .sessions import family_session
from .shell import ShellWorld

_SESSIONS = 2  # of each family; the same ones in each run
_ALL = {**FAMILIES, **MORE_FAMILIES}


@pytest.mark.parametrize("family", _ALL)
def test_no_wrong_cell_is_fresh_in_a_family(family: str) -> None:
    score = Score()
    for number in range(_SESSIONS):
        session = family_session(random.Random(f"{family} {number}"), _ALL[family], ShellWorld)
        score.add(session.truth, AnalysisDesk().answer(session.request()), f"session {number}")
    assert score.missed == []
