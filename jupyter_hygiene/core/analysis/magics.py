"""What magics and shell commands do, each by a stated rule; one that is not known may do anything."""

from __future__ import annotations

import ast
import re
from typing import Any

from .instructions import CONSTANT, DEFINITION, FRESH, PLAIN, RESULT, Call, Description, steps_of
from .library.states import ENVIRON, EXTENSIONS, FILES, FOLDER, FORMAT, PLOT_SETTINGS, SHELL_OPTIONS
from .statements import StatementCompiler
from .values import ITERATOR, LIST, UNKNOWN
from .wordlists import words

_SHELL_OBJECTS = frozenset({"get_ipython", "ip", "ipython", "shell"})
_SHELL_RUNS = frozenset(
    {"run_cell", "ex", "ev", "run_code", "runcode", "push", "drop_by_id", "reset", "safe_execfile", "del_var"}
)
_SHELL_CALLS = frozenset(
    {"run_line_magic", "run_cell_magic", "system", "getoutput", "getoutput_list", "magic"}
)
_PLAIN: Description = (PLAIN,)
# Magics whose argument is Python that runs as if it stood there, and those that run it in a scope of its own.
_RUNS_CODE = frozenset(
    {"time", "prun", "capture", "debug", "memit", "mprun", "lprun", "snakeviz", "pyinstrument", "wandb"}
)
_RUNS_APART = frozenset({"timeit"})
# Magics that leave the kernel's names as they are.
_HARMLESS = words(
    "pwd ls ll who whos who_ls lsmagic magic history hist pip conda mamba uv pinfo pinfo2 pdef pdoc psource pfile "
    "quickref xmode colors doctest_mode automagic pprint page tb notebook html HTML svg SVG latex markdown javascript "
    "js logstart logstop logon logoff logstate less more man cat alias unalias alias_magic bookmark dirs dhist "
    "rehashx save pastebin psearch connect_info qtconsole clear matplotlib_ watermark version_information tensorboard "
    "tensorflow_version install_ext writefile_ pylsp_magics language_info "
    "killbgscripts recall rerun_ colors gui sx_ kernel_info code_wrap mkdir_ subshell"
)
_SETS = {
    "load_ext": EXTENSIONS,
    "reload_ext": EXTENSIONS,
    "unload_ext": EXTENSIONS,
    "autoreload": EXTENSIONS,
    "aimport": EXTENSIONS,
    "env": ENVIRON,
    "set_env": ENVIRON,
    "dotenv": ENVIRON,
    "precision": FORMAT,
    "cd": FOLDER,
    "pushd": FOLDER,
    "popd": FOLDER,
}
_SHELLS = words("bash sh script ! cmd system sx perl ruby pypy python python2 python3 powershell pwsh zsh")
# Shell commands that write no file.
_READ_ONLY = words(
    "ls pip pip3 conda mamba uv echo cat head tail pwd which wc grep du df tree whoami date uname hostname nvidia-smi "
    "free ps env printenv file stat find sort uniq cut jupyter sleep true lscpu nproc apt apt-get brew sudo"
)
_MENTIONED = re.compile(r"\{([^{}]*)\}|\$\{?([A-Za-z_]\w*)")
_OPTIONS = re.compile(r"^(?:-\w+(?:\s+\d+|=\S+)?\s+|--\w+(?:[= ]\S+)?\s+)+")


_HOOKS = words("register unregister set_custom_exc set_hook register_magic_function")
_SHELL_NAMES = frozenset({"user_ns", "user_global_ns", "user_module", "history_manager"})


