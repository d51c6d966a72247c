"""HTML taken apart into what a reader sees: prose, tables, pictures and links, scripts, colours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .colours import with_plain_colours

_BLOCK_NAMES = """
address article aside blockquote br center dd details dialog div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_TEXT_NAMES = "b i s u h1 h2 h3 h4 h5 h6 code pre sub sup mark small li blockquote strong em strike del"
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_VOID = frozenset(_VOID_NAMES.split())
_UNSEEN = frozenset({"script", "style", "noscript", "template", "title", "head"})
_INDENT = "\ue000"  # a blank at the start of a preformatted line
_RAISED = {"sup": "^", "sub": "_"}
_EMPHASIS = {"strong": "b", "em": "i", "strike": "s", "del": "s"}
_TEXT_TAGS = frozenset(_TEXT_NAMES.split())
# Attributes by which an element shows something, or leads somewhere.
_SHOWN = frozenset(
    {
        "src",
        "href",
        "alt",
        "title",
        "value",
        "checked",
        "selected",
        "placeholder",
        "srcdoc",
        "data",
        "max",
        "start",
    }
)


# So many tags and comments may be left open before reading them on and on would take for ever.
_MOST_OPEN = 100


@dataclass
class TableCell:
    is_header: bool
    width: int = 1
    height: int = 1
    text: str = ""
    pieces: list[str] = field(default_factory=list)  # of the text, while it is being read


@dataclass
class Table:
    rows: list[list[TableCell]] = field(default_factory=list)


@dataclass
class Shown:
    """An attribute with which an element shows something."""

    tag: str
    attribute: str
    value: str


@dataclass
class Document:
    prose: str = ""
    tables: list[Table] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)  # colours set on elements
    ids: list[str] = field(default_factory=list)
    emphasis: list[str] = field(default_factory=list)  # tags that change how text looks


def is_broken(source: str) -> bool:
    """Whether so many tags and comments are left open that reading it would take for ever.

    Where no end is to come, Python's parser looks for it anew from each beginning.
    """
    if source.count("<") > source.count(">") + _MOST_OPEN:
        return True
    if source.count("<!--") > source.count("-->") + _MOST_OPEN:
        return True
    ends = (("<", ">"), ("<!--", "-->"), ("<![", "]>"), ("<![C", "]]>"))
    return any(source.count(start, source.rfind(end) + 1) > _MOST_OPEN for start, end in ends)


def without_tags(source: str) -> str:
    """What is left of markup that cannot be read."""
    return re.sub(r"<[^<>]*>", " ", source)


