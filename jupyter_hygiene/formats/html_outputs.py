"""Two outputs side by side in the HTML report. Pictures are shown, everything else is rebuilt from text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from ..core.compare.markup import Table, parse_html
from ..core.compare.terminal import rendered
from ..core.notebook import ERROR, STREAM, Output
from ..core.report import (
    CellPosition,
    ImageDifference,
    OutputComparison,
    Span,
    StructureDifference,
    TableDifference,
    TextDifference,
)
from .wording import SIGNS, without_control, word

_LONGEST_TEXT = 20_000
_MOST_ROWS = 200
_MOST_COLUMNS = 60
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")


def output_pair(comparison: OutputComparison) -> str:
    """One comparison: its verdict in words, then both sides."""
    title = f"{SIGNS.get(comparison.verdict, '')} {word(comparison.verdict)} · {comparison.mime}"
    excuses = ", ".join(comparison.normalised)
    note = f'<p class="facts">Excused: {_text(excuses)}</p>' if excuses else ""
    return (
        f'<div class="pair"><h4>{_text(title)}</h4><p>{_text(comparison.summary)}</p>{note}'
        f'<div class="sides">{_sides(comparison)}</div></div>'
    )


def _text(value: str) -> str:
    return escape(without_control(value), quote=True)


def _sides(comparison: OutputComparison) -> str:
    difference = comparison.difference
    if isinstance(difference, TextDifference):
        return _side("On the page", _spans(difference.saved)) + _side("Replayed", _spans(difference.replayed))
    if isinstance(difference, StructureDifference):
        return _changes(difference)
    if isinstance(difference, TableDifference):
        return _side("On the page", _tables(comparison.saved, difference.saved)) + _side(
            "Replayed", _tables(comparison.replayed, difference.replayed)
        )
    both = _side("On the page", _output(comparison.saved)) + _side("Replayed", _output(comparison.replayed))
    if isinstance(difference, ImageDifference) and difference.picture:
        both += _side(
            "Where they differ", _picture("image/png", difference.picture, "the pixels that differ")
        )
    return both


def _side(title: str, content: str) -> str:
    return f'<figure class="side"><figcaption>{title}</figcaption>{content or "<p class=none>nothing</p>"}</figure>'


def _pre(content: str) -> str:
    return f'<pre tabindex="0">{content}</pre>' if content else ""


def _spans(spans: Sequence[Span]) -> str:
    pieces: list[str] = []
    room = _LONGEST_TEXT
    for span in spans:
        text = span.text if len(span.text) <= room else span.text[: max(room, 0)] + "…"
        room -= len(text)
        tag = {"changed": "mark", "excused": "i"}.get(span.mark)
        pieces.append(f"<{tag}>{_text(text)}</{tag}>" if tag else _text(text))
        if room <= 0:
            break
    return _pre("".join(pieces))


def _changes(difference: StructureDifference) -> str:
    rows = "".join(
        f"<tr><th scope=row><code>{_text(change.path or '(whole)')}</code></th>"
        f"<td>{_value(change.saved, change.mark)}</td><td>{_value(change.replayed, change.mark)}</td></tr>"
        for change in difference.changes[:_MOST_ROWS]
    )
    head = "<tr><th scope=col>Where</th><th scope=col>On the page</th><th scope=col>Replayed</th></tr>"
    return f'<div class="scroll" tabindex="0"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'


def _value(value: str | None, mark: str) -> str:
    if value is None:
        return "<span class=none>missing</span>"
    tag = "mark" if mark == "changed" else "i"
    return f"<{tag}>{_text(value)}</{tag}>"


def _tables(output: Output | None, marks: Sequence[CellPosition]) -> str:
    html = output.data.get("text/html") if output is not None else None
    if not isinstance(html, str):
        return _output(output)
    document = parse_html(html)
    marked: Mapping[tuple[int, int, int], str] = {
        (mark.table, mark.row, mark.column): mark.mark for mark in marks
    }
    tables = "".join(_table(number, table, marked) for number, table in enumerate(document.tables))
    prose = f"<p>{_text(document.prose[:2_000])}</p>" if document.prose else ""
    return f'<div class="scroll" tabindex="0">{tables}</div>{prose}'


def _table(number: int, table: Table, marked: Mapping[tuple[int, int, int], str]) -> str:
    rows: list[str] = []
    for row, cells in enumerate(table.rows[:_MOST_ROWS]):
        shown: list[str] = []
        for column, cell in enumerate(cells[:_MOST_COLUMNS]):
            tag = "th" if cell.is_header else "td"
            span = f' colspan="{cell.width}"' if cell.width > 1 else ""
            content = _text(cell.text[:500])
            mark = marked.get((number, row, column))
            if mark:
                inner = "mark" if mark == "changed" else "i"
                content = f"<{inner}>{content or '(empty)'}</{inner}>"
            shown.append(f"<{tag}{span}>{content}</{tag}>")
        rows.append(f"<tr>{''.join(shown)}</tr>")
    if len(table.rows) > _MOST_ROWS:
        rows.append(f"<tr><td>… {len(table.rows) - _MOST_ROWS} more rows</td></tr>")
    return f"<table>{''.join(rows)}</table>"


def _output(output: Output | None) -> str:
    if output is None:
        return ""
    if output.output_type == STREAM:
        return _pre(_text(rendered(output.text)[:_LONGEST_TEXT]))
    if output.output_type == ERROR:
        return _pre(_text(f"{output.ename}: {output.evalue}"[:_LONGEST_TEXT]))
    for mime in _PICTURES:
        if isinstance(output.data.get(mime), str):
            return _picture(mime, str(output.data[mime]), "the picture")
    for mime, value in sorted(output.data.items(), key=lambda item: item[0] == "text/plain"):
        if mime == "text/html" and isinstance(value, str) and "<table" in value[:100_000].lower():
            return _tables(output, ())
        if isinstance(value, str) and value:
            return _pre(_text(rendered(value)[:_LONGEST_TEXT]))
    return ""


def _picture(mime: str, data: str, description: str) -> str:
    code = "".join(data.split())
    if not re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", code):
        return "<p class=none>a picture that cannot be read</p>"
    return f'<img src="data:{mime};base64,{code}" alt="{_text(description)}" loading="lazy">'
