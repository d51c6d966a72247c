"""Wall time and peak memory of ``jupyter hygiene verify`` beside other ways to run the same notebook.

Run ``python benchmarks/replay.py [--rounds N]`` on a quiet machine. All commands of a round run one after the
other, so that a slow moment hurts them alike; figures are medians, and ratios are to ``verify``'s. A command
whose program is not installed is left out. POSIX only (it asks the system for each process's peak memory).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TRIVIAL = [f"x{number} = {number}\nprint(x{number})" for number in range(5)]
TINY = [f"value = {number} * 2\nprint(value)" for number in range(200)]
EDA = [
    "import matplotlib.pyplot as plt\nimport numpy as np\nimport pandas as pd\nimport seaborn as sns",
    "from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine\nsns.set_theme()",
    "wine = load_wine(as_frame=True).frame\nprint(wine.head())",
    "wine.info()",
    "print(wine.describe().T.round(3))",
    "print(wine['target'].value_counts())",
    "print(wine.groupby('target').mean().T.round(3))",
    "fig, ax = plt.subplots()\n"
    "sns.scatterplot(data=wine, x='flavanoids', y='proline', hue='target', ax=ax)\nplt.show()",
    "fig, axes = plt.subplots(1, 3, figsize=(10, 3))\nfor ax, name in zip(axes, ['alcohol', 'hue', 'ash']):\n"
    "    sns.boxplot(data=wine, x='target', y=name, ax=ax)\nplt.show()",
    "corr = wine.corr()\nfig, ax = plt.subplots(figsize=(8, 7))\nsns.heatmap(corr, ax=ax)\nplt.show()",
    "strong = corr.abs().unstack().sort_values(ascending=False)\nprint(strong[strong < 1].head(8).round(3))",
    "diabetes = load_diabetes(as_frame=True).frame\nprint(diabetes.describe().round(3))",
    "fig, axes = plt.subplots(2, 3, figsize=(10, 6))\nfor ax, name in zip(axes.flat, diabetes.columns):\n"
    "    sns.histplot(diabetes[name], kde=True, ax=ax)\nplt.show()",
    "fig, ax = plt.subplots()\nsns.regplot(data=diabetes, x='bmi', y='target', ax=ax)\nplt.show()",
    "grid = sns.pairplot(diabetes[['age', 'bmi', 'bp', 'target']])\nplt.show()",
    "cancer = load_breast_cancer(as_frame=True).frame\nprint(cancer.shape)",
    "print(cancer.groupby('target').mean().T.round(3).head(10))",
    "fig, ax = plt.subplots()\nsns.kdeplot(data=cancer, x='mean radius', hue='target', fill=True, ax=ax)\nplt.show()",
    "fig, ax = plt.subplots()\nsns.violinplot(data=cancer, x='target', y='mean texture', ax=ax)\nplt.show()",
    "print(np.linalg.svd(cancer.to_numpy(), compute_uv=False)[:5].round(2))",
]
# The inline backend of a notebook draws what it shows; the script has to draw as much.
SHOW_IN_SCRIPT = """\
import io
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt

def show():
    for number in plt.get_fignums():
        plt.figure(number).savefig(io.BytesIO(), format="png", bbox_inches="tight")
    plt.close("all")

plt.show = show
"""
WORKLOADS = {"5 trivial cells": TRIVIAL, "200 tiny cells": TINY, "EDA, 20 cells": EDA}


@dataclass
class Figures:
    """Of one command on one workload: wall seconds and peak memory in MB (largest process), a value a round."""

    wall: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)


def notebook(sources: list[str]) -> dict[str, Any]:
    cells: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "id": f"c{number}",
            "source": source,
            "metadata": {},
            "execution_count": None,
            "outputs": [],
        }
        for number, source in enumerate(sources)
    ]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}


def commands(folder: Path) -> dict[str, list[str]]:
    """The command lines by name, verify first. Outputs go where nobody looks."""
    python, source = sys.executable, str(folder / "n.ipynb")
    known = {
        "jupyter hygiene verify": ("jupyter_hygiene", ["-m", "jupyter_hygiene", "verify", source]),
        "plain script": ("sys", [str(folder / "n.py")]),
        "jupyter execute (nbclient)": ("nbclient", ["-m", "jupyter", "execute", source]),
        "jupyter nbconvert --execute": (
            "nbconvert",
            ["-m", "jupyter", "nbconvert", "--to", "notebook", "--execute", "--output", "out.ipynb", source],
        ),
        "papermill": (
            "papermill",
            ["-m", "papermill", "--no-progress-bar", source, str(folder / "out.ipynb")],
        ),
        "pytest --nbval": ("nbval", ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", source]),
    }
    return {
        name: [python, *line] for name, (module, line) in known.items() if importlib.util.find_spec(module)
    }


def measure(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a command to its end. Returns wall seconds and the peak memory in MB of its largest process."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    unit = 1 if sys.platform == "darwin" else 1024
    return wall, usage.ru_maxrss * unit / 1e6


def prepared(sources: list[str], folder: Path) -> None:
    """A notebook with the outputs of a clean run, and the same code as a script."""
    (folder / "n.ipynb").write_text(json.dumps(notebook(sources)), encoding="utf-8")
    prelude = [SHOW_IN_SCRIPT] if any("plt.show" in source for source in sources) else []
    (folder / "n.py").write_text("\n\n".join([*prelude, *sources]) + "\n", encoding="utf-8")
    verify = [sys.executable, "-m", "jupyter_hygiene", "verify", "--accept", str(folder / "n.ipynb")]
    subprocess.run(verify, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds: int = parser.parse_args().rounds
    print("command: python benchmarks/replay.py --rounds", rounds)
    print(
        f"machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )
    print("load at the start:", " ".join(f"{load:.2f}" for load in os.getloadavg()))
    for title, sources in WORKLOADS.items():
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            prepared(sources, folder)
            lines = commands(folder)
            figures = {name: Figures() for name in lines}
            for number in range(rounds + 1):
                for name, line in lines.items():
                    wall, peak = measure(line, folder)
                    if number:  # the first round warms caches
                        figures[name].wall.append(wall)
                        figures[name].peak.append(peak)
        report(title, figures)


def report(title: str, figures: dict[str, Figures]) -> None:
    ours = statistics.median(next(iter(figures.values())).wall)
    print(f"\n{title}\n{'':32}{'wall s':>8}{'min':>8}{'max':>8}{'peak MB':>9}{'verify ÷ this':>15}")
    for name, each in figures.items():
        wall = statistics.median(each.wall)
        print(
            f"{name:32}{wall:8.2f}{min(each.wall):8.2f}{max(each.wall):8.2f}"
            f"{statistics.median(each.peak):9.0f}{ours / wall:15.2f}"
        )


if __name__ == "__main__":
    main()
