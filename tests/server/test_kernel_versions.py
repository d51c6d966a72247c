"""Which versions a kernel's Python has, as it says itself."""

from __future__ import annotations

import json
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from jupyter_hygiene.kernels import specs, versions

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the kernel that is asked is a shell script")


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kernel of another Python, which counts how often it is asked."""
    program = tmp_path / "bin" / "python3"
    program.parent.mkdir()
    folder = tmp_path / "packages"
    folder.mkdir()
    install(folder, "2.1.4")
    program.write_text(
        f'#!/bin/sh\necho >> {tmp_path}/asked\nPYTHONPATH={folder} exec {sys.executable} "$@"\n'
    )
    program.chmod(0o755)
    spec = tmp_path / "kernels" / "other"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(json.dumps({"argv": [str(program), "-m", "ipykernel_launcher"]}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    specs.interpreter_of.cache_clear()
    return tmp_path


def install(folder: Path, version: str) -> None:
    for other in folder.glob("pandas-*"):
        (other / "METADATA").unlink()
        other.rmdir()
    told = folder / f"pandas-{version}.dist-info"
    told.mkdir()
    (told / "METADATA").write_text(f"Name: pandas\nVersion: {version}\n")


def test_the_kernel_s_own_python_is_asked_and_no_more_than_once(kernel: Path) -> None:
    assert versions.package_versions("other") == {"pandas": "2.1.4"}
    assert versions.package_versions("other") == {"pandas": "2.1.4"}
    assert len((kernel / "asked").read_text().splitlines()) == 1


def test_it_is_asked_again_when_something_was_installed(kernel: Path) -> None:
    versions.package_versions("other")
    install(kernel / "packages", "3.0.0")
    assert versions.package_versions("other") == {"pandas": "3.0.0"}


def test_this_python_is_that_of_the_usual_kernel() -> None:
    specs.interpreter_of.cache_clear()
    assert versions.package_versions("python3") == {"pandas": metadata.version("pandas")}


def test_of_a_kernel_that_is_not_there_nothing_is_known() -> None:
    assert versions.package_versions("nowhere") == {}


def test_a_python_that_does_not_answer_is_no_trouble(kernel: Path) -> None:
    (kernel / "bin" / "python3").write_text("#!/bin/sh\nexit 3\n")
    assert versions.package_versions("other") == {}


async def test_an_analysis_goes_by_the_pandas_of_the_kernel_that_is_named(
    kernel: Path, jp_fetch: Any
) -> None:
    sources = {
        "a": "import pandas as pd\ndf = pd.DataFrame({'x': [1, 2]})",
        "b": "s = df['x']\ns.iloc[0] = 9",
        "c": "print(df)",
    }
    body = {
        "cells": [{"id": name, "type": "code", "source": source} for name, source in sources.items()],
        "history": [
            {"execution_count": count, "source": sources[name], "cell_id": name, "status": "ok"}
            for count, name in enumerate("acb", 1)
        ],
    }

    async def status_of_c(**more: str) -> str:
        response = await jp_fetch(
            "jupyter-hygiene", "api", "analyze", method="POST", body=json.dumps({**body, **more})
        )
        return str(json.loads(response.body)["cells"][2]["status"])

    assert await status_of_c(kernel_name="other") == "stale"
    assert await status_of_c(kernel_name="nowhere") == "fresh"
    assert await status_of_c() == "fresh"
