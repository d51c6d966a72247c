"""What kind of environment a Python interpreter belongs to, read off the files around it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from .page import Interpreter


def describe_interpreter(program: Path) -> Interpreter:
    """The environment of an interpreter that is on this machine.

    Args:
        program: absolute path of the executable. Links are not followed: a virtual environment's is one.
    """
    prefix = program.parent if os.name == "nt" else program.parent.parent
    container = _in_container()
    config = _virtual_environment(prefix, program.parent)
    if config is not None:
        leaks = re.search(r"^include-system-site-packages\s*=\s*true", config, re.MULTILINE | re.IGNORECASE)
        return Interpreter("isolated", str(program), _user_site(prefix) if leaks else "", container)
    if (prefix / "conda-meta").is_dir():
        is_base = (prefix / "condabin").is_dir() or (prefix / "envs").is_dir() or (prefix / "pkgs").is_dir()
        return Interpreter(
            "conda-base" if is_base else "isolated", str(program), _user_site(prefix), container
        )
    return Interpreter("system", str(program), _user_site(prefix), container)


def _virtual_environment(*places: Path) -> str | None:
    for place in places:
        try:
            return (place / "pyvenv.cfg").read_text("utf-8", "replace")
        except OSError:
            continue
    return None


def _in_container() -> bool:
    if any(os.path.exists(mark) for mark in ("/.dockerenv", "/run/.containerenv", "/run/systemd/container")):
        return True
    if any(name in os.environ for name in ("KUBERNETES_SERVICE_HOST", "CODESPACES", "container")):
        return True
    try:
        groups = Path("/proc/1/cgroup").read_text(
            "utf-8", "replace"
        )  # where there is no such file, it is no Linux
    except OSError:
        return False
    return re.search(r"docker|kubepods|containerd|libpod|lxc", groups) is not None


def _user_site(prefix: Path) -> str:
    """The user's own packages that this interpreter imports from, if there are any; empty if there are none."""
    if os.environ.get("PYTHONNOUSERSITE"):
        return ""
    version = _version(prefix)
    if not version:
        return ""
    base = os.environ.get("PYTHONUSERBASE")
    if os.name == "nt":
        root = Path(base) if base else Path(os.environ.get("APPDATA", "~")).expanduser() / "Python"
        folder = root / f"Python{version.replace('.', '')}" / "site-packages"
    else:
        folder = (
            (Path(base) if base else Path("~/.local").expanduser())
            / "lib"
            / f"python{version}"
            / "site-packages"
        )
    try:
        holds = any(entry.name.endswith(".dist-info") for entry in os.scandir(folder))
    except OSError:
        return ""
    return str(folder) if holds else ""


def _version(prefix: Path) -> str:
    """Such as ``3.12``, from the folder of the standard library."""
    try:
        names = sorted(entry.name for entry in os.scandir(prefix / "lib") if entry.name.startswith("python"))
    except OSError:
        return ""
    found = [match[1] for name in names if (match := re.fullmatch(r"python(\d+\.\d+)", name))]
    return found[-1] if found else ""
