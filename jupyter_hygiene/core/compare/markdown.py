"""Comparing Markdown by what it renders to: bullets, padding, wrapping and the signs for emphasis do not count."""

from __future__ import annotations

import re

from .evidence import Evidence
from .outcome import SAME, Outcome
from .picture_links import with_named_pictures
from .settings import CompareSettings
from .text import compare_text


def compare_markdown(saved: str, replayed: str, evidence: Evidence, settings: CompareSettings) -> Outcome:
    """Compare two Markdown outputs."""
    saved, replayed = with_named_pictures(saved), with_named_pictures(replayed)
    forms = _form(saved), _form(replayed)
    if forms[0] == forms[1]:
        return SAME
    plain = compare_text(saved, replayed, evidence, settings)
    if plain.verdict != "changed":
        return plain
    tidied = compare_text("\n".join(forms[0]), "\n".join(forms[1]), evidence, settings)
    return plain if tidied.verdict == "changed" else tidied


def _form(text: str) -> list[str]:
    """The lines of a text with one way of writing for each thing."""
    lines: list[list[str]] = []  # in pieces, as many may be joined to one
    in_code = False
    joins = False  # whether the next line continues a paragraph
    for line in text.expandtabs(4).split("\n"):
        stripped = line.strip()
        if re.match(r"(?:```|~~~)", stripped):
            in_code = not in_code
            lines.append(["```" + stripped.lstrip("`~")])
            joins = False
        elif in_code or (line.startswith("    ") and not joins):
            lines.append([line.rstrip()])
        elif not stripped:
            joins = False
        elif re.fullmatch(r"=+|-+", stripped) and joins and lines:
            lines[-1].insert(0, "#" if stripped[0] == "=" else "##")
            joins = False
        else:
            form = _inline(_block(stripped, len(line) - len(line.lstrip())))
            plain = not re.match(r"\s*(?:[#>|]|- |\d+\. |---)", form) and "|" not in form
            if plain and joins and not lines[-1][-1].endswith("  "):
                lines[-1].append(form)
            else:
                lines.append([form])
            joins = plain and not line.endswith("  ")
    return [" ".join(pieces) for pieces in lines]


def _block(line: str, indent: int) -> str:
    if line.startswith("|") or re.search(r"\|\s*:?-+", line):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        return (
            "|"
            + "|".join(re.sub(r"-+", "-", cell) if re.fullmatch(r":?-+:?", cell) else cell for cell in cells)
            + "|"
        )
    if re.fullmatch(r"(?:[-*_] ?){3,}", line):
        return "---"
    heading = re.match(r"#{1,6}", line)
    title = line[heading.end() :].strip().rstrip("#").rstrip() if heading else ""
    if heading and title:
        return f"{heading[0]} {title}"
    item = re.match(r"[-*+]\s+", line)
    if item:
        return " " * indent + "- " + line[item.end() :]
    number = re.match(r"(\d+)[.)]\s+", line)
    return " " * indent + f"{number[1]}. {line[number.end() :]}" if number else " ".join(line.split())


def _inline(line: str) -> str:
    line = re.sub(r"(?<!\w)__(?=\S)([^_\n]+?)(?<=\S)__(?!\w)", r"**\1**", line)
    return re.sub(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])", r"*\1*", line)
