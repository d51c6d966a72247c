"""Temporary files of processes that are gone, told by their names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jupyter_hygiene.core.leftovers import is_left_over, mark, remove_folder, sweep


def _mark_of_a_process_that_is_gone() -> str:
    code = "from jupyter_hygiene.core.leftovers import mark; print(mark())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_files_of_a_process_that_is_gone_are_swept_and_those_of_a_living_one_stay(tmp_path: Path) -> None:
    gone = _mark_of_a_process_that_is_gone()
    folder, file = tmp_path / f".new-{gone}-x", tmp_path / f".aside-{gone}-y"
    folder.mkdir()
    (folder / "inside").write_text("kept by nobody", encoding="utf-8")
    file.write_text("", encoding="utf-8")
    mine, anybodys = tmp_path / f".new-{mark()}-x", tmp_path / ".new-abcdefgh"
    mine.mkdir()
    anybodys.mkdir()
    sweep(tmp_path.iterdir())
    assert sorted(tmp_path.iterdir()) == sorted([mine, anybodys])


def test_a_process_of_the_same_number_that_began_at_another_time_is_another_one() -> None:
    machine, process, began = mark().split("-")
    assert is_left_over(Path(f"{machine}-{process}-{int(began) - 3600}"))
    assert not is_left_over(Path(f"{machine}-{process}-{int(began) - 1}"))  # the clock was set


def test_what_another_machine_left_goes_when_it_is_a_day_old(tmp_path: Path) -> None:
    path = tmp_path / "00000000-1-1"
    path.mkdir()
    assert not is_left_over(path)
    two_days_ago = path.stat().st_mtime - 2 * 86_400
    os.utime(path, (two_days_ago, two_days_ago))
    assert is_left_over(path)


def test_a_link_to_a_folder_is_removed_and_not_what_it_leads_to(tmp_path: Path) -> None:
    target = tmp_path / "data"
    target.mkdir()
    link = tmp_path / f"link-{_mark_of_a_process_that_is_gone()}"
    link.symlink_to(target, target_is_directory=True)
    sweep([link])
    assert target.is_dir()
    assert not link.is_symlink()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="who may do all is never refused")
def test_a_folder_with_read_only_folders_in_it_is_removed_too(tmp_path: Path) -> None:
    inner, outside = tmp_path / "copy" / "inner", tmp_path / "outside"
    inner.mkdir(parents=True)
    outside.mkdir()
    (inner / "file").touch()
    (inner / "link").symlink_to(outside, target_is_directory=True)
    for folder in (inner, inner.parent, outside):
        folder.chmod(0o500)
    remove_folder(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    assert outside.stat().st_mode & 0o777 == 0o500
