"""Rules for what well-known tools print: downloads, profilers, boosting libraries, the state of the machine."""

from __future__ import annotations

from .rules import Rule

_SPAN = r"(?<![\d.])[\d.]{1,20} ?(?:ns|us|µs|ms|s|m|min|h)(?: ?[\d.]{1,20} ?(?:us|µs|ms|s|m|min))*"
_SIZE = r"(?<![\d.])[\d.]{1,20} ?(?:[KMGT]i?B|bytes)"
_ADDRESS = r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]{3,39}"

RULES: tuple[Rule, ...] = (
    # Downloads: addresses of servers, and the speed columns of curl and wget.
    Rule(
        "download",
        ("resolving ",),
        rf"(?m)^Resolving [\w.-]+ \([\w.-]+\)\.\.\. (?P<v>(?:{_ADDRESS})(?:, (?:{_ADDRESS}))*(?:, \.\.\.)?)",
    ),
    Rule("download", ("connecting to ",), rf"(?m)^Connecting to [^|\n]{{1,200}}\|(?P<v>{_ADDRESS})\|:"),
    Rule(
        "rate",
        ("%[",),
        r"(?m)%\[[=> +<-]{0,200}\]\s+[\d.,]+[KMG]?\s+(?P<v>(?:[\d.]+|--\.-)[KMG]?B/s\s+(?:in"
        r"|eta) [\d.hm ]{1,40}s?)[^\S\n]{0,200}$",
    ),
    Rule(
        "rate",
        ("--:--", "100 "),
        r"(?m)^ *\d{1,3} +[\d.]+[kMG]? +\d{1,3} +[\d.]+[kMG]? +\d+ +\d+ +"
        r"(?P<v>[\d.]+[kMG]? +\d+[kMG]? +[-\d:]{7,8} +[-\d:]{7,8} +[-\d:]{7,8} +[\d.]+[kMG]?)\s*$",
    ),
    Rule(
        "timing",
        ("packages in", "package in"),
        r"(?m)^[ \t]{0,40}(?:Audited|Resolved|Prepared|Installed|Uninstalled|Built"
        r"|Downloaded) \d+ packages? in "
        rf"(?P<v>{_SPAN})",
    ),
    # Progress.
    Rule(
        "timing",
        ("━", "╸", "─"),
        r"[━╸╺─]\s+(?:\d{1,3}%|[\d.,]+/[\d.,]+(?: ?[kMGT]?i?B)?|\s)*(?:[\d.]+ [kMGT]?i?B/s)?\s*(?:eta )?"
        r"(?P<v>\d+:\d\d:\d\d|-:--:--)",
    ),
    Rule("timing", ("#|", "█|", " |"), r"[█#▉]\| (?P<v>\d\d:\d\d(?::\d\d)?) "),
    Rule(
        "timing",
        ("done", "finished", "complete", "ready"),
        r"(?i)\b(?P<l>done|finished|completed?|ready)[!.,:]{0,3} (?:in )?\(?(?P<v>\d+\.\d+ ?(?:ms|s|secs?"
        r"|seconds|min))"
        r"\)?(?=[\s.,;)]|$)",
        backing=lambda evidence: evidence.times,
    ),
    Rule(
        "timing",  # fastai's table
        ("train_loss",),
        r"(?m)^\d+(?: +(?:\d+\.\d+|nan|None))+ +(?P<v>\d+:\d\d(?::\d\d)?) *$",
    ),
    Rule("progress-bar", ("|█",), r"\|(?P<v>[█▏▎▍▌▋▊▉ ]{3,200})\|(?= \()"),
    # Training logs.
    Rule(
        "timing",
        ("remaining:",),
        rf"\btotal: (?P<v>{_SPAN})\s+remaining: (?P<v2>{_SPAN})",
    ),
    Rule("timing", ("[cv", "total="), rf"(?m)^\[CV[^\]\n]{{0,20}}\][^\n]{{0,400}}?\btotal= *(?P<v>{_SPAN})"),
    Rule("timing", ("auto-choosing",), r"Auto-choosing (?P<v>(?:row|col)-wise) multi-threading"),
    Rule(
        "run-number",
        ("v_num", "version_"),
        r"\bv_num=(?P<v>[\w-]{1,20})|\blightning_logs[\\/]version_(?P<v2>\d+)",
    ),
    Rule(
        "run-number",  # Keras counts the layers that a session has made
        ("(type)", "model: "),
        r"(?m)^[\s│┃|]{0,4}(?P<l>[a-z][a-z0-9_]{0,60}?)(?P<v>_\d+) +\([A-Z]\w+\)",
        silent=True,
    ),
    Rule(
        "run-number", ("model: ",), r"(?m)^Model: \"(?:sequential|functional|model)(?P<v>_\d+)\"", silent=True
    ),
    # Profilers.
    Rule(
        "timing",
        ("function calls",),
        r"(?m)^[ \t]{0,40}\d+ function calls(?: \(\d+ primitive calls\))? in (?P<v>[\d.]+) (?:CPU )?seconds",
    ),
    Rule(
        "timing",
        ("ncalls", "tottime"),
        r"(?m)^[ \t]{0,40}\d+(?:/\d+)?(?P<v>(?:\s+\d+\.\d{3}){4})(?=\s+\S)",
    ),
    Rule("timing", ("total time:",), r"(?m)^Total time: (?P<v>[\d.e-]+ s)$"),
    Rule(
        "timing",
        ("% time",),
        r"(?m)^ *\d+ +\d+ +(?P<v>[\d.]+ +[\d.]+ +[\d.]+)(?=  )",
    ),
    Rule("memory-use", ("mem usage",), rf"(?m)^ *\d+ +(?P<v>{_SIZE} +-?{_SIZE})"),
    # The machine.
    Rule(
        "machine-state",
        ("cuda out of memory", "out of memory"),
        rf"(?P<v>{_SIZE})(?= (?:already allocated|free|reserved|cached|is free|is allocated|is reserved"
        rf"|memory in use"
        r"|in use|allowed|less allocated))",
    ),
    Rule(
        "machine-state",
        ("already allocated", "memory in use"),
        rf"(?:of which|including non-PyTorch memory, this process has|allocated memory|Process \d+ has) "
        rf"(?P<v>{_SIZE})",
    ),
    Rule(
        "machine-state",
        ("nvidia-smi", "default |"),
        r"(?P<v>(?<=\|) {1,4}(?:\d{1,3}%|N/A) {1,9}\d{1,3}C {1,9}P\d{1,2} {1,9}"
        r"(?:\d{1,4}W|N/A) / {1,9}(?:\d{1,4}W|N/A))"
        r"|(?P<v2>(?<!\d)\d{1,9}MiB)(?= / +\d+MiB)|\| {1,9}(?P<v3>\d{1,3})% {1,9}(?=\w{1,20} {0,9}\|)",
    ),
    Rule(
        "machine-state",
        ("/dev/", "tmpfs", "overlay", "mounted on"),
        r"(?m)^(?:/dev/\S+|tmpfs|overlay|udev|shm|none)\s+(?P<v>(?:[\d.]+[KMGTP]?i?\s+){3}\d+%)",
        needs=lambda evidence: not evidence.source or "df" in evidence.source,
    ),
    Rule(
        "machine-state",
        ("mem:", "swap:"),
        r"(?m)^(?:Mem|Swap):(?P<v>(?:\s+[\d.]+[KMGT]?i?B?){3,6})\s*$",
    ),
    Rule(
        "machine-state",
        ("load average",),
        r"\bload averages?: (?P<v>[\d.]+,? [\d.]+,? [\d.]+)",
    ),
    Rule(
        "machine-state",
        ("concurrent workers",),
        r"(?<=\[Parallel\(n_jobs=-1\)\]: Using backend )\w+ with (?P<v>\d+) concurrent workers",
    ),
    Rule(
        "machine-state",
        ("cpu", "gpu", "disk", "swap", "ram"),
        r"(?i)\b(?P<l>(?:cpu|gpu|disk|swap|ram|system)[ _-]?(?:usage|percent|utili[sz]ation|util|load"
        r"|free|used)?)"
        r"[ :=]{1,3}(?P<v>\d+(?:\.\d+)?) ?%",
        needs=lambda evidence: evidence.memory,
    ),
    Rule(
        "machine-state",
        (),
        r"(?im)\b(?:cpus?|cores?|processors|workers|threads)\b[^\n\d]{0,12}(?P<v>\d{1,4})\s*$",
        needs=lambda evidence: evidence.machine,
    ),
    Rule(
        "machine-state",
        (),
        r"(?m)^[ \t]{0,40}(?P<v>\d{1,4})\s*$",
        needs=lambda evidence: evidence.shows_only_machine,
    ),
    Rule(
        "machine-state",
        ("linux ", "darwin "),
        r"(?m)^(?:Linux|Darwin) (?P<v>[^\n]{1,300})$",
        needs=lambda evidence: "uname" in evidence.source,
    ),
    Rule(
        "machine-state",  # who and where
        (),
        r"(?m)^[ \t]{0,20}'?(?P<v>[\w.-]{1,80})'?$",
        needs=lambda evidence: evidence.machine_name,
    ),
    Rule(
        "machine-state",
        (" up ",),
        r"(?m)^ *(?P<v>\d\d:\d\d:\d\d up [^\n]{1,80}users?), +load average",
    ),
    Rule(
        "machine-state",  # a row of sensors
        ("mib /",),
        r"(?<![\w.])(?P<v>\d{1,3}%|\d{1,3}C|P\d{1,2}|\d{1,4}W)(?=[^\n]{0,80}?\d{1,9}MiB / +\d)"
        r"|MiB +\| +(?P<v2>\d{1,3}%)",
    ),
    Rule(
        "download",  # another mirror
        ("trying url",),
        r"(?m)^trying URL '(?P<v>https?://[^\s'/]{1,100}/(?:[\w.-]{1,40}/){0,4}?)(?=(?:src|bin)/)",
    ),
    Rule("timing", ("icmp_seq",), r"\bicmp_seq=\d+ ttl=(?P<v>\d+ time=[\d.]{1,12} ms)"),
    Rule("timing", ("rtt min",), r"\brtt min/avg/max/mdev = (?P<v>[\d./]{1,80} ms)"),
    Rule("installer", ("built under r version",), r"was built under R version (?P<v>\d+\.\d+\.\d+)"),
    Rule(
        "warning-location",  # of a library's own code
        (".cc:", ".cu:", ".cpp:", ".h:"),
        r"(?:WARNING|INFO|ERROR|DEBUG): (?P<v>[\w./\\-]{1,200}:\d+)(?=:)",
    ),
    Rule("warning-location", (".cc:", ".cpp:", ".cu:", ".h:"), r"\b\w+\.(?:cc|cpp|cu|h):(?P<v>\d+)(?=\])"),
    Rule(
        "float-tolerance",  # the gradient at an optimum
        ("jac: ",),
        r"(?m)^[ \t]{0,40}jac: (?P<v>(?:array\()?\[\s*"
        r"(?:-?(?:0\.0*(?:e\+00)?|\d\.\d*e-(?:0[6-9]|1\d)),?\s{0,30}){1,200}\]\)?)",
    ),
    Rule(
        "timing",
        ("s)", "sec)", "min)"),
        r"(?im)^\W{0,4}(?:item|step|epoch|batch|fold|iter|iteration|file|process\w*|query|task|job|request"
        r"|chunk)\b[^\n]{0,200}\((?P<v>\d+\.\d+ ?(?:ms|s|secs?|seconds))\)\s*$",
        needs=lambda evidence: not evidence.words_seconds or evidence.times,
    ),
    Rule("timing", ("tensorboard",), r"\bstarted (?P<v>\d+:\d\d:\d\d) ago\b"),
    Rule(
        "machine-state",  # a file of an earlier run lies there, or does not
        ("writing ",),
        r"(?m)^(?P<v>Writing|Overwriting) (?=\S{1,300}$)",
        needs=lambda evidence: "%%" in evidence.source,
    ),
    Rule("process-id", ("kill ",), r"[!`' ]kill (?P<v>\d{2,8})\b(?=' to kill)"),
)
