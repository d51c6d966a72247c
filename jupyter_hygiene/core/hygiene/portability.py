"""Portability: what works on one machine, or today, only."""

from __future__ import annotations

from .machine_paths import absolute_paths, temporary_paths, unpinned_addresses
from .model import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        id="absolute-path",
        family="Portability",
        severity="warning",
        summary="A path begins at the root or at a home folder of one machine.",
        why="The notebook cannot be run by anyone else, nor by its author on another machine.",
        before="""\
from pathlib import Path
data = Path("/home/ana/project/data.csv")
print(data.exists())""",
        after="""\
from pathlib import Path
data = Path("data.csv")
print(data.exists())""",
        check=absolute_paths,
        fix="Keeps the path in a constant at the top of the cell, where it can be changed.",
    ),
    Rule(
        id="temporary-path",
        family="Portability",
        severity="info",
        summary="A path lies in a folder for temporary files or for downloads.",
        why="What lies there is deleted sooner or later, and nobody else has it.",
        before="""\
from pathlib import Path
print(Path("/tmp/measurements.csv").exists())""",
        after="""\
from pathlib import Path
print(Path("data/measurements.csv").exists())""",
        check=temporary_paths,
        on=False,
    ),
    Rule(
        id="unpinned-url",
        family="Portability",
        severity="info",
        summary="An address names a branch, or the latest version, of what changes.",
        why="The notebook will read other data, or install other code, than it did when its results were written down.",
        before="""\
url = "https://raw.githubusercontent.com/mwaskom/seaborn-data/master/iris.csv"
print(url)""",
        after="""\
url = "https://raw.githubusercontent.com/mwaskom/seaborn-data/2b29313/iris.csv"
print(url)""",
        check=unpinned_addresses,
        on=False,
    ),
)
