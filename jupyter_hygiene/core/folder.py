"""The notebook's folder: what a replay touched in it, and a scratch copy to replay in instead."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import ScratchError
from .leftovers import mark, remove_folder, sweep
from .report import FileChange

# Folders that are nobody's results.
_IGNORED = frozenset(
    {".git", ".ipynb_checkpoints", "__pycache__", "node_modules", ".venv", ".mypy_cache", ".ruff_cache"}
)
_MOST_ENTRIES = 20_000
_ANCESTORS_KEPT = 3
_PREFIX = "jupyter-hygiene-"

Snapshot = dict[str, tuple[int, int]]


def snapshot(folder: Path) -> Snapshot | None:
    """Size in bytes and modification time in ns of every file below a folder, by relative path.

    ``None`` where there are too many to look through for every replay.
    """
    found: Snapshot = {}
    for entry in _files(folder):
        try:
            stat = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        found[os.path.relpath(entry.path, folder)] = (stat.st_size, stat.st_mtime_ns)
        if len(found) > _MOST_ENTRIES:
            return None
    return found


def changes(before: Snapshot | None, after: Snapshot | None) -> tuple[FileChange, ...]:
    """What came, went or changed between two snapshots, by path."""
    if before is None or after is None:
        return ()
    found = [FileChange(path, "created") for path in after.keys() - before.keys()]
    found += [FileChange(path, "deleted") for path in before.keys() - after.keys()]
    found += [
        FileChange(path, "changed") for path in after.keys() & before.keys() if after[path] != before[path]
    ]
    return tuple(sorted(found, key=lambda change: change.path))


@dataclass(frozen=True)
class ScratchCopy:
    """A temporary copy of a folder. ``folder`` stands for ``original``; ``base`` is what to remove in the end."""

    original: Path
    folder: Path
    base: Path

    @property
    def aliases(self) -> tuple[tuple[str, str], ...]:
        """Pairs of a path in the copy and the path that it stands for, neighbours of the folder included."""
        return (
            (str(self.folder), str(self.original)),
            (str(self.folder.parent), str(self.original.parent)),
        )

    def remove(self) -> None:
        remove_folder(self.base)


def scratch_copy(original: Path, size_limit: int) -> ScratchCopy:
    """Copy a folder, and keep what lies beside and above it reachable, so that ``../data`` still works.

    The neighbours are links to the real ones: what a notebook writes there, it writes for real.

    Raises:
        ScratchError: the folder holds more than ``size_limit`` bytes, or cannot be copied.
    """
    # Those of killed processes, which may be large, make room first.
    sweep(Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"))
    original = original.resolve()
    size = 0
    for entry in _files(original):
        try:
            size += entry.stat(follow_symlinks=False).st_size
        except OSError:
            continue
        if size > size_limit:
            raise ScratchError(
                f"The folder of the notebook holds more than {size_limit // 1_000_000} MB, the limit for a scratch "
                "copy. Raise the limit, or replay in place."
            )
    base = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{mark()}-")).resolve()
    try:
        parent = _linked_ancestors(original, base)
        folder = parent / (original.name or "root")
        shutil.copytree(
            original,
            folder,
            symlinks=True,
            # The copy itself may lie inside what is copied, where a notebook is kept among temporary files.
            ignore=lambda place, names: [
                name for name in names if name in _IGNORED or Path(place, name) == base
            ],
        )
        _relink(original, folder)
    except (OSError, shutil.Error) as error:
        remove_folder(base)
        raise ScratchError(
            f"The folder of the notebook could not be copied: {_first_reason(error)}"
        ) from error
    return ScratchCopy(original, folder, base)


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    pending = [str(folder)]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name not in _IGNORED:
                            pending.append(entry.path)
                    else:
                        yield entry
        except OSError:
            continue


def _linked_ancestors(original: Path, base: Path) -> Path:
    """Rebuild the nearest ancestors under ``base``, with links to all that lies in them. Returns the copy's parent."""
    chain = [ancestor for ancestor in original.parents if ancestor != ancestor.parent][:_ANCESTORS_KEPT]
    here = base
    for depth, ancestor in enumerate(reversed(chain)):
        here = here / ancestor.name
        here.mkdir(mode=0o700)
        below = chain[len(chain) - depth - 2] if depth + 1 < len(chain) else original
        _link_all(ancestor, here, leave_out=below.name)
    return here


def _link_all(source: Path, target: Path, leave_out: str) -> None:
    try:
        names = os.listdir(source)
    except OSError:
        return
    for name in names:
        if name != leave_out:
            try:
                os.symlink(source / name, target / name)
            except OSError:  # no right to make links, as on some Windows machines
                return


def _relink(original: Path, copy: Path) -> None:
    """Point relative links inside the copy that lead out of it at what they meant."""
    for entry in list(_files(copy)):
        if not entry.is_symlink():
            continue
        meant = os.readlink(entry.path)
        if os.path.isabs(meant):
            continue
        place = original / os.path.relpath(entry.path, copy)
        resolved = Path(os.path.normpath(place.parent / meant))
        if not resolved.is_relative_to(original):
            os.unlink(entry.path)
            os.symlink(resolved, entry.path)


def _first_reason(error: Exception) -> str:
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list) and error.args[0]:
        return str(error.args[0][0][-1])
    return str(error)
