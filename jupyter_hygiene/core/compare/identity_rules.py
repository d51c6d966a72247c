"""Rules for text that names an object, a process or a run: addresses, ids, ports, reprs of libraries."""

from __future__ import annotations

from .rules import Rule

_UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1467][0-9a-fA-F]{3}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_HEX = r"(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{16,64}(?![0-9a-zA-Z])"
_LOCAL = r"(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])"

RULES: tuple[Rule, ...] = (
    Rule(
        "library-repr",
        ("axes",),
        r"<(?:matplotlib\.axes\._(?:subplots|axes)\.)?(?:AxesSubplot|Axes|_?Axes3D|PolarAxes|Axes3DSubplot"
        r"|GeoAxesSubplot"
        r"|PolarAxesSubplot)(?:(?: object)? at 0x[0-9a-f]+|: ?(?P<c>[^<>\n]*?))>",
    ),
    Rule(
        "library-repr",
        ("text",),
        r"(?:<matplotlib\.text\.Text(?: object)? at 0x[0-9a-f]+>"
        r"|(?<!\w)Text\([-\d.e]+, ?[-\d.e]+, ?(?P<c>'[^'\n]*'|\"[^\"\n]*\")\))",
    ),
    Rule("library-repr", ("a list of",), r"<a list of (?P<c>\d+) [A-Za-z_. ]{1,60} objects>"),
    Rule("library-repr", ("container",), r"<(?:Bar)?Container object of (?P<c>\d+) artists>"),
    Rule("figure-size", ("<figure",), r"(?i)<Figure size (?P<v>\d+(?:\.\d+)?x\d+(?:\.\d+)?) with"),
    Rule(
        "library-repr",
        ("np.",),
        r"(?<![\w.])(?P<v>np\.(?:float|int|uint|complex|longdouble)\w*\()",
        silent=True,
    ),
    Rule(
        "library-repr",
        ("np.",),
        r"(?<![\w.])np\.(?:float|int|uint|complex|longdouble)\w*\([-+\w.]{1,60}(?P<v>\))",
        silent=True,
    ),
    Rule("library-repr", ("np.str_",), r"(?P<v>np\.str_\()'[^'\n]*'(?P<v2>\))", silent=True),
    Rule("library-repr", ("np.true_", "np.false_"), r"(?P<v>np\.)(?:True|False)(?P<v2>_)", silent=True),
    Rule("memory-address", ("0x",), r"(?<![\w'\"])(?P<v>(?:object )?at 0x[0-9a-fA-F]{9,16})(?![0-9a-zA-Z])"),
    Rule("memory-address", ("0x",), r"<[^<>\n]{1,300}? (?P<v>(?:object )?at 0x[0-9a-fA-F]{5,16})\b"),
    Rule("memory-address", ("0x",), r"<[^<>\n]{1,300}?(?P<v>\b0x[0-9a-fA-F]{8,16})(?=[^<>\n]{0,60}>)"),
    Rule("memory-address", ("0x",), r"(?P<v>\b0x(?:0{4})?(?:7[ef]|5[56])[0-9a-fA-F]{10})\b"),
    Rule("memory-address", ("0x",), r"(?P<v>\b0x[0-9a-fA-F]{8,16})\b", needs=lambda evidence: evidence.ids),
    Rule("object-id", (), r"(?<![\w.])(?P<v>\d{9,16})(?![\w.])", needs=lambda evidence: evidence.ids),
    Rule("hash-seed", (), r"(?<![\w.])(?P<v>-?\d{9,20})(?![\w.])", needs=lambda evidence: evidence.hashes),
    Rule(
        "cell-number",
        ("ipython-input", "ipykernel_", "in [", "in["),
        r"<ipython-input-\d+-\w+>|(?:Cell|Input(?: Cell)?) In ?\[\d+\]"
        r"|[^\s\"'()]{0,200}[\\/]ipykernel_\d+[\\/]\d+\.py",
    ),
    Rule(
        "process-id",
        ("pid", "process id"),
        r"(?i)\b(?P<l>(?:p?pid|process id))[\"']?\s?[:=#]?\s?(?P<v>\d{1,8})\b",
        backing=lambda evidence: evidence.pids,
    ),
    Rule("process-id", (), r"(?m)^\s*(?P<v>\d{2,8})\s*$", needs=lambda evidence: evidence.pids),
    Rule("local-port", (":",), rf"{_LOCAL}:(?P<v>\d{{2,5}})(?!\d)"),
    Rule(
        "local-port", ("tcp://", "inproc://"), r"\b(?:tcp|tls|ucx)://[\w.\[\]:]{1,60}?:(?P<v>\d{4,5})(?!\d)"
    ),
    Rule("local-port", ("inproc://",), r"\binproc://(?P<v>[\d.]+/\d+/\d+)"),
    Rule(
        "local-port",
        ("port",),
        r"(?i)\b(?:listening|serving|running|started|starting|available|dashboard|server)\b[^\n\d]{0,40}?"
        r"(?P<l>\bport)[ :=]{1,3}(?P<v>\d{4,5})(?!\d)",
        backing=lambda evidence: False,
    ),
    Rule("local-port", ("token=",), r"[?&]token=(?P<v>[0-9a-f]{16,64})"),
    Rule(
        "random-id",
        ("-",),
        rf"(?<![0-9a-fA-F])(?P<v>{_UUID})(?![0-9a-fA-F])",
        needs=lambda e: e.uuids or not (e.digests or e.looks_up_data),
    ),
    Rule(
        "random-id",
        (
            "run",
            "job",
            "session",
            "task",
            "request",
            "trial",
            "experiment",
            "trace",
            "worker",
            "span",
            "client",
            "kernel",
            "cluster",
            "container",
            "instance",
            "model",
            "artifact",
        ),
        r"(?i)(?<![a-z])(?:run|job|session|task|request|trial|experiment|trace|worker|span|client|kernel"
        r"|cluster|container"
        r"|instance|model|artifact)(?:[ _-]?(?:id|uuid|name))?[\"']?(?: ?[:=#]| is)?\s?[\"'(<]?"
        rf"(?P<v>(?-i:{_HEX}))",
        needs=lambda evidence: not evidence.digests,
    ),
    Rule("random-id", ("run",), r"\b(?P<v>run-\d{8}_\d{6}-[a-z0-9]{8})\b"),
    Rule("random-id", ("runs/", "run "), r"(?<=runs/)(?P<v>[a-z0-9]{8}|[0-9a-f]{32})\b"),
    Rule("random-id", ("run",), r"(?i)\brun(?: name)?:? (?P<v>[a-z]{3,14}-[a-z]{3,14}-\d{1,4})\b"),
    Rule("random-id", ("gradio.live",), r"https://(?P<v>[0-9a-f]{10,20})\.gradio\.live"),
    Rule(
        "random-id",
        (),
        r"(?<![\w-])(?P<v>[0-9a-f]{16,64}|(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{16,64})(?![\w-])",
        needs=lambda evidence: evidence.uuids and not evidence.digests,
    ),
)
