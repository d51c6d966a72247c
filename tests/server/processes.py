"""Servers in processes of their own, asked over plain HTTP."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TOKEN = {"Authorization": "token t"}
VERIFICATIONS = "jupyter-hygiene/api/verifications"


@contextmanager
def server(
    command: Sequence[str], folder: Path, env: Mapping[str, str] | None = None, token: str = "t"
) -> Iterator[str]:
    """A Jupyter server on a port of its own. Yields its address; stops it in the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--no-browser", "--allow-root", f"--port={port}", f"--IdentityProvider.token={token}"]
    process = subprocess.Popen(
        [*command, *options], cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}/"
    try:
        until(lambda: ask(url + "api/status"))
        yield url
    finally:
        process.terminate()
        process.wait(30)


def ask(url: str, body: Any = None) -> dict[str, Any] | None:
    """The reply's JSON object; ``None`` where nobody listens yet."""
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers=TOKEN), timeout=30) as reply:
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
    end = time.monotonic() + 90
    while time.monotonic() < end:
        value = what()
        if value is not None:
            return dict(value)
        time.sleep(0.05)
    raise AssertionError("it took too long")
