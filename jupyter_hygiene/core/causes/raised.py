"""What an error tells of its cause: a name that nothing defines, a module that is missing, a file that is gone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ..report import Cause, ReplayError

MISSING_MODULE = frozenset({"ModuleNotFoundError", "PackageNotFoundError"})
_ENVIRONMENT = frozenset({*MISSING_MODULE, "ImportError"})
MISSING_FILE = frozenset({"FileNotFoundError", "NotADirectoryError", "IsADirectoryError"})
_EXTERNAL = frozenset(
    {
        *MISSING_FILE,
        "PermissionError",
        "ConnectionError",
        "ConnectionRefusedError",
        "ConnectionResetError",
        "ConnectTimeout",
        "ReadTimeout",
        "MaxRetryError",
        "NewConnectionError",
        "HTTPError",
        "URLError",
        "gaierror",
        "SSLError",
        "ProxyError",
        "TimeoutError",
        "BlockingIOError",
        "OperationalError",
        "ContentTooShortError",
        "RemoteDisconnected",
        "IncompleteRead",
        "ClientConnectorError",
    }
)
_OF_THE_NETWORK = re.compile(
    r"Connect|Timeout|HTTP|URL|gaierror|SSL|Proxy|Retry|Remote|Incomplete|ContentTooShort"
)
NAMES = frozenset({"NameError", "UnboundLocalError"})
# Errors in which something is looked up that ought to be there.
LOOKUPS = frozenset({"KeyError", "AttributeError", "ColumnNotFoundError", "UndefinedVariableError"})
_REMOVED = re.compile(
    r"has been removed|was removed|is no longer (?:supported|available|part)|has no attribute '\w+' .{0,300}deprecat"
    r"|was deprecated|has been deprecated|is not a valid (?:estimator|package style)|not compiled with CUDA"
    r"|requires? (?:a )?(?:newer|version)|is incompatible with|Torch not compiled|No CUDA GPUs|not supported in this"
    r"|Missing optional dependency|Please install|Could not find (?:module|library)|is not installed"
    r"|numpy\.dtype size changed|compiled against|undefined symbol|cannot open shared object",
    re.IGNORECASE,
)
_MODULE_LACKS = re.compile(r"module '([\w.]+)' has no attribute '(\w+)'")
_OBJECT_LACKS = re.compile(r"'(\w+)' object has no attribute '(\w+)'")
_NO_SUCH_ARGUMENT = re.compile(
    r"(?:(?<![\w.])([\w.]+)\(\) |(?<!\w)(\w+)\.__init__\(\) )?got an unexpected keyword argument '(\w+)'"
    r"|(?<!\w)(\w+)\(\) takes (?:from )?\d+ .{0,80}positional arguments? but|(?<!\w)(\w+)\.set\(\) got an unexpected"
)
_CANNOT_IMPORT = re.compile(r"cannot import name '(\w+)' from (?:partially initialized module )?'([\w.]+)'")
_NO_MODULE = re.compile(r"No module named '([\w.]+)'")
_PYTHONS_OWN = frozenset({"NoneType", "function", "str", "list", "dict", "int", "float", "tuple", "set"})
_LIBRARY_OF = {
    "DataFrame": "pandas",
    "Series": "pandas",
    "Index": "pandas",
    "DatetimeIndex": "pandas",
    "DataFrameGroupBy": "pandas",
    "SeriesGroupBy": "pandas",
    "ndarray": "numpy",
    "Generator": "numpy",
    "Figure": "matplotlib",
    "Axes": "matplotlib",
    "AxesSubplot": "matplotlib",
    "Axes3D": "matplotlib",
    "Line2D": "matplotlib",
    "Tensor": "torch",
    "Sequential": "keras",
    "EagerTensor": "tensorflow",
    "LazyFrame": "polars",
    "Dataset": "xarray",
    "DataArray": "xarray",
}
# Their attributes may be columns.
_WITH_COLUMNS = frozenset(
    {"DataFrame", "Series", "LazyFrame", "Dataset", "DataFrameGroupBy", "DatetimeIndex"}
)
# What is imported under another name than it is installed by.
INSTALLED_AS = {
    "sklearn": "scikit-learn",
    "skimage": "scikit-image",
    "cv2": "opencv-python",
    "PIL": "pillow",
    "yaml": "pyyaml",
    "bs4": "beautifulsoup4",
    "umap": "umap-learn",
    "imblearn": "imbalanced-learn",
    "dateutil": "python-dateutil",
    "mpl_toolkits": "matplotlib",
    "google": "google-cloud",
    "Bio": "biopython",
    "docx": "python-docx",
    "dotenv": "python-dotenv",
    "pptx": "python-pptx",
    "git": "gitpython",
    "jwt": "pyjwt",
    "Crypto": "pycryptodome",
    "fitz": "pymupdf",
    "faiss": "faiss-cpu",
    "community": "python-louvain",
    "osgeo": "gdal",
    "serial": "pyserial",
    "dns": "dnspython",
    "OpenSSL": "pyopenssl",
    "MySQLdb": "mysqlclient",
    "attr": "attrs",
}


class Told(NamedTuple):
    """What an error tells: a cause, one sentence, what to do."""

    cause: Cause
    message: str
    action: str
    name: str | None = None


def missing_name(error: ReplayError) -> str | None:
    """The variable that was not there, for an error that says so."""
    match = re.search(r"name '(\w+)'|variable '(\w+)'", error.message) if error.name in NAMES else None
    return (match[1] or match[2]) if match else None


def missing_key(error: ReplayError) -> str | None:
    """The key, column or attribute that was not there, for an error that says so."""
    if error.name not in LOOKUPS:
        return None
    if match := _OBJECT_LACKS.search(error.message):
        return match[2]
    match = re.search(r"""['"](?:\[['"])?(\w[^'"\n]{0,80})['"]""", error.message)
    return match[1] if match else None


def missing_file(error: ReplayError) -> str | None:
    """The file that was not there, for an error that says so."""
    if match := re.search(r"File [`'\"]+([^`'\"\n]+)[`'\"]+ not found", error.message):
        return match[1]
    if error.name not in MISSING_FILE and "No such file" not in error.message:
        return None
    message = error.message.rstrip()
    match = re.search(r"""['"]([^'"\n]{1,400})['"]\Z""", message) or re.search(
        r""":\s*(?:['"]\s*)?([^'"\n:\s][^'"\n:]{0,399})['"]?\Z""", message
    )
    return match[1].strip() if match else None


def missing_module(error: ReplayError) -> str | None:
    """The module that was not there, for an error that says so."""
    match = _NO_MODULE.search(error.message) if error.name in MISSING_MODULE else None
    return match[1] if match else None


def of_environment(error: ReplayError, source: str, is_own: Callable[[str], bool]) -> Told | None:
    """What an error says about the installed software. ``is_own``: whether the notebook defines a name itself."""
    if module := missing_module(error):
        top = module.split(".")[0]
        package = INSTALLED_AS.get(top, top)
        may_be_own = "." not in module and top not in INSTALLED_AS
        own = f", or put {top} beside the notebook if it is your own" if may_be_own else ""
        return Told(
            "environment",
            f"The module {module} is not installed for the replay's kernel.",
            f"Install {package} there (`%pip install {package}`){own}.",
        )
    if match := _CANNOT_IMPORT.search(error.message):
        return Told(
            "environment",
            f"{match[2]} has no {match[1]} in the version that is installed for the replay's kernel.",
            f"Install the version of {_package(match[2])} that the notebook was made with, or change the import.",
        )
    if error.name in _ENVIRONMENT:
        return Told("environment", "An import fails in the replay's kernel.", "Install what it needs there.")
    if (match := _MODULE_LACKS.search(error.message)) and not is_own(match[1]):
        return Told(
            "environment",
            f"{match[1]} has no {match[2]} in the version that is installed for the replay's kernel.",
            f"Change the call, or install the version of {_package(match[1])} that the notebook was made with.",
        )
    if (match := _OBJECT_LACKS.search(error.message)) and _is_of_a_library(
        match[1], match[2], source, is_own
    ):
        return Told(
            "environment",
            f"{match[1]} has no {match[2]} in the version that is installed for the replay's kernel.",
            f"Change the code, or install the version of {_LIBRARY_OF.get(match[1], 'the library')} "
            "that the notebook was made with.",
        )
    if error.name in ("TypeError", "AttributeError") and (match := _NO_SUCH_ARGUMENT.search(error.message)):
        called = match[1] or match[2] or match[4] or match[5] or ""
        if not is_own(called.split(".")[0]) and (match[3] or called):
            what = f"the argument {match[3]}" if match[3] else "these arguments"
            whose = f"{called}()" if called else "The function"
            return Told(
                "environment",
                f"{whose} does not take {what} in the version that is installed for the replay's kernel.",
                "Change the call, or install the version of the library that the notebook was made with.",
            )
    if _REMOVED.search(error.message) or (error.name == "UsageError" and "magic" in error.message):
        return Told(
            "environment",
            "What is installed for the replay's kernel is not what the cell was written for.",
            "Install what the message names, or change the code as it says.",
        )
    return None


def _is_of_a_library(kind: str, attribute: str, source: str, is_own: Callable[[str], bool]) -> bool:
    """Whether an attribute that is missing is one that a library had, rather than a column or one of the notebook's."""
    if kind in _PYTHONS_OWN or is_own(kind):
        return False
    if kind in _LIBRARY_OF and kind not in _WITH_COLUMNS:
        return True
    return re.search(rf"\.{attribute}\s*\(", source) is not None


def of_outside(error: ReplayError) -> Told | None:
    """What an error says about files, the network and the machine."""
    if path := missing_file(error):
        return Told(
            "external",
            f"The file {path} is not there for the replay.",
            "Put it where the notebook looks for it, or mend the path.",
        )
    if error.hint is not None and error.name not in MISSING_MODULE:
        return Told("external", error.hint.split(". ")[0].rstrip(".") + ".", error.hint)
    if error.name in _EXTERNAL or error.name == "OSError":
        if _OF_THE_NETWORK.search(error.name):
            return Told(
                "external",
                "The network, or the server that it asks, did not answer as it did.",
                "Verify again when it does, or keep a copy of what it fetches beside the notebook.",
            )
        return Told(
            "external", "Something outside the notebook is not as it was.", "See what the message names."
        )
    return None


def _package(module: str) -> str:
    top = module.split(".")[0]
    return INSTALLED_AS.get(top, top)
