"""The examples, replayed against themselves: what is seeded never differs, what is not is told with its line."""

from __future__ import annotations

import asyncio
import importlib.util
import json
from pathlib import Path

import pytest

from jupyter_hygiene.core.verification import VerifyOptions

from .conftest import Machine

EXAMPLES = Path(__file__).parents[2] / "examples"
TWICE = VerifyOptions(repeat=2, keep_going=True)
SETTLED = ["eda-wine", "model-cancer", "hidden-state", "out-of-order", "torch-moons"]


def test_every_example_is_replayed_here() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.ipynb")} == {*SETTLED, "unseeded"}


@pytest.mark.parametrize("name", SETTLED)
def test_two_replays_of_an_example_without_unseeded_randomness_agree_in_every_cell(
    machine: Machine, name: str
) -> None:
    if name == "torch-moons" and importlib.util.find_spec("torch") is None:
        pytest.skip("torch is left to the user")
    raw = json.loads((EXAMPLES / f"{name}.ipynb").read_text(encoding="utf-8"))
    report = asyncio.run(machine.verify_async(raw, TWICE))
    disputed = [f"cell {cell.index + 1}: {cell.summary}" for cell in report.cells if cell.disputed]
    assert disputed == []


def test_the_unseeded_example_is_told_to_be_one_with_the_line_to_seed(machine: Machine) -> None:
    raw = json.loads((EXAMPLES / "unseeded.ipynb").read_text(encoding="utf-8"))
    report = asyncio.run(machine.verify_async(raw, TWICE))
    assert {cell.verdict for cell in report.cells if cell.cause} == {"nondeterministic"}
    told = [(problem.cause, problem.line, problem.action) for problem in report.root_causes]
    assert told == [
        ("nondeterminism", 1, "Call `random.seed(0)` before it."),
        ("nondeterminism", 1, "Give it a seed: `np.random.default_rng(0)`."),
    ]
