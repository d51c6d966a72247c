"""The house keeps its order: dependencies one way, one contract, nothing slow at the door."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

PACKAGE = Path(__file__).parents[2] / "jupyter_hygiene"
FORBIDDEN = ("tornado", "zmq", "jupyter_client", "jupyter_server", "traitlets", "nbformat")


def imported_by(statement: str) -> set[str]:
    program = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_core_knows_no_server_and_no_sockets() -> None:
    modules = [
        "jupyter_hygiene." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        for path in (PACKAGE / "core").rglob("*.py")
    ]
    imported = imported_by("\n".join(f"import {module.removesuffix('.__init__')}" for module in modules))
    assert not {name for name in imported if name.split(".")[0] in FORBIDDEN}
    assert not {
        name for name in imported if name.startswith(("jupyter_hygiene.kernels", "jupyter_hygiene.server"))
    }


@pytest.mark.parametrize("part", ["kernels", "formats"])
def test_kernels_and_formats_know_no_server(part: str) -> None:
    imported = imported_by(
        "\n".join(f"import jupyter_hygiene.{part}.{path.stem}" for path in (PACKAGE / part).glob("[a-z]*.py"))
    )
    assert not {name for name in imported if name.startswith(("jupyter_hygiene.server", "jupyter_server"))}


def test_importing_the_package_costs_nothing() -> None:
    assert {name for name in imported_by("import jupyter_hygiene") if "jupyter" in name} == {
        "jupyter_hygiene"
    }


def contract() -> dict[str, Any]:
    return dict(json.loads((PACKAGE / "schemas" / "api.schema.json").read_text("utf-8")))


def test_the_contract_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(contract())


def test_the_progress_event_is_the_contracts() -> None:
    event = yaml.safe_load((PACKAGE / "schemas" / "verification_progress.yaml").read_text("utf-8"))
    agreed = contract()["$defs"]["ProgressEvent"]
    assert set(event["properties"]) == set(agreed["properties"])
    assert set(event["required"]) == set(agreed["required"])
    assert event["properties"]["state"]["enum"] == contract()["$defs"]["State"]["enum"]


def test_files_say_what_they_are_for_and_stay_small() -> None:
    for path in PACKAGE.rglob("*.py"):
        if "labextension" in path.parts or path.name == "_version.py":
            continue
        text = path.read_text("utf-8")
        assert text.startswith('"""'), f"{path.name} does not say what it is responsible for"
        assert text.count("\n") <= 420, f"{path.name} has outgrown its file"
