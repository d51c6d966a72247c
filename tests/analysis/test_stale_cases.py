"""Small cases of every kind that people meet in their first minutes, with what is true of each of their cells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jupyter_hygiene.core.analysis_requests import AnalysisDesk

CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "stale_cases.jsonl").read_text().splitlines()
]
# What is still said wrongly, and why.
LEFT = {
    "coarse dependency: info of a frame": "what is asked of a table is not told from what is in it",
    "coarse dependency: shape only": "the same",
    "error run that changed nothing: name whose import failed": "how far a run came that raised is not known",
    "error run: how far it got: edited to raise at its last line": "the same",
    "false alarm: call-constant-branch": "in functions every branch is taken to run",
    "false alarm: nested-key-other": "places within places are not told apart",
    "false alarm: unpack-attributes": "an unpacking that writes into objects is one step",
    "false alarm: unpack-starred-target": "so is one with a star",
    "library missed: marimo1188-writefile-import": "modules that the notebook writes itself",
    "library missed: mod-autoreload": "the same",
    "library missed: mod-open-write": "the same",
    "library missed: nx-edge-attr": "setting the same again is not known to be no change",
    "library missed: shelve": "files that are opened by a library of their own",
    "library missed: subclasses-builtin": "classes know their subclasses",
    "same value again: same value again": "values are not looked at",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["seed"]))
def test_each_cell_of_a_case_is_shown_as_it_is(case: dict[str, Any]) -> None:
    statuses = {cell["id"]: cell["status"] for cell in AnalysisDesk().answer(case)["cells"]}
    wrong = [
        cell_id
        for cell_id, truth in case["truth"].items()
        if (truth == "must" and statuses[cell_id] == "fresh")
        or (truth == "free" and statuses[cell_id] != "fresh")
    ]
    if case["seed"] in LEFT:
        assert wrong, f"this is right now: {LEFT[case['seed']]} is told no longer"
    else:
        assert wrong == []
