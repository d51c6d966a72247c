"""Notebook files: finding, reading and rewriting them."""

from __future__ import annotations

import functools
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core.errors import InvalidNotebook
from ..core.notebook import Notebook
from ..core.old_format import upgraded

# What stands in the place of a file until it is whole. The folder is the user's: nothing else in it is ours.
_ASIDE = re.compile(r"\.jupyter-hygiene-[0-9a-f]{8}-\d+-\d+-[a-z0-9_]{8}\.tmp")


@dataclass(frozen=True)
class NotebookFile:
    """A notebook as its file has it. ``upgraded``: the file is of an older format, and was converted in memory."""

    path: Path
    text: str
    raw: dict[str, Any]
    notebook: Notebook
    upgraded: bool = False


def find_notebooks(paths: Iterable[str]) -> Iterator[Path]:
    """The notebooks named, and those in the folders named, in order, each once.

    Checkpoints, hidden folders and environments are left out of folders.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _in_folder(Path(path)) if os.path.isdir(path) else [Path(path)]:
            if found.absolute() not in seen:
                seen.add(found.absolute())
                yield found


def _in_folder(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if _may_hold_notebooks(Path(place, name)))
        for name in sorted(files):
            if name.endswith(".ipynb") and not name.startswith("."):
                yield Path(place, name)


def _may_hold_notebooks(folder: Path) -> bool:
    is_environment = (folder / "pyvenv.cfg").exists() or (folder / "conda-meta").exists()
    return not folder.name.startswith(".") and folder.name != "node_modules" and not is_environment


def read_notebook(path: Path) -> NotebookFile:
    """Read a notebook file.

    Raises:
        InvalidNotebook: there is none, or it cannot be read. The message says why, and what to do.
    """
    try:
        text = read_text(path)
    except FileNotFoundError:
        raise InvalidNotebook("There is no such file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidNotebook(f"The file cannot be read: {error}") from error
    try:
        raw = json.loads(text.removeprefix("\ufeff"))
    except ValueError as error:
        hint = " It has unresolved merge conflicts." if "<<<<<<< " in text else ""
        raise InvalidNotebook(f"The file is not valid JSON: {error}.{hint}") from None
    except RecursionError:
        raise InvalidNotebook("The file is not a notebook: its JSON is nested too deeply.") from None
    if not isinstance(raw, dict):
        raise InvalidNotebook("The file is not a notebook: it holds no JSON object.")
    version = raw.get("nbformat")
    if isinstance(version, int) and 0 < version < 4:
        return NotebookFile(path, text, raw, Notebook.from_json(_upgraded(raw)), upgraded=True)
    if version != 4:
        raise InvalidNotebook(
            f"The file is of notebook format {version!r}; formats up to 4 are understood."
            if isinstance(version, int)
            else "The file is not a notebook: it does not tell its nbformat."
        )
    return NotebookFile(path, text, raw, Notebook.from_json(raw))


def read_text(path: Path) -> str:
    """A file's text as it is, line ends and byte order mark included.

    Raises:
        OSError: it cannot be read.
        UnicodeDecodeError: it is not UTF-8.
    """
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def _upgraded(raw: dict[str, Any]) -> dict[str, Any]:
    if raw["nbformat"] in (2, 3):
        return upgraded(raw)
    import nbformat  # slow to import, and only the oldest of notebooks need it

    try:
        return dict(nbformat.convert(nbformat.from_dict(raw), 4))
    except Exception as error:
        raise InvalidNotebook(
            f"The file is of an old notebook format and cannot be converted: {error}"
        ) from error


def write_atomically(path: Path, text: str) -> None:
    """Put text in the place of a file's, all or nothing; the file keeps its permissions and stays where a link
    to it points. What is no regular file (a pipe, a terminal) is written to.

    Raises:
        OSError: there is no room or no right to write. The file is as it was.
    """
    encoded = text.encode("utf-8", "backslashreplace")
    if path.exists() and not path.is_file():
        with open(path, "wb") as device:
            device.write(encoded)
        return
    from ..core.leftovers import mark  # not before something is written

    target = Path(os.path.realpath(path))
    sweep_beside(target)
    # Without the file's own name, which may be as long as names can be.
    descriptor, aside = tempfile.mkstemp(
        prefix=f".jupyter-hygiene-{mark()}-", suffix=".tmp", dir=target.parent
    )
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(encoded)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(aside, target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        os.replace(aside, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(aside)
        raise


def sweep_beside(path: Path) -> None:
    """Remove what killed processes left beside a file while they wrote there."""
    _sweep_folder(os.path.dirname(os.path.realpath(path)))


@functools.cache  # once is enough
def _sweep_folder(folder: str) -> None:
    try:
        with os.scandir(folder) as entries:
            ours = [Path(entry.path) for entry in entries if _ASIDE.fullmatch(entry.name)]
    except OSError:
        return  # what is wrong with the folder is said where a file of it is read
    if ours:
        from ..core.leftovers import sweep

        sweep(ours)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
