"""Lines that a tool prints or not as it likes: installers, downloads, hints. Installed versions still count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .evidence import Evidence
from .settings import CompareSettings

# Tools do not chatter at such length; the patterns below would take long to find that out.
_LONGEST_CHATTER = 1000

_INSTALLER = (
    r"(?:Collecting|Downloading|Using cached|Requirement already (?:satisfied|up-to-date)"
    r"|Installing collected packages"
    r"|Successfully (?:installed|built|uninstalled)|Attempting uninstall|Found existing installation"
    r"|Uninstalling"
    r"|Building wheels?|Stored in directory|Created wheel|Preparing metadata|Installing build dependencies"
    r"|Getting requirements|Looking in (?:indexes|links)|Defaulting to user|Not uninstalling|Can't uninstall"
    r"|Obtaining|Processing|Resolved \d+ packages?|Prepared \d+ packages?|Installed \d+ packages?"
    r"|Audited \d+ packages?"
    r"|Uninstalled \d+ packages?|Using Python|Saved |Running (?:command|setup\.py)|Cloning"
    r"|Note: you may need to restart"
    r"|Collecting package metadata|Solving environment|# All requested packages|Preparing transaction"
    r"|Verifying transaction|Executing transaction|Channels:|Platform:|\[notice\]|WARNING: (?:Running pip as"
    r"|You are using"
    r" pip|The scripts?|Retrying|There was an error checking)|You should consider upgrading"
    r"|Consider adding this directory"
    r"|[━╸╺ ]{10,}|\|[█▏▎▍▌▋▊▉ ]{8,}\|| - (?=[\w.-]+==)| \+ (?=[\w.-]+==)|Installed kernelspec"
    r"|Reading package lists|Reading state information|Building dependency tree|The following (?:NEW"
    r"|additional) packages"
    r"|Suggested packages|Recommended packages|Get:\d+ |Fetched \d|Need to get|After this operation"
    r"|Selecting previously"
    r"|Preparing to unpack|Unpacking |Setting up [\w.+:-]+ \(|[\w.+:-]{1,80} is already the newest version"
    r"|\d+ upgraded, \d+ newly installed|Processing triggers for|[a-z0-9][\w.+:-]{1,60}$)"
)
_DOWNLOAD = (
    r"(?:Downloading\b.*|Download(?:ed|ing) .*|Extracting\b.*|Fetching\b.*|Using downloaded.*"
    r"|.*\bfrom cache\b.*"
    r"|\S{1,200}: Skipping, found more recently.*|\s*\d{1,3}% [\d.]+[kMG]?/[\d.]+[kMG]? \[[^\]]{0,60}B/s\].*"
    r"|Files already downloaded.*|\[nltk_data\].*|\s*\d+/\d+ (?:\[=*\]|━+)[ -]+\d\w* \d\w+/step\s*$"
    r"|[^\s%|]{0,200}\s{0,4}\d{1,3}%\|[^|]{0,200}\|.*\d[kMG]?B/s.*"
    r"|[^\s%|]{1,200}\.(?:bin|json|txt|safetensors|model|gz|zip|tar|npz|csv|parquet|pt|pth|onnx"
    r"|h5): +\d+%\|.*)"
)
_OPTIONAL = (
    r"(?:The slowest run took .*|This could mean that an intermediate result.*|(?:Compiler|Parser) *: \d.*"
    r"|Matplotlib is building the font cache.*|Populating the interactive namespace.*"
    r"|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+: [IW] (?:tensorflow|external).*"
    r"|To enable the following instructions.*"
    r"|WARNING: All log messages before absl::InitializeLog.*|[IWE]0000 00:00:\d+.*"
    r"|\[LightGBM\] \[Info\] Auto-choosing .*|You can set `force_(?:row|col)_wise=true` to .*"
    r"|And if memory is not enough, you can set `force_col_wise=true`.*"
    r"|Mounted at /content/.*|Drive already mounted at /content/.*"
    r"|Setting default log level to .*|To adjust logging level use .*|Picked up _JAVA_OPTIONS.*)"
)


@cache
def _installer_line() -> re.Pattern[str]:
    return re.compile(r"\s{0,12}" + _INSTALLER)


@cache
def _one_sided() -> tuple[tuple[re.Pattern[str], str], ...]:
    return (
        (re.compile(r"\s{0,6}" + _DOWNLOAD), "download"),
        (re.compile(r"\s{0,6}" + _OPTIONAL), "optional-line"),
    )


@cache
def _version_patterns() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(
            r"(?m)^Requirement already (?:satisfied|up-to-date): ([A-Za-z][\w.-]*)(?![\w.-])[^\n]*"
            r"\(([\w.+!-]+)\)[^\S\n]*$"
        ),
        re.compile(r"(?m)^Setting up ([a-z0-9][\w.+-]*)(?::\w+)? \(([^()\s]+)\)"),
        re.compile(r"(?m)^([a-z0-9][\w.+-]*) is already the newest version \(([^()\s]+)\)"),
        re.compile(r"(?m)^ \+ ([A-Za-z][\w.-]*)==([\w.+!-]+)"),
    )


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text, from line start to line end, that may be absent on the other side."""

    start: int
    end: int
    name: str


