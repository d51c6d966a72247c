"""Servers in processes of their own, asked over plain HTTP."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

TOKEN = {"Authorization": "token t"}
# A server without the grammar that costs it seconds (see the conftest of the whole).
QUICK_START = (
    "import sys; sys.modules['rfc3987_syntax'] = None\n"
    "from jupyter_server.serverapp import main; sys.exit(main())"
)
_PORTS = itertools.count()
VERIFICATIONS = "jupyter-hygiene/api/verifications"


@contextlib.contextmanager
def server(
    command: Sequence[str], folder: Path, env: Mapping[str, str] | None = None, token: str = "t"
) -> Iterator[str]:
    """A Jupyter server on a port of its own. Yields its address; stops it in the end."""
    port = _free_port()
    options = ["--no-browser", "--allow-root", f"--port={port}", f"--IdentityProvider.token={token}"]
    process = subprocess.Popen(
        [*command, *options], cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}/"

    def status() -> dict[str, Any] | None:
        assert process.poll() is None, "the server ended by itself"
        return ask(url + "api/status")

    try:
        until(status)
        yield url
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    """A port that nobody else takes before the server does: none of those that the system gives to whoever asks for
    any, and in a range of its own for each of pytest-xdist's workers.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    while True:
        port = 20_000 + 500 * worker + next(_PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def ask(url: str, body: Any = None) -> dict[str, Any] | None:
    """The reply's JSON object; ``None`` where nobody listens yet."""
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers=TOKEN)) as reply:
            return dict(json.load(reply))
    except urllib.error.HTTPError:
        raise
    except OSError:
        return None


def verified(url: str, raw: Mapping[str, Any], **body: Any) -> dict[str, Any]:
    """Verify a notebook through a server; returns the verification when it is over."""
    started = ask(url + VERIFICATIONS, {"path": "n.ipynb", "notebook": raw, **body})
    assert started is not None
    return until(lambda: _if_over(ask(url + f"{VERIFICATIONS}/{started['id']}")))


def _if_over(verification: dict[str, Any] | None) -> dict[str, Any] | None:
    return verification if verification and verification["state"] in ("done", "error", "cancelled") else None


def until(what: Any) -> dict[str, Any]:
    while True:
        value = what()
        if value is not None:
            return dict(value)
        time.sleep(0.05)
