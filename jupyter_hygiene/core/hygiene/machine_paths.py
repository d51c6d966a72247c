"""Paths that hold on one machine only, and addresses whose content changes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..causes.names import full_name
from .code import Code
from .cutting import replaced, text_of, with_line_above
from .fixes import Fix, SourceEdit
from .literals import Literal, literals
from .model import Hit
from .page import Page
from .whole_text import mentions

# What can be nothing else than a place on somebody's machine.
_PERSONAL = re.compile(
    r"^(?:/home/(?!jovyan\b|runner\b|user/?$|username\b|<)[^/\s]+/|/Users/(?!<|username\b|Shared\b)[^/\s]+/|/root/(?!\.)\S"
    r"|[A-Za-z]:[\\/](?![\\/])\S|\\\\[\w.-]+\\\w)"
)
_HOME = re.compile(r"^~[\w-]*[/\\](?!\.)\S")
_ROOTED = re.compile(r"^/(?!/)[\w.@ -]+(?:/[^/]|\.\w+$)")
# Places that a platform or every Unix has.
_ANYWHERE = re.compile(
    r"^/(?:dev|proc|sys|etc|usr|bin|sbin|lib|lib64|opt/conda|opt/ml|var|run|tmp|content|gdrive|kaggle|dbfs|databricks"
    r"|home/jovyan|home/runner|workspaces?|app|srv|mnt/batch|lakehouse|voila|static|api|v\d+)(?:/|$)"
)
_TEMPORARY = re.compile(
    r"^/(?:var/)?tmp(?:/|$)|^/var/folders/|^~[/\\]Downloads\b|^/(?:home|Users)/[^/]+/Downloads\b|[\\/]Downloads[\\/]"
    r"|^[A-Za-z]:[\\/](?:te?mp)(?:[\\/]|$)|[\\/]AppData[\\/]Local[\\/]Temp\b",
    re.IGNORECASE,
)
# Calls that take a path first, or by one of these names.
_TAKES_PATH = re.compile(
    r"^(?:open|io\.open|codecs\.open|exec|execfile|os\.(?:chdir|listdir|makedirs|mkdir|walk|scandir|remove|stat|path\.\w+)"
    r"|glob\.i?glob|pathlib\.\w*Path|shutil\.\w+|sys\.path\.\w+|zipfile\.\w+|tarfile\.\w+|gzip\.open|sqlite3\.connect"
    r"|h5py\.File|cv2\.im(?:read|write)|joblib\.(?:load|dump)|torch\.(?:load|save)|numpy\.(?:load|save|fromfile|memmap)\w*"
    r"|numpy\.genfromtxt|dotenv\.load_dotenv|importlib\.\w+)$"
    r"|(?:^|\.)(?:read_\w+|to_(?:csv|excel|parquet|pickle|feather|json|hdf|html|stata)|savefig|imread|imsave|imwrite"
    r"|load_model|save_model|load_weights|save_weights|from_pretrained|save_pretrained|loadmat|savemat|loadtxt|savetxt"
    r"|open_dataset|open_mfdataset|ImageFolder|flow_from_directory|image_dataset_from_directory|read_file|to_file|urlopen"
    r"|load_dataset|write_html|write_image|write_csv|write_parquet|Path|from_csv|load_img|set_file|textFile|save)$"
)
_PATH_KEYWORDS = frozenset(
    {
        *(
            "path",
            "filename",
            "file",
            "filepath",
            "filepath_or_buffer",
            "directory",
            "folder",
            "root",
            "dir",
            "fname",
        ),
        *(
            "data_dir",
            "cache_dir",
            "save_dir",
            "log_dir",
            "output_dir",
            "root_dir",
            "model_path",
            "data_path",
            "src",
            "dst",
        ),
    }
)
_PATH_NAME = re.compile(
    r"(?:^|_)(?:path|dir|directory|folder|file|filename|root|home|base|loc|location)s?\d*$", re.IGNORECASE
)
_NO_PATH = re.compile(
    r"^(?:re\.\w+|print|display|\?\.(?:split|replace|startswith|endswith|strip|join|format|find|match|search|route|get|post))$"
)
_COMMAND = re.compile(
    r"^[^\S\n]*(?:[\w,][\w, ]*=\s*)?(?P<mark>%cd|%run|%load|%%writefile|%%file|%ls|!)\s*(?P<rest>.*)$",
    re.MULTILINE,
)
_ARGUMENT = re.compile(r"""(?<![\w:/.~{$])(?:"([^"\n]+)"|'([^'\n]+)'|((?:~|/|[A-Za-z]:\\)[^\s"';|&<>)]*))""")
_MARKS = ("/home/", "/Users/", "/root/", ":\\", "~/", "~\\", '"/', "'/", "%cd /", "\\\\")
_DRIVE = re.compile(r"\b[A-Za-z]:/[^/]")
_URL = re.compile(
    r"https?://(?:raw\.githubusercontent\.com/(?P<raw>[^/\s\"']+/[^/\s\"']+)/(?:refs/heads/)?(?P<a>master|main|HEAD|develop)/"
    r"|(?:www\.)?github\.com/(?P<web>[^/\s\"']+/[^/\s\"']+)/(?:raw|blob|archive)/(?:refs/heads/)?(?P<b>master|main|HEAD)[/.]"
    r"|(?:www\.)?gitlab\.com/(?P<lab>\S{1,200}?)/-/raw/(?P<c>master|main)/"
    r"|huggingface\.co/(?P<hub>\S{1,200}?)/resolve/(?P<d>main)/"
    r"|cdn\.jsdelivr\.net/gh/(?P<cdn>[\w.-]+/[\w.-]+)(?=/))[^\s\"'<>)]*"
    r"|git\+https?://(?P<git>[^\s\"'@#]{1,300})(?=[\s\"'#]|$)"
)


