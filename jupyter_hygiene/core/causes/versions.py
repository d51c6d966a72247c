"""The versions that a notebook was made with, as far as anything records them, beside those of the replay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..notebook import Notebook
from ..plain_files import text_of
from ..toml import parse_toml
from .names import modules_used
from .raised import INSTALLED_AS

_LOCK_FILES = (
    "uv.lock",
    "poetry.lock",
    "pdm.lock",
    "pylock.toml",
    "Pipfile.lock",
    "pixi.lock",
    "conda-lock.yml",
    "requirements.txt",
    "requirements.lock",
    "environment.yml",
    "environment.yaml",
)
_PIN = re.compile(
    r"^[^\S\n]*(?:-\s*)?([A-Za-z0-9][\w.-]*)(?:\[[^\]\n]*\])?\s*={1,3}\s*([0-9][\w.!+]*)", re.MULTILINE
)
_PRINTED = re.compile(
    r"^[^\S\n]*([A-Za-z][\w-]{1,40})(?:\s*(?:==|:)\s*|\s+)v?(\d+\.\d[\w.+]*)[^\S\n]*$", re.MULTILINE
)
_MOST_BYTES = 5_000_000


@dataclass(frozen=True)
class Recorded:
    """Versions by normalised package name, and where each was found. ``python``: of the interpreter."""

    packages: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    python: str = ""


@dataclass(frozen=True)
class Mismatch:
    """A package that the replay had in another version than the notebook records."""

    package: str
    recorded: str
    present: str
    where: str

    @property
    def is_python(self) -> bool:
        return self.package == "Python"

    @property
    def message(self) -> str:
        return f"{self.where} records {self.package} {self.recorded}; the replay's kernel has {self.present}."


def recorded_versions(notebook: Notebook, folder: Path | None) -> Recorded:
    """What the notebook, and the lock file nearest above it, say of versions. Unreadable files say nothing."""
    packages: dict[str, tuple[str, str]] = {}
    for cell in notebook.code_cells:
        if re.search(
            r"watermark|show_versions|pip\s+(?:list|freeze|show)|__version__|conda\s+list", cell.source
        ):
            for output in cell.outputs:
                for name, version in _PRINTED.findall(output.text[:200_000]):
                    packages.setdefault(_normal(name), (version, "The page"))
    for name, version, file in _locked(folder):
        packages.setdefault(_normal(name), (version, file))
    info = notebook.metadata.get("language_info")
    python = info.get("version") if isinstance(info, Mapping) and info.get("name") == "python" else None
    return Recorded(packages, python if isinstance(python, str) else "")


def mismatches(recorded: Recorded, present: Mapping[str, str], modules: Iterable[str]) -> list[Mismatch]:
    """The versions of these modules that are others than recorded; patch releases count."""
    found = []
    for module in sorted(set(modules)):
        package = INSTALLED_AS.get(module, module)
        known = recorded.packages.get(_normal(package))
        has = present.get(module)
        if known is not None and has and not _agree(known[0], has):
            found.append(Mismatch(package, known[0], has, known[1]))
    return found


def python_mismatch(recorded: Recorded, present: Mapping[str, str]) -> Mismatch | None:
    """The interpreter, if its minor version is another one."""
    has = present.get("python", "")
    if not recorded.python or not has or recorded.python.split(".")[:2] == has.split(".")[:2]:
        return None
    return Mismatch("Python", recorded.python, has, "The notebook")


def versions_expression(sources: Iterable[str]) -> str:
    """A Python expression for the versions of the modules that these cells import; it imports none itself."""
    modules = frozenset().union(*(modules_used(source, {}) for source in sources))
    names = sorted(name for name in modules if name.isidentifier())
    return (
        "(lambda sys: __import__('json').dumps(dict("
        f"[(name, str(getattr(sys.modules[name], '__version__', ''))) for name in {names!r} if name in sys.modules]"
        " + [('python', '.'.join(str(part) for part in sys.version_info[:3]))])))(__import__('sys'))"
    )


def versions_from_reply(text: str) -> dict[str, str]:
    """What that expression gave, from its repr; nothing where it is not to be read."""
    try:
        found: Any = json.loads(text.strip().strip("'\""))
    except ValueError:
        return {}
    return {str(name): str(version) for name, version in found.items()} if isinstance(found, dict) else {}


def _agree(recorded: str, present: str) -> bool:
    """Whether one version is the other, or its beginning (``2.1`` and ``2.1.3``), local parts apart."""
    one, other = recorded.split("+")[0].split("."), present.split("+")[0].split(".")
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def _locked(folder: Path | None) -> Iterable[tuple[str, str, str]]:
    """Name, version and file of all that the nearest lock files pin, from the folder upwards to the project's root."""
    for place in [folder, *folder.parents] if folder is not None else ():
        found = False
        for name in _LOCK_FILES:
            text = _text(place / name)
            if text:
                pins = list(_pins(name, text))
                found = found or bool(pins)
                yield from ((package, version, name) for package, version in pins)
        if found or (place / ".git").exists():
            return


def _pins(name: str, text: str) -> Iterable[tuple[str, str]]:
    try:
        if name in ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml"):
            data = parse_toml(text)
            for package in data.get("package") or data.get("packages") or ():
                yield str(package["name"]), str(package["version"])
        elif name == "Pipfile.lock":
            for package, entry in json.loads(text).get("default", {}).items():
                yield package, str(entry["version"]).lstrip("=")
        elif name in ("pixi.lock", "conda-lock.yml"):
            yield from re.findall(
                r"^[^\S\n]*(?:-[^\S\n]*)?name: ([\w.-]+)\n\s*version: '?([\w.]+)'?", text, re.MULTILINE
            )
        else:
            yield from _PIN.findall(text)
    except (ValueError, KeyError, TypeError, AttributeError):
        return


def _text(path: Path) -> str:
    try:
        return text_of(path, errors="replace", most=_MOST_BYTES)
    except (OSError, ValueError):
        return ""


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