def parse_html(source: str) -> Document:
    """Read HTML, however broken."""
    reader = _Reader()
    try:
        if is_broken(source):
            reader.pieces.append(without_tags(source))
        else:
            reader.feed(source)
            reader.close()
    except (
        AssertionError,
        ValueError,
        RecursionError,
    ):  # html.parser gives up on some malformed declarations
        reader.pieces.append(without_tags(source))
    return reader.read()


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.replace("\xa0", " ").split("\n"))
    return "\n".join(line for line in lines if line.strip(_INDENT)).replace(_INDENT, " ")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.document = Document()
        self.pieces: list[str] = []
        self._scripts: list[list[str]] = []
        self._styles: list[list[str]] = []
        self._tables: list[tuple[Table, TableCell | None]] = []
        self._unseen: list[str] = []
        self._preformatted = 0
        self._in_drawing = False
        self._counts: dict[str, int] = {}
        self._depth = 0  # of lists within lists

    def read(self) -> Document:
        """What has been read, as one document."""
        document = self.document
        document.prose = _tidy("".join(self.pieces))
        document.scripts = ["".join(pieces) for pieces in self._scripts]
        document.styles = ["".join(pieces) for pieces in self._styles]
        for table in document.tables:
            for row in table.rows:
                for cell in row:
                    cell.text = _tidy("".join(cell.pieces))
        return document

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, {name: value or "" for name, value in attrs})
        if tag in _UNSEEN:
            if len(self._unseen) < _MOST_OPEN:
                self._unseen.append(tag)
            if tag == "script":
                self._scripts.append([])
            elif tag == "style":
                self._styles.append([])
            return
        if tag in _TEXT_TAGS:
            self.document.emphasis.append(_EMPHASIS.get(tag, tag))
        if tag == "pre":
            self._preformatted += 1
        if tag == "table":
            table = Table()
            self.document.tables.append(table)
            self._tables.append((table, None))
        elif tag == "tr" and self._tables:
            self._tables[-1] = (self._tables[-1][0], None)
            self._tables[-1][0].rows.append([])
        elif tag in {"td", "th"} and self._tables:
            self._open_cell(tag, dict(attrs))
        elif tag in _BLOCKS:
            self._write("\n")
        if tag in {"ul", "ol"}:
            self._depth += 1
        elif tag == "li":
            self._write("•" * min(self._depth, 9) + " ")
        elif tag in _RAISED:
            self._write(_RAISED[tag])

    def _open_cell(self, tag: str, attributes: dict[str, str | None]) -> None:
        table = self._tables[-1][0]
        if not table.rows:
            table.rows.append([])
        width, height = (_span(attributes.get(name)) for name in ("colspan", "rowspan"))
        cell = TableCell(tag == "th", width, height)
        table.rows[-1].append(cell)
        self._tables[-1] = (table, cell)

    def _attributes(self, tag: str, attributes: dict[str, str]) -> None:
        self._in_drawing = self._in_drawing or tag == "svg"
        if self._in_drawing:
            drawn = sorted(attributes.keys() - {"id", "class", "style", "version"} - _SHOWN)
            shapes = (
                Shown(tag, name, attributes[name])
                for name in drawn
                if not name.startswith(("xmlns", "data-"))
            )
            self.document.shown.extend(shapes)
        if attributes.get("id"):
            self.document.ids.append(attributes["id"])
        self._counts[tag] = self._counts.get(tag, 0) + 1
        for name in sorted(_SHOWN & attributes.keys()):
            if name in {"checked", "selected"}:
                self.document.shown.append(Shown(tag, name, f"number {self._counts[tag]}"))
            elif tag not in {"script", "link"} or name == "srcdoc":
                self.document.shown.append(Shown(tag, name, attributes[name]))
        style = attributes.get("style", "")
        declared = declarations(style)
        is_bar = any(name.startswith("background") for name, _ in declared)
        colours = [
            f"{name}: {value}"
            for name, value in declared
            if _is_look(name)
            or (name == "display" and value == "none")
            or (name in {"width", "height"} and (is_bar or (value.endswith("%") and value != "100%")))
        ]
        for name in ("color", "bgcolor", "fill"):
            if attributes.get(name):
                colours.append(f"{name}: {with_plain_colours(attributes[name])}")
        if colours:
            self.document.looks.append("; ".join(sorted(colours)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self._in_drawing = False
        if tag in _UNSEEN:
            if tag in self._unseen:
                self._unseen.remove(tag)
            return
        if tag in {"ul", "ol"}:
            self._depth = max(0, self._depth - 1)
        if tag == "pre":
            self._preformatted = max(0, self._preformatted - 1)
        if tag == "table" and self._tables:
            self._tables.pop()
            self._write("\n")
        elif tag in {"td", "th", "tr"} and self._tables:
            self._tables[-1] = (self._tables[-1][0], None)
        elif tag in _BLOCKS:
            self._write("\n")

    def handle_data(self, data: str) -> None:
        if self._unseen:
            kind = self._unseen[-1]
            target = {"script": self._scripts, "style": self._styles}.get(kind)
            if target:
                target[-1].append(data)
            return
        if self._preformatted:
            self._write(re.sub(r"(?m)^ {1,200}", lambda match: _INDENT * len(match.group()), data))
        else:
            self._write(data.replace("\n", " "))

    def _write(self, text: str) -> None:
        if self._tables:
            cell = self._tables[-1][1]
            if cell is not None:
                cell.pieces.append(text)
            else:
                self.pieces.append(text)  # a caption
        else:
            self.pieces.append(text)


def _span(value: str | None) -> int:
    return max(1, min(int(value), 1_000)) if value and value.isdecimal() and len(value) < 6 else 1


def declarations(style: str) -> list[tuple[str, str]]:
    """The CSS declarations of a style attribute or rule body."""
    parts = (part.partition(":") for part in style[:100_000].split(";"))
    return [
        (name.strip().lower(), with_plain_colours(" ".join(value.split())))
        for name, colon, value in parts
        if colon and name.strip()
    ]


def _is_look(name: str) -> bool:
    return name in {
        "color",
        "background",
        "background-color",
        "text-decoration",
        "font-weight",
        "fill",
        "stroke",
    }


def cell_styles(styles: list[str]) -> dict[str, list[tuple[str, str]]]:
    """What pandas' Styler sets on single cells, by cell (``row0_col2``)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for style in styles:
        for selectors, body in re.findall(r"(?<![^{}])([^{}]+)\{([^{}]*)\}", style):
            for place in re.findall(r"#T_\w*?_?((?:row|level)\d+_(?:row|col)\d+)\b", selectors):
                found.setdefault(place, []).extend(item for item in declarations(body) if item[1])
    return found
