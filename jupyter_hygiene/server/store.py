"""Finished verifications on disk, so that a reloaded page or a restarted server finds a notebook's last one.

One folder a verification: ``record.json`` and one file a cell, so that a cell is read without the others. A
record appears whole or not at all (written aside, then renamed). Only the last one of a notebook stays, and of
all of them only so many. Reports may hold secrets: files and folders are for their owner alone.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..core.errors import NotFound
from .json_pieces import json_pieces

log = logging.getLogger(__name__)


class ReportStore:
    """Records under a folder, at most ``most_reports`` of at most ``most_bytes`` together."""

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
        aside = Path(tempfile.mkdtemp(prefix=".new-", dir=self._folder))  # for its owner alone
        try:
            _write(aside / "record.json", record)
            for number, cell in enumerate(cells):
                _write(aside / f"cell-{number}.json", cell)
            name = f"{_digest(notebook_key)}.{record['id']}"
            os.rename(aside, self._folder / name)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        self._forget_old(_digest(notebook_key), name)

    def last_of(self, notebook_key: str) -> dict[str, Any] | None:
        """The record of a notebook's last verification."""
        found = sorted(self._entries(f"{_digest(notebook_key)}.*"), key=_modified, reverse=True)
        for entry in found:
            record = _read(entry / "record.json")
            if record is not None:
                return record
        return None

    def record(self, verification_id: str) -> dict[str, Any]:
        """A verification's record.

        Raises:
            NotFound: it is not kept here.
        """
        record = _read(self._entry(verification_id) / "record.json")
        if record is None:
            raise not_found(verification_id)
        return record

    def cells(self, verification_id: str) -> list[dict[str, Any]]:
        """The details of all code cells of a verification.

        Raises:
            NotFound: it is not kept here.
        """
        entry = self._entry(verification_id)
        count = len(self.record(verification_id)["report"]["cells"])
        cells = [_read(entry / f"cell-{number}.json") for number in range(count)]
        if any(cell is None for cell in cells):
            raise not_found(verification_id)
        return [cell for cell in cells if cell is not None]

    def cell_text(self, verification_id: str, number: int) -> str:
        """The details of the ``number``-th code cell, as JSON text.

        Raises:
            NotFound: it is not kept here.
        """
        try:
            return (self._entry(verification_id) / f"cell-{number}.json").read_text("utf-8")
        except OSError:
            raise not_found(verification_id) from None

    def _entry(self, verification_id: str) -> Path:
        # Ids are ours (hexadecimal), so that no pattern or path can be smuggled in.
        if verification_id.isalnum():
            for entry in self._entries(f"*.{verification_id}"):
                return entry
        raise not_found(verification_id)

    def _entries(self, pattern: str) -> list[Path]:
        return [entry for entry in self._folder.glob(pattern) if not entry.name.startswith(".")]

    def _forget_old(self, digest: str, newest: str) -> None:
        for entry in self._entries(f"{digest}.*"):
            if entry.name != newest:
                shutil.rmtree(entry, ignore_errors=True)
        size = 0
        for kept, entry in enumerate(sorted(self._entries("*.*"), key=_modified, reverse=True), start=1):
            size += sum(file.stat().st_size for file in entry.glob("*"))
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


def _write(path: Path, value: Mapping[str, Any]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(json_pieces(value))


def _read(path: Path) -> dict[str, Any] | None:
    try:
        value = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        log.warning("unreadable report %s: %s", path, error)
        return None
    return value if isinstance(value, dict) else None
