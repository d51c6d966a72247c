"""What a cell's source says of its output: whether it reads the clock, lists a folder, asks for ids and so on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_TIMES = (
    r"\btime\(\)|perf_counter|process_time|monotonic|\btimeit\b|default_timer|%%?time\b|%%?timeit\b"
    r"|\btic\b|\btoc\b"
    r"|\belapsed\b|\bstart_?time\b|-\s*start\b|\bstart\s*=\s*\w*\.?(?:time|perf|mono|now)|\bt0\b|\bt1\b"
    r"|\btimer\b|\bt_start\b|proc\.time|system\.time|tick\(\)"
    r"|\.now\(|Sys\.time|\bruntime\s*=|\b(?:fit|train|training|run|exec|execution|inference)_time\b"
    r"|\btook\b(?!\s+[{%\d])"
)
_STOP_WATCH = (
    r"\btime\.time\(\)|perf_counter|process_time|monotonic|default_timer|timeit\.|\btimed\("
    r"|\b[Tt]imer\(|[Ss]top_?[Ww]atch|\bbench(?:mark)?\w*\(|proc\.time|[^.\w]time\(\)"
)
_TIMER_SHOWN = (
    r"\{\s*(?:t\d|dt|elapsed\w*|took|\w*_elapsed|(?:t_?)?(?:end|stop|toc)\s*-\s*\w+|seconds|secs"
    r"|(?:fit|train|training|run|exec|execution|inference|wall|cpu)_?time)\s*(?::[^{}]*)?\}\s?"
    r"(?:ns|us|µs|ms|s|secs?|seconds)\b"
)
_TIME_SHOWN = r"elapsed|time|perf_counter|\bstart|\bt0\b|\bt1\b|\bdt\b|duration|\btoc\b|\btook\b|\bseconds\b"
_TIME_ATTRIBUTE = (
    r"^[^#]*\w\)?\.(?:\w+_time_|(?:refit|fit|wall|cpu|exec|execution|training|elapsed|solver?|compute"
    r"|inference)_time"
    r"|elapsed(?:_s|_ms|_seconds)?|Runtime|interval|time_taken)\b\W{0,4}$"
)
_NOW = (
    r"\.now\(|\.today\(|utcnow|\bctime\(|(?<![\w.])(?:time\.)?strftime\([^,()]{0,80}\)|asctime\(\)|(?:localtime|gmtime)\(\)|Sys\.time|Sys\.Date"
    r"|time\.time\(\)"
    r"|(?m:^[ \t]{0,40}![ \t]{0,9}date\b)|%watermark|(?m:^[ \t]{0,40}%%bash)[^\n]*\n(?:.*\n){0,60}?date\b"
    r"|Timestamp\.now|to_datetime\(['\"]now"
    r"|getmtime|st_mtime"
)
_NOW_CALL = r"now\(|today\(|utcnow\(|strftime\(|ctime\(|asctime\(|localtime\(|gmtime\("
_DATES_OF_DATA = r"\.(?:max|min|first|last|idxmax|idxmin|mode)\(|\.index\[|\.dt\b|\bdf\b|\.date\b(?!\()"
_TODAY = r"(?:today|now|utcnow)\(\)\.(?:year|month|day|hour|minute|second|weekday\(|isoweekday\(|toordinal\()"
_LISTING = (
    r"\blistdir\b|\bglob\b|\biglob\b"
    r"|\brglob\b|\biterdir\b|\bscandir\b|os\.walk|!\s*find\b|!\s*ls\b[^\n]{0,200}-\w{0,20}[Uf]"
)
_FILES = (
    r"st_mtime|getmtime|os\.stat\b|\.stat\(|(?m:^[ \t]{0,40}!\s*(?:dir|ls|tree|unzip|tar|zipinfo|stat"
    r"|find|du|aws|gsutil|az|hdfs"
    r"|hadoop|s3cmd)\b)|file\.info\(|\bprintdir\(|\bls\("
)
_IDS = r"(?<![\w.])id\s*\("
_HASH = r"(?<![\w.])hash\s*\("
_UUIDS = r"uuid|token_hex|token_urlsafe|\bsecrets\b|run_id|\.info\.|start_run|mlflow|wandb"
_DATA_LOOKUP = r"\.i?loc\b|\.i?at\[|\w\[['\"]\w+['\"]\]|\.head\(|\.sample\(|\bread_\w+\(|\.unique\("
_DATA = r"\bdf\w{0,9}\b|\brows?\b|\brecords?\b|\.i?loc\b|\[['\"]\w"
_PIDS = (
    r"getpid|getppid|current_process|\bPopen\b|multiprocessing|psutil|subprocess|\b(?:p|proc"
    r"|process)\.pid\b|get_ident|native_id|%%(?:bash|sh)\b[^\n]{0,200}--bg"
    r"|(?m:^[ \t]{0,40}![^\n]*&[ \t]*$)"
)
_ASKS_PID = (
    r"getp?pid\(|\b(?:p|proc|process)\.pid\b|current_process\(\)\.(?:pid|ident)|--bg"
    r"|(?m:^[ \t]{0,40}![^\n]*&[ \t]*$)"
)
_MEMORY = (
    r"psutil|getrusage|tracemalloc|memory_info|\brss\b|%%?memit|memory_profiler|virtual_memory"
    r"|memory_allocated"
    r"|max_memory|\bresource\b|\bfree\b|nvidia-smi|GPUtil|mem_get_info|\.info\(|nvml"
)
_MEMORY_METER = (
    r"psutil|tracemalloc|getrusage|memory_info\(|virtual_memory|memory_allocated|memory_reserved|mem_get_info"
    r"|max_memory"
)
_MEMORY_OF_DATA = r"memory_usage\(|getsizeof|\.nbytes"
_INSTALLS = (
    r"\bapt(?:-get)?\s+(?:-\w+\s+){0,10}install\b|"
    r"\bpip3?\s+install\b|\bconda\s+install\b|%pip\b|%conda\b|\bmamba\s+install\b|\buv\s+pip\b"
)
_DIGESTS = (
    r"hashlib|crc32|adler32|\bmd5|\bsha\d|checksum|digest|uuid5|uuid3|hexlify|\bhex\(|git\s+(?:rev-parse|log)"
)
_WHERE = (
    r"getcwd|\bcwd\b|abspath|realpath|\.resolve\(|!\s*pwd\b"
    r"|%pwd|%cd\b|__file__|expanduser|sys\.(?:path|executable|prefix)|\bwhich\b|\$PATH\b"
)
_MACHINE = r"cpu_count\(|\bnproc\b|process_cpu_count|sched_getaffinity"
_MACHINE_NAME = r"\bwhoami\b|(?<!\w)hostname\b|gethostname\(|getuser\(|getlogin\(|platform\.node\("
_UNORDERED = (
    r"\bas_completed\(|imap_unordered\(|\blist\(\s*set\(|\bin\s+set\(|\*set\(|join\(\s*set\("
    r"|\[[^\[\]]*\bin\s+set\("
)
# How long the words before a value may be, and how many names a cell may keep such values under.
_LONGEST_LABEL = 80
_MOST_NAMES = 50
_SORTED = r"\bsorted\(|\.sort\(|sort_values|\bnatsorted\(|\|\s*sort\b"


@dataclass(frozen=True)
class Evidence:
    """What the source of a cell makes likely. All false where there is no source."""

    source: str = ""
    times: bool = False
    stop_watch: bool = False
    prints_only_time: bool = False
    prints_timer: bool = False
    now: bool = False
    listing: bool = False
    lists_files: bool = False
    ids: bool = False
    hashes: bool = False
    uuids: bool = False
    looks_up_data: bool = False
    pids: bool = False
    memory: bool = False
    memory_of_data: bool = False
    memory_meter: bool = False
    installs: bool = False
    digests: bool = False
    where: bool = False
    machine: bool = False
    machine_name: bool = False
    shows_only_machine: bool = False
    asks_pid: bool = False
    shows_only_today: bool = False
    lists_a_set: bool = False
    is_sorted: bool = False

    @property
    def touches_data(self) -> bool:
        """Whether the cell looks into a table or a record."""
        return self.looks_up_data or re.search(_DATA, self.source) is not None

    @property
    def now_to_the_minute(self) -> bool:
        """Whether the cell shows the time of the day without seconds."""
        return self.now and re.search(r"%[HI]:%M(?!:%S)", self.source) is not None

    @property
    def mixes_dates(self) -> bool:
        """Whether the cell asks for the time and, as it seems, shows dates of its data too."""
        return self.now and (self.looks_up_data or re.search(_DATES_OF_DATA, self.source) is not None)

    def shows_now_behind(self, before: str) -> bool:
        """Whether the text before a value is what the cell writes before the time for which it asks."""
        return _ends_with(before, _labels_of_now(self.source))

    def shows_time_behind(self, before: str) -> bool:
        """Whether the text before a value is what the cell writes before a running time that it took."""
        return self.stop_watch and _ends_with(before, _labels_of_times(self.source))

    @property
    def words_seconds(self) -> bool:
        """Whether the cell itself writes a unit of time behind a number, so that the number may be its data."""
        return re.search(r"(?:s|sec|secs|seconds|ms)\)(?:[\"'\\]|$)", self.source) is not None

    @property
    def leaves_printing_to_others(self) -> bool:
        """Whether a library or a function from elsewhere words what the cell prints, or the cell times something."""
        return self.times or (bool(self.source) and "print" not in self.source)

    def prints_itself(self, label: str) -> bool:
        """Whether this very cell writes this label, so that a library does not."""
        wanted = label.strip()
        return bool(wanted) and wanted in self.source


def _ends_with(before: str, labels: frozenset[str]) -> bool:
    """Whether a text ends with one of the labels, quotes and brackets apart."""
    told = before.rstrip(" '\"(")
    return any(told[-length:] in labels for length in range(1, min(len(told), _LONGEST_LABEL) + 1))


@lru_cache(maxsize=256)
def _labels_of_now(source: str) -> frozenset[str]:
    """What the source writes right before a moment for which it asks, without blanks at the end."""
    named = set(re.findall(rf"(?m)^[ \t]*(\w{{1,60}})\s?=[^=\n]{{0,200}}?(?:{_NOW_CALL})", source))
    asks = (
        rf"(?:[^\n\"'{{}},]{{0,60}}?(?:{_NOW_CALL})"
        + "".join(rf"|(?:str\()?{name}\b" for name in sorted(named)[:_MOST_NAMES])
        + ")"
    )
    labels = re.findall(rf"[\"']([^\"'\n{{}}]{{1,80}})[\"']\s?[,+%]\s?{asks}", source)
    labels += re.findall(rf"([^\"'\n{{}}]{{1,80}})\{{{asks}", source)
    return frozenset(label.rstrip() for label in labels if label.strip())


@lru_cache(maxsize=256)
def _labels_of_times(source: str) -> frozenset[str]:
    """The same for the readings of a stop watch, and for differences and quotients of them."""
    names = set(re.findall(rf"(?m)(?:^|;)[ \t]*(\w{{1,60}})\s?=[^=\n;]{{0,200}}?(?:{_STOP_WATCH})", source))
    for _ in range(2):
        for name, value in re.findall(r"(?m)(?:^|;)[ \t]*(\w{1,60})\s?=\s?([^=\n;]{1,120})$", source):
            words = set(re.findall(r"[A-Za-z_]\w*", value)) - {
                "round",
                "abs",
                "min",
                "max",
                "sum",
                "len",
                "float",
            }
            if words and words <= names:
                names.add(name)
    asks = rf"(?:[^\n\"'{{}},]{{0,60}}?(?:{_STOP_WATCH})"
    asks += "".join(rf"|(?:(?:str|round)\()?{re.escape(name)}\b" for name in sorted(names)[:_MOST_NAMES])
    asks += ")"
    labels = re.findall(rf"[\"']([^\"'\n{{}}]{{1,80}})[\"']\s?[,+%]\s?{asks}", source)
    labels += re.findall(rf"([^\"'\n{{}}]{{1,80}})\{{{asks}", source)
    return frozenset(label.rstrip() for label in labels if re.search(r"[^\W\d]", label))


@lru_cache(maxsize=256)
def evidence_of(source: str) -> Evidence:
    """Read the source of a cell."""
    text = source[:200_000]
    if not text.strip():
        return Evidence()

    def says(pattern: str) -> bool:
        return re.search(pattern, text) is not None

    return Evidence(
        source=text,
        times=says(_TIMES),
        stop_watch=says(_STOP_WATCH),
        prints_only_time=(says(_STOP_WATCH) and _shows_only(text, _TIME_SHOWN))
        or _shows_only(text, _TIME_ATTRIBUTE),
        prints_timer=says(_TIMER_SHOWN) and not says(r"\bdt\s*=\s*[\d.]+\s*(?:#|$|\n)"),
        now=says(_NOW),
        listing=says(_LISTING),
        lists_files=says(_FILES),
        ids=says(_IDS),
        hashes=says(_HASH),
        uuids=says(_UUIDS),
        looks_up_data=says(_DATA_LOOKUP),
        pids=says(_PIDS),
        memory=says(_MEMORY),
        memory_of_data=says(_MEMORY_OF_DATA),
        memory_meter=says(_MEMORY_METER),
        installs=says(_INSTALLS),
        digests=says(_DIGESTS),
        where=says(_WHERE),
        machine=says(_MACHINE),
        machine_name=_shows_only(text, _MACHINE_NAME),
        shows_only_machine=_shows_only(text, _MACHINE),
        asks_pid=says(_ASKS_PID),
        shows_only_today=_shows_only(text, _TODAY),
        lists_a_set=says(_UNORDERED),
        is_sorted=says(_SORTED),
    )


def _shows_only(source: str, pattern: str) -> bool:
    """Whether all that the cell prints, or its last expression, is of this kind."""
    lines = [line for line in source.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    shown = [line for line in lines if re.search(r"\bprint\s*\(", line) or line.lstrip().startswith("!")]
    last = lines[-1] if lines else ""
    if not last.startswith((" ", "\t", "print", "!")) and not re.match(r"[\w.,\s]+=(?!=)", last):
        shown.append(last)
    return bool(shown) and all(re.search(pattern, line) for line in shown)
