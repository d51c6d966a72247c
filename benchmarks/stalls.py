"""How long a server leaves everyone else waiting, and what memory it takes, while notebooks with large outputs are
verified.

Run ``python benchmarks/stalls.py`` on a quiet machine. A Jupyter server of its own is asked for its status again and
again: with nothing to do; while a notebook with outputs of ten megabytes is posted to it, replayed and compared; while
a cell floods it with 500 MB; while one prints 200 MB at once. POSIX and Windows.
"""

from __future__ import annotations

import json
import random
import tempfile
import threading
import time
from typing import Any

import psutil
from live_server import Probe, fetch, finished, heading, machine, reports_in, started

TEXT = """\
import random
random.seed(1)
print("\\n".join(" ".join(f"{random.random():.4f}" for _ in range(20)) for _ in range(70_000)))"""
TABLE = """\
from IPython.display import HTML
import random
random.seed(2)
rows = ("".join(f"<td>{random.random():.5f}</td>" for _ in range(20)) for _ in range(30_000))
HTML("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")"""
CHART = """\
from IPython.display import display
import random
random.seed(3)
y = [random.random() for _ in range(500_000)]
display({"application/vnd.plotly.v1+json": {"data": [{"y": y}], "layout": {}}, "text/plain": ""}, raw=True)"""

FLOODS = {
    "a flood of 500 MB": "for _ in range(5_000):\n    print('0123456789' * 10_000)",
    "one print of 200 MB": "print('0123456789' * 20_000_000)",
}


def page() -> dict[str, Any]:
    """The notebook, with outputs that the replay does not give."""
    random.seed(4)
    text = "\n".join(" ".join(f"{random.random():.4f}" for _ in range(20)) for _ in range(70_000))
    row = "".join(f"<td>{random.random():.5f}</td>" for _ in range(20))
    table = f"<table>{f'<tr>{row}</tr>' * 30_000}</table>"
    chart = {"data": [{"y": [random.random() for _ in range(500_000)]}], "layout": {}}
    outputs: list[dict[str, Any]] = [
        {"output_type": "stream", "name": "stdout", "text": text},
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": table}},
        {
            "output_type": "display_data",
            "metadata": {},
            "data": {"application/vnd.plotly.v1+json": chart, "text/plain": ""},
        },
    ]
    cells = [
        {
            "id": f"c{place}",
            "cell_type": "code",
            "metadata": {},
            "source": source,
            "execution_count": place + 1,
        }
        | {"outputs": [output]}
        for place, (source, output) in enumerate(zip((TEXT, TABLE, CHART), outputs, strict=True))
    ]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}


class Memory:
    """The most memory that a process takes meanwhile, in bytes."""

    def __init__(self, process_id: int) -> None:
        self._process = psutil.Process(process_id)
        self._ended = threading.Event()
        self.before = self.most = self._process.memory_info().rss
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self.after = self._process.memory_info().rss

    def __str__(self) -> str:
        before, most, after = (round(size / 1e6) for size in (self.before, self.most, self.after))
        return f"memory of the server: {before} MB before, {most} MB at most, {after} MB after"

    def _look(self) -> None:
        while not self._ended.wait(0.02):
            self.most = max(self.most, self._process.memory_info().rss)


def with_cell(source: str) -> dict[str, Any]:
    cell = {"id": "c", "cell_type": "code", "metadata": {}, "source": source}
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [{**cell, "execution_count": 1, "outputs": []}]
    return {"cells": cells, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}


def main() -> None:
    print("command: python benchmarks/stalls.py")
    print(machine())
    print(heading())
    notebooks = {"outputs of ten megabytes": page()}
    notebooks |= {title: with_cell(source) for title, source in FLOODS.items()}
    for title, notebook in notebooks.items():
        with tempfile.TemporaryDirectory() as folder:
            server, address = started(folder, reports_in(folder))
            api = f"{address}/jupyter-hygiene/api/verifications"
            try:
                # What is read in once is not the notebook's.
                small = json.dumps({"path": "s.ipynb", "notebook": with_cell("print(1)")}).encode()
                finished(api, fetch(api, small)["id"])
                with Probe(address) as idle:
                    time.sleep(1)
                body = json.dumps({"path": "n.ipynb", "notebook": notebook}).encode()
                with Memory(server.pid) as memory, Probe(address) as busy:
                    began = time.perf_counter()
                    outcome = finished(api, fetch(api, body)["id"])
                    took = time.perf_counter() - began
            finally:
                server.terminate()
                server.wait()
        headline = (outcome["report"] or {}).get("headline")
        print(idle.row("nothing to do"))
        print(busy.row(title))
        print(f"    {outcome['state']}, {headline}, after {took:.1f} s; {memory}")


if __name__ == "__main__":
    main()
