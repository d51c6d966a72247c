"""Rules by shape: moments in the names of files that a run makes, listings of files, lines of a log."""

from __future__ import annotations

from .rules import Rule

_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?"
_STAMP = rf"\d{{4}}[-/]\d{{2}}[-/]\d{{2}}[T ]{{1,2}}{_CLOCK}(?: ?(?:Z|UTC|GMT|[+-]\d{{2}}:?\d{{2}}))?"
ANY_STAMP = (
    rf"(?:{_STAMP}|\d{{2}}[-/.]\d{{2}}[-/.]\d{{4}},? {_CLOCK}|(?:{_DAY},? )?{_MONTH} {{1,2}}\d{{1,2}},? "
    rf"(?:\d{{4}} )?{_CLOCK}"
    rf"(?: [A-Z]{{3,4}})?(?:,? \d{{4}})?|(?:{_DAY},? )?\d{{1,2}} {_MONTH} \d{{4}} {_CLOCK}(?: [A-Z]{{3,4}})?"
    r"|1[5-9]\d{8}(?:\d{3})?(?:\.\d{1,9})?(?![\d.]))"
)
_LEVEL = r"(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL|SEVERE)"
_SOURCE_FILE = r"[\w./\\-]{1,120}\.(?:py|pyx|java|scala|cc|cpp|cu|c|h|go|rs|js|ts|R|jl)"

# Where a run leaves what it makes.
_MADE = (
    r"\b(?:(?P<l>saved|saving|wrote|written|writing|exported|exporting|created|creating|logging|logged|dumped"
    r"|stored|storing|output|report|checkpoint|snapshot|backup|log)\b[^\n]{0,120}?"
    r"|(?:out|outputs?|logs?|runs?|results?|reports?|experiments?|checkpoints?|ckpts?|artifacts?|exports?"
    r"|tensorboard|tb_logs|lightning_logs|wandb|tmp|temp|multirun|ray_results|backups?)"
    r"[\\/][\w.\\/=-]{0,120}?)"
)

