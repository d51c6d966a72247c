"""Temporary files whose names tell whose they are, so that those of a process that was killed can be swept away.

A name bears a mark: the machine, the process and when that process began. Whoever meets it later can tell that
its maker is gone, though the number of the process may have been given to another.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import platform
import re
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

import psutil

# Of another machine (a home folder may be shared by several) only the age of its files is known, in seconds.
_ABANDONED_AFTER = 86_400.0
# When a process began is computed from a clock that is set now and then; so much more is another process, in seconds.
_CLOCK_TOLERANCE = 60.0
_MARK = re.compile(r"([0-9a-f]{8})-(\d{1,10})-(\d{1,12})")


@functools.cache
def _machine() -> str:
    """Where process numbers mean the same: a machine, and there a container."""
    try:
        processes = os.readlink("/proc/self/ns/pid")
    except OSError:
        processes = ""
    return hashlib.sha256(f"{platform.node()}\n{processes}".encode("utf-8", "replace")).hexdigest()[:8]


def mark() -> str:
    """What the name of a temporary file of this process has to contain: letters, digits and ``-``."""
    return _mark_of(os.getpid())


@functools.cache
def _mark_of(process: int) -> str:
    return f"{_machine()}-{process}-{int(psutil.Process(process).create_time())}"


def is_ours(name: str) -> bool:
    """Whether this process made the file of this name."""
    return mark() in name


def bears_mark(name: str) -> bool:
    """Whether a name tells whose the file is."""
    return _MARK.search(name) is not None


def is_left_over(path: Path) -> bool:
    """Whether the process that made this temporary file is gone. Without a mark in its name it is nobody's."""
    found = _MARK.search(path.name)
    if found is None:
        return False
    machine, process, began = found[1], int(found[2]), int(found[3])
    if machine != _machine():
        try:
            return time.time() - path.lstat().st_mtime > _ABANDONED_AFTER
        except OSError:
            return False
    return not _may_be_there(process, began)


def sweep(paths: Iterable[Path]) -> None:
    """Remove those files and folders whose makers are gone, as far as that is allowed."""
    for path in paths:
        if is_left_over(path):
            if path.is_dir() and not path.is_symlink():
                remove_folder(path)
            else:
                _remove(path)


def remove_folder(folder: Path) -> None:
    """Remove a temporary folder, as far as that is allowed: with what was made read-only in it, and without what
    links in it lead to."""
    shutil.rmtree(folder, ignore_errors=True)
    if os.path.lexists(folder):
        _make_writable(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _make_writable(folder: Path) -> None:
    pending = [str(folder)]
    while pending:
        place = pending.pop()
        try:
            os.chmod(place, 0o700)
            with os.scandir(place) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(entry.path)
                    elif (
                        os.name == "nt" and not entry.is_symlink()
                    ):  # elsewhere the folder's permissions decide
                        os.chmod(entry.path, 0o600)
        except OSError:
            continue


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):  # another user's, or on a disk that can only be read
        path.unlink(missing_ok=True)


def _may_be_there(process: int, began: float) -> bool:
    try:
        return abs(psutil.Process(process).create_time() - began) < _CLOCK_TOLERANCE
    except (psutil.NoSuchProcess, OverflowError):
        return False
    except (psutil.Error, OSError):
        return True  # not ours to look at
