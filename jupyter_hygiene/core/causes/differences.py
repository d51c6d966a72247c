"""What the difference itself tells: a warning that came or went, a type that libraries have renamed."""

from __future__ import annotations

import re

from ..report import CellReport, Difference, TextDifference

_WARNING = re.compile(
    r"\b(?:Deprecation|Future|PendingDeprecation|User|Runtime|Convergence|SettingWithCopy|ChainedAssignment"
    r"|InconsistentVersion|DataConversion|Visible\w+|Performance|Parser|Dtype|Copy\w*|Warn)?Warning\b"
)
_TYPE_NAMES = re.compile(
    r"(?:np\.|numpy\.|pandas\.|pd\.)?(?:object|str|string|string\[\w+\]|category|bool|boolean|int\d*|Int\d*|uint\d*|float\d*"
    r"|Float\d*|datetime64\[\w+\]|timedelta64\[\w+\]|dtype|<[MmUO]\d*\[?\w*\]?|ns|us|ms|s|h|H|ME|M|QE|Q|YE|Y|min|T|D"
    r"|freq|[\[\]()'\",:=\s]+)+"
)


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
        both = [text for text in (saved, replayed) if text.strip()]
        if (
            both
            and all(_TYPE_NAMES.fullmatch(text.strip()) for text in both)
            and any(re.search(r"[A-Za-z]", text) for text in both)
        ):
            return "Only the name of a data type differs, as it does between versions of a library."
    return ""


def _sides(difference: Difference | None) -> tuple[str, str]:
    """What differs on either side."""
    if isinstance(difference, TextDifference):
        return (
            "\n".join(span.text for span in difference.saved if span.mark == "changed"),
            "\n".join(span.text for span in difference.replayed if span.mark == "changed"),
        )
    return "", ""
