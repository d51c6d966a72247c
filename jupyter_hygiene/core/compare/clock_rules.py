"""Rules for text about time and speed: running times, time stamps of a run, rates, progress."""

from __future__ import annotations

import re
from functools import cache

from .rules import Rule

_UNIT = (
    r"(?:ns|nsec|µs|μs|us|usec|microseconds?|ms|msec|milliseconds?|s|secs?|seconds?|m|mins?|minutes?"
    r"|h|hrs?|hours?|d|days?)(?![\w/])"
)
_NUMBER = r"(?<![\d,])\d[\d,]{0,15}(?:\.\d{0,20})?(?:e[-+]?\d+)?"
_SPAN = rf"{_NUMBER}\s?{_UNIT}(?:(?:,? (?:and )?|[^\S ]?){_NUMBER}\s?{_UNIT}){{0,9}}"
_CLOCK_SPAN = r"(?:(?<!\d)\d{1,6} days?,? )?(?<!\d)\d{1,6}:\d\d(?::\d\d)?(?:\.\d+)?"
_CLOCK = r"\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?"
_STAMP = rf"\d{{4}}[-/]\d{{2}}[-/]\d{{2}}[T ]{_CLOCK}(?:\s?(?:Z|UTC|GMT|[+-]\d{{2}}:?\d{{2}}))?"
_SHORT_STAMP = rf"\d{{2}}[-/]\d{{2}}[-/]\d{{2,4}}[, ]+{_CLOCK}"
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_CTIME = (
    rf"(?:{_DAY},? )?(?:{_MONTH} {{1,2}}\d{{1,2}}(?:,? {_CLOCK}(?: [AP]M)?)?(?: [A-Z]{{2,5}})?,? \d{{4}}"
    rf"|\d{{1,2}} {_MONTH} \d{{4}}(?: {_CLOCK}(?: (?:GMT|UTC|[+-]\d{{4}}))?)?)"
)
_DATE = r"\d{4}[-/]\d{2}[-/]\d{2}(?![\d:])|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}"
_ANY_STAMP = (
    rf"(?:{_STAMP}|{_SHORT_STAMP}|{_CTIME}|(?:{_DATE})(?:(?:[ T,]+| at )\d{{1,2}}:\d{{2}})?|{_CLOCK})"
)
_LEVEL = r"(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL|SEVERE)"

_RUNNING = (
    r"(?:(?:total |average |avg\.? |mean )?(?:wall|cpu|run|running|execution|exec|compute|computation"
    r"|computing"
    r"|training"
    r"|train|fit|fitting|score|inference|prediction|predict|processing|loading|load|build|query|compile"
    r"|compilation"
    r"|startup|solve|solver|optimi[sz]ation|sampling|evaluation|eval|search|step|epoch|batch"
    r"|response)[ _-]?times?"
    r"|runtime|time (?:taken|elapsed|spent|used|cost|consumed)|elapsed(?: time)?|took|latency|eta"
    r"|total time(?==)"
    r"|(?:finished|done|completed|ran|trained|fitted|executed|built|compiled|loaded|solved|converged"
    r"|passed|failed"
    r"|processed|generated|computed|downloaded|saved|parsed|indexed|optimi[sz]ed|sampled|evaluated) (?:in"
    r"|after)"
    r"|completed? \(?\w* ?in|tests? in|remaining)"
)
_JOIN = (
    r"[\"']?(?: ?\([^()\n]{0,20}\))?(?: (?:is|was|of|for [^:\n\d]{0,40}))?"
    r"\s?[:=]{0,2}\s{0,12}(?:about |approximately |~\s?|≈\s?)?"
)

