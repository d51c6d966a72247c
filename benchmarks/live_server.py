"""What the benchmarks of a running server share: one of its own, questions to it, and how long it lets others wait."""

from __future__ import annotations

import json
import os
import platform
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


class Probe:
    """Asks a server for its status again and again, and notes how long each answer took, in seconds."""

    def __init__(self, address: str, pause: float = 0.01) -> None:
        self._address = address
        self._pause = pause
        self._ended = threading.Event()
        self.seconds: list[float] = []
        self.refused = 0  # Jupyter's own list of kernels fails while one is just being started
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self) -> Probe:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def row(self, title: str) -> str:
        """A line of the table that :func:`heading` begins."""
        ordered = sorted(seconds * 1000 for seconds in self.seconds)
        late = sum(milliseconds > 100 for milliseconds in ordered)
        median, p99 = (ordered[int(len(ordered) * share)] for share in (0.5, 0.99))
        refused = f"  ({self.refused} refused)" if self.refused else ""
        return f"{title:36}{median:10.1f}{p99:10.1f}{ordered[-1]:10.1f}{late:8} of {len(ordered)}{refused}"

    def _ask(self) -> None:
        while not self._ended.is_set():
            began = time.perf_counter()
            try:
                fetch(f"{self._address}/api/status")
            except urllib.error.HTTPError:
                self.refused += 1
            self.seconds.append(time.perf_counter() - began)
            time.sleep(self._pause)


def heading() -> str:
    return f"{'':36}{'p50 ms':>10}{'p99 ms':>10}{'worst ms':>10}{'over 100 ms':>15}"


def machine() -> str:
    return (
        f"machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def fetch(address: str, body: bytes | None = None, method: str | None = None) -> Any:
    """A reply's JSON; ``None`` for an empty one.

    Raises:
        urllib.error.HTTPError: the server refuses.
    """
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(address, data=body, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=120) as reply:
        text = reply.read()
    return json.loads(text) if text else None


def started(
    folder: str, options: Mapping[str, Any] | None = None, env: Mapping[str, str] | None = None
) -> tuple[subprocess.Popen[bytes], str]:
    """A Jupyter server over a folder, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chosen = {
        "ServerApp.root_dir": folder,
        "ServerApp.port": port,
        "ServerApp.allow_root": True,
        "ServerApp.disable_check_xsrf": True,
        "IdentityProvider.token": "",
        **(options or {}),
    }
    command: Sequence[str] = [
        sys.executable,
        "-m",
        "jupyter_server",
        *(f"--{key}={value}" for key, value in chosen.items()),
    ]
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **(env or {})}
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            fetch(f"{address}/api")
            return server, address
        except OSError:
            time.sleep(0.1)
    server.kill()
    raise SystemExit("The server did not come up.")


def finished(api: str, job: str, pause: float = 0.2) -> dict[str, Any]:
    """A verification, once it has come to an end."""
    while True:
        found: dict[str, Any] = fetch(f"{api}/{job}")
        if found["state"] in ("done", "error", "cancelled"):
            return found
        time.sleep(pause)


def reports_in(folder: str) -> dict[str, str]:
    return {"HygieneApp.report_dir": str(Path(folder) / "reports")}
