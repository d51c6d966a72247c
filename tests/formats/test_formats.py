"""Each format says what a report holds, escapes what it quotes, and keeps to its own grammar."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import jupyter_hygiene
from jupyter_hygiene.core.causes import root_causes
from jupyter_hygiene.core.compare import compare_outputs
from jupyter_hygiene.core.notebook import CellId, Output
from jupyter_hygiene.core.reading import report_from_json
from jupyter_hygiene.core.report import (
    CellReport,
    Explanation,
    KernelInfo,
    OutputComparison,
    Prediction,
    PredictionTotals,
    ReplayError,
    Report,
)
from jupyter_hygiene.formats import FORMATS, Problem, render

SCHEMA = json.loads(
    (Path(jupyter_hygiene.__file__).parent / "schemas" / "api.schema.json").read_text(encoding="utf-8")
)
HOSTILE = "<script>alert('x')</script> 100%, a::b \x07\x1b]]>&\nsecond"


def stdout(text: str) -> Output:
    return Output("stream", name="stdout", text=text)


def display(**data: Any) -> Output:
    return Output("display_data", data={key.replace("_", "/"): value for key, value in data.items()})


def cell(index: int, verdict: Any, *outputs: OutputComparison, **more: Any) -> CellReport:
    summary, source = more.pop("summary", "a summary"), more.pop("source", "x = 1")
    return CellReport(CellId(f"c{index}"), index, verdict, summary, source, outputs=outputs, **more)


def report(*cells: CellReport, verdict: Any = "differs", **more: Any) -> Report:
    return Report(
        path=more.pop("path", "work/eda.ipynb"), verdict=verdict, headline=more.pop("headline", "Differs: 1 changed"),
        seconds=1.234, created="2024-01-05T10:11:12Z", kernel=KernelInfo("python3"), cells=cells, **more,
    )  # fmt: skip


CHANGED = cell(
    1,
    "changed",
    *compare_outputs([stdout("a 1\nscore 0.91\n")], [stdout("a 1\nscore 0.88\n")]),
    summary="a number differs: 0.91 → 0.88",
    source="# how good\nprint(score)",
    cause="hidden_state",
)
FAILED = cell(2, "failed", error=ReplayError("KeyError", HOSTILE, None), source=HOSTILE)
WHOLE = report(
    cell(0, "same"), CHANGED, FAILED, cell(3, "not_reached"), notes=("a note",), counts={"changed": 1}
)
FINE = report(cell(0, "same"), verdict="reproduced", headline="Reproduced: 1 same", path="fine.ipynb")
PROBLEM = Problem("no.ipynb", "kernel_not_found", "no such kernel: ir")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_anything(name: str) -> None:
    for reports in ([], [WHOLE], [WHOLE, FINE]):
        for problems in ([], [PROBLEM]):
            assert isinstance(render(reports, problems, name), str)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="no such format"):
        render([], [], "yaml")


def test_json_keeps_to_the_contract() -> None:
    compact = json.loads(render([WHOLE, FINE], [PROBLEM], "json"))
    jsonschema.Draft202012Validator({**SCHEMA, "$ref": "#/$defs/CompactReport"}).validate(compact)
    assert [notebook["verdict"] for notebook in compact["notebooks"]] == ["differs", "reproduced"]
    assert compact["notebooks"][0]["cells"][1]["outputs"][0]["verdict"] == "changed"
    assert compact["problems"][0]["kind"] == "kernel_not_found"
    assert "problems" not in json.loads(render([FINE], [], "json"))


def test_text_shows_only_what_needs_a_look() -> None:
    text = render([WHOLE, FINE], [], "text")
    assert "cell 2" in text
    assert "print(score)" in text
    assert "− score 0.91" in text
    assert "+ score 0.88" in text
    assert "a 1" not in text
    assert "cell 1 " not in text
    assert text.splitlines()[-1].startswith("2 notebooks: 1 differs, 1 reproduced")


def test_text_and_html_say_what_had_been_predicted() -> None:
    cells = (
        cell(0, "changed", prediction=Prediction("stale", "`k` was <changed>", "caught")),
        cell(1, "changed", prediction=Prediction("fresh", None, "missed")),
        cell(
            2,
            "changed",
            prediction=Prediction("fresh", None, "explained", "external", "Perhaps because it reads files."),
        ),
    )
    text, html = (render([report(*cells)], [], name) for name in ("text", "html"))
    assert "predicted stale: `k` was <changed>" in text
    assert "predicted fresh: its runs do not tell of this difference" in text
    assert "Predicted stale: `k` was &lt;changed&gt;" in html


def test_problems_are_told_with_what_helps_and_the_cells_concerned() -> None:
    why = Explanation("hidden_state", "Nothing defines `x` <now>.", "Define `x`.", CellId("c0"))
    follows = Explanation("upstream", "It depends on `y` from cell 1.", "Define `x`.", CellId("c0"), root=why)
    cells = (
        cell(0, "failed", cause="hidden_state", explanation=why),
        cell(1, "changed", cause="upstream", explanation=follows),
        cell(2, "changed", cause="unknown", explanation=Explanation("unknown", "Not known.", "Look.")),
    )
    told = report(*cells, root_causes=root_causes(cells))
    text, html, junit, github, raw = (
        render([told], [], name) for name in ("text", "html", "junit", "github", "json")
    )
    assert "why:     hidden state  cells 1, 2\n             Nothing defines `x` <now>.\n" in text
    assert "→ Define `x`." in text
    assert text.index("hidden state  cells 1, 2") < text.index("unknown  cell 3")
    assert text.count("Nothing defines") == 1
    assert "It depends on `y` from cell 1." in text
    assert "Nothing defines <code>x</code> &lt;now&gt;." in html
    assert "It depends on `y` from cell 1.\nDefine `x`." in junit
    assert "Nothing defines `x` <now>.%0ADefine `x`." in github
    notebook = json.loads(raw)["notebooks"][0]
    assert [root["cells"] for root in notebook["root_causes"]] == [["c0", "c1"], ["c2"]]
    assert notebook["cells"][1]["explanation"]["cell_id"] == "c0"
    again = report_from_json(told.to_json(), [each.detail_json() for each in told.cells])
    assert again.to_json() == told.to_json()


def test_a_kept_report_gives_back_its_predictions() -> None:
    kept = report(
        cell(0, "changed", prediction=Prediction("fresh", None, "missed")),
        predictions=PredictionTotals("kernel", {"missed": 1}),
    )
    again = report_from_json(kept.to_json(), [each.detail_json() for each in kept.cells])
    assert again.cells[0].prediction == kept.cells[0].prediction
    assert again.to_json()["predictions"] == kept.to_json()["predictions"]
    older = {**kept.to_json(), "cells": [{**each.to_json(), "prediction": None} for each in kept.cells]}
    del older["predictions"]
    assert report_from_json(older, [each.detail_json() for each in kept.cells]).predictions is None


def test_text_holds_no_control_characters_unless_colour_is_asked_for() -> None:
    assert re.search(r"[\x00-\x09\x0b-\x1f]", render([WHOLE], [PROBLEM], "text")) is None
    coloured = render([WHOLE], [PROBLEM], "text", colour=True)
    assert "\x1b[31m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == render([WHOLE], [PROBLEM], "text")


def test_junit_is_xml_with_a_case_for_each_code_cell() -> None:
    root = ElementTree.fromstring(render([WHOLE, FINE], [PROBLEM], "junit").encode())
    suites = root.findall("testsuite")
    assert [suite.get("name") for suite in suites] == ["work/eda.ipynb", "fine.ipynb", "no.ipynb"]
    assert len(suites[0].findall("testcase")) == 4
    assert (suites[0].get("failures"), suites[0].get("errors")) == ("2", "1")
    assert (root.get("tests"), root.get("errors")) == ("6", "2")
    error = suites[0].find("testcase/error")
    assert error is not None
    assert "alert" in (error.text or "")


def test_github_escapes_properties_and_data() -> None:
    lines = render([report(FAILED, path="a,b:c.ipynb"), FINE], [PROBLEM], "github").splitlines()
    pattern = re.compile(r"::(error|warning|notice) file=[^,:]*,line=1,title=[^,:]*::.*")
    assert all(pattern.fullmatch(line) for line in lines)
    assert lines[0].startswith("::error file=a%2Cb%3Ac.ipynb")
    assert "100%25" in lines[1]
    assert any(line.startswith("::notice file=fine.ipynb") for line in lines)
    assert lines[-1].startswith("::error file=no.ipynb")


class _Inert(HTMLParser):
    """Collects the tags of a document and everything by which one could do something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.unclosed: list[str] = []
        self.suspect: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            outside = name in {"href", "src", "action"} and not (value or "").startswith(("#", "data:image/"))
            if name.startswith("on") or name == "style" or outside:
                self.suspect.append(f"{tag} {name}={value}")
        if tag not in {"meta", "img"}:
            self.unclosed.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed.pop() == tag


