"""Rules by vocabulary: a label that names something of the run or the machine, and a value of fitting shape."""

from __future__ import annotations

import re

from .rules import Rule

# What stands between a label and its value: `host: x`, `host=x`, `'host': 'x'`, `host x`, `host is x`.
_JOIN = r"[\"']?(?: ?[:=] ?| is |[ \t]{1,12}|: )[\"'(<]?"

# Digits and letters mixed as nobody would write them by hand.
_HEX_RUN = r"(?=[0-9a-f]{0,40}\d)(?=[0-9a-f]{0,40}[a-f])[0-9a-f]{6,64}"
_MIXED_RUN = r"(?=[\w-]{0,80}\d[\w-]{0,80}[A-Za-z])(?=[\w-]{0,80}[A-Za-z])[A-Za-z0-9_-]{6,80}"
_MIXED_CASE_RUN = r"(?=\w{0,60}\d)(?=\w{0,60}[a-z])(?=\w{0,60}[A-Z])(?:[a-z]{2,8}[_-])?\w{8,60}"
_END = r"(?![\w-])"

# The names that machines bear: container ids, names with a hexadecimal part, names made of an address.
HOST = (
    r"(?:ip-\d{1,3}(?:-\d{1,3}){3}(?:\.[\w.-]{1,60})?"
    r"|(?:[a-z][a-z0-9]{0,30}-){1,5}(?:(?=[0-9a-f]{0,12}\d)(?=[0-9a-f]{0,12}[a-f])[0-9a-f]{6,12}"
    r"|(?=[0-9a-f]{0,10}\d)[0-9a-f]{8,10}-[0-9a-z]{5})"
    r"|(?=[0-9a-f]{0,64}\d)(?=[0-9a-f]{0,64}[a-f])[0-9a-f]{10,64}"
    r"|[A-Za-z][\w-]{0,40}\.(?:local|lan|internal|home|cluster))"
)
_PRIVATE_ADDRESS = r"(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?::\d{4,5})?"
_SIZE = r"\d[\d.,]{0,15}\s?(?:[KMGT]i?B|kB|[KMG])\b"
_STAMP_UNIT = r"(?:seconds?|secs?|minutes?|mins?|hours?|days?|weeks?)"
_DURATION = (
    r"(?:\d{1,6} days?,? ?)?(?:\d{1,6}:\d\d(?::\d\d)?(?:\.\d{1,9})?|\d{1,9}(?:\.\d{1,9})? ?(?:ms|s|secs?"
    r"|seconds?|m|mins?"
    r"|minutes?|h|hrs?|hours?|d|days?)(?:,? ?\d{1,9}(?:\.\d{1,9})? ?(?:ms|s|secs?|seconds?|m|mins?"
    r"|minutes?|h|hours?)){0,3})"
)

