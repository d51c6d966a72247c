"""What a verification still says of a page that has changed since."""

from __future__ import annotations

from typing import Any

import pytest

from jupyter_hygiene.core.configuration import Configuration
from jupyter_hygiene.core.matching import Matching, match
from jupyter_hygiene.core.notebook import Notebook
from jupyter_hygiene.core.pairing import compare_notebooks
from tests.notebooks import code, notebook, printed

Cells = list[dict[str, Any]]

CHAIN = [code("x = 1"), code("y = x + 1"), code("print(y)", printed("2\n")), code("print(0)", printed("0\n"))]


def matched(then: Cells, replayed: Cells, now: Cells, **options: Any) -> Matching:
    saved = Notebook.from_json(notebook(*then))
    report = compare_notebooks(saved, Notebook.from_json(notebook(*replayed)))
    return match(
        Notebook.from_json(notebook(*now)),
        [cell.detail_json() for cell in report.cells],
        [cell.to_json() for cell in report.cells],
        Configuration(),
        **options,
    )


def statuses(found: Matching) -> str:
    return " ".join(cell.status for cell in found.cells)


def test_a_page_that_is_as_it_was_keeps_its_verdicts() -> None:
    found = matched(CHAIN, CHAIN, CHAIN)
    assert statuses(found) == "current current current current"
    assert found.headline == "Reproduced: 4 same"


def test_an_edit_outdates_its_cell_and_what_depends_on_it() -> None:
    found = matched(CHAIN, CHAIN, [code("x = 5"), *CHAIN[1:]])
    assert statuses(found) == "outdated outdated outdated current"
    assert found.cells[0].summary == "This cell was edited since it was verified."
    assert found.cells[2].summary == "What this cell depends on was changed since it was verified."
    assert found.headline == "Reproduced: 1 same"


@pytest.mark.parametrize(
    "formatted", ["x=1", "x = 1  # of course", "# one\nx = 1\n", "x = (\n    1\n)"], ids=repr
)
def test_a_formatter_outdates_nothing(formatted: str) -> None:
    assert statuses(matched(CHAIN, CHAIN, [code(formatted), *CHAIN[1:]])) == "current " * 3 + "current"


def test_run_all_after_a_verification_is_judged_by_the_replay() -> None:
    then = [code("import time"), code("print(1)", printed("7\n")), code("print(2)", printed("9\n"))]
    replayed = [code("import time"), code("print(1)", printed("1\n")), code("print(2)", printed("2\n"))]
    now = [code("import time"), code("print(1)", printed("1\n")), code("print(2)", printed("8\n"))]
    found = matched(then, replayed, now)
    assert statuses(found) == "current taken judged"
    assert [cell.verdict for cell in found.cells] == ["same", "same", "changed"]
    assert found.headline == "1 of 3 cells differs"


def test_replayed_is_only_said_of_what_is_equal_to_the_replay() -> None:
    address = "<object object at 0x{:012x}>\n"
    cells = [[code("print(object())", printed(address.format(place)))] for place in (1, 2, 3)]
    [found] = matched(*cells).cells
    assert (found.status, found.verdict) == ("judged", "cosmetic")
    skipped = [code("print(1)", printed("1\n"), tags=["skip-execution"])]
    [cleared] = matched(skipped, skipped, [code("print(1)", tags=["skip-execution"])]).cells
    assert (cleared.status, cleared.verdict) == ("current", "skipped")


def test_cleared_outputs_are_no_longer_the_same() -> None:
    cleared = {**code("print(0)"), "execution_count": None}
    found = matched(CHAIN, CHAIN, [*CHAIN[:3], cleared])
    assert (found.cells[3].status, found.cells[3].verdict) == ("judged", "unsaved")


def test_deleting_moving_and_inserting_outdate_what_they_change() -> None:
    def named(*cells: dict[str, Any]) -> Cells:
        return [{**cell, "id": f"c{at}"} for at, cell in enumerate(cells)]

    then = named(
        code("x = 1"), code("x = 2"), code("print(x)", printed("2\n")), code("print(0)", printed("0\n"))
    )
    deleted = [then[0], then[2], then[3]]
    assert statuses(matched(then, then, deleted)) == "current outdated outdated current"
    moved = [then[1], then[0], then[2], then[3]]
    assert statuses(matched(then, then, moved)) == "current current outdated current"
    inserted = [*then[:2], {**code("x = 3"), "id": "new"}, *then[2:]]
    assert statuses(matched(then, then, inserted)) == "current current outdated current"
    harmless = [*then[:2], {**code("z = 3"), "id": "new"}, *then[2:]]
    assert statuses(matched(then, then, harmless)) == "current current current current"


def test_a_failure_holds_until_its_cell_or_what_it_reads_is_edited() -> None:
    error = {
        "output_type": "error",
        "ename": "NameError",
        "evalue": "name 'y' is not defined",
        "traceback": [],
    }
    then = [code("x = 1"), code("print(y)", printed("1\n"))]
    replayed = [code("x = 1"), code("print(y)", error)]
    found = matched(then, replayed, then)
    assert found.headline == "1 of 2 cells fails (NameError)"
    assert statuses(matched(then, replayed, [code("x = y = 1"), then[1]])) == "outdated outdated"
    run_again = matched(then, replayed, [then[0], code("print(y)", error)])
    assert run_again.headline == "Reproduced: 2 same"


def test_other_languages_and_much_code_go_by_the_text() -> None:
    found = matched(CHAIN, CHAIN, [code("x = 5"), *CHAIN[1:]], by_text=True)
    assert statuses(found) == "outdated current current current"
