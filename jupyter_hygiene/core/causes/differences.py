"""What the difference itself tells: a warning that came or went, a type that libraries have renamed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..report import CellReport, Difference, Span, TextDifference

_WARNING = re.compile(
    r"\b(?:Deprecation|Future|PendingDeprecation|User|Runtime|Convergence|SettingWithCopy|ChainedAssignment"
    r"|InconsistentVersion|DataConversion|Visible\w+|Performance|Parser|Dtype|Copy\w*|Warn)?Warning\b"
)
# Not the numeric ones: whole numbers that became others tell of the data.
_TYPE_NAME = re.compile(
    r"(?:np\.|numpy\.|pandas\.|pd\.)?(?:object|str|string|datetime64|timedelta64|dtype|class|freq|\w*Index|ns|us|ms|s|h|H"
    r"|ME|M|QE|Q|YE|Y|min|T|D)|(?:[a-z_]\w*\.)+[A-Z]\w*"
)
_NAME = re.compile(r"[A-Za-z_][\w.]*")


def tells_of_software(cell: CellReport) -> str:
    """A sentence, if the difference is one that another version of a library makes; else empty."""
    for output in cell.outputs:
        if output.verdict != "changed":
            continue
        saved, replayed = _sides(output.difference)
        if _WARNING.search(saved) and not _WARNING.search(replayed):
            return "A warning of a library is gone."
        if _WARNING.search(replayed) and not _WARNING.search(saved):
            return "A library warns that did not."
        if _is_type(saved) and _is_type(replayed):
            return "Only the name of a data type differs, as it does between versions of a library."
    return ""


def _is_type(text: str) -> bool:
    """Whether a text is nothing but names of data types and classes, and signs between them."""
    names = _NAME.findall(text)
    return bool(names) and all(map(_TYPE_NAME.fullmatch, names)) and not re.search(r"\w", _NAME.sub("", text))


def _sides(difference: Difference | None) -> tuple[str, str]:
    """What differs on either side, in whole words."""
    if isinstance(difference, TextDifference):
        return _changed_words(difference.saved), _changed_words(difference.replayed)
    return "", ""


def _changed_words(spans: Sequence[Span]) -> str:
    """The words of a text in which something is marked as changed; dots and brackets are part of a word."""
    words: list[str] = []
    word, is_changed = "", False
    for span in spans:
        for piece in re.split(r"(\s+)", span.text):
            if piece.isspace():
                if is_changed:
                    words.append(word)
                word, is_changed = "", False
            elif piece:
                word += piece
                is_changed = is_changed or span.mark == "changed"
    if is_changed:
        words.append(word)
    return "\n".join(words)
