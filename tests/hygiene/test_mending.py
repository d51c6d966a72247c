"""Fixes carried out in a notebook's JSON keep everything that they do not concern."""

from __future__ import annotations

import copy
from typing import Any

from jupyter_hygiene.core.configuration import configure, layer_of
from jupyter_hygiene.core.hygiene.examination import Subject, examine, fix_for_all, mend_all
from jupyter_hygiene.core.hygiene.fixes import (
    ClearOutputs,
    DeleteCell,
    DropMetadata,
    InsertCell,
    SourceEdit,
)
from jupyter_hygiene.core.hygiene.mending import carry_out, changes
from jupyter_hygiene.core.notebook import CellId, Notebook
from tests.notebooks import code, markdown, notebook, printed, result


def messy() -> dict[str, Any]:
    raw = notebook(
        code("import math\nimport os", count=3, tags=["setup"]),
        code("", ran=False),
        code("import math\n# the rest\nprint(math.pi)", printed("3.14\n"), count=4, tags=["keep"]),
        code("import os", count=5),
        markdown("# The end"),
    )
    raw["cells"][2]["metadata"]["execution"] = {"iopub.execute_input": "2024-01-01T12:00:00Z"}
    raw["cells"][2]["metadata"]["mine"] = {"a": 1}
    raw["metadata"]["mine"] = [1, 2]
    return raw


def subject(raw: dict[str, Any], **settings: Any) -> Subject:
    view = Notebook.from_json(raw)
    return Subject(view, "a.ipynb", None, configure(view, None, layer_of(settings, "the test", None)))


SELECTED = {"select": ["imported-again", "empty-cell", "metadata-churn"]}


def test_safe_fixes_are_carried_out_until_none_is_left() -> None:
    raw = messy()
    kept = copy.deepcopy(raw)
    mended = mend_all(subject(raw, **SELECTED), raw)
    assert raw == kept, "what was given stays as it was"
    assert mended.left.findings == ()
    assert {finding.rule for finding in mended.fixed} == {"imported-again", "empty-cell", "metadata-churn"}
    cells = mended.raw["cells"]
    assert [cell["id"] for cell in cells] == ["c0", "c2", "c4"]
    assert cells[0] == raw["cells"][0]
    assert cells[1]["source"] == "# the rest\nprint(math.pi)"
    assert cells[1]["outputs"] == raw["cells"][2]["outputs"]
    assert cells[1]["execution_count"] == 4
    assert cells[1]["metadata"] == {"tags": ["keep"], "mine": {"a": 1}}
    assert mended.raw["metadata"] == raw["metadata"]


def test_one_fix_says_all_that_changes_and_leads_to_the_same_notebook() -> None:
    raw = messy()
    about = subject(raw, **SELECTED)
    fix = fix_for_all(about, raw)
    assert fix is not None
    assert fix.safe
    by_hand = copy.deepcopy(raw)
    carry_out(by_hand, Notebook.from_json(raw), fix.edits)
    assert by_hand == mend_all(about, raw).raw
    assert fix_for_all(subject(by_hand, **SELECTED), by_hand) is None


def test_mending_twice_changes_nothing_more() -> None:
    raw = messy()
    once = mend_all(subject(raw, **SELECTED), raw).raw
    again = mend_all(subject(once, **SELECTED), once)
    assert again.raw == once
    assert again.fixed == ()


def test_what_needs_a_look_is_not_done_unseen() -> None:
    raw = notebook(code("from math import *\nprint(pi)"))
    about = subject(raw, select=["star-import"])
    assert examine(about).findings
    assert mend_all(about, raw).raw == raw


def test_sources_that_are_lists_of_lines_stay_lists() -> None:
    raw = notebook(code("import os"), code("import os\nx = 1\ny = 2"))
    for cell in raw["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
    mended = mend_all(subject(raw, select=["imported-again"]), raw)
    assert mended.raw["cells"][1]["source"] == ["x = 1\n", "y = 2"]


def test_an_edit_of_a_cell_that_is_another_by_now_is_not_done() -> None:
    raw = notebook(code("x = 1"))
    view = Notebook.from_json(raw)
    carry_out(raw, view, [SourceEdit(CellId("c0"), "x = 2", "x = 3"), DeleteCell(CellId("c0"), "x = 2")])
    assert raw["cells"][0]["source"] == "x = 1"


def test_cells_come_back_in_their_order_and_under_their_ids() -> None:
    raw = notebook(code("print(a + b)"))
    view = Notebook.from_json(raw)
    first = InsertCell("a = 1", CellId("c0"), CellId("gone"), 4)
    second = InsertCell("b = 1", CellId("c0"), CellId("c0"))
    carry_out(raw, view, [first, second, InsertCell("at the end")])
    assert [cell["source"] for cell in raw["cells"]] == [["a = 1"], ["b = 1"], "print(a + b)", ["at the end"]]
    ids = [cell["id"] for cell in raw["cells"]]
    assert ids[0] == "gone"
    assert len(set(ids)) == 4
    assert raw["cells"][0]["execution_count"] == 4


def test_no_ids_are_written_into_notebooks_of_a_format_without_them() -> None:
    raw = notebook(code("a"))
    raw["nbformat_minor"] = 4
    del raw["cells"][0]["id"]
    carry_out(raw, Notebook.from_json(raw), [InsertCell("b", CellId("cell-0"))])
    assert [cell.get("id") for cell in raw["cells"]] == [None, None]


def test_clearing_outputs_keeps_the_count() -> None:
    raw = notebook(code("a", result("1", 7), count=7))
    carry_out(raw, Notebook.from_json(raw), [ClearOutputs(CellId("c0"))])
    assert (raw["cells"][0]["outputs"], raw["cells"][0]["execution_count"]) == ([], 7)


def test_counts_go_from_cell_and_outputs() -> None:
    raw = notebook(code("a", result("1", 7), count=7))
    mended = mend_all(subject(raw, select=["execution-counts"]), raw).raw
    assert mended["cells"][0]["execution_count"] is None
    assert mended["cells"][0]["outputs"][0]["execution_count"] is None
    assert mended["cells"][0]["outputs"][0]["data"] == raw["cells"][0]["outputs"][0]["data"]


def test_metadata_of_the_notebook_can_go_too() -> None:
    raw = notebook(code("a"), papermill={"duration": 3})
    carry_out(
        raw, Notebook.from_json(raw), [DropMetadata(None, "papermill"), DropMetadata(CellId("c0"), "none")]
    )
    assert "papermill" not in raw["metadata"]


def test_the_difference_of_two_states_names_every_kind_of_change() -> None:
    before = Notebook.from_json(notebook(code("a"), code("b", printed("x")), code("c"), x=1))
    after_raw = notebook(code("a2", cell_id="c0"), code("b", cell_id="c1"), code("new", cell_id="n"))
    kinds = [type(edit).__name__ for edit in changes(before, Notebook.from_json(after_raw))]
    assert sorted(kinds) == ["ClearOutputs", "DeleteCell", "DropMetadata", "InsertCell", "SourceEdit"]