RULES: tuple[Rule, ...] = (
    Rule(  # a moment, a machine and a process make a name that no other run bears
        "timestamp",
        (".1",),
        r"(?<=[.\w])\.(?P<v>1[5-9]\d{8}\.[\w-]{1,63}(?:\.(?:local|lan|internal))?(?:\.\d{1,8}){1,2})"
        r"(?![\w-])",
    ),
    Rule(
        "timestamp",
        ("-",),
        r"(?<![\w.])(?P<v>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov"
        r"|Dec)\d\d_\d\d-\d\d-\d\d_[\w-]{1,63})(?![\w-])",
    ),
    Rule(
        "timestamp",
        ("-", "_", "/", "t"),
        rf"(?im){_MADE}(?<!\d)(?P<v>(?:19|20)\d\d(?P<d>[-_.]?)[01]\d"
        r"(?P=d)[0-3]\d(?:[-_T]|[/ ](?=\d\d[-_.:h]))"
        r"[0-2]\d(?P<e>[-_.:h]?)[0-5]\d(?P=e)[0-5]\d(?:[-_.]\d{3,6}(?!\d))?)(?!\d)",
        backing=lambda evidence: evidence.now,
    ),
    Rule(
        "timestamp",
        ("_1", "-1", "/1", ".1"),
        rf"(?im){_MADE}[_/.-](?P<v>1[5-9]\d{{8}}(?:\d{{3}})?)(?!\d)",
        backing=lambda evidence: evidence.now,
    ),
    Rule(
        "run-number",
        ("runs", "exp", "logs", "run"),
        r"(?i)\b(?:runs|lightning_logs|results|logs|outputs?)[\\/](?:\w{1,30}[\\/])?(?:train|val|predict"
        r"|exp|run|version"
        r"|detect|track|segment|trial)(?P<v>[_-]?\d{1,4})(?![\w])",
        silent=True,
    ),
    # Listings of files.
    Rule(
        "file-listing",
        ("/20", ".20", "-20"),
        r"(?m)^(?P<v>\d\d[/.-]\d\d[/.-]\d{4} {1,4}\d\d:\d\d(?: [AP]M)?) +(?:<DIR>|[\d.,]{1,20}) +\S",
    ),
    Rule(
        "file-listing",
        ("rw", "r-x"),
        r"(?m)^[-dlh][rwxsStT-]{9} (?P<v>[\w.-]{1,40}/[\w.-]{1,40}) +\d+ "
        r"(?P<v2>\d{4}-\d\d-\d\d \d\d:\d\d)(?= )",
    ),
    Rule(
        "file-listing",  # size, moment and name of a file, or moment, size and name
        ("-",),
        rf"(?m)^ *(?:\d{{1,15}} +)?(?P<v>\d{{4}}-\d\d-\d\d[T ]+{_CLOCK}Z?)(?= +"
        rf"(?:\d{{1,15}} +)?[\w./:-]{{1,200}}\.\w{{1,7}}$)",
        needs=lambda evidence: evidence.lists_files,
    ),
    Rule(
        "file-listing",
        ("modif", "mtime", "atime", "ctime", "accessed", "write"),
        rf"(?i)(?<![a-z])(?P<l>(?:last[ _-]?|date[ _-]?)?modified(?:[ _-](?:at|on|time|date))?"
        rf"|modification[ _](?:time|date)"
        rf"|st_[mac]time|[mac]time|last[ _-]?accessed|last[ _-]?write"
        rf"(?:[ _-]?time)?)[\"']?\s?[:=]?\s{{0,6}}[\"']?(?P<v>(?-i:{ANY_STAMP}))",
        backing=lambda evidence: evidence.now or evidence.lists_files,
    ),
    Rule(
        "timestamp",
        (
            "expire",
            "expiry",
            "valid until",
            "as of",
            "retrieved",
            "fetched",
            "exported",
            "cached",
            "next run",
            "since",
            "_at",
            "started",
            "finished",
            "ended",
            "rendered",
            "last_",
        ),
        r"(?i)(?<![a-z])(?P<l>started|finished|ended|expir(?:es|y|ation)(?: (?:at|on|date|time))?"
        r"|valid until|retrieved(?:[ _]"
        r"(?:at|on))?"
        r"|fetched(?:[ _](?:at|on))?|exported(?:[ _](?:at|on))?|cached(?:[ _]at)?|next run(?: at)?"
        r"|rendered(?:[ _](?:at|on))?"
        r"|(?:generated|saved|trained|evaluated|logged|executed|computed|started|finished|completed)[ _]"
        r"(?:at|on)"
        r"|last[ _](?:run|updated|refresh(?:ed)?|login|seen|sync(?:ed)?)(?:[ _]at)?|(?:run|boot)[ _]"
        r"(?:time|date|started)"
        rf"|(?:up|running|active) since)[\"']?\s?[:=]?\s{{0,6}}[\"']?(?P<v>(?-i:{ANY_STAMP}))",
        backing=lambda evidence: evidence.now,
    ),
    Rule(  # lines of a log, which a dash or a bar parts from their moment
        "timestamp",
        (" - ", " | ", "/"),
        rf"(?m)^(?P<v>{_STAMP}|\d\d:\d\d:\d\d(?:[.,]\d{{1,6}})?)(?= (?:-|\||::) +\S)"
        rf"|^(?P<v2>\d{{4}}/\d\d/\d\d {_CLOCK})(?= [^\s\d-])|^(?P<v3>\d{{4}}/\d\d/\d\d \d\d:\d\d:\d\d)"
        rf"(?= \d+ [a-z])",
        needs=lambda evidence: not evidence.touches_data,
    ),
    Rule(
        "timestamp",
        (" at ", " on "),
        r"(?i)\b(?P<l>start(?:ing|ed)|finish(?:ed|ing)|completed|launched|executed"
        r"|running)\b[^\n:]{0,40}? (?:at|on) "
        rf"(?P<v>(?-i:{ANY_STAMP}))",
        backing=lambda evidence: evidence.now,
    ),
    Rule(
        "timestamp",
        ("_time",),
        r"(?i)(?<![a-z])(?P<l>(?:start|end|creation|created|update|updated|last_update)_time)[\"']?\s?[:=]\s?"
        r"(?P<v>1[5-9]\d{8}(?:\d{3})?(?:\.\d{1,9})?)(?!\d)",
        backing=lambda evidence: evidence.now,
    ),
    Rule(
        "timing",
        ("s)", "s]"),
        r"(?im)[\[(](?P<l>fit|train|training|predict|took|load|query|build|compile|eval|inference"
        r"|sampling)(?: in)?[ :=]{1,2}"
        r"(?P<v>\d{1,9}\.\d{1,9} ?(?:ms|s|sec|seconds))[\])]",
        backing=lambda evidence: evidence.times,
    ),
    Rule(
        "timing",  # in brackets at the end of a line that tells of a piece of work
        ("s)", "s]", "min)"),
        r"(?im)^[^\n]{0,200}?\b(?:fit|fold|epochs?|steps?|iter\w{0,9}|train\w{0,4}|attempt|success|ok"
        r"|done|finished|completed"
        r"|load\w{0,3}|saved?|built|build|compil\w{0,4}|passed|failed|query|fetch\w{0,3}|download\w{0,3}"
        r"|task|job|batch|eval"
        r"|predict|auc|acc|accuracy|loss|score|etl|process\w{0,3})\b[^\n]{0,200}?[\[(]"
        r"(?:[^()\[\]\n]{0,40}[ ,=])?"
        r"(?P<v>\d{1,9}(?:\.\d{1,9})?(?:ms|s|min))[\])]\s*$",
        needs=lambda evidence: not evidence.words_seconds or evidence.times,
    ),
    Rule(
        "timestamp",  # of a server's log, and of the header of its answer
        ("[", "date:", "last-modified:", "expires:"),
        rf"\[(?P<v>\d\d/{_MONTH}/\d{{4}}[: ]{_CLOCK}(?: [+-]\d{{4}})?)\]"
        rf"|(?m:^[\s'\"<>]{{0,6}}(?:Date|Last-Modified|Expires)[\"']?: ?[\"']?"
        rf"(?P<v2>{_DAY}, \d\d {_MONTH} \d{{4}} {_CLOCK} GMT))",
    ),
    Rule(
        "timing",  # how long the run has lasted, before a line of its log
        ("[",),
        r"(?m)^\[ {0,12}(?P<v>\d{1,9}\.\d{1,6} ?(?:s|sec|ms)|(?<= )\d{1,9}\.\d{6})\](?= \S)",
    ),
    Rule(
        "timing",  # so many of them in so long
        (" in ",),
        r"(?m)^[^\n]{0,120}?\b\d[\d,]{0,12} (?:\w{1,20} ){0,2}(?:passed|failed|skipped|errors?|warnings?"
        r"|iterations?|nodes|rows"
        r"|records|files|packages|tests|items|modules|steps|epochs|documents|samples|batches|images"
        r"|requests|chunks|pages|queries"
        r"|trials|folds|messages|tokens|tables|columns|entries|features)\)? in (?P<v>\d{1,9}"
        r"(?:\.\d{1,9})? ?(?:ms|s|secs?|seconds))(?!\w)",
        needs=lambda evidence: not evidence.source or evidence.leaves_printing_to_others,
    ),
    Rule(
        "timestamp",  # a line that is nothing but a moment, as `date` writes it
        (":",),
        rf"(?m)^[ \t]{{0,20}}(?P<v>{_DAY} {{1,2}}(?:{_MONTH} {{1,2}}\d{{1,2}}|\d{{1,2}} {_MONTH}"
        rf"(?: \d{{4}})?) "
        rf"{_CLOCK}(?: [AP]M)?(?: [A-Z]{{2,5}})?(?: \d{{4}})?)[ \t]*$",
        needs=lambda evidence: not evidence.looks_up_data,
    ),
    Rule(
        "file-listing",  # what stat tells of a file besides its size and mode
        ("st_", "inode", "uid", "device:"),
        r"\bst_(?:ino|dev|uid|gid|nlink)=(?P<v>\d{1,20})|\b[Ii]node: ?(?P<v2>\d{1,20})|\b[UG]id: ?"
        r"(?P<v3>\( ?\d{1,9}/ ?[\w.-]{1,40}\))"
        r"|(?m:^ ?Device: ?(?P<v4>[\w/,]{1,30}))",
    ),
    Rule(
        "file-listing", ("access: ", "modify: "), rf"(?m)^ ?(?:Access|Modify|Change|Birth): (?P<v>{_STAMP})"
    ),
    # Lines of a log: where in a tool's own source it was written.
    Rule(
        "warning-location",
        tuple(f".{end}:" for end in ("py", "java", "scala", "cc", "cpp", "cu", "go", "rs", "js", "ts")),
        rf"(?m)^(?:\[?{_LEVEL}\b"
        rf"|[^\n]{{0,60}}?\d:\d\d[^\n]{{0,60}}?\b{_LEVEL}\b)[^\n]{{0,60}}?[\s\[(|:]{_SOURCE_FILE}:"
        rf"(?P<v>\d{{1,6}})(?=[\s\]):|])",
    ),
    Rule(
        "warning-location",
        ("] ",),
        rf"(?m)^[IWEF]\d{{4}} {_CLOCK}\s+\d+ {_SOURCE_FILE}:(?P<v>\d{{1,6}})(?=\])",
    ),
    Rule(
        "random-id",
        ("build ",),
        r"(?i)\bbuild (?P<v>(?=[0-9a-f]{0,40}\d)(?=[0-9a-f]{0,40}[a-f])[0-9a-f]{7,40}"
        rf"(?: \((?:{_STAMP}|\d{{4}}-\d\d-\d\d)\))?)(?!\w)",
        needs=lambda evidence: not evidence.digests,
    ),
)
