"""How long a server leaves everyone else waiting while it verifies a notebook with outputs of ten megabytes.

Run ``python benchmarks/stalls.py`` on a quiet machine. A Jupyter server of its own is asked for its version again and
again, first with nothing to do, then while a notebook is posted to it, replayed and compared. POSIX and Windows.
"""

from __future__ import annotations

import json
import os
import platform
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

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


class Waiting:
    """Asks a server for its version without pause, and notes how long each answer took, in seconds."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._ended = threading.Event()
        self.seconds: list[float] = []
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self) -> Waiting:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._ended.is_set():
            began = time.perf_counter()
            fetch(f"{self._address}/api")
            self.seconds.append(time.perf_counter() - began)
            time.sleep(0.01)


def fetch(address: str, body: bytes | None = None) -> Any:
    request = urllib.request.Request(address, data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as reply:
        return json.loads(reply.read())


def started(folder: str) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "ServerApp.root_dir": folder,
        "ServerApp.port": port,
        "ServerApp.allow_root": True,
        "ServerApp.disable_check_xsrf": True,
        "IdentityProvider.token": "",
        "HygieneApp.report_dir": str(Path(folder) / "reports"),
    }
    command = [
        sys.executable,
        "-m",
        "jupyter_server",
        *(f"--{key}={value}" for key, value in options.items()),
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            fetch(f"{address}/api")
            return server, address
        except OSError:
            time.sleep(0.1)
    server.kill()
    raise SystemExit("The server did not come up.")


def main() -> None:
    print("command: python benchmarks/stalls.py")
    print(
        f"machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )
    with tempfile.TemporaryDirectory() as folder:
        notebook = page()
        (Path(folder) / "n.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        server, address = started(folder)
        api = f"{address}/jupyter-hygiene/api/verifications"
        body = json.dumps({"path": "n.ipynb", "notebook": notebook}).encode()
        try:
            with Waiting(address) as idle:
                time.sleep(1)
            with Waiting(address) as busy:
                began = time.perf_counter()
                job = fetch(api, body)["id"]
                while fetch(f"{api}/{job}")["state"] not in ("done", "error", "cancelled"):
                    time.sleep(0.2)
                took = time.perf_counter() - began
            outcome = fetch(f"{api}/{job}")
        finally:
            server.terminate()
            server.wait()
    print(f"outcome: {outcome['state']}, {(outcome['report'] or {}).get('headline')}, after {took:.1f} s")
    print(f"{'':28}{'median ms':>10}{'worst ms':>10}{'over 100 ms':>13}")
    for title, found in (("nothing to do", idle.seconds), ("posting and verifying", busy.seconds)):
        ordered = sorted(seconds * 1000 for seconds in found)
        late = sum(milliseconds > 100 for milliseconds in ordered)
        print(f"{title:28}{ordered[len(ordered) // 2]:10.1f}{ordered[-1]:10.1f}{late:6} of {len(ordered)}")


if __name__ == "__main__":
    main()
