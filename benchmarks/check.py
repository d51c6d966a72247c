"""What checking notebooks costs beside ``ruff check`` on the same files.

Run ``python benchmarks/check.py [--rounds N] [FOLDER…]`` on a quiet machine. Each figure is the wall time of one
command over all files, start included; the commands take turns. Without folders the examples are checked. ruff runs
with its own default rules, without its cache, in as many threads as there are cores; our check once in as many
processes, and once in a single one. pynblint and Julynter stand beside it where they are installed and run.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
PEERS = {"pynblint": ["pynblint"], "julynter": ["julynter", "check"]}
# A peer that takes longer is not measured.
MOST_SECONDS = 600


def commands(folders: Sequence[str]) -> dict[str, list[str]]:
    """What is measured, by name."""
    ruff = shutil.which("ruff") or "ruff"
    found = {
        "ruff check": [ruff, "check", "--no-cache", "--isolated", "--quiet", "--exit-zero", *folders],
        "check": [sys.executable, "-m", "jupyter_hygiene", "check", *folders],
        "check --jobs 1": [sys.executable, "-m", "jupyter_hygiene", "check", "--jobs", "1", *folders],
    }
    for name, command in PEERS.items():
        if shutil.which(command[0]):
            found[name] = [*command, *folders]
    return found


def seconds(command: Sequence[str]) -> float | None:
    """How long a command takes; ``None`` if it does not end well."""
    start = time.perf_counter()
    try:
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    taken = time.perf_counter() - start
    return None if b"Traceback" in done.stderr else taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("folders", nargs="*", default=[str(ROOT / "examples")])
    options = parser.parse_args()
    notebooks = [path for folder in options.folders for path in Path(folder).rglob("*.ipynb")]
    size = sum(path.stat().st_size for path in notebooks)
    print(f"{len(notebooks)} notebooks, {size / 1e6:.0f} MB; {' '.join(sys.argv)}")
    print(f"Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} cores")
    measured = commands(options.folders)
    taken: dict[str, list[float | None]] = {name: [] for name in measured}
    for command in measured.values():
        seconds(command)  # once to warm the disk's cache
    for _ in range(options.rounds):
        for name, command in measured.items():
            taken[name].append(seconds(command))
    base = statistics.median([each for each in taken["ruff check"] if each is not None])
    for name, rounds in taken.items():
        good = [each for each in rounds if each is not None]
        if not good:
            print(f"{name:24} does not run on these files")
            continue
        median = statistics.median(good)
        print(
            f"{name:24} {median:7.2f} s   {median / base:5.2f} × ruff   ({min(good):.2f} to {max(good):.2f})"
        )
    for name in PEERS.keys() - measured.keys():
        print(f"{name:24} is not installed")


if __name__ == "__main__":
    main()
