"""Finished verifications on disk, so that a reloaded page or a restarted server finds a notebook's last one.

One folder a verification: ``record.json`` and one file a cell, so that a cell is read without the others, and their
checksums: what was damaged since is no report. A record appears whole or not at all (written aside, then renamed).
Only the last one of a notebook stays, and of all of them only so many. Reports may hold secrets: files and folders
are for their owner alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..core.errors import NotFound
from ..core.json_reading import parse_json
from ..core.leftovers import bears_mark, is_left_over, is_ours, mark, sweep
from .json_pieces import json_pieces

log = logging.getLogger(__name__)

_RECORD = "record.json"
_CHECKSUMS = "checksums.json"
_ASIDE = ".new-"
# How often a notebook's reports are looked for while another server replaces them.
_LOOKS = 3


class ReportStore:
    """Records under a folder, at most ``most_reports`` of at most ``most_bytes`` together.

    Several servers may share the folder. Each one replaces and forgets its own reports and those of servers that are
    gone; a living one's go only where there are too many.
    """

    def __init__(self, folder: Path, *, most_reports: int, most_bytes: int) -> None:
        self._folder = folder
        self._most_reports = most_reports
        self._most_bytes = most_bytes

    def save(self, notebook_key: str, record: Mapping[str, Any], cells: Sequence[Mapping[str, Any]]) -> None:
        """Keep a verification in the place of the notebook's last one. ``cells``: their details, in order.

        Raises:
            OSError: there is no room or no right to write.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = Path(tempfile.mkdtemp(prefix=f"{_ASIDE}{mark()}-", dir=self._folder))  # for its owner alone
        try:
            checksums = {_RECORD: _write(aside / _RECORD, record)}
            for number, cell in enumerate(cells):
                checksums[_cell(number)] = _write(aside / _cell(number), cell)
            _write(aside / _CHECKSUMS, checksums)
            name = f"{_digest(notebook_key)}.{record['id']}.{mark()}"
            os.rename(aside, self._folder / name)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        self._forget_old(_digest(notebook_key), name)

    def sweep(self) -> None:
        """Remove what servers that were killed had begun to write."""
        sweep(self._begun())

    def newest_of(self, notebook_key: str) -> str | None:
        """The id of the verification of a notebook that was kept last."""
        entries = self._newest_first(f"{_digest(notebook_key)}.*")
        return entries[0].name.split(".")[1] if entries else None

    def last_of(self, notebook_key: str) -> dict[str, Any] | None:
        """The record of a notebook's last verification that can be read."""
        for _ in range(_LOOKS):
            entries = self._newest_first(f"{_digest(notebook_key)}.*")
            for entry in entries:
                record = _read_record(entry)
                if record is not None:
                    return record
            if all(entry.exists() for entry in entries):
                return None
        return None  # another server replaced it each time

    def holds(self, verification_id: str) -> bool:
        """Whether there is something of this verification."""
        return bool(self._entries_of(verification_id))

    def record(self, verification_id: str) -> dict[str, Any]:
        """A verification's record.

        Raises:
            NotFound: it is not kept here, or damaged.
        """
        for entry in self._entries_of(verification_id):
            record = _read_record(entry)
            if record is not None:
                return record
        raise not_found(verification_id)

    def cells(self, verification_id: str) -> Iterator[dict[str, Any]]:
        """The details of all code cells of a verification, one after another.

        Raises:
            NotFound: it is not kept here, or damaged; before the first one.
        """
        for entry in self._entries_of(verification_id):
            checksums = _checksums(entry)
            names = [_cell(number) for number in range(len(checksums) - 1)]
            if all(_content(entry, name, checksums) is not None for name in [_RECORD, *names]):
                return (_parsed(entry, name, checksums, verification_id) for name in names)
        raise not_found(verification_id)

    def cell_text(self, verification_id: str, number: int) -> str:
        """The details of the ``number``-th code cell, as JSON text.

        Raises:
            NotFound: it is not kept here, or damaged.
        """
        for entry in self._entries_of(verification_id):
            content = _content(entry, _cell(number), _checksums(entry))
            if content is not None:
                return content.decode("utf-8")
        raise not_found(verification_id)

    def _entries_of(self, verification_id: str) -> list[Path]:
        # Ids are ours (hexadecimal), so that no pattern or path can be smuggled in.
        return self._entries(f"*.{verification_id}.*") if verification_id.isalnum() else []

    def _entries(self, pattern: str) -> list[Path]:
        return [entry for entry in self._folder.glob(pattern) if not entry.name.startswith(".")]

    def _newest_first(self, pattern: str) -> list[Path]:
        return sorted(self._entries(pattern), key=_modified, reverse=True)

    def _begun(self) -> list[Path]:
        return list(self._folder.glob(f"{_ASIDE}*"))

    def _forget_old(self, digest: str, newest: str) -> None:
        for entry in self._entries(f"{digest}.*"):
            if entry.name != newest and not _is_of_another_server(entry):
                shutil.rmtree(entry, ignore_errors=True)
        self.sweep()
        size = sum(_size(entry) for entry in self._begun())
        for kept, entry in enumerate(self._newest_first("*.*"), start=1):
            size += _size(entry)
            if entry.name != newest and (kept > self._most_reports or size > self._most_bytes):
                shutil.rmtree(entry, ignore_errors=True)


def not_found(verification_id: str) -> NotFound:
    return NotFound(
        f"There is no verification {verification_id} here. It may have been lost in a restart; verify again."
    )


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _modified(entry: Path) -> float:
    try:
        return entry.stat().st_mtime_ns
    except OSError:
        return 0


def _size(entry: Path) -> int:
    """Bytes in a folder's files; another server may be removing them."""
    size = 0
    for file in entry.glob("*"):
        with contextlib.suppress(OSError):
            size += file.stat().st_size
    return size


def _is_of_another_server(entry: Path) -> bool:
    return not is_ours(entry.name) and bears_mark(entry.name) and not is_left_over(entry)


def _cell(number: int) -> str:
    return f"cell-{number}.json"


def _write(path: Path, value: Mapping[str, Any]) -> str:
    """Write JSON text. Returns its checksum."""
    checksum = hashlib.sha256()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for piece in json_pieces(value):
            encoded = piece.encode("utf-8")
            checksum.update(encoded)
            file.write(encoded)
    return checksum.hexdigest()


def _checksums(entry: Path) -> dict[str, str]:
    """The checksums of a report's files by name; none if they cannot be read."""
    try:
        value = parse_json((entry / _CHECKSUMS).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _content(entry: Path, name: str, checksums: Mapping[str, Any]) -> bytes | None:
    """What stands in one of a report's files; ``None`` if that is not what was written."""
    try:
        content = (entry / name).read_bytes()
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest() != checksums.get(name):
        log.warning("the report in %s is damaged: %s", entry, name)
        return None
    return content


def _read_record(entry: Path) -> dict[str, Any] | None:
    content = _content(entry, _RECORD, _checksums(entry))
    value = None if content is None else parse_json(content)
    return value if isinstance(value, dict) else None


def _parsed(entry: Path, name: str, checksums: Mapping[str, Any], verification_id: str) -> dict[str, Any]:
    content = _content(entry, name, checksums)
    value = None if content is None else parse_json(content)
    if not isinstance(value, dict):
        raise not_found(verification_id)  # it went meanwhile
    return value
