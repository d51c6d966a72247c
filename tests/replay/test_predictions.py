"""What was predicted of a cell, held against what its replay showed."""

from __future__ import annotations

from typing import Any

import pytest

from jupyter_hygiene.core.analysis import Run
from jupyter_hygiene.core.assessment import Assessment, Circumstances, assess
from jupyter_hygiene.core.notebook import Notebook
from jupyter_hygiene.core.report import CellReport, CellVerdict, Prediction, ReplayError
from tests.notebooks import code, notebook


def assessed(
    raw: dict[str, Any],
    verdicts: list[CellVerdict],
    history: list[Run] | None = None,
    language: str = "python",
    **details: dict[str, Any],
) -> Assessment:
    """``details``: more of a cell's report, by the cell's id."""
    page = Notebook.from_json(raw)
    cells = [
        CellReport(cell.id, cell.index, verdict, "", cell.source, **details.get(cell.id, {}))
        for cell, verdict in zip(page.code_cells, verdicts, strict=True)
    ]
    return assess(cells, page, Circumstances(language=language, history=history))


def of(found: Assessment, place: int) -> Prediction:
    prediction = found.cells[place].prediction
    assert prediction is not None
    return prediction


def test_each_outcome_has_its_name_and_is_counted() -> None:
    page = notebook(
        code("k = 3", count=1),
        code("print(k)", count=2),
        code("k = 5", count=9),
        code("print(k + 1)", count=4),
        code("print(k + 2)", count=5),
        code("print('x')", count=10),
    )
    found = assessed(page, ["same", "same", "same", "changed", "cosmetic", "changed"])
    outcomes = [of(found, place).outcome for place in range(6)]
    assert outcomes == ["held", "held", "held", "caught", "cautious", "missed"]
    assert found.predictions is not None
    assert found.predictions.to_json() == {
        "basis": "file",
        "held": 3,
        "caught": 1,
        "cautious": 1,
        "explained": 0,
        "missed": 1,
    }
    assert "`k`" in str(of(found, 3).message)


@pytest.mark.parametrize("verdict", ["unsaved", "skipped", "not_reached", "not_comparable"])
def test_what_was_not_measured_has_no_outcome(verdict: CellVerdict) -> None:
    assert of(assessed(notebook(code("print(1)")), [verdict]), 0).outcome is None


def test_a_cell_that_has_not_run_in_this_kernel_was_not_predicted() -> None:
    found = assessed(notebook(code("print(1)")), ["changed"], history=[])
    assert (of(found, 0).status, of(found, 0).outcome) == ("unrun", None)


def test_of_a_cell_that_this_kernel_has_not_run_the_counts_on_the_page_tell_the_cause() -> None:
    page = notebook(code("print(x)", count=2), code("x = 1", count=1), code("y = 1", count=3))
    found = assessed(page, ["changed", "same", "same"], history=[Run("y = 1", 1, "c2", "ok")])
    assert found.cells[0].cause == "out_of_order"


def test_the_runs_of_the_kernel_are_worth_more_than_the_counts_on_the_page() -> None:
    page = notebook(code("k = 3", count=1), code("print(k)", count=2))
    runs = [Run("k = 3", 1, "c0", "ok"), Run("print(k)", 2, "c1", "ok"), Run("k = 4", 3, None, "ok")]
    assert of(assessed(page, ["same", "same"], runs), 1).status == "fresh"
    runs.insert(1, Run("k = 4", 3, None, "ok"))
    assert of(assessed(page, ["same", "changed"], runs), 1).outcome == "caught"


@pytest.mark.parametrize(
    ("source", "cause", "words"),
    [
        ("import time\nprint(time.time())", "nondeterminism", "asks for the time"),
        ("from datetime import datetime\ndatetime.now()", "nondeterminism", "asks for the time"),
        ("%%time\nprint(1)", "nondeterminism", "how long it runs"),
        ("import numpy as np\nnp.random.rand(3)", "nondeterminism", "without a seed"),
        ("import uuid; print(uuid.uuid4())", "nondeterminism", "at random"),
        ("print(set(words))", "nondeterminism", "order"),
        ("requests.get('https://example.org').text", "external", "network"),
        ("pd.read_csv('sales.csv').head()", "external", "files"),
        ("print(open('notes.txt').read())", "external", "files"),
        ("import os; print(os.environ['HOME'])", "environment", "machine"),
        ("!pip list", "environment", "machine"),
    ],
)
def test_a_fresh_cell_that_differs_is_explained_by_what_it_takes_from_outside(
    source: str, cause: str, words: str
) -> None:
    found = of(assessed(notebook(code(source)), ["changed"]), 0)
    assert (found.status, found.outcome, found.cause) == ("fresh", "explained", cause)
    assert words in str(found.explanation)


def test_chance_with_a_seed_explains_nothing() -> None:
    page = notebook(
        code("import numpy as np\nnp.random.seed(1)", count=1), code("np.random.rand(3)", count=2)
    )
    assert of(assessed(page, ["same", "changed"]), 1).outcome == "missed"


def test_what_stands_above_explains_what_is_taken_from_it() -> None:
    page = notebook(
        code("import time\nstart = time.time()", count=1),
        code("begin = start", count=2),
        code("print(begin)", count=3),
    )
    found = of(assessed(page, ["same", "same", "changed"]), 2)
    assert found.outcome == "explained"
    assert (
        found.explanation
        == "It depends on `begin` from cell 1. Line 2 of cell 1 asks for the time (`time.time()`)."
    )


def test_only_the_first_of_a_chain_is_missed() -> None:
    page = notebook(code("x = 1\nprint(x)", count=1), code("print(x + 1)", count=2))
    found = assessed(page, ["changed", "changed"])
    assert [of(found, 0).outcome, of(found, 1).outcome] == ["missed", "explained"]
    assert of(found, 1).cause == "upstream"


def test_the_cause_that_the_replay_showed_comes_before_all_guesses() -> None:
    error = ReplayError("ModuleNotFoundError", "No module named 'nowhere'")
    found = of(assessed(notebook(code("import nowhere")), ["failed"], c0={"error": error}), 0)
    assert (found.outcome, found.cause) == ("explained", "environment")


def test_another_language_is_not_predicted_but_its_causes_are_told() -> None:
    found = assessed(notebook(code("echo $RANDOM")), ["changed"], language="bash")
    assert found.predictions is None
    assert found.cells[0].prediction is None
    assert found.cells[0].cause == "nondeterminism"


def test_a_replay_outlives_an_analysis_that_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("jupyter_hygiene.core.assessment.Analyzer.analyze", broken)
    found = assessed(notebook(code("print(1)")), ["same"])
    assert found.predictions is None
    assert [cell.verdict for cell in found.cells] == ["same"]
