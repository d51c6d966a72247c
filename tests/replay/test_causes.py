"""Why cells differ or fail: each cause has a notebook that exhibits it, replayed for real."""

from __future__ import annotations

import pytest

from jupyter_hygiene.core.report import Report
from jupyter_hygiene.core.verification import VerifyOptions
from tests.notebooks import code, printed

from .conftest import Machine
from .stories import STORIES, Story


def causes(report: Report) -> dict[int, str]:
    return {place: cell.cause for place, cell in enumerate(report.cells) if cell.cause is not None}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: str(story.name))
def test_the_cause_is_named_with_what_helps(machine: Machine, story: Story) -> None:
    for name, text in story.files.items():
        (machine.folder / name).write_text(text)
    report = machine.verify(
        *story.page["cells"],
        options=VerifyOptions(repeat=story.repeat, keep_going=story.keep_going),
        history=story.history,
        **{key: value for key, value in story.page["metadata"].items() if key != "kernelspec"},
    )
    assert causes(report) == story.causes
    first = report.root_causes[0]
    assert story.says in first.message
    assert story.helps in first.action
    assert first.line == story.line
    assert len(report.root_causes) == story.problems
    concerned = [cell_id for root in report.root_causes for cell_id in root.cells]
    assert sorted(concerned) == sorted(cell.id for cell in report.cells if cell.cause is not None)


def test_every_cause_has_a_story() -> None:
    from typing import get_args

    from jupyter_hygiene.core.report import Cause

    assert {cause for story in STORIES for cause in story.causes.values()} == set(get_args(Cause))


def test_two_replays_that_agree_clear_chance_of_suspicion(machine: Machine) -> None:
    page = (
        code("import random\nx = 1 if random.random() > 2 else 3", count=1),
        code("print(x)", printed("2\n"), count=2),
    )
    assert causes(machine.verify(*page)) == {1: "nondeterminism"}
    assert causes(machine.verify(*page, options=VerifyOptions(repeat=2))) == {1: "edited"}


def test_chance_that_cannot_reach_a_cell_is_not_blamed_for_it(machine: Machine) -> None:
    report = machine.verify(
        code("import time, random\nstart = time.time()\nluck = random.random()\nx = 1", count=1),
        code("print(x)", printed("2\n"), count=2),
        code("print(luck)", printed("0.5\n"), count=3),
    )
    assert causes(report) == {1: "edited", 2: "nondeterminism"}


def test_a_cell_that_never_ran_is_not_said_to_be_edited(machine: Machine) -> None:
    report = machine.verify(code("limit = 1/0", ran=False))
    assert report.cells[0].cause == "unknown"
    assert report.root_causes[0].message == "The page shows no run of this cell; it raises by itself."


def test_on_a_page_without_any_output_nobody_can_tell_whether_a_cell_raised_before(machine: Machine) -> None:
    report = machine.verify(code("x = 1", count=1), code("[][x]", count=2))
    assert causes(report) == {1: "unknown"}
    assert report.root_causes[0].message.startswith("The outputs of the page were cleared")


def test_what_magics_do_is_not_said_to_be_edited(machine: Machine) -> None:
    report = machine.verify(code("%prun -q 1 + 1\nprint(2)", printed("3\n"), count=1))
    assert report.cells[0].cause != "edited"


@pytest.mark.parametrize(
    ("below", "writes"),
    [
        ("pd.read_csv('sales.csv').to_csv('other.csv')", False),
        ("# needs sales.csv\nprint(1 > 2)", False),
        ("# !curl -O https://example.org/sales.csv", False),
        ("df.to_csv('sales.csv')", True),
        ("target = 'out/sales.csv'\ndf.to_csv(target)", True),
        ("with open('sales.csv', 'w') as file:\n    pass", True),
        ("Path('sales.csv').write_text('1')", True),
        ("!echo 1 > sales.csv", True),
        ("%%writefile sales.csv\n1,2", True),
    ],
)
def test_a_file_is_missed_because_a_cell_below_writes_it_or_because_it_is_gone(
    machine: Machine, below: str, writes: bool
) -> None:
    report = machine.verify(
        code("print(open('sales.csv').read())", printed("1\n"), count=1), code(below, count=2)
    )
    assert report.cells[0].cause == ("out_of_order" if writes else "external")


def test_asking_for_versions_leaves_no_trace_in_the_kernel(machine: Machine) -> None:
    report = machine.verify(code("print(1)", printed("2\n"), count=1), code("In, Out, _", count=2))
    assert [cell.execution_count for cell in report.cells] == [1, 2]