def _is_shell(node: ast.expr) -> bool:
    """Whether this is ``get_ipython()``, or something of it."""
    while isinstance(node, (ast.Attribute, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return isinstance(node, ast.Name) and node.id in _SHELL_OBJECTS


class CellCompiler(StatementCompiler):
    """Compiles a cell: Python, and what the shell makes of the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.last_value: Description = _PLAIN
        self.last_is_constant = False
        self.last_constant: Any = None

    def expression(self, node: ast.Expr) -> None:
        value = node.value
        self.last_is_constant = value.__class__ is ast.Constant
        before = len(self.ops)
        if isinstance(value, ast.Constant):
            self.last_constant = value.value
            super().expression(node)
            return
        start = len(self.form)
        self.form.append("do")
        self.last_value = self.visit(value)
        if self.calls:
            self.soften(value)
        if len(self.ops) == before or self.reads or self.calls:
            self.close(start, line=node.lineno)

    def call(self, node: ast.Call) -> Description:
        function = node.func
        if isinstance(function, ast.Attribute):
            if function.attr in _HOOKS and _is_shell(function.value):
                self.effect("@set", SHELL_OPTIONS, function.attr)
            if function.attr in _SHELL_CALLS and _is_shell(function.value):
                return self.shell_call(node, function.attr)
            if function.attr in _SHELL_RUNS and _is_shell(function.value):
                return self.code_in_text(node, function.attr)
        return super().call(node)

    def attribute(self, node: ast.Attribute) -> Description:
        if node.attr in _SHELL_NAMES and _is_shell(node.value):
            self.form.append(node.attr)
            return self.anything()
        return super().attribute(node)

    def code_in_text(self, node: ast.Call, kind: str) -> Description:
        """``get_ipython().run_cell("x = 1")``: a literal text runs as it stands, any other may do anything."""
        self.form.append(kind)
        text = node.args[0] if len(node.args) == 1 else None
        if (
            kind in ("run_cell", "ex", "ev")
            and isinstance(text, ast.Constant)
            and isinstance(text.value, str)
        ):
            self.form.append(text.value)
            return self.code("time", "", text.value)
        for arg in node.args:
            self.visit(arg)
        return self.anything()

    def shell_call(self, node: ast.Call, kind: str) -> Description:
        texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
        self.form.append(kind)
        if any(not isinstance(text, str) for text in texts) or not texts:
            for arg in node.args:
                self.visit(arg)
            return self.anything()
        words = [str(text) for text in texts]
        if kind in ("system", "getoutput", "getoutput_list"):
            self.form.append(words[0])
            return self.command(words[0], gives=kind != "system")
        if kind == "magic":
            name, _, rest = words[0].lstrip("%").partition(" ")
            words = [name, rest]
        name = words[0]
        line = words[1] if len(words) > 1 else ""
        body = words[2] if len(words) > 2 else None
        self.form.append(name)
        return self.magic(name, line.strip(), body)

    # -- rules ---------------------------------------------------------------------------------

    def magic(self, name: str, line: str, body: str | None) -> Description:
        form = self.form
        if name in _RUNS_CODE or name in _RUNS_APART:
            return self.code(name, line, body)
        form.append(line)
        if body is not None:
            form.append(body)
        if name == "matplotlib":
            if line.split(" ")[0] not in ("inline", "agg", "--list", ""):
                self.effect("@keep_figures")
        elif name == "config":
            self.effect("@set", PLOT_SETTINGS)
        elif name in ("env", "pwd") and "=" not in line and " " not in line:
            self.effect("@note", ENVIRON if name == "env" else FOLDER)
        elif name in _SETS:
            self.mentioned(line)
            if _SETS[name] == FOLDER:
                self.effect("@read_files")
            if line or name not in ("env", "cd"):
                place = (
                    re.split(r"[=\s]", line, maxsplit=1)[0]
                    if name in ("env", "set_env")
                    else f"{name} {line}"
                )
                self.effect("@set", _SETS[name], place)
        elif name in ("writefile", "file"):
            self.mentioned(line)
            append = line.startswith(("-a", "--append"))
            self.effect("@append" if append else "@write", line.split()[-1] if line else "")
        elif name in _SHELLS:
            return self.shell_cell(name, line, body)
        elif name == "pylab":
            self.effect("@star", "pylab")
        elif name == "reset":
            self.effect("@reset")
        elif name == "reset_selective":
            return self.anything()
        elif name == "store":
            return self.stored(line)
        elif name == "run":
            self.mentioned(line)
            if "-i" in line.split():
                return self.anything()
            # without -i it runs in a namespace of its own, which becomes the user's
            self.effect("@run", next((word for word in line.split() if word[0] != "-"), ""))
        elif name == "macro":
            self.named.append((line.split()[0] if line else "_", (FRESH, UNKNOWN)))
        elif name in ("load", "loadpy", "edit", "ed", "paste", "cpaste", "recall", "rerun"):
            return _PLAIN if name == "load" else self.anything()
        elif name in _HARMLESS:
            self.mentioned(line)
        else:
            return self.anything()
        return _PLAIN

    def code(self, name: str, line: str, body: str | None) -> Description:
        """Magics that run the Python they are given."""
        text = body if body is not None else _OPTIONS.sub("", line + " ").strip()
        if name == "timeit" and body is not None and line:
            text = f"{_OPTIONS.sub('', line + ' ').strip()}\n{body}"
        captured = ""
        if name == "capture" and line:
            words = [word for word in line.split() if not word.startswith("-")]
            if words and words[0].isidentifier():
                self.form.append(words[0])
                captured = words[0]
        from .shell_syntax import transformed

        tree = ast.parse(transformed(text))
        if name in _RUNS_APART:
            start = len(self.form)
            code = self.function_code("<timeit>", None, tree.body, start)
            self.calls.append(Call((DEFINITION, code, (), ()), None, "", (), ()))
            return (RESULT, len(self.calls) - 1)
        if self.reads or self.calls or self.named:
            self.close(len(self.form))
        if captured:
            return self.captured(captured, tree)
        for statement in tree.body[:-1]:
            self.statement(statement)
        if tree.body:
            last = tree.body[-1]
            if isinstance(last, ast.Expr):
                return self.visit(last.value)
            self.statement(last)
        return _PLAIN

    def captured(self, name: str, tree: ast.Module) -> Description:
        """What the code shows is kept under a name: all that it reads decides on that."""
        start = len(self.ops)
        for statement in tree.body:
            self.statement(statement)
        for step in steps_of(self.ops[start:]):
            self.reads.extend(
                (*step.reads, *(part for part, _ in step.parts), *(bind[0] for bind in step.binds))
            )
        self.form.append("captured")
        self.named.append((name, (FRESH, UNKNOWN)))
        return _PLAIN

    def command(self, text: str, gives: bool = False) -> Description:
        """A shell command: reads what it mentions, and may write any file unless it is known not to."""
        self.mentioned(text)
        for part in re.split(r"&&|\|\||[;|\n]", text):
            words = part.split()
            if words and words[0] == "cd" and False:
                continue
            if words and (words[0] not in _READ_ONLY or ">" in part) and words[0] != "cd":
                self.effect("@set", FILES, text)
                break
        else:
            self.effect("@read_files")
        return (FRESH, LIST) if gives else _PLAIN

    def shell_cell(self, name: str, line: str, body: str | None) -> Description:
        self.mentioned(line)
        for option in ("--out", "--err", "--proc"):
            found = re.search(rf"{option}[= ](\w+)", line)
            if found:
                self.named.append((found[1], (FRESH, ITERATOR if option == "--proc" else LIST)))
        self.effect("@read_files")
        if body is None:
            return self.command(line, gives=True)
        self.effect("@set", FILES, f"{line}\n{body}")
        return _PLAIN

    def stored(self, line: str) -> Description:
        """``%store -r x`` brings names back from elsewhere."""
        words = line.split()
        if not words or "-r" not in words:
            self.reads.extend(word for word in words if word.isidentifier())
            return _PLAIN
        names = [word for word in words if word.isidentifier()]
        if not names:
            return self.anything()
        self.named.extend((name, (FRESH, UNKNOWN)) for name in names)
        return _PLAIN

    def mentioned(self, text: str) -> None:
        """Names of the notebook that a command mentions: ``{x}`` and ``$x``."""
        for expression, name in _MENTIONED.findall(text):
            if name:
                self.reads.append(name)
                continue
            try:
                tree = ast.parse(expression, mode="eval")
            except (SyntaxError, ValueError):
                continue
            if isinstance(tree.body, ast.Constant):
                continue
            self.visit(tree.body)

    def anything(self) -> Description:
        self.effect("@anything")
        return (RESULT, len(self.calls) - 1)

    def effect(self, name: str, *texts: str) -> None:
        self.calls.append(Call(None, None, name, tuple((CONSTANT, text) for text in texts), ()))


CellCompiler.handlers = {
    **StatementCompiler.handlers,
    ast.Call: CellCompiler.call,
    ast.Attribute: CellCompiler.attribute,
}
CellCompiler.statements = {**StatementCompiler.statements, "Expr": CellCompiler.expression}
