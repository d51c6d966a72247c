"""One wheel, installed by pip alone, works with the oldest and the newest Jupyter, and goes without a trace.

Needs the package registry, as any installation does.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.notebooks import code, notebook, printed
from tests.server.processes import TOKEN, server, verified

pytestmark = pytest.mark.processes
ROOT = Path(__file__).parents[2]
JUPYTERS = {
    "oldest": ["jupyterlab==4.4.*", "notebook==7.4.*", "ipykernel"],
    "newest": ["jupyterlab>=4.6", "notebook>=7.6", "ipykernel"],
}


@pytest.fixture
def wheel() -> Path:
    """The wheel, which `make` builds if it is older than what it is made of."""
    # Not as a part of the `make` that may have started the tests, and not twice at once.
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    (ROOT / ".make").mkdir(exist_ok=True)
    with (ROOT / ".make" / "wheel.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run(["make", "wheel"], env=env, cwd=ROOT)
    return next((ROOT / ".make" / "wheel").glob("*.whl"))


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
def installed(
    request: pytest.FixtureRequest, wheel: Path, tmp_path: Path
) -> Iterator[tuple[Path, dict[str, str]]]:
    environment = tmp_path / "env"
    python = "oldest" if request.param == "oldest" else sys.executable
    # Everything first by what is quickest; then the wheel anew by pip, which finds all it asks for.
    run([str(ROOT / ".ci/environment.sh"), python, str(environment), str(wheel), *JUPYTERS[request.param]])
    env = without_node(environment)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    run([*pip, "uninstall", "-q", "-y", "jupyter-hygiene"], env=env)
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