def hostile_comparisons() -> list[OutputComparison]:
    table = "<table><tr><th>n</th></tr><tr><td onclick=x>{}<script>evil()</script></td></tr></table><img src=http://x/y>"
    plotly = "application_vnd.plotly.v1+json"
    pairs = [
        (stdout(HOSTILE), stdout("other " + HOSTILE)),
        (display(text_html=table.format(1)), display(text_html=table.format(2))),
        (display(text_html=HOSTILE), display(text_html="<b>2</b>")),
        (display(image_png='"><script>1</script>'), display(image_png="AAAA")),
        (display(**{plotly: {"<b>": 1}}), display(**{plotly: {"<b>": 2}})),
        (display(**{"image_svg+xml": "<svg onload=x><text>1</text></svg>"}),
         display(**{"image_svg+xml": "<svg onload=x><text>2</text></svg>"})),
    ]  # fmt: skip
    return [comparison for saved, replayed in pairs for comparison in compare_outputs([saved], [replayed])]


def test_html_is_inert_and_well_formed() -> None:
    comparisons = hostile_comparisons()
    assert {comparison.verdict for comparison in comparisons} == {"changed"}
    hostile = cell(4, "changed", *comparisons, source=HOSTILE, summary=HOSTILE)
    document = render(
        [report(CHANGED, FAILED, hostile, headline=HOSTILE, notes=(HOSTILE,))], [PROBLEM], "html"
    )
    reader = _Inert()
    reader.feed(document)
    assert reader.unclosed == []
    assert reader.suspect == []
    assert not {"script", "iframe", "object", "embed", "link", "svg", "form", "base"} & set(reader.tags)
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in document


def test_html_marks_what_differs() -> None:
    document = render([WHOLE], [], "html")
    assert "<mark>0.91</mark>" in document
    assert "<mark>0.88</mark>" in document
    assert "Cell 2" in document
    assert "prefers-color-scheme: dark" in document
