"""Rules for text about the machine: memory in use, folders listed in long form, where a warning arose."""

from __future__ import annotations

from .rules import Rule

_SIZE = r"\d[\d.,]{0,20}\+?\s?(?:[KMGT]i?B|kB|bytes|[KMG])\b"
_LONG_LISTING = r"[-dlcbps][rwxsStT-]{9}[.+@]?\s+\d+\s+"

RULES: tuple[Rule, ...] = (
    Rule(
        "memory-use",
        ("mem", "rss", "heap", "vram", "increment"),
        r"(?i)\b(?P<l>(?:peak |process |gpu |cuda |system |resident |max )?(?:memory|mem|vram|heap)(?: usage"
        r"| used| use| footprint"
        r"| allocated| reserved| consumption| increase)?|rss(?: memory)?|max ?rss|increment|allocated"
        r"|reserved)"
        rf"(?: ?\([^()\n]{{0,20}}\))?\s?[:=]?\s*(?:is |was |of )?(?P<v>(?-i:{_SIZE}))",
        backing=lambda evidence: evidence.memory and not evidence.memory_of_data,
    ),
    Rule(
        "memory-use",
        ("mem", "rss"),
        r"(?i)\b(?:memory|mem|rss)\b[^\n\d]{0,30}(?P<v>\d+(?:\.\d+)?)(?![\w.])",
        needs=lambda evidence: evidence.memory and not evidence.memory_of_data,
    ),
    Rule(
        "memory-use",  # the cell reads a meter
        (),
        r"(?i)\b(?:peak|current|allocated|cached|reserved|used|free|available|total|rss|vms|uss|memory"
        r"|mem|max|heap|ram"
        rf"|before|after|delta|increase|usage)\b[^\n\d]{{0,30}}(?P<v>(?-i:{_SIZE}))",
        needs=lambda evidence: evidence.memory_meter and not evidence.memory_of_data,
    ),
    Rule(
        "file-listing",
        ("rw", "r-x"),
        rf"(?m)^(?:{_LONG_LISTING})(?P<v>\S+\s+\S+)\s+[\d.,]+[KMGT]?\s+"
        r"(?P<v2>[A-Z][a-z]{2}\s+\d{1,2}\s+(?:\d{1,2}:\d{2}|\d{4})|\d{1,2}\s+[A-Z][a-z]{2}\s+\d{1,2}:\d{2}"
        r"|\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2}\S*)?)(?=\s)",
    ),
    Rule(
        "file-listing",
        ("drwx", "dr-x"),
        r"(?m)^d[rwxsStT-]{9}[.+@]?\s+(?P<v>\d+)\s+\S+\s+\S+\s+(?P<v2>[\d.,]+[KMGT]?)\s",
    ),
    Rule("file-listing", ("total",), rf"(?m)^total (?P<v>[\d.,]+[KMGT]?)$(?=\n{_LONG_LISTING})"),
    Rule(
        "warning-location", ("warning:",), r"(?m)^(?P<v>(?:[^\s:][^\n]{0,400}?)?:\d+): (?=\w*Warning:(?: |$))"
    ),
    Rule(
        "warning-location",
        ("triggered internally",),
        r"\(Triggered internally at +(?P<v>[^() \n][^()\n]{0,299}:\d+)",
    ),
    Rule(
        "warning-location",  # the line of source that Python quotes below a warning
        ("warning: ",),
        r"(?m)^[^\s:][^\n]{0,400}?:\d+: \w*Warning: [^\n]*\n"
        r"(?:(?! {2}\S)(?![^\n]{1,400}:\d+: \w*Warning: )[^\n]*\n){0,12}"
        r"(?P<v> {2}\S[^\n]*)",
        silent=True,
    ),
    Rule(
        "traceback-format",  # of a traceback that was printed
        ('file "',),
        r"(?m)^ {1,8}File \"[^\"\n]{1,300}\", line (?P<v>\d+)(?=, in )",
    ),
    Rule(
        "traceback-format",  # the markers below a line of code, which older releases do not print
        ("traceback (most recent",),
        r"(?m)^ {4,}(?P<v>[~^]+)$",
        silent=True,
    ),
    Rule(
        "traceback-format",  # what newer releases of Python add to a message
        ("did you mean", "did you forget"),
        r"(?P<v>\.? (?:Did you mean: (?P<c>'[^'\n]{1,80}')|(?:Or did"
        r"|Did) you forget to import '[^'\n]{1,80}')\?)",
        silent=True,
    ),
    Rule(
        "traceback-format",
        ("() missing", "() got", "() takes"),
        r"(?<![\w.])(?P<v>(?:[A-Za-z_]\w*\.)+)(?=\w+\(\) (?:missing|got|takes) )",
        silent=True,
    ),
)
