"""What comparing outputs costs: beside the replay that made them, and on outputs of ten megabytes.

Run ``python benchmarks/compare.py [--cells N] [--rounds N]`` on a quiet machine. The cells of all examples are replayed
in a fresh kernel each, once; what that takes of CPU (program and kernels) is measured, and in the same run what
comparing their outputs takes: page against replay, and page against outputs each of which differs somewhere. All is
stated for as many cells as asked: what the examples cost, repeated. Then outputs of ten megabytes. POSIX only.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from jupyter_hygiene.core.compare import CompareContext, compare_outputs, worst
from jupyter_hygiene.core.notebook import Output

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
SIZE = 10_000_000

Cell = tuple[str, list[Output], list[Output]]


def replayed(notebook: Path, folder: Path) -> tuple[Path, float]:
    """A copy of a notebook with the outputs of a clean run, and the CPU seconds which that took."""
    copy = folder / notebook.name
    copy.write_bytes(notebook.read_bytes())
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "jupyter_hygiene", "verify", "--accept", str(copy)]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return copy, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def code_cells(notebook: Path) -> list[tuple[str, list[Output]]]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [
        ("".join(cell["source"]), [Output.from_json(raw) for raw in cell["outputs"]])
        for cell in cells
        if cell["cell_type"] == "code"
    ]


def compared(cells: list[Cell]) -> float:
    """CPU seconds that comparing these cells takes."""
    began = time.process_time()
    for source, saved, new in cells:
        compare_outputs(saved, new, CompareContext(source=source))
    return time.process_time() - began


def beside_replay(cells_wanted: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder, cells, replay = Path(place), list[Cell](), 0.0
        for notebook in sorted(EXAMPLES.glob("*.ipynb")):
            copy, seconds = replayed(notebook, folder)
            replay += seconds
            pairs = zip(code_cells(notebook), code_cells(copy), strict=True)
            cells.extend((source, saved, new) for (source, saved), (_, new) in pairs)
        again = [-(-cells_wanted // len(cells)) * cells, cells][cells_wanted <= len(cells)][:cells_wanted]
        costs = [compared(again) for _ in range(rounds)]
        other = [(source, saved, [altered(output) for output in saved]) for source, saved, _ in again]
        hard_costs = [compared(other) for _ in range(rounds)]
    share = cells_wanted / len(cells)
    cost = statistics.median(costs)
    print(
        f"\n{len(cells)} cells of {len(list(EXAMPLES.glob('*.ipynb')))} examples, repeated to {cells_wanted} cells"
    )
    print(f"replaying takes {replay * share:8.2f} s of CPU ({replay:.2f} s measured, times {share:.1f})")
    for what, each in (("page and replay", costs), ("all outputs differ", hard_costs)):
        cost = statistics.median(each)
        spread = f"median of {rounds}; {min(each):.2f} to {max(each):.2f}"
        print(f"comparing takes {cost:8.2f} s of CPU ({spread}; {what})")
        print(f"comparing ÷ replaying = {cost / (replay * share):.4f}")


def altered(output: Output) -> Output:
    """The output with a digit or a patch of its picture changed."""
    data = dict(output.data)
    for mime, value in output.data.items():
        if mime == "image/png":
            data[mime] = patched(str(value))
        elif isinstance(value, str):
            data[mime] = other_digit(value)
    return replace(output, text=other_digit(output.text), data=data)


def other_digit(text: str) -> str:
    places = [place for place, character in enumerate(text) if character in "2345678"]
    middle = places[len(places) // 2] if places else len(text)
    return text[:middle] + "9" + text[middle + 1 :]


@cache
def patched(picture: str) -> str:
    image = Image.open(io.BytesIO(base64.b64decode(picture))).convert("RGB")
    image.paste(
        (200, 0, 0), (image.width // 2, image.height // 2, image.width // 2 + 9, image.height // 2 + 9)
    )
    return encoded(image)


def encoded(image: Image.Image) -> str:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def stream(text: str) -> Output:
    return Output("stream", name="stdout", text=text)


def display(mime: str, value: Any) -> Output:
    return Output("display_data", data={mime: value})


def text_pair() -> tuple[Output, Output]:
    line = "epoch {0}: loss {1:.4f}, <Net object at 0x7f3a2c0a{0:08d}>\n"
    text = "".join(line.format(number, number / 7) for number in range(SIZE // 60))
    return stream(text), stream(text.replace("epoch 77777:", "epoch 77778:", 1))


def other_text_pair() -> tuple[Output, Output]:
    """Every line differs."""
    return tuple(  # type: ignore[return-value]
        stream("".join(f"row {number + side} of {number / 3:.5f}\n" for number in range(SIZE // 24)))
        for side in (0, 1)
    )


def table_pair() -> tuple[Output, Output]:
    row = "<tr><th>{0}</th><td>{1:.6f}</td><td>word</td></tr>"
    rows = "".join(row.format(number, number / 3) for number in range(SIZE // 55))
    html = f"<table><thead><tr><th></th><th>x</th><th>w</th></tr></thead><tbody>{rows}</tbody></table>"
    return display("text/html", html), display("text/html", html.replace("<td>3.000000", "<td>4.000000", 1))


def small_table_pair() -> tuple[Output, Output]:
    """As large a table as is still compared cell by cell."""
    saved, _ = table_pair()
    html = saved.data["text/html"]
    head = html[: html.index("</tr>", 1_400_000) + 5] + "</tbody></table>"
    return display("text/html", head), display("text/html", head.replace("<td>3.000000", "<td>4.000000", 1))


def json_pair() -> tuple[Output, Output]:
    values = [number / 7 for number in range(SIZE // 20)]
    mime = "application/vnd.plotly.v1+json"
    return display(mime, {"data": [{"y": values}]}), display(mime, {"data": [{"y": [*values[:-1], 0.5]}]})


def picture_pair() -> tuple[Output, Output]:
    noise = random.Random(1).randbytes(1_850 * 1_850 * 3)
    saved = Image.frombytes("RGB", (1_850, 1_850), noise)
    other = saved.copy()
    other.paste((255, 0, 0), (900, 900, 940, 940))
    return display("image/png", encoded(saved)), display("image/png", encoded(other))


LARGE: dict[str, Callable[[], tuple[Output, Output]]] = {
    "text, one line differs": text_pair,
    "text, every line differs": other_text_pair,
    "HTML table": table_pair,
    "HTML table, 1.4 MB": small_table_pair,
    "JSON of a chart": json_pair,
    "PNG": picture_pair,
}


def on_large_outputs(rounds: int) -> None:
    print(f"\n{'outputs of 10 MB':28}{'CPU s':>8}{'min':>8}{'max':>8}  verdict")
    for title, make in LARGE.items():
        saved, new = make()
        costs, verdict = [], ""
        for _ in range(rounds):
            began = time.process_time()
            verdict = worst(found.verdict for found in compare_outputs([saved], [new]))
            costs.append(time.process_time() - began)
        print(f"{title:28}{statistics.median(costs):8.2f}{min(costs):8.2f}{max(costs):8.2f}  {verdict}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--cells", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(f"command: python benchmarks/compare.py --cells {options.cells} --rounds {options.rounds}")
    print(
        f"machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )
    print("load at the start:", " ".join(f"{load:.2f}" for load in os.getloadavg()))
    beside_replay(options.cells, options.rounds)
    on_large_outputs(options.rounds)


if __name__ == "__main__":
    main()