RULES: tuple[Rule, ...] = (
    # Ids of a run, a request, a worker.
    Rule(
        "random-id",
        ("id", "nonce", "token", "session", "run", "job", "task", "container", "worker", "build", "trace"),
        r"(?i)(?<![a-z])(?P<l>(?:request|trace|span|session|correlation|message|client|worker|container"
        r"|instance|connection|invocation|execution|deployment|build|task|job|run|experiment|trial"
        r"|artifact|kernel"
        r"|cluster|operation|upload|pod|actor|node|replica|agent|thread|pipeline|workflow|sweep|study"
        r"|batch|token|cookie|salt)"
        rf"(?:[ _-]?(?:id|uuid|guid))?){_JOIN}(?P<v>(?-i:{_HEX_RUN}|{_MIXED_CASE_RUN})){_END}",
        needs=lambda evidence: not evidence.digests,
        backing=lambda evidence: evidence.uuids or not evidence.touches_data,
    ),
    Rule(
        "random-id",
        ("nonce", "csrf", "token", "cookie", "_id", " id", "-id"),
        r"(?i)(?<![a-z])(?P<l>nonce|csrf(?:[ _-]?token)?|(?:access|auth|bearer|session|api"
        r"|refresh)[ _-]?token"
        r"|(?:request|trace|span|session|correlation|invocation)[ _-]?id)"
        rf"{_JOIN}(?P<v>(?-i:{_MIXED_RUN})){_END}",
        needs=lambda evidence: not evidence.digests,
        backing=lambda evidence: evidence.uuids or not evidence.touches_data,
    ),
    # Where it ran.
    Rule(
        "machine-state",
        ("host", "node", "machine", "server", "worker", "container", "pod", "instance", "computer"),
        r"(?i)(?<![a-z])(?P<l>host(?:[ _-]?name)?|node(?:[ _-]?name)?|machine(?:[ _-]?name)?|server"
        r"|worker|container|pod"
        rf"|instance|computer(?:[ _-]?name)?|executor){_JOIN}(?P<v>(?-i:{HOST})){_END}",
    ),
    Rule(
        "machine-state",
        ("hostname", "nodename", "host name", "node name", "machine name", "computer name", "node='"),
        r"(?i)(?<![a-z])(?P<l>hostname|nodename|(?:host|node|machine|computer)[ _-]name)"
        rf"{_JOIN}(?P<v>[A-Za-z][\w-]{{1,62}}){_END}(?![.])",
        backing=lambda evidence: "gethostname" in evidence.source or "platform." in evidence.source,
    ),
    Rule(
        "machine-state",
        ("node", "worker", "driver", "executor", "scheduler", "raylet", "head"),
        r"(?i)(?<![a-z])(?P<l>(?:local |head |worker )?(?:node|worker|driver|executor|scheduler|raylet)"
        r"(?:[ _-]?ip)?"
        rf"(?:[ _-]?address)?){_JOIN}(?P<v>{_PRIVATE_ADDRESS})(?![\w.])",
        backing=lambda evidence: False,
    ),
    Rule(
        "process-id",
        ("process ", "subprocess "),
        r"(?i)\b(?:sub)?process (?P<v>\d{3,8})(?= (?:started|finished|exited|spawned|forked|killed"
        r"|terminated|running|ended"
        r"|is (?:using|running)))",
    ),
    Rule(
        "process-id",
        ("tid", "thread id", "thread_id"),
        r"(?i)(?<![a-z])(?P<l>tid|thread[ _]id)[\"']?\s?[:=]\s?(?P<v>\d{2,16})\b",
        backing=lambda evidence: evidence.pids,
    ),
    Rule(
        "local-port",  # a port that the system chose
        ("port",),
        r"(?i)(?<![a-z])(?P<l>port)[\"']?\s?[:=]\s?(?P<v>(?:3[3-9]|[45]\d|6[0-5])\d{3})(?![\d.])",
        backing=lambda evidence: False,
    ),
    Rule(
        "process-id", ("thread-", "process-"), r"\b(?:Thread|(?:Fork|Spawn)?Process|Dummy)-(?P<v>\d{1,6})\b"
    ),
    Rule(
        "process-id",  # the number under which a queue took a job
        ("job", "task", "run", "query", "batch"),
        r"(?i)\b(?:submitted|queued|launched|enqueued|dispatched)\b[^\n\d]{0,20}?\b(?:job|task|run|batch"
        r"|query)(?: id)?[ #:]{1,3}"
        r"(?P<v>\d{4,12})\b",
    ),
    # What the machine is busy with.
    Rule(
        "machine-state",
        ("thread", "core", "processor", "worker", "cpu"),
        r"(?i)\b(?:using|with|on|up to|count was)\s(?P<v>\d{1,4}(?: \(of \d{1,4} available processors\))?)"
        r"(?= (?:(?:physical|logical|parallel|concurrent|cpu) )?(?P<l>threads?|cores?|processors?|cpus?"
        r"|workers)\b|$)",
        re.MULTILINE,
        backing=lambda evidence: evidence.machine,
    ),
    Rule(
        "machine-state",
        ("gpu", "cpu", "cuda", "fan", "device"),
        r"(?i)\b(?:gpu|cpu|cuda|device)\b[^\n]{0,80}?\b(?P<l>temp(?:erature)?|fan(?: speed)?|power"
        r"(?: draw)?|clock)"
        r"[ :=]{1,3}(?P<v>\d{1,5}(?:\.\d{1,3})? ?(?:°? ?C|W|%|[MG]Hz)?)(?!\w)",
        backing=lambda evidence: evidence.memory,
    ),
    Rule(
        "machine-state",
        ("util", "load", "usage"),
        r"(?i)\b(?:(?:gpu|cpu|cuda|device|memory|ram|disk)\b[^\n]{0,80}?)\b(?P<l>util(?:i[sz]ation)?|load"
        r"|usage)"
        r"[ :=]{1,3}(?P<v>\d{1,3}(?:\.\d{1,3})? ?%)",
        backing=lambda evidence: evidence.memory,
    ),
    Rule(
        "machine-state",
        ("ram", "swap", "disk", "memory", "storage"),
        r"(?i)\b(?P<l>(?:ram|swap|disk|virtual memory|system memory|storage)(?: space)?[ _-](?:used|free"
        r"|available|usage"
        rf"|in use))\s?[:=]?\s?(?P<v>{_SIZE})",
        backing=lambda evidence: evidence.memory,
    ),
    Rule(
        "machine-state",
        ("ram", "swap", "disk", "memory"),
        rf"(?i)(?P<v>{_SIZE})(?= (?:of )?(?:free|available|used) (?:ram|memory|swap|disk)\b)",
    ),
    Rule(
        "memory-use",
        ("mem",),
        r"(?i)(?<![a-z])(?P<l>(?:gpu|cpu|max|peak|cuda|used|alloc|proc|process|system|sys)_(?:mem|memory"
        r"|ram|vram)(?:_\w{1,12})?"
        r"|(?:mem|memory)_(?:used|usage|peak|alloc|allocated|reserved))[\"']?\s?[:=]\s?"
        r"(?P<v>\d[\d.,]{0,15}\s?(?:[KMGT]i?B|kB|[KMG]|%)?)(?!\w)",
        backing=lambda evidence: evidence.memory,
    ),
    # How long, how fast, how long ago.
    Rule(
        "timing",
        ("uptime", "age", "idle", "up for", "running for", "waiting", "slept", "ttl", "age:"),
        rf"(?i)\b(?P<l>uptime|age(?=\W{{1,3}}\d{{1,6}}:\d\d:\d\d)|up for|idle(?: time| for)?|running for"
        rf"|waited|waiting for|slept"
        rf"(?: for)?)\s?[:=]?\s{{0,4}}"
        rf"(?P<v>{_DURATION})(?!\w)",
        backing=lambda evidence: evidence.times or evidence.now,
    ),
    Rule(
        "timing",
        ("seconds", "secs", "minutes", "hours", "duration"),
        r"(?i)\b(?P<l>(?:billable|billed|training|elapsed|execution|processing|compute|wall)[ _]"
        r"(?:seconds|secs|minutes|hours"
        r"|duration))[\"']?\s?[:=]\s?(?P<v>\d{1,9}(?:\.\d{1,9})?)(?![\w.])",
        backing=lambda evidence: evidence.times,
    ),
    Rule(
        "timing",
        ("wall",),
        r"(?i)(?<![a-z])(?P<l>wall)[ :=]{1,3}(?P<v>\d{1,9}(?:\.\d{1,9})? ?(?:ms|s|secs?|seconds))(?!\w)",
        backing=lambda evidence: evidence.times,
    ),
    Rule(
        "rate",  # of what a library measured
        ("'speed'",),
        r"'(?P<l>speed)': (?P<v>\d{1,9}\.\d{3,20})(?!\d)",
        needs=lambda evidence: bool(evidence.source) and not evidence.looks_up_data,
        backing=lambda evidence: evidence.times,
    ),
    Rule(
        "timing",
        ("_time", " time", "-time"),
        r"(?i)(?<![a-z])(?P<l>(?:data|iter|iteration|batch|step|forward|backward|fwd|bwd|comm|io|fetch"
        r"|decode|encode"
        r"|preprocess|postprocess|optimizer|sync|queue|wait|gpu|rollout|sample|sampling|learn|env"
        r"|decision|solve"
        r"|setup|presolve|render|parse|save|write|read|upload|download|request|simulation)[ _-]time)"
        r"(?: ?\((?:m?s|sec|secs|seconds)\))?[\"']?\s?[:=]\s{0,4}(?P<v>\d{1,9}\.\d{1,12}(?:e-?\d+)?)"
        r"(?![\w.])",
        backing=lambda evidence: evidence.times,
    ),
    Rule(
        "rate",
        ("throughput", "fps", "bandwidth", "per s", "/s"),
        r"(?i)(?<![a-z])(?P<l>throughput|fps(?!=)|bandwidth|(?:it|iters?|iterations|steps|samples|tokens|rows"
        r"|images|examples"
        r"|records|frames|requests|words) ?(?:/|per) ?s(?:ec(?:ond)?)?(?:/\w{1,20})?)[\"']?"
        r"(?:\s?[:=]\s{0,6}|[ \t]{1,40}\|[ \t]{1,20})(?P<v>\d[\d,]{0,12}"
        r"(?:\.\d{1,9})?)(?![\w.])",
        backing=lambda evidence: evidence.times,
    ),
    Rule(
        "timing",  # a row of a table that the tool rules with bars
        ("time_elapsed", "elapsed", "wall_time", "runtime", "wall time"),
        r"(?im)^ *\| *(?P<l>time_elapsed|elapsed(?:[_ ]time)?|wall[_ ]time|runtime"
        r"|uptime) {1,40}\| {1,20}(?P<v>[\d.:]{1,20})(?= *\|)",
        backing=lambda evidence: evidence.times,
    ),
    Rule(
        "timestamp",
        (" ago", "just now"),
        rf"(?i)(?<![\w.])(?P<v>just now|(?:an?|a few|about an?|\d{{1,4}}) {_STAMP_UNIT})(?P<l> ago)\b",
        backing=lambda evidence: evidence.now,
    ),
    Rule(
        "random-id",
        ("seed",),
        r"(?i)\b(?P<l>seed)(?: set to| is|:|=)? ?(?P<v>\d{6,20})(?![\w.])",
        backing=lambda evidence: False,
    ),
)
