"""The notebook's folder: what a replay touched in it, and a scratch copy to replay in instead."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .copying import Copying, TooLarge, real_bytes
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
            about = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        found[os.path.relpath(entry.path, folder)] = (about.st_size, about.st_mtime_ns)
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
    """A temporary copy of a folder. ``folder`` stands for ``original``; ``base`` is what to remove in the end.
    ``skipped``: what is not in it, since it is no file."""

    original: Path
    folder: Path
    base: Path
    skipped: tuple[str, ...] = ()

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
    sweep_scratch_copies()  # which may be large, and make room
    original = original.resolve()
    if _holds_more(original, size_limit):
        raise _over(size_limit)
    base = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{mark()}-")).resolve()
    # The copy itself may lie inside what is copied, where a notebook is kept among temporary files.
    copying = Copying(size_limit, lambda entry: entry.name in _IGNORED or entry.path == str(base))
    try:
        parent = _linked_ancestors(original, base)
        folder = parent / (original.name or "root")
        copying.copy(original, folder)
        _relink(original, folder)
    except TooLarge:
        remove_folder(base)
        raise _over(size_limit) from None
    except OSError as error:
        remove_folder(base)
        raise ScratchError(f"The folder of the notebook could not be copied: {error}") from error
    return ScratchCopy(original, folder, base, tuple(sorted(copying.skipped)))


def sweep_scratch_copies() -> None:
    """Remove the copies of processes that were killed."""
    sweep(Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"))


def _over(size_limit: int) -> ScratchError:
    return ScratchError(
        f"The folder of the notebook holds more than {size_limit // 1_000_000} MB, the limit for a scratch "
        "copy. Raise the limit, or replay in place."
    )


def _holds_more(folder: Path, size_limit: int) -> bool:
    size = 0
    seen: set[tuple[int, int]] = set()  # files with several names, which are copied once
    for entry in _files(folder):
        try:
            about = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        file = (about.st_dev, about.st_ino)
        if stat.S_ISREG(about.st_mode) and file not in seen:
            size += real_bytes(about)
            if about.st_nlink > 1:
                seen.add(file)
        if size > size_limit:
            return True
    return False


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
