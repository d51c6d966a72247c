"""Columns that hold something of the run or the machine, by their headers and the shape of their values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from .clock_rules import TIMING_HEADER
from .evidence import Evidence
from .label_rules import HOST
from .shape_rules import ANY_STAMP

_NUMBER = r"\d{1,12}(?:[.,]\d{1,9})?(?:e[-+]?\d{1,3})?(?: ?(?:%|[KMGT]i?B|[KMG]|B))?"
_RANDOM = r"(?=[\w-]{0,80}\d)(?=[\w-]{0,80}[A-Za-z])[\w-]{6,80}"
_DAY = r"\d{4}-\d\d-\d\d|\d\d[/.-]\d\d[/.-]\d{4}"


@dataclass(frozen=True)
class ColumnKind:
    """Columns of these names: which normaliser excuses values of this shape, if the cell does not name them itself."""

    name: str
    headers: str
    values: str
    backing: Callable[[Evidence], bool] | None = None
    needs_backing: bool = False  # even where the cell does not name the column


_MOMENT_OF_FILE = ColumnKind(
    "file-listing",
    r"[mac]time|st_[mac]time|(?:last |last_|date |date_)?modified(?:[ _](?:at"
    r"|on|time|date))?"
    r"|modification[ _](?:time|date)|last[ _]?write[ _]?time|last[ _]?accessed",
    rf"{ANY_STAMP}|{_DAY}"
    rf"|\d{{4}}-\d\d-\d\d \d\d:\d\d",
    lambda evidence: evidence.lists_files or evidence.now,
)

_KINDS = (
    ColumnKind(
        "file-listing",
        r"uname|owner|grname|group",
        r"[\w.-]{1,40}",
        lambda evidence: evidence.lists_files,
        True,
    ),
    ColumnKind(
        "process-id",
        r"p?pid|tid|process[ _]id"
        r"|thread[ _]id",
        r"\d{1,16}",
        lambda evidence: evidence.pids,
    ),
    ColumnKind(
        "machine-state",
        r"hostname|nodename|(?:host|node|machine"
        r"|computer)[ _]name",
        r"[A-Za-z0-9][\w.-]{1,80}",
        lambda evidence: "gethostname" in evidence.source or "platform" in evidence.source,
    ),
    ColumnKind(
        "machine-state",
        r"host|node|machine|server|worker|container|pod|instance|executor",
        HOST,
        lambda evidence: False,
    ),
    ColumnKind(
        "machine-state",
        r"%?(?:cpu|mem|gpu)%?|(?:cpu|gpu|mem|memory)[ _](?:percent|util"
        r"(?:i[sz]ation)?|usage|load)(?: ?\(?%\)?)?"
        r"|gpu[ _]?temp(?:erature)?",
        _NUMBER,
        lambda evidence: evidence.memory,
    ),
    ColumnKind(
        "memory-use",
        r"rss|vsz|vms|uss|(?:peak|max|gpu|cuda)[ _](?:mem|memory|rss|vram)"
        r"(?:[ _]?\(?(?:mb|gb|mib|gib)\)?)?",
        _NUMBER,
        lambda evidence: evidence.memory,
    ),
    _MOMENT_OF_FILE,
    ColumnKind(
        "timestamp",
        r"(?:started|finished|run|logged|executed|exported|generated|scraped|fetched"
        r"|ingested|evaluated"
        r"|trained|retrieved)[ _](?:at|on)|last[ _]run|run[ _](?:time|date)stamp",
        ANY_STAMP,
        lambda evidence: evidence.now,
    ),
    ColumnKind(
        "random-id",
        r"(?:request|trace|span|correlation|container|worker|invocation)[ _]?(?:id"
        r"|uuid)|nonce",
        _RANDOM,
        lambda evidence: evidence.uuids,
    ),
    ColumnKind(
        "rate",
        r"throughput|fps|[wtqrsi]ps|(?:it|iters|samples|steps|tokens|rows|images|imgs|examples"
        r"|records|requests|req)"
        r"(?: ?/ ?|[ _]per[ _])s(?:ec(?:ond)?)?",
        _NUMBER,
        lambda evidence: evidence.times,
    ),
    ColumnKind("timing", TIMING_HEADER, r"\d{1,9}(?:\.\d{1,12})?(?:e[-+]?\d{1,3})?(?: ?(?:ms|s|min))?"),
    ColumnKind(
        "timing",
        r"time ?[\[(](?:s|ms|sec|secs"
        r"|seconds)[\])]",
        _NUMBER,
        lambda evidence: evidence.stop_watch,
        True,
    ),
    ColumnKind(
        "timing",
        r"uptime|idle"
        r"|eta",
        r"[\d:.]{1,20}(?: ?(?:days?|h|m|s|min|sec)\b.{0,30})?|just now|.{1,20} ago",
        lambda evidence: evidence.times or evidence.now,
    ),
)


@cache
def _headers(kind: ColumnKind) -> re.Pattern[str]:
    return re.compile(kind.headers, re.IGNORECASE)


@cache
def values_of(kind: ColumnKind) -> re.Pattern[str]:
    """What stands in a column of this kind."""
    return re.compile(kind.values)


@cache
def likely_header() -> re.Pattern[str]:
    """What a line holds in which a header of any kind stands."""
    return re.compile(
        r"(?i)\b(?:p?pid|tid|\w* ?id|host|node|machine|computer|server|worker|container|pod|instance"
        r"|executor|hostname"
        r"|nodename|cpu|mem|gpu|\w*_\w+|rss|vsz|vms|uss|peak|max|[mac]time|uname|owner|modified|modification|date"
        r"|last|lastwritetime"
        r"|accessed|run|nonce|etag|throughput|[a-z]ps|uptime|idle|eta|\w+/s)\b|%"
    )


def column_kind(header: str, neighbours: set[str], evidence: Evidence) -> ColumnKind | None:
    """What kind of volatile value stands below this header, beside columns of those names; None if it is data."""
    name = header.strip()
    lowered = name.lower()
    if (
        lowered == "date"
        and "name" in neighbours
        and neighbours & {"length", "size"}
        and "time" in neighbours
    ):
        return _MOMENT_OF_FILE
    for kind in _KINDS:
        if not _headers(kind).fullmatch(name):
            continue
        if kind.needs_backing and not (kind.backing and kind.backing(evidence)):
            continue
        written = re.search(rf"[\"'{{]{re.escape(name)}[\"'}}:]", evidence.source) is not None
        return None if written and kind.backing is not None and not kind.backing(evidence) else kind
    return None
