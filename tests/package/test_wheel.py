"""One wheel, installed by pip alone, works with the oldest and the newest Jupyter, and goes without a trace.

Needs the package registry, as any installation does.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.notebooks import code, notebook, printed
from tests.server.processes import TOKEN, server, verified

pytestmark = pytest.mark.processes
ROOT = Path(__file__).parents[2]


@contextlib.contextmanager
def up_to_date(name: str) -> Iterator[Path]:
    """An environment that `make` has made, or makes now if it is older than what the wheel is made of."""
    # Not as a part of the `make` that may have started the tests, and not twice at once.
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    with (ROOT / ".make" / "environments.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run(["make", f".make/{name}"], env=env, cwd=ROOT)
        yield ROOT / f".venv-{name}"


def run(command: list[str], *, env: dict[str, str] | None = None, cwd: Path | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=cwd)
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout + done.stderr


def without_node(environment: Path) -> dict[str, str]:
    """An environment in which only the new installation and the system's plain tools are found."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "PYTHON", "VIRTUAL"))
    }
    plain = environment.parent / "plain-bin"
    plain.mkdir(exist_ok=True)
    return {**kept, "PATH": f"{environment / 'bin'}{os.pathsep}{plain}", "HOME": str(environment.parent)}


@pytest.fixture(params=["oldest", "newest"])
def installed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """A copy of an environment into which the wheel was installed as a user would, and installed anew by pip."""
    environment = tmp_path / "env"
    with up_to_date(request.param) as made:
        # Links take no time; what is installed or removed puts new files in the place of old ones.
        shutil.copytree(made, environment, symlinks=True, copy_function=os.link)
    for script in (environment / "bin").iterdir():
        start = f"#!{made}".encode()
        if not script.is_symlink() and (content := script.read_bytes()).startswith(start):
            script.unlink()
            script.write_bytes(content.replace(start, f"#!{environment}".encode(), 1))
            script.chmod(0o755)
    # No address is looked at here, and its grammar takes seconds in each process: see the root conftest.py.
    for grammar in environment.glob("lib/*/site-packages/rfc3987_syntax"):
        shutil.rmtree(grammar)
    env = without_node(environment)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    run([*pip, "uninstall", "-q", "-y", "jupyter-hygiene"], env=env)
    wheel = next((ROOT / ".make" / "wheel").glob("*.whl"))
    run([*pip, "install", "-q", "--no-index", str(wheel)], env=env)
    yield environment, env
    shutil.rmtree(environment, ignore_errors=True)


def test_installing_enables_it_and_uninstalling_leaves_nothing(
    installed: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    environment, env = installed
    binaries = environment / "bin"
    assert shutil.which("node", path=env["PATH"]) is None
    assert "jupyter-hygiene" in run([str(binaries / "jupyter"), "labextension", "list"], env=env)
    listed = run([str(binaries / "jupyter"), "server", "extension", "list"], env=env)
    assert "jupyter_hygiene" in listed
    work = tmp_path / "work"
    work.mkdir()
    raw = notebook(code("print(1)", printed("1\n")))
    (work / "n.ipynb").write_text(json.dumps(raw))
    assert "Reproduced: 1 same" in run(
        [str(binaries / "jupyter"), "hygiene", "verify", "n.ipynb"], env=env, cwd=work
    )
    with server([str(binaries / "jupyter"), "lab"], work, env) as url:
        page = urllib.request.urlopen(urllib.request.Request(url + "lab", headers=TOKEN)).read().decode()
        assert "jupyter-hygiene" in page, "the labextension is not among those that the page loads"
        assert verified(url, raw)["report"]["verdict"] == "reproduced"

    run([str(binaries / "python"), "-m", "pip", "uninstall", "-q", "-y", "jupyter-hygiene"], env=env)
    left = [path for path in environment.rglob("*hygiene*") if "__pycache__" not in path.parts]
    assert left == []
