"""Copying a folder that others may be writing to, within a bound on the bytes that the copy takes.

Nothing is waited for: what is no file (a socket, a pipe, a device) is left out and named. Sparse files stay sparse,
and several names of one file stay names of one file.
"""

from __future__ import annotations

import errno
import io
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

# What is read at a time, and the smallest stretch of zeros that is left out of a copy, in bytes.
_BLOCK = 65_536


class TooLarge(Exception):
    """There is more to copy than allowed."""


def real_bytes(about: os.stat_result) -> int:
    """What a file takes on its disk, where the system tells; else how long it is."""
    blocks = getattr(about, "st_blocks", None)
    return about.st_size if blocks is None else int(blocks) * 512


class Copying:
    """One copy of a folder. ``skipped``: what was left out since it is no file, by its path in the folder."""

    def __init__(self, size_limit: int, leave_out: Callable[[os.DirEntry[str]], bool]) -> None:
        self.skipped: list[str] = []
        self._left = size_limit
        self._leave_out = leave_out
        self._copies: dict[tuple[int, int], Path] = {}  # of files with several names

    def copy(self, original: Path, copy: Path) -> None:
        """Copy a folder to where nothing is yet. What vanishes meanwhile is not in the copy.

        Raises:
            OSError: something may not be read, or there is no room.
            TooLarge: it holds more bytes than allowed.
        """
        folders = [(original, copy)]
        for source, target in folders:  # which grows
            try:
                entries = list(os.scandir(source))
            except FileNotFoundError:
                if source == original:
                    raise
                continue
            target.mkdir(mode=0o700)
            for entry in entries:
                if self._leave_out(entry):
                    continue
                if entry.is_symlink():
                    self._copy_link(entry.path, target / entry.name)
                elif entry.is_dir(follow_symlinks=False):
                    folders.append((source / entry.name, target / entry.name))
                elif not self._copy_file(entry, target / entry.name):
                    self.skipped.append(os.path.relpath(entry.path, original))
        # A folder that may not be written to gets its contents first; and its time is changed by them.
        for source, target in reversed(folders):
            _copy_permissions_and_times(source, target)

    def _copy_link(self, source: str, target: Path) -> None:
        try:
            os.symlink(os.readlink(source), target)
        except FileNotFoundError:
            return
        _copy_permissions_and_times(source, target)

    def _copy_file(self, entry: os.DirEntry[str], target: Path) -> bool:
        """False if it is there, and no file."""
        if not entry.is_file(follow_symlinks=False):
            return not os.path.lexists(entry.path)
        try:
            # A pipe may have been put in its place meanwhile: that would be waited for.
            descriptor = os.open(
                entry.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
            )
        except FileNotFoundError:
            return True
        except OSError as error:
            if error.errno == errno.ENXIO:  # a socket
                return False
            raise
        with open(descriptor, "rb", buffering=0) as source:
            about = os.fstat(descriptor)
            if not stat.S_ISREG(about.st_mode):
                return False
            if about.st_nlink > 1 and self._linked((about.st_dev, about.st_ino), target):
                return True
            with open(target, "xb") as copy:
                self._copy_content(source, copy, about.st_size)
        _copy_permissions_and_times(entry.path, target)
        return True

    def _linked(self, file: tuple[int, int], target: Path) -> bool:
        """Make this another name of a copy, if the file was copied under one of its names before."""
        earlier = self._copies.setdefault(file, target)
        if earlier == target:
            return False
        try:
            os.link(earlier, target)
        except OSError:  # not on every file system
            return False
        return True

    def _copy_content(self, source: io.FileIO, copy: BinaryIO, size: int) -> None:
        """Copy what the file held when it was opened: who writes on must not be followed without end."""
        for start, end in _stretches_of_data(source.fileno(), size):
            source.seek(start)
            copy.seek(start)
            while start < end and (block := source.read(min(_BLOCK, end - start))):
                start += len(block)
                if block == bytes(len(block)):
                    copy.seek(start)
                    continue
                self._left -= len(block)
                if self._left < 0:
                    raise TooLarge
                copy.write(block)
        copy.truncate(min(size, os.fstat(source.fileno()).st_size))


def _stretches_of_data(descriptor: int, size: int) -> Iterator[tuple[int, int]]:
    """Where a file holds data: all of it, where the system cannot tell the holes."""
    data, hole = getattr(os, "SEEK_DATA", None), getattr(os, "SEEK_HOLE", None)
    end = 0
    while end < size:
        start = end
        try:
            if data is None or hole is None:
                raise OSError
            start = os.lseek(descriptor, end, data)
            end = min(os.lseek(descriptor, start, hole), size)
        except OSError as error:
            if error.errno == errno.ENXIO:  # no more data
                return
            end = size
        yield start, end


def _copy_permissions_and_times(source: str | Path, target: Path) -> None:
    try:
        shutil.copystat(source, target, follow_symlinks=False)
    except FileNotFoundError:
        pass  # it vanished
    except OSError as error:
        # Windows refuses some times of folders.
        if getattr(error, "winerror", None) is None:
            raise