RULES: tuple[Rule, ...] = (
    Rule(  # which IPython leaves out where it is not known
        "timing", ("cpu times",), r"(?m)^(?P<v>CPU times: [^\n]*)$", where=(r"^Wall time: ",), silent=True
    ),
    Rule("timing", ("cpu times", "wall time"), r"(?m)^(?:CPU times|Wall time): *(?P<v>[^\n]*)"),
    Rule(
        "timing",
        ("per loop",),
        rf"(?:(?<![\d,])[\d,]{{1,15}} loops?, best of \d+: )?{_SPAN}(?: (?:±|\+/?-) {_SPAN})? per loop"
        r"(?: \(mean (?:±|\+/?-) std\. dev\. of \d+ runs?, [\d,]+ loops? each\))?",
    ),
    Rule("timing", ("real", "user"), r"(?m)^(?:real|user|sys)\s+(?P<v>\d+m[\d.]+s)\s*$"),
    Rule(
        "timing",
        ("fit_time", "runtime", "_time", "_per_second", "time_", "_seconds"),
        r"[\"'](?:\w{0,20}_)?(?:(?:fit|score|train|test|predict|eval|elapsed|wall|run|total|training"
        r"|inference|exec"
        r"|execution|cpu|refit|build|compile|load|epoch|step|batch)_(?:times?|seconds?)(?:_?(?:ms|s|sec"
        r"|seconds"
        r"|this_iter_s"
        r"|total_s))?|runtime|(?:samples|steps|tokens|it|iterations|examples)_per_second"
        r"|refit_time_)[\"']\s?:\s*"
        r"(?P<v>array\(\[[^\]]{0,20000}\]\)|\[[^\[\]]{0,20000}\]|(?:np\.float64\()?[\d.e+-]{1,30}\)?)",
    ),
    Rule(
        "progress-bar",
        ("|",),
        r"(?P<v>\|[ #█▏▎▍▌▋▊▉░▒▓\-=>0-9]{0,400}\|)(?=\s*[\d.]+[kMGT]?i?B?/[\d.?]+)",
    ),
    Rule(
        "timing",
        ("<", "/s", "s/"),
        r"\[(?P<v>\d+:\d\d(?::\d\d)?(?:<(?:\d+:\d\d(?::\d\d)?|\?))?,\s*[\d.?]+\s?(?:[kMGT]?i?\w{1,12}/s"
        r"|s/\w{1,12}))",
    ),
    Rule("timing", ("<",), r"\[(?P<v>\d+:\d\d(?::\d\d)?<(?:\d+:\d\d(?::\d\d)?|\?))"),
    Rule("progress-bar", ("[=", "[.", "[>", "[-", "[#"), r"(?P<v>\[[=>.#\- ]{8,200}\])"),
    Rule("progress-bar", ("━", "╸", "╺"), r"(?P<v>[━╸╺]{3}[━╸╺ ]{0,200}(?<! ))"),
    Rule(
        "timing",
        ("/step", "/epoch", "/sample", "] -", "━", "eta"),
        r"[\]━─╺╸]\s{1,2}(?:- )?(?P<v>(?:ETA: ?)?(?:\d+(?:ns|us|µs|ms|s|m|h)|\d+:\d\d(?::\d\d)?)"
        r"(?: \d+(?:\.\d+)?(?:ns|us|µs|ms|s)/(?:step|epoch|sample|batch))?)(?=\s|$)",
    ),
    Rule(
        "rate",
        ("/s", "s/", "flop"),
        r"(?<![\w.])(?P<v>[\d.,?]{1,20}\s?(?P<l>[kKMGT]?i?B/s(?:ec)?|[kKMGT]?i?[Bb]ps|[MGT]?FLOP/?[sS]"
        r"|(?:it|iters?|iterations?|samples?|steps?|batch(?:es)?|words|tokens?|toks?|examples?|images?"
        r"|imgs?|records?"
        r"|rows|docs|documents|sentences|frames|files|requests|reqs?|ops|epochs?|sequences|seqs?|trials?"
        r"|draws?)"
        r"/(?:s|sec|second)|(?:ns|us|µs|ms|s|secs?)/(?:it|iter|iteration|step|sample|batch|epoch|image|img"
        r"|token|example"
        r"|call|request|loop|file|word|trial|draw)))(?!\w)",
        backing=lambda evidence: evidence.times or evidence.memory,
    ),
    Rule(
        "timing",
        ("time", "took", "elapsed", " in ", " after ", "latency", "eta", "remaining"),
        rf"(?i)\b(?P<l>{_RUNNING}){_JOIN}(?P<v>{_SPAN}|{_CLOCK_SPAN}(?: ?[hms])?)",
        backing=lambda evidence: evidence.times,
    ),
    Rule(
        "timing",  # the same without a unit, where the words leave no doubt
        ("time", "elapsed", "runtime"),
        r"(?i)\b(?P<l>(?:wall|cpu|run|running|execution|exec|training|fit|inference)[ _-]time|runtime"
        r"|elapsed(?: time)?"
        rf"|time (?:taken|elapsed|spent)){_JOIN}(?P<v>\d+\.\d+(?:e-?\d+)?)(?![\w.])",
        backing=lambda evidence: evidence.times,
    ),
    Rule(
        "timing",  # a column of a training log
        ("time",),
        r"(?im)^[^\n]{0,200}?\b(?:epoch|step|iter|iteration|batch|fold|round|trial|episode)\b[^\n]{0,200}?"
        rf"\b(?P<l>time)\b[ :=]{{1,3}}(?P<v>{_SPAN}|\d+\.\d+(?![\w.]))",
        backing=lambda evidence: evidence.times,
    ),
    Rule(
        "timing",
        ("[",),
        r"\[\s*\d+/\d+ (?P<v>\d+:\d\d(?::\d\d)?(?: ?< ?[\d:?]+)?(?:, [\d.]+ it/s)?)(?=[,\]])",
    ),
    Rule("timing", (" - ",), r"(?m)^[ \t]{0,40}\d+/\d+ - (?P<v>\d+(?:ms|s|m)|\d+:\d\d)(?= - )"),
    Rule("timing", ("overhead of",), rf"overhead of [\w-]+ was (?P<v>{_SPAN})"),
    Rule(
        "timing",
        (" in ", " after ", "("),
        r"(?m)(?:\b(?:in|after) (?P<v>\d+\.\d+ ?(?:ms|s|secs?|seconds))(?=[\s.,;)!]|$)"
        r"|\((?P<v2>\d+\.\d+ ?(?:ms|s|secs?|seconds))\)\s*$)",
        needs=lambda evidence: evidence.leaves_printing_to_others,
    ),
    Rule(
        "timing",
        ("elapsed",),
        rf"(?i)(?P<v>{_SPAN}|{_CLOCK_SPAN})(?P<l> elapsed)\b",
        backing=lambda evidence: evidence.times,
    ),
    Rule(
        "timing",  # the cell holds a stop watch: a number with a unit of time is what it shows
        (),
        r"(?<![\w.])(?P<v>\d+\.\d+(?:e-?\d+)?\s?(?:ns|µs|us|ms|s|secs?|seconds?|mins?|minutes?)|\d+\s?"
        r"(?:ns|µs"
        r"|us|ms))"
        r"(?![\w/])",
        needs=lambda evidence: evidence.stop_watch or evidence.prints_timer,
    ),
    Rule(
        "timing",  # the same behind what the cell writes before it
        (),
        r"(?<![\w.])(?P<v>\d{1,9}\.\d{1,20}(?:e-?\d+)?|\d{1,2}:\d\d:\d\d(?:\.\d+)?)(?![\w.])",
        needs=lambda evidence: evidence.stop_watch,
        preceded=lambda evidence, before: evidence.shows_time_behind(before),
    ),
    Rule(
        "timing",
        (),
        r"(?<![\w.])(?P<v>\d{1,4} ?(?:h|hours?|m|min|minutes?),? (?:and )?\d{1,2}(?:\.\d{1,9})? ?(?:s"
        r"|secs?|seconds|min"
        r"|minutes?))(?!\w)",
        needs=lambda evidence: evidence.stop_watch,
    ),
    Rule(
        "timing",  # at the end of a line of a training log
        ("epoch", "step", "iter", "batch", "fold"),
        r"(?im)^\W{0,3}(?:epoch|step|iter|iteration|batch|fold)\b[^\n]{0,300}?[|,;]\s*"
        r"(?P<v>\d+(?:\.\d+)?\s?(?:ms|s|secs?|seconds))\s*$",
    ),
    Rule(
        "timing",
        ("allocation",),
        r"(?m)^[ \t]{0,40}(?P<v>\d+\.\d+ seconds \([^()\n]{1,120}allocations?: [^()\n]{1,120}\))",
    ),
    Rule(
        "timing",  # one running time held against another
        ("speed", "faster", "slower"),
        r"(?i)(?:speed-?up[^\n\d]{0,30}(?P<v>\d+(?:\.\d+)?) ?(?:x|×|times)?(?!\w)"
        r"|(?<![\d.])(?P<v2>\d{1,9}(?:\.\d{1,9})?) ?(?:x|×|times) (?:faster|slower|speed))",
        needs=lambda evidence: evidence.stop_watch,
    ),
    Rule(
        "timing",
        (),
        r"(?m)^[ \t]{0,40}(?P<v>\d+\.\d+(?:e-?\d+)?|\d:\d\d:\d\d\.\d+|datetime\.timedelta\([^)\n]*\))\s*$",
        needs=lambda evidence: evidence.prints_only_time,
    ),
    Rule(
        "timestamp",
        (":",),
        rf"(?m)^[\[(]?(?P<v>{_STAMP}|{_SHORT_STAMP}|{_CLOCK})[\])]?(?=[^\n]{{0,60}}?\b{_LEVEL}\b)",
    ),
    Rule(
        "timestamp",
        ("[",),
        rf"(?m)^\[(?:[IWEDCF] )?(?P<v>{_STAMP}|{_SHORT_STAMP}|{_CLOCK})\](?=:?\s+\S)",
    ),
    Rule("timestamp", (":",), rf"(?m)^(?P<v>{_STAMP})(?=: [IWEF] |\s+\([\d.]+ [KMG]?B/s\))"),
    Rule("timestamp", (":",), rf"(?m)^(?:[IWEF])(?P<v>\d{{4}} {_CLOCK}\s+\d+)(?= [\w./-]+:\d+\])"),
    Rule("timestamp", (",",), r"(?m)^(?P<v>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3})(?=\s)"),
    Rule("timestamp", (":",), rf"(?m)^\[?{_LEVEL}\]?[:\s|\[-]{{1,8}}(?P<v>{_STAMP}|{_CLOCK})"),
    Rule(
        "timestamp",
        ("=1",),
        r"[?&](?:t|ts|time|timestamp|_|v|cb|nocache|rand)=(?P<v>1[5-9]\d{8}(?:\d{3})?)\b",
    ),
    Rule("timestamp", ("[",), rf"(?m)^(?P<v>{_STAMP})(?= \[(?:debug|info|warning|error|critical) *\])"),
    Rule(
        "timestamp",
        ('"level', '"severity', "'level"),
        rf"[\"'](?:ts|time|timestamp|@timestamp|asctime)[\"']: ?[\"'](?P<v>{_STAMP})[\"']"
        r"(?=[^\n]{0,300}[\"'](?:level\w*|severity)[\"'])",
    ),
    Rule(
        "timestamp",
        (" ago", "just now"),
        r"(?i)\b(?:started|created|updated|modified|last (?:seen|run|login))\b[^\n\d]{0,12}?"
        r"(?P<v>just now|(?:an?|\d{1,4}) (?:second|minute|hour|day)s? ago)",
    ),
    Rule(
        "timing",
        ("time", "answer", "response", "reply", "wait", "gave up"),
        r"(?i)\b(?:timed? ?-?out|no (?:answer|response|reply)|waiting|waited|gave up)\b[^\n]{0,80}?"
        r"(?<![\w.])(?P<v>\d{1,9}\.\d{1,9} ?(?:ms|s|secs?|seconds))(?!\w)",
    ),
    Rule(
        "timing",  # Stan and unittest
        ("elapsed time:", "ran "),
        r"(?m)^(?: *Elapsed Time:[ \t]{0,40}|[ \t]{10,70})(?P<v>\d+\.\d+ seconds)(?= \((?:Warm-up|Sampling|Total)\))"
        r"|^Ran \d+ tests? in (?P<v2>\d+\.\d+s)$",
    ),
    Rule("timestamp", ("--",), rf"(?m)^--(?P<v>{_STAMP})--"),
    Rule("timestamp", ("no. observations",), rf"(?m)^Date:\s+(?P<v>{_DAY}, \d\d {_MONTH} \d{{4}})"),
    Rule("timestamp", ("no. observations",), rf"(?m)^Time:\s+(?P<v>{_CLOCK})"),
    Rule(
        "timestamp",
        (
            "updated",
            "generated",
            "started",
            "finished",
            "completed",
            "executed",
            "run ",
            "current",
            "today",
            "created at",
            "compiled",
            "report date",
            "build date",
        ),
        r"(?i)\b(?P<l>last (?:updated|run|executed|modified)|generated(?: on| at)?|started(?: on| at)"
        r"|finished(?: on| at)|completed (?:on|at)|executed(?: on| at)?|run (?:on|at|date|time)"
        r"|current (?:date|time|datetime)(?: and time)?(?: is)?|report (?:date|generated)|compiled (?:on|at)"
        r"|build date"
        rf"|created (?:on|at)|today(?:'s date)?(?: is)?)\s?[:=]?\s*(?P<v>(?-i:{_ANY_STAMP}))",
        backing=lambda evidence: evidence.now,
    ),
    Rule(
        "timestamp",  # the cell asks for the time
        (),
        r"(?<![0-9A-Za-z.])(?P<v>\d{4}-\d\d-\d\d[/_]\d\d-\d\d-\d\d"
        rf"|{_ANY_STAMP}|datetime\.(?:datetime|date|time)\([^()\n]{{3,60}}(?:\([^()\n]*\))?\)"
        rf"|1[5-9]\d{{8}}(?:\.\d+)?|\d{{8}}[-_T]\d{{4,6}}|datetime\.timedelta\([^()\n]*\))(?![0-9A-Za-z])",
        needs=lambda evidence: evidence.now,
        preceded=lambda evidence, before: not evidence.mixes_dates or evidence.shows_now_behind(before),
    ),
    Rule(
        "timestamp",
        (":",),
        r"(?<![\d:.])(?P<v>\d{1,2}:\d{2}(?: ?[AaPp][Mm])?)(?![\d:])",
        needs=lambda evidence: evidence.now_to_the_minute,
    ),
    Rule(
        "timestamp",  # the cell shows a part of today's date
        (),
        r"(?m)^[ \t]{0,40}(?P<v>\d{1,4})\s*$",
        needs=lambda evidence: evidence.shows_only_today,
    ),
)

