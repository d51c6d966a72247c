"""One place where settings are made, read and checked; and finding those places."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import InvalidSettings
from ..notebook import Cell, Notebook
from ..plain_files import content_of
from .keys import KEYS, SANITIZE_WITH
from .model import Settings
from .sanitizing import patterns_from_file
from .values import Unfit, suggestion

TABLE = "jupyter-hygiene"
METADATA_KEY = "jupyter-hygiene"
_MISSPELT = "jupyter_hygiene"
PROJECT_FILE = "pyproject.toml"


@dataclass(frozen=True)
class Layer:
    """The settings made in one place. ``given``: the keys as they were written there."""

    place: str
    settings: Settings = field(default_factory=Settings)
    given: Mapping[str, Any] = field(default_factory=dict)


def layer_of(
    raw: Any,
    place: str,
    folder: Path | None,
    scope: str = "notebook",
    within: Sequence[Path] | None = None,
) -> Layer:
    """Read the settings made in one place.

    Args:
        place: what to call it in a message, such as ``pyproject.toml``.
        folder: where files that it names are looked for; ``None`` if it is not on this machine.
        scope: ``notebook`` or ``cell``, for which the settings are.
        within: the folders in which files that it names must lie; ``None`` if they may lie anywhere, as they may
            for the user's own command line and projects.

    Raises:
        InvalidSettings: a key is unknown or does not belong here, or a value is none it can have. The message
            names the place, the key and what would be right.
    """
    if not isinstance(raw, Mapping):
        raise InvalidSettings(f"Settings of {place}: {METADATA_KEY} must be a table of settings.")
    found: dict[str, Any] = {}
    sanitizing: tuple[Any, ...] = ()
    for name, value in raw.items():
        key = KEYS.get(name)
        if key is None:
            known = [each.name for each in KEYS.values() if scope in each.scopes]
            raise InvalidSettings(
                f"Settings of {place}: there is no setting {name!r}{suggestion(name, known)}"
            )
        if scope not in key.scopes:
            owner = "a whole notebook" if scope == "cell" else "a single cell, in its metadata"
            raise InvalidSettings(f"Settings of {place}: {name} can only be set for {owner}.")
        try:
            read = key.read(value)
            if key is SANITIZE_WITH:
                sanitizing = tuple(pattern for file in read for pattern in _from_file(file, folder, within))
            else:
                found[key.field] = read
        except Unfit as error:
            raise InvalidSettings(f"Settings of {place}: {_sentence(name, error)}") from None
    if sanitizing:
        own = found.get("patterns", ())
        found["patterns"] = (*sanitizing, *own)
    return Layer(place, Settings(**found), dict(raw))


def _sentence(key: str, error: Unfit) -> str:
    message = str(error)
    return (
        f"{key}{'' if message.startswith(':') else ' '}{message}{'' if message.endswith(('.', '?')) else '.'}"
    )


def _from_file(name: str, folder: Path | None, within: Sequence[Path] | None) -> tuple[Any, ...]:
    path = Path(name)
    if within is None:
        path = path.expanduser()
    if not path.is_absolute():
        if folder is None:
            raise Unfit(f"names {name}, but the folder to look for it is not on this machine")
        path = folder / path
    return patterns_from_file(path, name, within)


def pyproject_layer(folder: Path, root: Path | None = None) -> Layer | None:
    """The settings of the nearest ``pyproject.toml`` that has the table, from a folder upwards.

    Not beyond the top of a repository, the user's home or the folder that a server serves (``root``), and not into a
    folder that belongs to somebody else.

    Raises:
        InvalidSettings: that file is not TOML, or a setting in it is wrong.
    """
    start = folder.absolute()
    for place in _upwards(start, root):
        file = place / PROJECT_FILE
        try:
            content = content_of(file)
        except (OSError, ValueError):
            continue
        if not any(table.encode() in content for table in (TABLE, _MISSPELT)):
            continue  # whatever is in it, or wrong with it, it is none of ours
        name = os.path.relpath(file, start).replace(os.sep, "/")
        try:
            table = _table(content)
        except Unfit as error:
            raise InvalidSettings(f"{name}: {error}.") from None
        except (ValueError, RecursionError) as error:
            raise InvalidSettings(
                f"{name} is not valid TOML, so its settings cannot be read: {error}"
            ) from None
        if table is not None:
            return layer_of(table, name, place)
    return None


def _upwards(start: Path, root: Path | None) -> Iterator[Path]:
    tops = {os.path.realpath(top) for top in (root, _home()) if top is not None}
    owners = {_owner(start), getattr(os, "getuid", lambda: None)()}
    for place in (start, *start.parents):
        if place != start and _owner(place) not in owners:
            return
        yield place
        if os.path.realpath(place) in tops or os.path.lexists(place / ".git"):
            return


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:  # this user has none
        return None


def _owner(folder: Path) -> int | None:
    try:
        return folder.stat().st_uid
    except OSError:
        return None


def _table(content: bytes) -> Any:
    from ..toml import parse_toml  # most folders have no such file

    tool = parse_toml(content.decode("utf-8-sig")).get("tool")
    if not isinstance(tool, Mapping):
        return None
    if TABLE not in tool and _MISSPELT in tool:
        raise Unfit(f"the table [tool.{_MISSPELT}] must be called [tool.{TABLE}]")
    return tool.get(TABLE)


def notebook_layer(notebook: Notebook, folder: Path | None, root: Path | None = None) -> Layer | None:
    """The settings in a notebook's metadata. They are a stranger's: files that they name must lie beside it.

    Raises:
        InvalidSettings: one of them is wrong.
    """
    raw = notebook.metadata.get(METADATA_KEY)
    if raw is None:
        return None
    return layer_of(raw, "the notebook's metadata", folder, within=_beside(folder, root))


def request_layer(raw: Any, folder: Path | None, root: Path | None = None) -> Layer:
    """The settings that a page asks a server for. Files that they name must lie where its notebook may name them.

    Raises:
        InvalidSettings: one of them is wrong.
    """
    return layer_of(raw, "JupyterLab", folder, within=_beside(folder, root))


def _beside(folder: Path | None, root: Path | None) -> list[Path]:
    """The folders in which files must lie that a notebook or a request names: its own, and what a server serves."""
    return [place for place in (folder, root) if place is not None]


def cell_layer(cell: Cell) -> Layer | None:
    """The settings in a cell's metadata.

    Raises:
        InvalidSettings: one of them is wrong.
    """
    raw = cell.metadata.get(METADATA_KEY)
    if raw is None:
        return None
    return layer_of(raw, f"the metadata of cell {cell.index + 1} (counted from the top)", None, "cell")
