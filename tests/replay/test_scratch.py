"""Scratch copies hold what the folder holds, take no more room than it, and wait for nothing."""

from __future__ import annotations

import os
import socket
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jupyter_hygiene.core.errors import ScratchError
from jupyter_hygiene.core.folder import ScratchCopy, scratch_copy
from jupyter_hygiene.core.verification import VerifyOptions
from tests.notebooks import code, printed
from tests.replay.conftest import Machine, verdicts

POSIX = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and sockets of POSIX")
Copy = Callable[..., ScratchCopy]


@pytest.fixture
def folder(clean_machine: Path) -> Path:
    return clean_machine


@pytest.fixture
def copy(folder: Path) -> Iterator[Copy]:
    """Makes a scratch copy of the folder, and removes it in the end."""
    made: list[ScratchCopy] = []

    def copy(limit: int = 1_000_000) -> ScratchCopy:
        made.append(scratch_copy(folder, limit))
        return made[-1]

    yield copy
    for each in made:
        each.remove()


def on_opening(monkeypatch: pytest.MonkeyPatch, path: Path, act: Callable[[], object]) -> None:
    """Do something to a file when the copy has seen it and is about to read it."""
    really_open = os.open

    def acting_open(name: str, flags: int, *more: int, **options: int) -> int:
        if os.fspath(name) == str(path):
            act()
        return really_open(name, flags, *more, **options)

    monkeypatch.setattr(os, "open", acting_open)


@POSIX
def test_pipes_and_sockets_are_left_out_and_the_report_says_so(machine: Machine) -> None:
    os.mkfifo(machine.folder / "b.fifo")
    (machine.folder / "inner").mkdir()
    # A socket's path may only be so long.
    with socket.socket(socket.AF_UNIX) as listening:
        descriptor = os.open(machine.folder, os.O_RDONLY)
        listening.bind(f"/proc/self/fd/{descriptor}/inner/a.sock")
        os.close(descriptor)
        report = machine.verify(
            code("import os; print(sorted(os.listdir('.')))", printed("['inner']\n")),
            options=VerifyOptions(scratch=True),
        )
    assert verdicts(report) == ["same"]
    (note,) = [note for note in report.notes if "no files" in note]
    assert note == "Not copied into the scratch copy, since they are no files: b.fifo, inner/a.sock."


def test_nothing_is_said_of_a_folder_of_files(machine: Machine) -> None:
    (machine.folder / "data.csv").write_text("1,2\n")
    report = machine.verify(code("1"), options=VerifyOptions(scratch=True))
    assert report.notes == ("Replayed in a scratch copy of the folder; files it wrote there are gone.",)


@POSIX
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(
    folder: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "data"
    path.write_text("x")

    def replace_by_a_pipe() -> None:
        path.unlink()
        os.mkfifo(path)

    on_opening(monkeypatch, path, replace_by_a_pipe)
    made = copy()
    assert made.skipped == ("data",)
    assert list(made.folder.iterdir()) == []


def test_a_file_that_vanishes_meanwhile_is_not_in_the_copy(
    folder: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("going", "staying"):
        (folder / name).write_text(name)
    on_opening(monkeypatch, folder / "going", (folder / "going").unlink)
    made = copy()
    assert made.skipped == ()
    assert [path.name for path in made.folder.iterdir()] == ["staying"]


def test_a_folder_that_vanishes_meanwhile_is_not_in_the_copy(
    folder: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").write_text("x")
    (folder / "going").mkdir()
    on_opening(monkeypatch, folder / "file", (folder / "going").rmdir)
    assert [path.name for path in copy().folder.iterdir()] == ["file"]


def test_a_file_that_grows_over_the_limit_meanwhile_is_refused(
    folder: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "log"
    path.write_text("x")
    on_opening(monkeypatch, path, lambda: path.write_text("x" * 2_000_000))
    with pytest.raises(ScratchError, match="holds more than 1 MB"):
        copy(1_000_000)


def test_a_file_that_somebody_writes_to_without_end_is_copied_as_it_was(folder: Path, copy: Copy) -> None:
    path = folder / "log"
    path.write_text("x" * 100_000)
    ended = threading.Event()

    def write() -> None:
        with open(path, "a") as file:
            while not ended.is_set():
                file.write("x")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copied = (copy(1_000_000_000_000).folder / "log").stat().st_size
    finally:
        ended.set()
        writer.join()
    assert 100_000 <= copied <= path.stat().st_size


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="who may do all is never refused")
def test_a_file_that_may_not_be_read_is_named(folder: Path, copy: Copy) -> None:
    (folder / "secret").touch(0o000)
    with pytest.raises(ScratchError, match=r"could not be copied: .*Permission denied.*secret"):
        copy()


@pytest.mark.parametrize("told", [True, False], ids=["holes are told", "holes are not told"])
@pytest.mark.skipif(not hasattr(os.stat_result, "st_blocks"), reason="real sizes of POSIX")
def test_holes_stay_holes_and_are_not_counted(
    folder: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    if not told:
        monkeypatch.delattr(os, "SEEK_DATA", raising=False)
    length = 64_000_001
    with open(folder / "sparse", "wb") as file:
        file.seek(1_000_000)
        file.write(b"in the middle")
        file.truncate(length)
    copied = copy(500_000).folder / "sparse"
    about = copied.stat()
    assert about.st_size == length
    assert about.st_blocks * 512 < 500_000
    assert copied.read_bytes() == (folder / "sparse").read_bytes()


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 300_000])
def test_contents_permissions_and_times_are_kept(folder: Path, copy: Copy, size: int) -> None:
    path = folder / "inner" / "data"
    path.parent.mkdir()
    path.write_bytes(bytes(index % 251 for index in range(size)))
    os.utime(path, ns=(10**18, 10**18 + 7_000))
    path.chmod(0o440)
    path.parent.chmod(0o550)
    os.utime(path.parent, ns=(10**18, 10**18 + 9_000))
    copied = copy().folder / "inner" / "data"
    assert copied.read_bytes() == path.read_bytes()
    for one, other in ((path, copied), (path.parent, copied.parent)):
        assert stat.S_IMODE(one.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)
        assert one.stat().st_mtime_ns == other.stat().st_mtime_ns
    path.parent.chmod(0o700)


def test_several_names_of_a_file_are_counted_and_copied_as_one(folder: Path, copy: Copy) -> None:
    (folder / "a").write_bytes(b"x" * 600_000)
    os.link(folder / "a", folder / "b")
    made = copy(1_000_000)
    assert (made.folder / "a").samefile(made.folder / "b")
    assert not (made.folder / "a").samefile(folder / "a")


def test_links_in_the_copy_lead_where_they_led(folder: Path, copy: Copy) -> None:
    (folder.parent / "outside").write_text("out")
    (folder / "inside").write_text("in")
    (folder / "to-outside").symlink_to("../outside")
    (folder / "to-inside").symlink_to("inside")
    (folder / "to-nowhere").symlink_to("nowhere")
    copied = copy().folder
    assert (copied / "to-outside").read_text() == "out"
    assert (copied / "to-inside").resolve() == copied / "inside"
    assert os.readlink(copied / "to-nowhere") == "nowhere"
