"""What a cell takes from outside the notebook: files, the network, databases, the machine it runs on.

Read off the source: it says what may be behind a difference, never that it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..report import Cause

_LOOK_AT_FILES = "See whether the file is still the one that the output was made from."
# In the order in which they explain best: the cause, words to follow "it", what to do, how it looks.
_TAKES: tuple[tuple[Cause, str, str, str], ...] = (
    (
        "external",
        "reads from the network",
        "Keep a copy of what it fetches beside the notebook, so that it cannot change.",
        r"https?://|\brequests\.\w+\(|\burlopen\(|\burlretrieve\(|\bfetch_\w+\(|\bload_dataset\(|\bsocket\.",
    ),
    (
        "external",
        "asks a database",
        "See whether the rows are still the ones that the output was made from.",
        r"\bread_sql\w*\(|\bsqlite3\.|\bcreate_engine\(|\bpsycopg2?\.|\bduckdb\.|^[^\S\n]*%%?sql\b",
    ),
    (
        "external",
        "reads files, which may have changed",
        _LOOK_AT_FILES,
        r"(?<![\w.])open\(|\bread_\w+\(|(?<!_)\bload(?:txt)?\(|\bgenfromtxt\(|\bglob\(|\blistdir\(|\biterdir\("
        r"|\bwalk\(|\bread_(?:text|bytes)\(|\bimread\(|\bImage\.open\(|\bjoblib\.load\(|\bopen_dataset\(",
    ),
    (
        "external",
        "asks whoever runs it",
        "Put the answer in a variable.",
        r"(?<![\w.])input\(|\bgetpass\(",
    ),
    (
        "environment",
        "shows the machine, or what is installed on it",
        "Take the replayed output, or replay where it was made.",
        r"\bos\.environ\b|\bgetenv\(|\bplatform\.\w+\(|\bsys\.(?:version|path|platform|executable)|__version__"
        r"|\bcpu_count\(|\bsubprocess\.|\bos\.system\(|\bgetcwd\(|\bshow_versions\(|\bcuda\.is_available\("
        r"|^[^\S\n]*(?:!|%pip\b|%conda\b|%env\b|%watermark\b|%%(?:bash|sh|script)\b)",
    ),
)
_PATTERNS = tuple(
    (cause, words, action, re.compile(pattern, re.MULTILINE)) for cause, words, action, pattern in _TAKES
)


@dataclass(frozen=True)
class Taken:
    """A line that takes something from outside. ``words`` follow "it"; ``action`` is an order."""

    cause: Cause
    line: int
    words: str
    action: str

    @property
    def from_files(self) -> bool:
        return self.action is _LOOK_AT_FILES


@lru_cache(maxsize=4096)
def taken_from_outside(source: str) -> tuple[Taken, ...]:
    """The lines of a cell that take something from outside, the most telling first."""
    code = "\n".join(_without_comment(line) for line in source.split("\n"))
    found = []
    for cause, words, action, pattern in _PATTERNS:
        if match := pattern.search(code):
            line = code.count("\n", 0, match.start() + len(match[0]) - len(match[0].lstrip())) + 1
            found.append(Taken(cause, line, words, action))
    return tuple(found)


def _without_comment(line: str) -> str:
    return "" if line.lstrip().startswith("#") else line