def absolute_paths(page: Page) -> Iterator[Hit]:
    for code, path, node, line, column in _paths(page):
        if _TEMPORARY.search(path):
            continue
        home = path.startswith("~") or path.startswith(("/home/", "/Users/")) or "/Users/" in path
        where = "lies in a home folder" if home else "is absolute"
        constant = _constant(code, node)
        cure = (
            f"`{constant}` is the place to change it."
            if constant
            else "A path that starts at the notebook's folder works for everyone."
        )
        yield Hit(
            f"`{_short(path)}` {where}, so this works on one machine only. {cure}",
            code.id,
            line,
            column,
            tuple(_as_constant(page, code, node)) if node is not None and not constant else (),
            "info" if constant else None,
        )


def _constant(code: Code, node: ast.expr | None) -> str:
    """The name in capitals that a path is kept under, if it is."""
    for assignment in code.nodes(ast.Assign):
        target = assignment.targets[0]
        if assignment.value is node and isinstance(target, ast.Name) and target.id.isupper():
            return target.id
    return ""


def temporary_paths(page: Page) -> Iterator[Hit]:
    for code, path, _, line, column in _paths(page, temporary=True):
        if _TEMPORARY.search(path):
            yield Hit(
                f"`{_short(path)}` is a place for what may be gone tomorrow.",
                code.id,
                line,
                column,
            )


def _paths(
    page: Page, *, temporary: bool = False
) -> Iterator[tuple[Code, str, ast.Constant | ast.JoinedStr | None, int, int]]:
    """Paths that begin at a root or a home: each once a cell."""
    if not mentions(page, (*_MARKS, ":/")):
        return
    for code in page.code:
        if not _may_hold(code.cell.source):
            continue
        told: set[str] = set()
        for literal in literals(code):
            if _is_path(literal, page, temporary=temporary) and literal.text not in told:
                told.add(literal.text)
                node = literal.node
                yield code, literal.text, node if literal.whole else None, node.lineno, node.col_offset + 1
        if "!" in code.source or "%" in code.source:
            for path, line, column in _in_commands(code):
                if (_is_machines(path) or (temporary and _TEMPORARY.search(path))) and path not in told:
                    told.add(path)
                    yield code, path, None, line, column


def _may_hold(source: str) -> bool:
    """Whether a cell is worth a closer look."""
    return any(mark in source for mark in _MARKS) or (":/" in source and bool(_DRIVE.search(source)))


