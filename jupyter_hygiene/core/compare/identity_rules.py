"""Rules for text that names an object, a process or a run: addresses, ids, ports, reprs of libraries."""

from __future__ import annotations

import re

from .rules import Rule

_UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1467][0-9a-fA-F]{3}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_HEX = r"(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{16,64}(?![0-9a-zA-Z])"
_LOCAL = r"(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])"

_LIBRARIES = (
    r"pandas|numpy|scipy|sklearn|matplotlib|seaborn|statsmodels|torch|tensorflow|keras|plotly|altair"
    r"|bokeh|networkx"
    r"|sympy|xgboost|lightgbm|catboost|polars|xarray|dask|pyspark|gensim|transformers|datasets|tokenizers"
    r"|nltk|spacy|optuna"
    r"|prophet|pymc|arviz|jax|jaxlib|flax|optax|PIL|skimage|geopandas|shapely|rasterio|bs4|requests"
    r"|sqlalchemy|ray|mlflow"
    r"|torchvision|torchaudio|torchtext|pytorch_lightning|lightning|ipywidgets|IPython|joblib|cupy|numba"
    r"|h5py|fastai|imblearn"
    r"|lifelines|folium|holoviews|pyarrow|duckdb|langchain|openai|tqdm|scrapy|pint|astropy|Bio|rdkit|cv2"
    r"|hyperopt|shap"
)

# Anything without parentheses, or with a pair of them, as np.float64(1.5).
_ARGUMENT = r"(?:[^()]|\([^()]{0,40}\))"

