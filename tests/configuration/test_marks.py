"""Tags and comments on a cell decide whether it runs, may raise, and is compared; nbval's among them."""

from __future__ import annotations

import pytest

from jupyter_hygiene.core.analysis import Analyzer, DocumentCell
from jupyter_hygiene.core.configuration import Settings, Treatment, treatment_of

MARKED = Settings(compare="marked")


def effects(treatment: Treatment) -> str:
    words = {
        "skip": treatment.skipped,
        "may raise": treatment.may_raise,
        "ignore": treatment.ignored,
    }
    return ", ".join(word for word, holds in words.items() if holds)


@pytest.mark.parametrize(
    ("source", "tags", "unmarked", "lax"),
    [
        ("print(1)", [], "", "ignore"),
        ("print(1)", ["skip-execution"], "skip", "skip, ignore"),
        ("print(1)", ["nbval-skip"], "skip", "skip, ignore"),
        ("print(1)", ["raises-exception"], "may raise", "may raise, ignore"),
        ("print(1)", ["nbval-raises-exception"], "may raise", "may raise, ignore"),
        ("print(1)", ["nbval-ignore-output"], "ignore", "ignore"),
        ("print(1)", ["nbval-check-output"], "", ""),
        ("print(1)", ["NBVAL_SKIP"], "", "ignore"),
        ("# NBVAL_IGNORE_OUTPUT\nprint(1)", [], "ignore", "ignore"),
        ("print(1)\n    ##  NBVAL_SKIP  ", [], "skip", "skip, ignore"),
        ("#NBVAL_RAISES_EXCEPTION\n1/0", [], "may raise", "may raise, ignore"),
        ("# PYTEST_VALIDATE_IGNORE_OUTPUT\n1", [], "ignore", "ignore"),
        ("# NBVAL_CHECK_OUTPUT\n1", [], "", ""),
        ("print(1)  # NBVAL_SKIP", [], "", "ignore"),
        ("# NBVAL_SKIP this one", [], "", "ignore"),
        ("# nbval_skip", [], "", "ignore"),
        (
            "# NBVAL_IGNORE_OUTPUT\n# NBVAL_RAISES_EXCEPTION\n1/0",
            [],
            "may raise, ignore",
            "may raise, ignore",
        ),
        ("# NBVAL_IGNORE_OUTPUT\n# NBVAL_CHECK_OUTPUT\n1", [], "", ""),
        ("# NBVAL_CHECK_OUTPUT\n# NBVAL_IGNORE_OUTPUT\n1", [], "ignore", "ignore"),
        ("# NBVAL_CHECK_OUTPUT\n1", ["nbval-ignore-output"], "", ""),
        ("# NBVAL_IGNORE_OUTPUT\n1", ["nbval-check-output"], "ignore", "ignore"),
    ],
)
def test_nbvals_marks_are_understood_as_nbval_does(
    source: str, tags: list[str], unmarked: str, lax: str
) -> None:
    assert effects(treatment_of(source, tags)) == unmarked
    assert effects(treatment_of(source, tags, MARKED)) == lax


def test_tags_of_the_users_own_skip_cells_and_ignore_outputs() -> None:
    settings = Settings(ignore_tags=frozenset({"noisy"}), skip_tags=frozenset({"slow"}))
    assert treatment_of("1", ["slow"], settings).skipped == "it is tagged slow"
    assert treatment_of("1", ["noisy"], settings).ignored == "it is tagged noisy"
    assert treatment_of("# NBVAL_CHECK_OUTPUT", ["noisy"], settings).ignored == ""


def test_what_a_cells_own_metadata_say_comes_before_its_marks() -> None:
    assert treatment_of("# NBVAL_SKIP", [], Settings(skip=False)).skipped == ""
    assert treatment_of("1", [], Settings(skip=True)).skipped
    assert treatment_of("# NBVAL_IGNORE_OUTPUT", [], Settings(ignore_output=False)).ignored == ""
    assert treatment_of("1", [], Settings(ignore_output=True)).ignored
    assert not treatment_of("1", ["raises-exception"], Settings(raises_exception=False)).may_raise


@pytest.mark.parametrize(("source", "tags"), [("x = 2", ("nbval-skip",)), ("# NBVAL_SKIP\nx = 2", ())])
def test_a_cell_that_a_replay_skips_is_none_that_stale_cells_follow_from(
    source: str, tags: tuple[str, ...]
) -> None:
    document = [
        DocumentCell("a", "code", "x = 1", 1),
        DocumentCell("b", "code", source, None, tags),
        DocumentCell("c", "code", "print(x)", 2),
    ]
    statuses = {cell.id: cell.status for cell in Analyzer().analyze(document, [], basis="file").cells}
    skipped = Analyzer().analyze(
        [document[0], DocumentCell("b", "code", "x = 2", None, ("skip-execution",)), document[2]],
        [],
        basis="file",
    )
    assert statuses == {cell.id: cell.status for cell in skipped.cells}
