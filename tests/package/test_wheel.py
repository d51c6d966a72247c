"""One wheel, installed by pip alone, works with the oldest and the newest Jupyter, and goes without a trace.

Needs the package registry, as any installation does.
"""

from __future__ import annotations

import glob
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

ROOT = Path(__file__).parents[2]
JUPYTERS = {
    "oldest": ["jupyterlab==4.4.*", "notebook==7.4.*", "ipykernel"],
    "newest": ["jupyterlab>=4.6", "notebook>=7.6", "ipykernel"],
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what is under version control, so that no development build can slip in."""
    source = tmp_path_factory.mktemp("source")
    files = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    for name in files:
        if name and (ROOT / name).is_file() and not name.startswith(("ui-tests/", "docs/")):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, source / name)
    run([sys.executable, "-m", "build", "--wheel", "--outdir", str(source / "out"), str(source)], timeout=280)
    return next((source / "out").glob("*.whl"))


def run(
    command: list[str], *, timeout: float = 240, env: dict[str, str] | None = None, cwd: Path | None = None
) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, env=env, cwd=cwd)
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout + done.stderr


def oldest_python() -> str:
    """An interpreter of Python 3.10 if this machine has one, else this one."""
    root = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    for candidate in [shutil.which("python3.10"), *glob.glob(f"{root}/versions/3.10*/bin/python3.10")]:
        if candidate and subprocess.run([candidate, "-c", ""], capture_output=True).returncode == 0:
            return candidate
    return sys.executable


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
    run([oldest_python() if request.param == "oldest" else sys.executable, "-m", "venv", str(environment)])
    env = without_node(environment)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    run([*pip, str(wheel), *JUPYTERS[request.param]], timeout=290)
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
        page = (
            urllib.request.urlopen(urllib.request.Request(url + "lab", headers=TOKEN), timeout=30)
            .read()
            .decode()
        )
        assert "jupyter-hygiene" in page, "the labextension is not among those that the page loads"
        assert verified(url, raw)["report"]["verdict"] == "reproduced"

    run([str(binaries / "python"), "-m", "pip", "uninstall", "-q", "-y", "jupyter-hygiene"], env=env)
    left = [path for path in environment.rglob("*hygiene*") if "__pycache__" not in path.parts]
    assert left == []