RULES: tuple[Rule, ...] = (
    Rule(  # results of scipy's tests
        "library-repr",
        ("ttest", "spearmanr", "kendalltau", "significanceresult", "kstest", "ks_2samp"),
        r"\b(?:Ttest(?:_\w{1,9})?Result|(?:Spearmanr|Kendalltau|Significance)Result|(?:Ks_2samp"
        r"|Kstest)Result)(?=\()",
    ),
    Rule(
        "library-repr",
        ("ttestresult(", "kstestresult("),
        rf"\b(?:Ttest|Kstest)Result\({_ARGUMENT}{{1,200}}?pvalue={_ARGUMENT}{{1,60}}?"
        rf"(?P<v>,\s*(?:df|statistic_location)=(?P<c>{_ARGUMENT}{{1,120}}))\)",
        silent=True,
    ),
    Rule(
        "library-repr",
        ("axes",),
        r"<(?:matplotlib\.axes\._(?:subplots|axes)\.)?(?:AxesSubplot|Axes|_?Axes3D|PolarAxes|Axes3DSubplot"
        r"|GeoAxesSubplot"
        r"|PolarAxesSubplot)(?:(?: object)? at 0x[0-9a-fA-F]+|: ?(?P<c>[^<>\n]*?))>",
    ),
    Rule(
        "library-repr",
        ("text",),
        r"(?:<matplotlib\.text\.Text(?: object)? at 0x[0-9a-fA-F]+>"
        r"|(?<!\w)Text\([-\d.e]+, ?[-\d.e]+, ?(?P<c>'[^'\n]*'|\"[^\"\n]*\")\))",
    ),
    Rule("library-repr", ("a list of",), r"<a list of (?P<c>\d+) [A-Za-z_. ]{1,60} objects>"),
    Rule("library-repr", ("container",), r"<(?:Bar)?Container object of (?P<c>\d+) artists>"),
    Rule("figure-size", ("<figure",), r"(?i)<Figure size (?P<v>\d+(?:\.\d+)?x\d+(?:\.\d+)?) with"),
    Rule(
        "library-repr",
        ("np.",),
        r"(?<![\w.])(?P<v>np\.(?P<c>(?:float|int|uint|complex|longdouble)\w*)\()",
        silent=True,
    ),
    Rule(
        "library-repr",
        ("np.",),
        r"(?<![\w.])np\.(?:float|int|uint|complex|longdouble)\w*\([-+\w.]{1,60}(?P<v>\))",
        silent=True,
    ),
    Rule("library-repr", ("np.str_",), r"(?P<v>np\.str_\()'[^'\n]*'(?P<v2>\))", silent=True),
    Rule("library-repr", ("datetime64", "timedelta64"), r"\b(?P<v>numpy|np)\.(?=(?:datetime|timedelta)64\()"),
    Rule(  # numpy 2 adds the shape of an array that it does not print whole
        "library-repr",
        ("shape=",),
        r"\barray\((?=[^()]{0,4000}\.\.\.)[^()]{0,4000}?(?P<v>,\s+shape=(?P<c>\([\d, ]{1,40}\)))",
        silent=True,
    ),
    Rule(  # xarray adds sizes
        "library-repr",
        ("xarray.",),
        r"<xarray\.\w+[^\n]{0,400}>(?P<v> Size: (?P<c>[\d.]+[kMGT]?B))$",
        re.MULTILINE,
        silent=True,
    ),
    Rule(
        "library-repr",
        ("xarray.",),
        r"^ {2}[ *] \S+ +\([^()\n]{0,80}\) \S+(?P<v> (?P<c>[\d.]+[kMGT]?B)) ",
        re.MULTILINE,
        silent=True,
    ),
    Rule(
        "library-repr",
        ("u'", 'u"'),
        r"(?:(?<=[\s\[({,:=])|^)(?P<v>u)(?=(?P<q>['\"])[^'\"\n]*(?P=q))",
        silent=True,
    ),
    Rule(  # of pandas before 2.0
        "library-repr",
        (", freq=",),
        r"\bTimestamp\('[^'\n]{1,60}'(?:, tz='[^'\n]{1,60}')?(?P<v>, freq=(?P<c>'[\w-]{1,20}'|None))\)",
        silent=True,
    ),
    Rule(
        "library-repr",
        ("utc",),
        r"tzinfo=(?:<UTC>|datetime\.timezone\.utc|tzutc\(\)|(?:zoneinfo\.)?ZoneInfo\(key='UTC'\))",
    ),
    Rule(  # functions move as classes do
        "library-repr",
        ("<function ",),
        rf"<function (?:{_LIBRARIES})(?P<v>(?:\.[a-z_]\w{{0,40}}){{1,8}})\.\w{{1,60}}(?=[ (])",
        silent=True,
    ),
    Rule("library-repr", ("<utc>]",), r"\[\w{1,3}, (?P<v><)UTC(?P<v2>>)\]", silent=True),
    Rule(
        "library-repr",
        (),
        rf"(?m)^(?:{_LIBRARIES})(?P<v>(?:\.[a-z_]\w{{0,40}}){{1,8}})\.[A-Z]\w{{0,60}}$",
        silent=True,
    ),
    Rule(
        "library-repr",
        ("keras.",),
        r"<(?P<v>(?:tensorflow(?:\.python)?\.)?keras(?:\.[a-z_]\w*)*\.)[A-Z]\w*(?: object)? at 0x",
        silent=True,
    ),
    Rule(  # classes move between the modules of a library, private ones mostly
        "library-repr",
        ("<class '",),
        rf"<class '(?:{_LIBRARIES})(?P<v>(?:\.[a-z_]\w*)+)\.[A-Z]\w*'>",
        silent=True,
    ),
    Rule(
        "library-repr",
        (" at 0x",),
        rf"<(?:{_LIBRARIES})(?P<v>(?:\.[a-z_]\w*)+)\.[A-Z]\w*(?: object)? at 0x",
        silent=True,
    ),
    Rule(  # info() of pandas before 1.0 numbers no columns and has no headers
        "library-repr",
        (" non-null",),
        r"^(?P<v> #   Column[^\n]{0,80}\n---  -{4,}[^\n]{0,80}$)|^"
        r"(?P<v2> {1,4}\d+) +\S[^\n]{0,200} non-null ",
        re.MULTILINE,
        silent=True,
    ),
    Rule("library-repr", ("np.bytes_",), r"(?P<v>np\.bytes_\()b'[^'\n]*'(?P<v2>\))", silent=True),
    Rule(  # by which a plan refers to its columns
        "reference-number",
        ("#",),
        r"(?<=\w)#(?P<v>\d{1,9})(?=L?\b)",
        where=(r"^ *(?:[+:|*] ?)?[+:]- |== [A-Z]|#\d{1,9}L\b", r"[\[(](?:\w{1,30} )?\w{1,60}#\d"),
    ),
    Rule("run-number", ("tf.variable '",), r"<tf\.Variable '[a-z0-9_]*?[a-z](?P<v>_\d+)/", silent=True),
    Rule("run-number", ("'task-",), r"\bname='Task-(?P<v>\d+)'"),
    Rule(
        "cell-number",
        ("ipykernel_", "ipython-input"),
        r"(?:ipykernel_\d+[\\/]\d+\.py|<ipython-input-[^<>\n]{1,60}>)[\"']?(?:, line |:)(?P<v>\d+)(?=[>,:)])",
    ),
    Rule(
        "library-repr",
        ("<class '", "<type '"),
        r"(?P<v><(?:class|type) ')[\w.]{1,200}(?P<v2>'>)",
        silent=True,
    ),
    Rule("library-repr", ("backward",), r"grad_fn=<\w{1,60}?Backward(?P<v>(?P<c>\d))>", silent=True),
    Rule("library-repr", (), r"(?<![\w.])\d{1,40}(?P<v>L)(?=[\s,)\]}:]|$)", silent=True),
    Rule("library-repr", ("categories_dtype=",), r"(?P<v>, categories_dtype=(?P<c>\w{1,40}))\)", silent=True),
    Rule("library-repr", (" object; span=",), r"<(?P<v>_sre\.SRE_Match|re\.Match)(?= object; span=)"),
    Rule("library-repr", ("sqlalche.me",), r"\bsqlalche\.me/e/(?P<v>\d+)/"),
    Rule("library-repr", ("64index(",), r"\b(?P<v>Int64|UInt64|Float64)Index(?=\()", silent=True),
    Rule("library-repr", ("array{", "vector{"), r"\b(?:Array\{(?P<c>\w+), ?1\}|Vector\{(?P<c2>\w+)\})"),
    Rule("library-repr", ("np.true_", "np.false_"), r"(?P<v>np\.)(?:True|False)(?P<v2>_)", silent=True),
    Rule("memory-address", ("0x",), r"(?<![\w'\"])(?P<v>(?:object )?at 0x[0-9a-fA-F]{9,16})(?![0-9a-zA-Z])"),
    Rule("memory-address", ("0x",), r"<[^<>\n]{1,300}? (?P<v>(?:object )?at 0x[0-9a-fA-F]{5,16})\b"),
    Rule("memory-address", ("0x",), r"<[^<>\n]{1,300}?(?P<v>\b0x[0-9a-fA-F]{8,16})(?=[^<>\n]{0,60}>)"),
    Rule("memory-address", ("0x",), r"(?P<v>\b0x(?:0{4})?(?:7[ef]|5[56])[0-9a-fA-F]{10})\b"),
    Rule("memory-address", ("0x",), r"(?P<v>\b0x[0-9a-fA-F]{8,16})\b", needs=lambda evidence: evidence.ids),
    Rule(
        "memory-address",
        ("@",),
        r"(?<![\w.])(?:[a-z]\w{0,60}\.){1,12}[A-Z][\w$]{0,80}@(?P<v>[0-9a-f]{5,8})(?![\w.])",
    ),
    Rule("object-id", (), r"(?<![\w.])(?P<v>\d{9,16})(?![\w.])", needs=lambda evidence: evidence.ids),
    Rule(
        "object-id",
        ("138", "139", "140"),
        r"\bid[=:] ?(?P<v>1(?:3[89]|40)\d{12})(?!\d)|-> (?P<v2>1(?:3[89]|40)\d{12})(?!\d)"
        r"|(?m:^[ \t]{1,20}(?P<v3>1(?:3[89]|40)\d{12})(?= (?:\[|->)))",
    ),
    Rule("random-id", ("_0000",), r"_(?P<v>(?=[0-9a-f]{0,4}\d)[0-9a-f]{5})(?=_0000\d\b)"),
    Rule("random-id", ("01",), r"(?<![\w-])(?P<v>01[0-9A-HJKMNP-TV-Z]{24})(?![\w-])"),  # made of the time
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
    Rule(
        "process-id",
        ("poolworker-", "threadpoolexecutor-"),
        r"\b(?:PoolWorker|ThreadPoolExecutor)-(?P<v>\d+(?:_\d+)?)",
    ),
    Rule("process-id", ("batch job",), r"Submitted batch job (?P<v>\d{1,12})"),
    Rule(
        "process-id",
        ("thread(", "process name=", "process("),
        r"<\w*Thread\(Thread-(?P<v>\d+)|<Thread\([^<>\n]{1,80}started (?:daemon )?(?P<v2>\d{4,16})\)>"
        r"|<\w*Process name='[^'\n]{1,60}?-(?P<v3>\d+)'",
    ),
    Rule("process-id", ("started ",), r"(?<=, started )(?P<v>\d{4,16})(?=\)>)"),
    Rule("process-id", (" parent=",), r"\bpid=\d+ parent=(?P<v>\d{1,8})\b"),
    Rule("process-id", ("poolworker-",), r"\b(?:Fork|Spawn|ForkServer)PoolWorker-(?P<v>\d+)"),
    Rule("process-id", ("thread",), r"(?i)\bthread(?: id| ident)?[ :=]{1,2}(?P<v>\d{12,16})\b"),
    Rule(
        "process-id", (" process [",), r"\b(?:server|reloader|worker|child|parent) process \[(?P<v>\d{2,8})\]"
    ),
    Rule("process-id", ("[",), r"(?m)^\[\d+\] (?P<v>\d{2,8})$", needs=lambda evidence: evidence.pids),
    Rule("process-id", (), r"(?m)^[ \t]{0,40}(?P<v>\d{2,8})\s*$", needs=lambda evidence: evidence.asks_pid),
    Rule("local-port", (":",), rf"{_LOCAL}:(?P<v>\d{{2,5}})(?!\d)"),
    Rule(
        "local-port", ("tcp://", "inproc://"), r"\b(?:tcp|tls|ucx)://[\w.\[\]:]{1,60}?:(?P<v>\d{4,5})(?!\d)"
    ),
    Rule("local-port", ("inproc://",), r"\binproc://(?P<v>[\d.]+/\d+/\d+)"),
    Rule("local-port", (":40",), r"http://(?P<v>[A-Za-z0-9][\w-]{0,60}:40[45]\d)(?![\w.])"),
    Rule("local-port", ("port=",), rf"host='{_LOCAL}', port=(?P<v>\d{{2,5}})\b"),
    Rule("local-port", ("tensorboard on port",), r"TensorBoard on port (?P<v>\d{4,5})"),
    Rule(
        "local-port",
        ("port",),
        r"(?i)\b(?:listening|serving|running|started|starting|available|dashboard|server)\b[^\n\d.]{0,40}?"
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
    Rule("random-id", ("objectref(", "actorid("), r"\b(?:ObjectRef|ActorID)\((?P<v>[0-9a-f]{16,64})\)"),
    Rule(
        "random-id",
        ("local-1", "application_1", "app-2"),
        r"\b(?P<v>local-1[5-9]\d{11}|application_1[5-9]\d{11}_\d{4,6}|app-20\d{12}-\d{4})\b",
    ),
    Rule("random-id", ("dask", "delayed(", "key:", "key="), r"(?<=[a-z_]-)(?P<v>[0-9a-f]{32})(?=[\s,'\">)])"),
    Rule("random-id", ("mlruns/",), r"\bmlruns/\d+/(?P<v>[0-9a-f]{32})\b"),
    Rule("random-id", ("/ray/session_",), r"/ray/(?P<v>session_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_\d+_\d+)"),
    Rule(
        "random-id",
        (),
        r"(?<![\w-])(?P<v>[0-9a-f]{64}|[0-9a-f]{12})(?![\w-])",
        needs=lambda evidence: "docker" in evidence.source,
    ),
    Rule("random-id", ("gradio.live",), r"https://(?P<v>[0-9a-f]{10,20})\.gradio\.live"),
    Rule(
        "random-id",
        (),
        r"(?<![\w-])(?P<v>[0-9a-f]{16,64}|(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{16,64})(?![\w-])",
        needs=lambda evidence: evidence.uuids and not evidence.digests,
    ),
)
