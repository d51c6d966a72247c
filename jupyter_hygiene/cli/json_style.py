"""Writing a notebook's JSON the way its file was written: indentation, escapes, line ends, the end of the file."""

from __future__ import annotations

import json
import re
from typing import Any


def dumped_like(text: str, raw: Any) -> str:
    """JSON text for ``raw`` in the style of a file's text.

    Args:
        text: the file as it was, byte order mark and line ends included.
    """
    first = re.match(r"\ufeff?\{(\r?\n)([ \t]+)\S", text)
    ascii_only = text.isascii() and re.search(r"\\u(?!001b|200b)[0-9a-fA-F]{4}", text) is not None
    compact = first is None and not re.search(r'"\s*:\s', text[:1000])
    written = json.dumps(
        raw,
        indent=first[2] if first else None,
        ensure_ascii=ascii_only,
        separators=(",", ":") if compact else None,
    )
    if first is not None and first[1] == "\r\n":
        written = written.replace("\n", "\r\n")
    start = "\ufeff" if text.startswith("\ufeff") else ""
    return start + written + text[len(text.rstrip(" \t\r\n")) :]
