"""Kernels that lose a port to another process while they start."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

import psutil

Thief = Literal["once", "always"]

_TAKES_A_PORT = """
import os, socket, sys, threading
taken = socket.socket()
taken.bind(("127.0.0.1", int(sys.argv[1])))
taken.listen()
if os.fork():
    os._exit(0)  # a child of the kernel's would pass for a part of it
print(os.getpid(), flush=True)
threading.Event().wait()
"""
_WRAPPER = """
import json, os, subprocess, sys
connection_file, folder, when, channel, *more = sys.argv[1:]
with open(folder + "/starts", "a+") as starts:
    starts.write("x")
    starts.seek(0)
    is_first = len(starts.read()) == 1
if when == "always" or is_first:
    with open(connection_file) as file:
        port = json.load(file)[channel + "_port"]
    thief = subprocess.Popen(
        [sys.executable, folder + "/takes_a_port.py", str(port)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True,
    )
    with open(folder + "/thieves", "a") as thieves:
        thieves.write(thief.stdout.readline().decode())
    thief.wait()
os.execv(sys.executable, [sys.executable, "-m", "ipykernel_launcher", "-f", connection_file, *more])
"""
_CRASHES = """
import sys
connection_file, folder, words = sys.argv[1:4]
with open(folder + "/starts", "a") as starts:
    starts.write("x")
sys.exit(words)
"""


def _install(data: Path, name: str, program: str, *arguments: str) -> Path:
    folder = data / "kernels" / name
    folder.mkdir(parents=True)
    (folder / "program.py").write_text(program, "utf-8")
    argv = [sys.executable, str(folder / "program.py"), "{connection_file}", str(folder), *arguments]
    spec = {"argv": argv, "display_name": name, "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), "utf-8")
    return folder


def starts_of(data: Path, name: str) -> int:
    """How often the kernel was started."""
    return len((data / "kernels" / name / "starts").read_text("utf-8"))


@contextmanager
def kernel_that_loses_a_port(data: Path, name: str, when: Thief, channel: str = "shell") -> Iterator[None]:
    """Install a kernel one of whose ports another process takes, on its first start or on every one."""
    folder = _install(data, name, _WRAPPER, when, channel)
    (folder / "takes_a_port.py").write_text(_TAKES_A_PORT, "utf-8")
    try:
        yield
    finally:
        thieves = (folder / "thieves").read_text("utf-8").split()
        for number in map(int, thieves):
            with suppress(psutil.NoSuchProcess):
                thief = psutil.Process(number)
                thief.kill()
                thief.wait()


def install_kernel_that_ends_saying(data: Path, name: str, words: str) -> None:
    _install(data, name, _CRASHES, words)


POSIX = os.name == "posix"  # elsewhere a program does not take the place of another
