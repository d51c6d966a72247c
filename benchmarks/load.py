"""A server with twenty busy clients: whether everything that was accepted comes to an end, what is left, who waits.

Run ``python benchmarks/load.py`` on a quiet machine (``--seconds``, ``--clients``, ``--more``). Clients verify,
analyse, check, compare, export and cancel; some vanish in the middle; kernels are killed at random. Beside them a probe
asks the server for its status, as it asks a server without this extension, first with nothing to do, and then beside
as many clients that read the notebooks and as many replays in processes of their own: what a busy machine costs by
itself. POSIX and Windows.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import http.client
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
from live_server import Probe, fetch, finished, heading, machine, reports_in, started

SOURCES = [
    ["import random", "random.seed(3)\nxs = [random.random() for _ in range(1000)]", "print(sum(xs))"],
    ["x = 1", "x += 1", "print(x)\nx", "1 / 0", "print('not reached')"],
    ["import time", "for i in range(5):\n    time.sleep(0.2)\n    print(i)", "time.time()"],
    ["text = 'line\\n' * 200_000", "print(text)", "len(text)"],
]
FINAL = ("done", "error", "cancelled")


def page(sources: list[str]) -> dict[str, Any]:
    """A notebook with outputs that are not those of a replay."""
    output = {"output_type": "stream", "name": "stdout", "text": "what was\n"}
    cells = [
        {"id": f"c{place}", "cell_type": "code", "metadata": {}, "source": source}
        | {"execution_count": place + 1, "outputs": [output]}
        for place, source in enumerate(sources)
    ]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}


class Clients:
    """Clients of one server, each doing one thing after another until time is up."""

    def __init__(self, address: str, count: int) -> None:
        self._api = f"{address}/jupyter-hygiene/api"
        self._ended = threading.Event()
        self.accepted: list[str] = []
        self.answers: collections.Counter[str] = collections.Counter()
        self._threads = [threading.Thread(target=self._act, args=(number,)) for number in range(count)]

    @contextlib.contextmanager
    def busy(self) -> Iterator[None]:
        for thread in self._threads:
            thread.start()
        yield
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _act(self, number: int) -> None:
        chance = random.Random(number)
        acts = [self._verify] * 3 + [self._vanish, self._cancel, self._analyse, self._check, self._compare]
        while not self._ended.is_set():
            act = chance.choice(acts)
            try:
                act(f"n{number}.ipynb", page(chance.choice(SOURCES)))
                self.answers[f"{act.__name__[1:]}: done"] += 1
            except urllib.error.HTTPError as error:
                failure = json.loads(error.read())
                self.answers[f"{act.__name__[1:]}: {error.code} {failure['kind']}"] += 1
            except (OSError, http.client.HTTPException) as error:
                self.answers[f"{act.__name__[1:]}: {type(error).__name__}"] += 1
            time.sleep(chance.random() / 5)

    def _start(self, path: str, notebook: dict[str, Any]) -> str:
        job: str = self._post("verifications", {"path": path, "notebook": notebook})["id"]
        self.accepted.append(job)
        return job

    def _post(self, route: str, body: dict[str, Any]) -> Any:
        return fetch(f"{self._api}/{route}", json.dumps(body).encode())

    def _verify(self, path: str, notebook: dict[str, Any]) -> None:
        job = self._start(path, notebook)
        found = finished(f"{self._api}/verifications", job)
        if found["state"] == "done":
            for kind in ("json", "html"):
                urllib.request.urlopen(f"{self._api}/verifications/{job}/export?format={kind}").read()
            fetch(f"{self._api}/verifications/{job}/outputs")

    def _vanish(self, path: str, notebook: dict[str, Any]) -> None:
        """Ask for a verification, and hang up in the middle of another question."""
        self._start(path, notebook)
        host = self._api.split("/")[2]
        connection = http.client.HTTPConnection(host)
        connection.request(
            "POST", "/jupyter-hygiene/api/check", json.dumps({"path": path, "notebook": notebook})
        )
        connection.close()

    def _cancel(self, path: str, notebook: dict[str, Any]) -> None:
        job = self._start(path, notebook)
        time.sleep(random.random() * 2)
        fetch(f"{self._api}/verifications/{job}", method="DELETE")

    def _analyse(self, path: str, notebook: dict[str, Any]) -> None:
        cells = [
            {
                "id": cell["id"],
                "type": "code",
                "source": cell["source"],
                "execution_count": place + 1,
                "tags": [],
            }
            for place, cell in enumerate(notebook["cells"])
        ]
        history = [
            {"execution_count": place + 1, "source": cell["source"], "cell_id": cell["id"], "status": "ok"}
            for place, cell in enumerate(notebook["cells"])
        ]
        body = {"language": "python", "basis": "kernel", "cells": cells, "history": history}
        self._post("analyze", body)

    def _check(self, path: str, notebook: dict[str, Any]) -> None:
        self._post("check", {"path": path, "notebook": notebook})

    def _compare(self, path: str, notebook: dict[str, Any]) -> None:
        self._post("compare", {"path": path, "saved": notebook, "replayed": page(SOURCES[0])})


@contextlib.contextmanager
def beside(act: Callable[[], None], pause: float) -> Iterator[None]:
    """Do something again and again meanwhile."""
    ended = threading.Event()

    def again() -> None:
        while not ended.wait(pause):
            act()

    thread = threading.Thread(target=again)
    thread.start()
    yield
    ended.set()
    thread.join()


def kill_one(server: int, killed: collections.Counter[str]) -> None:
    with contextlib.suppress(psutil.Error, IndexError):
        random.choice(psutil.Process(server).children()).kill()
        killed["kernels"] += 1


def megabytes(process: int) -> int:
    return round(psutil.Process(process).memory_info().rss / 1e6)


def without_us(folder: str, seconds: float, clients: int) -> None:
    """The probe beside a server without the extension, alone and on a machine that is as busy."""
    server, address = started(folder, {"ServerApp.jpserver_extensions": "{'jupyter_hygiene': False}"})
    try:
        with Probe(address, 0.05) as probe:
            time.sleep(min(10, seconds))
        print(probe.row("without us, nothing to do"))

        def read() -> None:
            fetch(f"{address}/api/contents/n0.ipynb")

        with contextlib.ExitStack() as stack, Probe(address, 0.05) as probe:
            for _ in range(clients):
                stack.enter_context(beside(read, 0.3))
            for _ in range(2):
                stack.enter_context(beside(lambda: replay_apart(folder), 0.01))
            time.sleep(seconds)
        print(probe.row("without us, as busy a machine"))
    finally:
        server.terminate()
        server.wait()


def replay_apart(folder: str) -> None:
    command = [sys.executable, "-m", "jupyter_hygiene", "verify", str(Path(folder) / "n0.ipynb")]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def with_us(folder: str, temporary: Path, options: argparse.Namespace) -> None:
    env = {"TMPDIR": str(temporary), "JUPYTER_RUNTIME_DIR": str(temporary / "runtime")}
    limits = {"HygieneApp.queued_verifications": 5, "HygieneApp.keep_kernel_seconds": 5}
    server, address = started(folder, {**reports_in(folder), **limits}, env)
    api = f"{address}/jupyter-hygiene/api/verifications"
    killed: collections.Counter[str] = collections.Counter()
    try:
        fetch(f"{address}/jupyter-hygiene/api/rules")
        before = megabytes(server.pid)
        clients = Clients(address, options.clients)
        with Probe(address, 0.05) as probe, beside(lambda: kill_one(server.pid, killed), 2.5), clients.busy():
            time.sleep(options.seconds)
        print(probe.row(f"with us and {options.clients} clients"))
        states: collections.Counter[str] = collections.Counter()
        for job in clients.accepted:
            try:
                found = finished(api, job)
                states[
                    found["state"] if found["state"] != "error" else f"error: {found['error']['kind']}"
                ] += 1
            except urllib.error.HTTPError as error:
                states[f"{error.code}: replaced by a newer one of its notebook"] += 1
        print(
            f"accepted: {len(clients.accepted)}; ended: {dict(states)}; kernels killed: {killed['kernels']}"
        )
        print(f"answers: {dict(sorted(clients.answers.items()))}")
        print(f"memory: {before} MB before, {megabytes(server.pid)} MB after", end="")
        for number in range(options.more):
            body = {"path": f"m{number % 5}.ipynb", "notebook": page(SOURCES[number % 2])}
            finished(api, fetch(api, json.dumps(body).encode())["id"], 0.05)
        print(f", {megabytes(server.pid)} MB after {options.more} more")
        while fetch(f"{address}/api/kernels"):
            time.sleep(0.5)
        left = [child.name() for child in psutil.Process(server.pid).children(recursive=True)]
    finally:
        server.terminate()
        server.wait()
    left += [str(path.relative_to(temporary)) for path in sorted(temporary.rglob("*kernel*"))]
    left += [path.name for path in sorted(temporary.glob("jupyter-hygiene-*"))]
    left += [path.name for path in sorted((Path(folder) / "reports").glob(".*"))]
    print(f"left behind: {left or 'nothing'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--more", type=int, default=500, help="verifications afterwards, to see memory grow")
    options = parser.parse_args()
    print(
        f"command: python benchmarks/load.py --seconds {options.seconds:g} --clients {options.clients} "
        f"--more {options.more}"
    )
    print(machine())
    print(heading())
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as temporary:
        for number in range(options.clients):
            text = json.dumps(page(SOURCES[number % len(SOURCES)]))
            (Path(folder) / f"n{number}.ipynb").write_text(text, encoding="utf-8")
        without_us(folder, options.seconds / 4, options.clients)
        with_us(folder, Path(temporary), options)


if __name__ == "__main__":
    main()