def _is_path(literal: Literal, page: Page, *, temporary: bool) -> bool:
    text = literal.text
    if "\n" in text or len(text) > 300 or len(text) < 4:
        return False
    if temporary and not _TEMPORARY.search(text):
        return False
    sure = bool(_PERSONAL.match(text) or _HOME.match(text))
    if not sure and not (_ROOTED.match(text) or temporary):
        return False
    if not temporary and _ANYWHERE.match(text):
        return False
    if literal.function is None:
        # A home is a home wherever it is kept; anything else has to be called a path.
        return (sure and not _HOME.match(text)) or bool(_PATH_NAME.search(literal.target))
    name = full_name(literal.function, page.imported)
    if _NO_PATH.match(name):
        return False
    if sure and not _HOME.match(text):
        return True
    return bool(_TAKES_PATH.search(name) and literal.position <= 1) or literal.keyword in _PATH_KEYWORDS


def _in_commands(code: Code) -> Iterator[tuple[str, int, int]]:
    """The paths in magics and shell lines."""
    for command in _COMMAND.finditer(code.source):
        line = code.source.count("\n", 0, command.start("mark")) + 1
        start = code.source.rfind("\n", 0, command.start("rest")) + 1
        for argument in _ARGUMENT.finditer(command["rest"]):
            path = argument[1] or argument[2] or argument[3]
            column = command.start("rest") + argument.start() - start + 1
            if command["mark"] in ("%cd", "%run", "%load", "%%writefile", "%%file", "%ls") or _PERSONAL.match(
                path
            ):
                yield path, line, column


def _is_machines(path: str) -> bool:
    if _ANYWHERE.match(path):
        return False
    return bool(_PERSONAL.match(path) or _HOME.match(path) or _ROOTED.match(path))


def _short(path: str) -> str:
    return path if len(path) <= 60 else f"{path[:40]}…{path[-18:]}"


def _as_constant(page: Page, code: Code, node: ast.Constant | ast.JoinedStr) -> Iterator[Fix]:
    """The path under a name of its own, at the top of the cell: the place to change it."""
    if any(node is assignment.value for assignment in code.nodes(ast.Assign)) or "%%timeit" in code.source:
        return
    written = text_of(code.source, node)
    first = next((one for one in code.body if text_of(code.source, one) is not None), None)
    if (
        written is None
        or first is None
        or (isinstance(first, ast.ImportFrom) and first.module == "__future__")
    ):
        return
    taken = set().union(*(re.findall(r"\w+", other.source) for other in page.code))
    name = next(
        name for name in ("DATA_PATH", *(f"DATA_PATH_{n}" for n in range(2, 1000))) if name not in taken
    )
    text: str | None = code.source
    same = [other for other in code.nodes(ast.Constant) if other.value == getattr(node, "value", None)]
    same = [other for other in same if text_of(code.source, other) is not None]
    # From the last to the first, so that what is above keeps its place.
    for other in sorted(same, key=lambda one: (one.lineno, one.col_offset), reverse=True):
        text = replaced(text, other, name) if text is not None else None
    after = with_line_above(text, first, f"{name} = {written}") if text is not None else None
    if after is not None:
        yield Fix(f"Keep it in a constant, `{name}`", (SourceEdit(code.id, code.source, after),))


def unpinned_addresses(page: Page) -> Iterator[Hit]:
    if not mentions(page, ("://",)):
        return
    for code in page.code:
        if "://" not in code.source:
            continue
        for match in _URL.finditer(code.source):
            line = code.source.count("\n", 0, match.start()) + 1
            column = match.start() - (code.source.rfind("\n", 0, match.start()) + 1) + 1
            if code.lines[line - 1].lstrip().startswith("#"):
                continue
            if repository := match["git"]:
                message = f"`{_short(repository)}` is installed as it happens to be: name a tag or a commit behind `@`."
            else:
                repository = match["raw"] or match["web"] or match["lab"] or match["hub"] or match["cdn"]
                branch = match["a"] or match["b"] or match["c"] or match["d"] or "its latest version"
                message = (
                    f"What `{branch}` of `{repository}` holds changes; with a commit or a tag in the address it is "
                    "the same tomorrow."
                )
            yield Hit(message, code.id, line, column)