TIMING_HEADER = (
    r"(?:(?:mean|std|avg|average|total|min|max|median)[_ ])?(?:fit|score|train|training|predict"
    r"|prediction|test"
    r"|elapsed"
    r"|wall|run|cpu|exec|execution|inference|compute|build|refit|processing)[_ ]?times?"
    r"(?:[_ ]?(?:[\[(]?(?:s|ms|sec|secs|seconds|min)[\])]?))?|time_taken|time taken|elapsed(?:[_ ](?:s|sec"
    r"|seconds))?"
    r"|runtime(?:_s)?|tt \(sec\)|(?:samples|steps)[_ ]per[_ ]second|wall[_ ]?clock|took|latency(?:_ms"
    r"| \(ms\))?"
)


_ROW = Rule(
    "timing",  # a row of a table
    ("time", "elapsed", "runtime"),
    rf"(?im)^[|│ ]{{0,4}}(?P<l>{TIMING_HEADER})(?P<v>(?:[ |│\t]{{1,30}}\d{{1,9}}\.\d{{1,9}}){{2,40}})[ |│\t]{{0,30}}$",
    backing=lambda evidence: evidence.times,
)
RULES = (_ROW, *RULES)


@cache
def timing_header() -> re.Pattern[str]:
    """The names of columns that hold running times."""
    return re.compile(TIMING_HEADER, re.IGNORECASE)
