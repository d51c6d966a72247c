"""Paths: what of them belongs to the machine, and what to the work."""

from __future__ import annotations

import re
from functools import cache

# So many components at the end of two paths make them the same file of one project.
_PROJECT_DEPTH = 3
# Or so many, where both begin in folders of which each machine has its own.
_MOUNT_DEPTH = 2
_MOUNTS = (
    r"(?i)/(?:home|users|root|mnt|media|volumes|srv|opt|data\d?|workspaces?|work|app|code|src|builds?"
    r"|scratch|lustre|gpfs"
    r"|nfs|dbfs|content|kaggle|notebooks?|projects?|github|runner|storage|export|share|var|usr|private"
    r"|drive|ml|s3)/|~/|[a-z]:/"
)


@cache
def _roots() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Patterns of machine-specific prefixes, what stands for them, and the normaliser that excuses them."""
    end = r"(?=/|$)"
    return (
        (re.compile(r"^.*/(?:site|dist)-packages" + end), "~PYTHON~", "machine-path"),
        (
            re.compile(r"^(?:/|[A-Za-z]:/)(?:.*/)?(?:lib/python\d[\d.]*|Lib)" + end),
            "~PYTHON~",
            "machine-path",
        ),
        (re.compile(r"^(?:/private)?/var/folders/[^/]+/[^/]+/T" + end), "~TMP~", "temp-path"),
        (re.compile(r"^(?:/private)?(?:/var)?/tmp" + end), "~TMP~", "temp-path"),
        (re.compile(r"^[A-Za-z]:/Users/[^/]+/AppData/Local/Temp(?:/\d+)?" + end, re.I), "~TMP~", "temp-path"),
        (re.compile(r"^[A-Za-z]:/(?:Windows/)?Temp" + end, re.I), "~TMP~", "temp-path"),
        (re.compile(r"^(?:/mnt/[a-z]|[A-Za-z]:)/Users/[^/]+" + end), "~HOME~", "machine-path"),
        (re.compile(r"^/(?:home|Users)/[^/]+" + end), "~HOME~", "machine-path"),
        (re.compile(r"^/root" + end), "~HOME~", "machine-path"),
        (re.compile(r"^~" + end), "~HOME~", "machine-path"),
        (re.compile(r"^/content(?:/(?:g?drive)/(?:MyDrive|My Drive))?" + end), "~HOME~", "machine-path"),
        (re.compile(r"^/kaggle/working" + end), "~HOME~", "machine-path"),
        (re.compile(r"^/workspaces?" + end), "~HOME~", "machine-path"),
    )


@cache
def _random_part() -> re.Pattern[str]:
    return re.compile(
        r"tmp[a-z0-9_]{6,10}|tmp(?=[a-z_]*\d)[a-z0-9_]{4,5}(?![\w])|ipykernel_\d+|pytest-of-\w+"
        r"|pytest-\d+|tmp\.\w{6,12}|Rtmp\w{6}"
        r"|(?=[a-f0-9]*\d)[a-f0-9]{8,64}|[a-f0-9]{8}-(?:[a-f0-9]{4}-){3}[a-f0-9]{12}"
        r"|\d{4,}(?=\.py$)|[\w-]{1,200}_(?=\w{0,200}\d)(?=\w{0,200}[a-z])[a-z0-9_]{8}"
    )


def canonical(path: str) -> tuple[str, str]:
    """The path with a sign for its machine-specific part, and the normaliser which that takes (or nothing)."""
    flat = path.replace("\\\\", "/").replace("\\", "/")
    for pattern, sign, normaliser in _roots():
        match = pattern.match(flat)
        if match:
            rest = flat[match.end() :]
            if normaliser == "temp-path":
                parts = [_without_randomness(part) for part in rest.split("/")]
                if "<random>" in parts[:-1]:
                    parts[-1] = re.sub(r"^(?=[a-z0-9_]*\d[a-z])[a-z0-9_]{4,10}(?=\.)", "<random>", parts[-1])
                rest = "/".join(parts)
            return sign + rest.rstrip("/"), normaliser
    return flat.rstrip("/") or flat, ""


def _without_randomness(part: str) -> str:
    match = _random_part().match(part)
    return "<random>" + part[match.end() :] if match and match.end() > 0 else part


def excused_by(saved: str, replayed: str, is_working_folder: bool = False) -> str | None:
    """The normaliser under which two different paths name the same thing, or None if they do not.

    ``is_working_folder``: the cell asks where it is, so that the whole path is the machine's.
    """
    first, first_name = canonical(saved)
    second, second_name = canonical(replayed)
    if first == second:
        return first_name or second_name or "machine-path"
    absolute = all(_is_absolute(path) for path in (saved, replayed))
    if not absolute:
        return None
    if is_working_folder:
        ends = first.rsplit("/", 1)[-1], second.rsplit("/", 1)[-1]
        are_files = all(re.search(r"\.\w{1,8}$", end) for end in ends)
        if ends[0] == ends[1] or (first_name and second_name and not are_files):
            return "machine-path"
    if first_name and second_name and first_name == second_name == "machine-path":
        shorter, longer = sorted((first, second), key=len)
        tail = shorter.split("/", 1)[1] if "/" in shorter else ""
        if tail and longer.endswith("/" + tail) and "~PYTHON~" not in (shorter[:8], longer[:8]):
            return "machine-path"
    # A project in somebody's home folder here, on a server there.
    is_one_home = (first_name == "machine-path") != (second_name == "machine-path") and not (
        first_name and second_name
    )
    at_python = "~PYTHON~" in (first[:8], second[:8])
    if is_one_home and not at_python and _common_tail(first, second) >= _PROJECT_DEPTH:
        return "machine-path"
    roots = [path.replace("\\", "/").split("/")[:2] for path in (saved, replayed)]
    if roots[0] != roots[1] and not at_python and all(_is_mount(path) for path in (saved, replayed)):
        return "machine-path" if _common_tail(first, second) >= _MOUNT_DEPTH else None
    return None


def _is_mount(path: str) -> bool:
    """Whether a path begins where machines keep disks, homes and projects."""
    return re.match(_MOUNTS, path.replace("\\", "/")) is not None


def _common_tail(saved: str, replayed: str) -> int:
    """How many components two paths have in common at their ends."""
    count = 0
    for first, second in zip(reversed(saved.split("/")), reversed(replayed.split("/")), strict=False):
        if first != second or not first:
            break
        count += 1
    return count


def _is_absolute(path: str) -> bool:
    return path.startswith(("/", "~", "\\\\")) or path[1:3] in (":\\", ":/")