def droppable(
    saved: str, replayed: str, evidence: Evidence, settings: CompareSettings
) -> tuple[list[Stretch], list[Stretch]]:
    """The lines of either text which the other lacks and need not have."""
    installs = settings.allows("installer") and (
        evidence.installs or _is_installer_output(saved) or _is_installer_output(replayed)
    )
    first = _candidates(saved, installs, settings)
    second = _candidates(replayed, installs, settings)
    frames = _superseded(saved, settings), _superseded(replayed, settings)
    if not any((first, second, *frames)):
        return [], []
    lines = (
        {_skeleton(line) for line in saved.splitlines()},
        {_skeleton(line) for line in replayed.splitlines()},
    )
    first = [part for part in first if _skeleton(saved[part.start : part.end]) not in lines[1]]
    second = [part for part in second if _skeleton(replayed[part.start : part.end]) not in lines[0]]
    # A tool that says something of the kind on both sides says something else.
    both = {_kind(part, saved) for part in first} & {_kind(part, replayed) for part in second} - {None}
    return (
        _merged([part for part in first if _kind(part, saved) not in both], frames[0]),
        _merged([part for part in second if _kind(part, replayed) not in both], frames[1]),
    )


@cache
def _frame() -> re.Pattern[str]:
    return re.compile(
        r"(?P<name>[^\n%|]{0,80}?)\s{0,80}(?:\d{1,3}%\|[^|\n]{0,200}\| )?(?P<done>\d{1,9})/(?P<total>\d{1,9})"
        r" (?:\[[=>.]{4,}\]|\[\d+:\d\d|━)"
    )


def _superseded(text: str, settings: CompareSettings) -> list[Stretch]:
    """Frames of a progress bar that stand on lines of their own, because no terminal drew over them."""
    if not settings.allows("progress-bar") or not ("%|" in text or "/" in text):
        return []
    found: list[Stretch] = []
    start = 0
    last: tuple[re.Match[str], int] | None = None
    for line in text.splitlines(keepends=True):
        match = _frame().match(line) if len(line) < _LONGEST_CHATTER else None
        if match and last and _is_later(last[0], match):
            found.append(Stretch(last[1], start, "progress-bar"))
        if match or line.strip():
            last = (match, start) if match else None
        start += len(line)
    return found


def _is_later(frame: re.Match[str], following: re.Match[str]) -> bool:
    same = frame["name"].strip() == following["name"].strip() and frame["total"] == following["total"]
    return same and int(frame["done"]) < int(following["done"])


def _merged(stretches: list[Stretch], frames: list[Stretch]) -> list[Stretch]:
    starts = {part.start for part in frames}
    return sorted(
        [*frames, *(part for part in stretches if part.start not in starts)], key=lambda part: part.start
    )


def _kind(part: Stretch, text: str) -> tuple[str, str] | None:
    words = text[part.start : part.end].split(None, 1)
    if part.name == "installer" or not words or words[0].startswith("["):
        return None
    return part.name, words[0]


def installed_versions(text: str) -> dict[str, str]:
    """Package name to version, of all packages which the text says are now installed."""
    versions: dict[str, str] = {}
    for pattern in _version_patterns():
        versions.update((_package(name), version) for name, version in pattern.findall(text))
    for line in re.findall(r"(?m)^[^\S\n]*Successfully installed ([^\n]+)", text):
        for item in line.split():
            name, _, version = item.rpartition("-")
            if name:
                versions[_package(name)] = version
    return versions


def _package(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _is_installer_output(text: str) -> bool:
    return (
        re.search(
            r"(?m)^(?:Collecting [\w.-]+|Requirement already satisfied: |Successfully installed )", text
        )
        is not None
    )


def _skeleton(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def _candidates(text: str, installs: bool, settings: CompareSettings) -> list[Stretch]:
    found: list[Stretch] = []
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        name = _name_of(line, installs)
        if name and settings.allows(name):
            found.append(Stretch(start, end, name))
        start = end
    return found


def _name_of(line: str, installs: bool) -> str:
    if len(line) > _LONGEST_CHATTER:
        return ""
    if installs and _installer_line().match(line):
        return "installer"
    for pattern, name in _one_sided():
        if pattern.match(line):
            return name
    return ""
