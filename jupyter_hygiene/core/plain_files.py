"""Reading small files that a stranger may have put in place, or put something else in the place of."""

from __future__ import annotations

import os
import stat
from pathlib import Path

MOST_BYTES = 1_000_000


def content_of(path: Path, most: int = MOST_BYTES) -> bytes:
    """The content of a regular file.

    Raises:
        OSError: it is not there, or may not be read.
        ValueError: it is no regular file, or larger than ``most`` bytes.
    """
    content = beginning_of(path, most + 1)
    if len(content) > most:
        raise ValueError(f"it is larger than {most:,} bytes")
    return content


def text_of(path: Path, *, encoding: str = "utf-8", errors: str = "strict", most: int = MOST_BYTES) -> str:
    """The text of a regular file, its line ends as ``\\n``.

    Raises:
        OSError: it is not there, or may not be read.
        ValueError: it is no regular file, larger than ``most`` bytes, or (``UnicodeDecodeError``) not in this encoding.
    """
    return content_of(path, most).decode(encoding, errors).replace("\r\n", "\n").replace("\r", "\n")


def beginning_of(path: Path, most: int = MOST_BYTES) -> bytes:
    """The first bytes of a regular file, at most so many. Never waits: a pipe or a device is not read.

    Raises:
        OSError: it is not there, or may not be read.
        ValueError: it is no regular file.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError("it is no regular file")
        return file.read(most)
