"""The packages that a project declares it needs: requirements files, pyproject.toml, environment.yml and the like."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..causes.raised import INSTALLED_AS
from ..plain_files import beginning_of
from ..toml import parse_toml

_NAME = re.compile(r"^\s*(?:-\s*)?[\"']?([A-Za-z0-9][\w.-]*)")
_PIP_OPTION = re.compile(r"^\s*(?:-r|--requirement|-c|--constraint)\s*=?\s*(\S+)")
_EGG = re.compile(r"(?:egg=|/)([A-Za-z0-9][\w.-]*?)(?:\.git)?(?:@[^/]*)?\s*$")
_FILES = re.compile(r"requirements.*\.txt|environment.*\.ya?ml|pyproject\.toml|Pipfile|setup\.cfg|pixi\.toml")
_TOPS = (".git", ".hg")
# Packages that bring others along under names that people import.
_BRINGS = {
    "jupyter": ("ipython", "ipywidgets", "notebook", "nbformat", "nbconvert", "ipykernel"),
    "jupyterlab": ("ipython", "notebook", "nbformat", "ipykernel"),
    "ipykernel": ("ipython",),
    "notebook": ("ipython", "nbformat"),
    "ipywidgets": ("ipython", "traitlets"),
    "pandas": ("numpy", "python-dateutil", "pytz"),
    "scikit-learn": ("numpy", "scipy", "joblib"),
    "scipy": ("numpy",),
    "seaborn": ("matplotlib", "pandas", "numpy"),
    "matplotlib": ("numpy", "pillow"),
    "tensorflow": ("keras", "numpy", "tensorboard"),
    "statsmodels": ("numpy", "pandas", "scipy", "patsy"),
    "anaconda": (),
}


@dataclass(frozen=True)
class Declared:
    """What is declared, under normalised names. ``file``: the file that says so, or the first of several."""

    packages: frozenset[str]
    file: str
    root: Path

    def has(self, module: str) -> bool:
        """Whether a declared package gives this module, as far as names tell."""
        if "anaconda" in self.packages:
            return True
        package = _normal(installed_as(module))
        if package in self.packages or _normal(module) in self.packages:
            return True
        # namespace packages such as google-cloud-storage, and extras such as opencv-python-headless
        start = f"{_normal(module)}-"
        return any(name.startswith((start, f"{package}-")) for name in self.packages)

    def is_local(self, module: str, folder: Path) -> bool:
        """Whether the module is one of the project's own."""
        for place in {folder, self.root, self.root / "src", *folder.parents[:3]}:
            if (place / f"{module}.py").exists() or (place / module).is_dir():
                return True
        return False


def installed_as(module: str) -> str:
    """The package that gives a module, where that has another name."""
    return INSTALLED_AS.get(module, module)


def declared_packages(folder: Path) -> Declared | None:
    """What the nearest project above a folder declares; ``None`` where nothing is declared at all."""
    home = os.path.expanduser("~")
    place = os.path.abspath(folder)
    while True:
        found = _in_folder(place)
        if found is not None:
            return found
        above = os.path.dirname(place)
        if above == place or place == home or any(os.path.exists(os.path.join(place, top)) for top in _TOPS):
            return None
        place = above


def _in_folder(folder: str) -> Declared | None:
    """What a folder's files declare. Folders and files are read again only when their times have changed."""
    try:
        files = _candidates(folder, os.stat(folder).st_mtime_ns)
        return (
            _read(Path(folder), tuple((file, file.stat().st_mtime_ns) for file in files)) if files else None
        )
    except OSError:
        return None


@lru_cache(maxsize=1024)
def _candidates(folder: str, changed: int) -> tuple[Path, ...]:
    found = []
    for name in sorted(os.listdir(folder)):
        if _FILES.fullmatch(name):
            found.append(Path(folder, name))
        elif name == "requirements":
            found += sorted(Path(folder, name).glob("*.txt"))
    return tuple(found)


@lru_cache(maxsize=256)
def _read(folder: Path, files: tuple[tuple[Path, int], ...]) -> Declared | None:
    names: set[str] = set()
    telling: list[str] = []
    for path, _ in files:
        found = set(_declared_in(path))
        if found:
            names |= found
            telling.append(path.name)
    if not telling:
        return None
    for name in list(names):
        names.update(_BRINGS.get(name, ()))
    return Declared(frozenset(names), " and ".join(telling[:2]), folder)


def _declared_in(path: Path) -> Iterable[str]:
    try:
        text = beginning_of(path).decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return ()
    if path.suffix == ".txt":
        return {_normal(name) for name in _requirements(text)}
    if path.suffix in (".yml", ".yaml"):
        return {_normal(name) for name in _environment(text)}
    if path.name == "setup.cfg":
        section = re.search(r"^install_requires\s*=\s*\n((?:[ \t]+.*\n?)+)", text, re.MULTILINE)
        return {_normal(name) for name in _requirements(section[1])} if section else ()
    try:
        return {_normal(name) for name in _from_toml(parse_toml(text))}
    except (ValueError, RecursionError):
        return ()


def _requirements(text: str) -> Iterator[str]:
    for line in text.splitlines():
        line = line.split(" #")[0].strip()
        if not line or line.startswith("#") or _PIP_OPTION.match(line):
            continue
        if line.startswith(("-e", "--editable", "git+", "http")):
            if match := _EGG.search(line):
                yield match[1]
        elif not line.startswith("-") and (match := _NAME.match(line)):
            yield match[1]


def _environment(text: str) -> Iterator[str]:
    """The items of the lists in an ``environment.yml``: simple enough to need no reader of YAML."""
    inside = False
    for line in text.splitlines():
        if re.match(r"^\S", line):
            inside = line.startswith("dependencies:")
        elif inside and (match := re.match(r"^\s*-\s*[\"']?(?:[\w.-]+::)?([A-Za-z0-9][\w.-]*)", line)):
            yield match[1]
    if inside or "dependencies:" in text:
        for match in re.finditer(r"^-\s*([A-Za-z0-9][\w.-]*)", text, re.MULTILINE):
            yield match[1]


def _from_toml(raw: Mapping[str, Any]) -> Iterator[str]:
    project = _table(raw.get("project"))
    yield from _requirements("\n".join(_texts(project.get("dependencies"))))
    for group in _table(project.get("optional-dependencies")).values():
        yield from _requirements("\n".join(_texts(group)))
    for group in _table(raw.get("dependency-groups")).values():
        yield from _requirements("\n".join(_texts(group)))
    poetry = _table(_table(raw.get("tool")).get("poetry"))
    tables = [
        poetry.get("dependencies"),
        poetry.get("dev-dependencies"),
        raw.get("packages"),
        raw.get("dev-packages"),
    ]
    tables += [_table(group).get("dependencies") for group in _table(poetry.get("group")).values()]
    tables += [raw.get("dependencies"), raw.get("pypi-dependencies")]
    for table in tables:
        yield from (name for name in _table(table) if name != "python")


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
