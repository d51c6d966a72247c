"""What a comparison says besides its verdict: the spans, cells and pixels that differ, in words and ready to draw."""

from __future__ import annotations

import base64
import io

from PIL import Image

from jupyter_hygiene.core.compare import CompareContext, compare_outputs
from jupyter_hygiene.core.notebook import Output
from jupyter_hygiene.core.report import (
    ImageDifference,
    Span,
    StructureDifference,
    TableDifference,
    TextDifference,
)

from .html_pairs import table
from .picture_pairs import LINE, MOVED, picture


def stdout(text: str) -> list[Output]:
    return [Output("stream", name="stdout", text=text)]


def display(mime: str, value: object) -> list[Output]:
    return [Output("display_data", data={mime: value})]


def test_only_the_differing_tokens_are_marked() -> None:
    (found,) = compare_outputs(stdout("score 0.91 took 3.2 s\n"), stdout("score 0.88 took 4.5 s\n"))
    assert isinstance(found.difference, TextDifference)
    assert found.difference.saved == (
        Span("score "), Span("0.91", "changed"), Span(" took "), Span("3.2 s", "excused"), Span("\n"),
    )  # fmt: skip
    assert found.summary == "a number differs: 0.91 → 0.88"
    assert found.normalised == ("timing",)


def test_spans_give_back_the_text() -> None:
    saved, replayed = "a 1\nb [2, 3]\n", "a 1\nc [2, 3, 4]\n"
    (found,) = compare_outputs(stdout(saved), stdout(replayed))
    assert isinstance(found.difference, TextDifference)
    assert "".join(span.text for span in found.difference.saved) == saved
    assert "".join(span.text for span in found.difference.replayed) == replayed


def test_a_missing_plot_in_the_middle_is_one_difference() -> None:
    plots = [display("image/png", picture(LINE, label=label))[0] for label in ("aa", "bb", "cc", "dd", "ee")]
    found = compare_outputs(plots, [plots[0], *plots[2:]])
    assert [comparison.verdict for comparison in found] == ["same", "changed", "same", "same", "same"]
    assert found[1].replayed is None
    assert "the replay does not show it" in found[1].summary


def test_a_missing_stream_is_said_to_be_missing() -> None:
    (found,) = compare_outputs(stdout("mean = 3.20\n"), [])
    assert found.summary == "“mean = 3.20” was on the page, the replay does not print it"
    assert (found.mime, found.replayed) == ("stream/stdout", None)


def test_table_positions_count_rows_and_cells() -> None:
    sides = table(["", "a", "b"], [0, 1, 2]), table(["", "a", "b"], [0, 1, 3])
    (found,) = compare_outputs(display("text/html", sides[0]), display("text/html", sides[1]))
    assert isinstance(found.difference, TableDifference)
    (mark,) = found.difference.saved
    assert (mark.table, mark.row, mark.column, mark.mark) == (0, 1, 2, "changed")
    assert found.summary == "a table cell differs in column b: 2 → 3"


def test_pixels_are_drawn() -> None:
    (found,) = compare_outputs(display("image/png", picture(LINE)), display("image/png", picture(MOVED)))
    assert isinstance(found.difference, ImageDifference)
    assert found.difference.picture is not None
    assert Image.open(io.BytesIO(base64.b64decode(found.difference.picture))).size == (300, 200)
    assert 0 < found.difference.fraction < 0.1


def test_structures_name_the_path() -> None:
    mime = "application/vnd.plotly.v1+json"
    saved, replayed = {"data": [{"y": [1, 2]}]}, {"data": [{"y": [1, 3]}]}
    (found,) = compare_outputs(display(mime, saved), display(mime, replayed))
    assert isinstance(found.difference, StructureDifference)
    assert [(change.path, change.saved, change.replayed) for change in found.difference.changes] == [
        ("data[0].y[1]", "2", "3")
    ]


def test_a_scratch_folder_stands_for_the_original_one() -> None:
    context = CompareContext(path_aliases=(("/scratch/x1", "/data/2023"),))
    (found,) = compare_outputs(stdout("read /data/2023/a.csv\n"), stdout("read /scratch/x1/a.csv\n"), context)
    assert found.verdict == "same"


def test_ten_megabytes_are_compared() -> None:
    """A quadratic step would take hours; benchmarks/compare.py says how long it takes."""
    text = "\n".join(f"{number} {number / 7:.6f} some words" for number in range(350_000))
    for other in (text.replace("\n777 ", "\n778 ", 1), text[::-1]):
        (found,) = compare_outputs(stdout(text), stdout(other))
        assert found.verdict == "changed"


def test_endless_backspaces_do_no_harm() -> None:
    (found,) = compare_outputs(stdout("a" * 500_000 + "\x08b" * 300_000), stdout("b\x08" * 500_000))
    assert found.verdict == "changed"
