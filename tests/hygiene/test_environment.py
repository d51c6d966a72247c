"""The environment that a notebook runs in, and what its project declares."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_hygiene.core.hygiene.interpreters import describe_interpreter
from jupyter_hygiene.core.hygiene.page import Interpreter

from .examined import checked, found, places


@pytest.mark.parametrize(
    ("interpreter", "severities"),
    [
        (Interpreter("system", "/usr/bin/python3"), ["warning"]),
        (Interpreter("conda-base", "/opt/conda/bin/python"), ["warning"]),
        (Interpreter("isolated", "/p/.venv/bin/python"), []),
        (Interpreter("isolated", "/p/.venv/bin/python", user_site="/u/.local/lib"), ["warning"]),
        (None, []),
    ],
)
def test_a_shared_environment_is_found(interpreter: Interpreter | None, severities: list[str]) -> None:
    findings = found("kernel-not-isolated", "x = 1", interpreter=interpreter)
    assert [finding.severity for finding in findings] == severities


def test_a_container_is_only_noted() -> None:
    inside = Interpreter("system", "/usr/bin/python3", container=True)
    check = checked("x = 1", interpreter=inside, settings={"select": ["environment"]})
    assert check.findings == ()
    assert "in a container" in check.notes[0]
    assert checked("x = 1", interpreter=inside, settings={"select": ["state"]}).notes == ()


def made(prefix: Path, *folders: str) -> Path:
    for folder in ("bin", *folders):
        (prefix / folder).mkdir(parents=True, exist_ok=True)
    program = prefix / "bin" / "python"
    program.touch()
    return program


def test_a_virtual_environment_is_isolated(tmp_path: Path) -> None:
    program = made(tmp_path / "env", "lib/python3.11")
    (tmp_path / "env" / "pyvenv.cfg").write_text("home = /usr/bin\ninclude-system-site-packages = false\n")
    assert describe_interpreter(program).kind == "isolated"


def test_a_virtual_environment_that_sees_the_systems_packages_leaks_the_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = made(tmp_path / "env", "lib/python3.11")
    (tmp_path / "env" / "pyvenv.cfg").write_text("include-system-site-packages = true\n")
    monkeypatch.setenv("PYTHONUSERBASE", str(tmp_path / "user"))
    monkeypatch.delenv("PYTHONNOUSERSITE", raising=False)
    assert describe_interpreter(program).user_site == ""
    (tmp_path / "user/lib/python3.11/site-packages/a-1.dist-info").mkdir(parents=True)
    assert describe_interpreter(program).user_site.startswith(str(tmp_path / "user"))
    monkeypatch.setenv("PYTHONNOUSERSITE", "1")
    assert describe_interpreter(program).user_site == ""


def test_condas_base_is_told_from_other_environments(tmp_path: Path) -> None:
    base = made(tmp_path / "conda", "conda-meta", "condabin", "envs")
    own = made(tmp_path / "conda/envs/project", "conda-meta")
    assert describe_interpreter(base).kind == "conda-base"
    assert describe_interpreter(own).kind == "isolated"


def test_any_other_python_is_the_systems(tmp_path: Path) -> None:
    assert describe_interpreter(made(tmp_path / "usr", "lib/python3.11")).kind == "system"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("!pip install seaborn", 1),
        ("import os\n!pip3 install -q -U seaborn", 2),
        ("!python -m pip install seaborn", 1),
        ("! conda install -y seaborn", 1),
        ("!sudo -H pip install seaborn", 1),
    ],
)
def test_an_installation_by_the_shell_is_found(source: str, line: int) -> None:
    assert places(found("install-in-cell", source)) == [(0, line)]


@pytest.mark.parametrize(
    "source",
    [
        "%pip install seaborn",
        "!pip list",
        "# !pip install seaborn",
        "import sys\n!{sys.executable} -m pip install seaborn",
        "print('!pip install seaborn')",
        "%%bash\npip install seaborn",
        "!apt-get install graphviz",
    ],
)
def test_other_ways_to_get_packages_are_left_alone(source: str) -> None:
    assert found("install-in-cell", source) == []


DECLARATIONS = {
    "requirements.txt": "pandas>=2\nscikit-learn[extra]==1.5 ; python_version > '3.8'\n# seaborn\n-r other.txt\n",
    "pyproject.toml": '[project]\nname = "p"\ndependencies = ["pandas>=2", "scikit-learn"]\n',
    "environment.yml": "name: p\ndependencies:\n  - python=3.11\n  - conda-forge::pandas=2\n  - pip:\n"
    "    - scikit-learn==1.5\n",
    "Pipfile": '[packages]\npandas = "*"\nscikit-learn = "*"\n',
    "setup.cfg": "[options]\ninstall_requires =\n    pandas\n    scikit-learn>=1\n",
}


@pytest.mark.parametrize("file", DECLARATIONS)
def test_an_import_that_the_project_does_not_declare_is_found(tmp_path: Path, file: str) -> None:
    (tmp_path / file).write_text(DECLARATIONS[file])
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    (tmp_path / "helpers.py").touch()
    (notebooks / "plots").mkdir()
    findings = found(
        "undeclared-dependency",
        "import os, json\nimport pandas as pd\nimport numpy as np\nfrom sklearn.svm import SVC",
        "import helpers\nfrom plots import bar\nfrom . import sibling\nfrom IPython.display import HTML",
        "try:\n    import cupy\nexcept ImportError:\n    cupy = None\nfrom google.colab import drive",
        "import seaborn as sns\nimport seaborn.objects",
        "import cv2",
        folder=notebooks,
    )
    assert places(findings) == [(3, 1), (4, 1)]
    assert file in findings[0].message
    assert "`opencv-python`" in findings[1].message


def test_without_any_declaration_nothing_is_undeclared(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert found("undeclared-dependency", "import seaborn", folder=tmp_path) == []
    (tmp_path / "pyproject.toml").write_text("[tool.ruff]\nline-length = 100\n")
    assert found("undeclared-dependency", "import seaborn", folder=tmp_path) == []


def test_a_declaration_that_is_added_counts_at_once(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("pandas\n")
    assert len(found("undeclared-dependency", "import seaborn", folder=tmp_path)) == 1
    (tmp_path / "requirements.txt").write_text("pandas\nseaborn\n")
    assert found("undeclared-dependency", "import seaborn", folder=tmp_path) == []


@pytest.mark.parametrize(
    "source",
    [
        "print 'done'",
        "print x, y",
        "try:\n    f()\nexcept ValueError, error:\n    pass",
        "raise ValueError, 'no'",
        "exec 'x = 1'",
        "mode = 0755",
        "if a <> b:\n    pass",
    ],
)
def test_python_2_is_named(source: str) -> None:
    assert len(found("python-2", source)) == 1
    assert found("unparsable-cell", source) == []


@pytest.mark.parametrize(
    "source", ["print('done')", "print(x) % 3", "x = = 3", "%%bash\nprint 'done'", "print"]
)
def test_what_is_python_3_or_simply_wrong_is_not_python_2(source: str) -> None:
    assert found("python-2", source) == []


def test_a_notebook_made_by_python_2_is_named_once() -> None:
    findings = found(
        "python-2", "print 'a'", "print 'b'", language_info={"name": "python", "version": "2.7.11"}
    )
    assert places(findings) == [(None, None)]
