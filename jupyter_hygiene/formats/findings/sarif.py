"""Findings in SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ..._version import __version__
from ...core.hygiene import RULES
from ...core.hygiene.model import Finding, Rule
from .. import Problem
from . import CheckedNotebook, place

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def render_sarif(notebooks: Sequence[CheckedNotebook], problems: Sequence[Problem]) -> str:
    """Write SARIF. Lines are those of the cell; regions would be lines of the file, and so are left out."""
    used = sorted({finding.rule for notebook in notebooks for finding in notebook.findings})
    places = {rule: number for number, rule in enumerate(used)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "jupyter-hygiene",
                "version": __version__,
                "rules": [_rule(RULES[name]) for name in used],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(notebook, finding, places[finding.rule])
            for notebook in notebooks
            for finding in notebook.findings
        ],
        "invocations": [
            {
                "executionSuccessful": not problems,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "message": {"text": problem.message},
                        "locations": [
                            {"physicalLocation": {"artifactLocation": {"uri": _uri(problem.path)}}}
                        ],
                    }
                    for problem in problems
                ],
            }
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8") + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family]},
    }


def _result(notebook: CheckedNotebook, finding: Finding, rule: int) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(notebook.path)}, "region": {"startLine": 1}}
    }
    where = place(finding)
    if where:
        location["logicalLocations"] = [
            {"name": where, "fullyQualifiedName": f"cells/{finding.index}", "kind": "member"}
        ]
    identity = f"{finding.rule}\n{finding.cell_id}\n{finding.message}"
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {
            "text": f"{where[:1].upper()}{where[1:]}: {finding.message}" if where else finding.message
        },
        "locations": [location],
        "partialFingerprints": {
            "finding/v1": hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:32]
        },
    }


def _uri(path: str) -> str:
    # In bytes, since a name need not be UTF-8.
    return quote(os.fsencode(PurePath(path).as_posix()))
