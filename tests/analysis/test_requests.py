"""What an analyze request may leave out, and what is said of one that is not understood."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import jsonschema
import pytest

from jupyter_hygiene.cli import main
from jupyter_hygiene.core.analysis_requests import AnalysisDesk
from jupyter_hygiene.core.errors import BadRequest
from tests.server.conftest import SCHEMA


def cell(cell_id: str, source: str, **more: Any) -> dict[str, Any]:
    return {"id": cell_id, "type": "code", "source": source, **more}


def run(count: int, cell_id: str | None, source: str, status: str = "ok") -> dict[str, Any]:
    return {"execution_count": count, "source": source, "cell_id": cell_id, "status": status}


FULL = {
    "language": "python",
    "cells": [cell("a", "x = 1"), cell("b", "print(x)")],
    "history": [run(1, "a", "x = 1"), run(2, "b", "print(x)")],
}


def answered(desk: AnalysisDesk, request: dict[str, Any]) -> dict[str, Any]:
    reply = desk.answer(request)
    jsonschema.validate(reply, {"$ref": "#/$defs/Analysis", "$defs": SCHEMA["$defs"]})
    return reply


def statuses(reply: dict[str, Any]) -> dict[str, str]:
    return {cell["id"]: cell["status"] for cell in reply["cells"]}


def without_token(reply: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in reply.items() if key != "token"}


def test_a_request_with_a_base_is_answered_as_if_all_had_been_sent() -> None:
    desk = AnalysisDesk()
    token = answered(desk, FULL)["token"]
    edited = answered(desk, {"base": token, "cells": [cell("a", "x = 2")], "history": []})
    whole = {**FULL, "cells": [cell("a", "x = 2"), cell("b", "print(x)")]}
    assert without_token(edited) == without_token(answered(AnalysisDesk(), whole))
    assert statuses(edited) == {"a": "edited", "b": "stale"}


def test_runs_are_added_to_those_of_the_base_or_take_their_place() -> None:
    desk = AnalysisDesk()
    token = answered(desk, FULL)["token"]
    added = answered(desk, {"base": token, "cells": [], "history": [run(3, "a", "x = 1")]})
    assert [entry["order"] for entry in added["cells"]] == [2, 1]
    replaced = answered(desk, {"base": token, "cells": [], "history": [], "history_start": 1})
    assert statuses(replaced) == {"a": "fresh", "b": "unrun"}


def test_cells_are_moved_deleted_and_added_by_their_order() -> None:
    desk = AnalysisDesk()
    token = answered(desk, FULL)["token"]
    request = {"base": token, "cells": [cell("c", "x")], "history": [], "order": ["b", "c"]}
    assert [entry["id"] for entry in answered(desk, request)["cells"]] == ["b", "c"]


def test_an_unknown_base_is_answered_so_that_all_is_sent() -> None:
    reply = AnalysisDesk().answer({"base": "of yesterday", "cells": [], "history": []})
    assert reply == {"unknown_base": True}
    jsonschema.validate(reply, {"$ref": "#/$defs/UnknownBase", "$defs": SCHEMA["$defs"]})


VIEW = {
    "a": "import pandas as pd\ndf = pd.DataFrame({'x': [1, 2]})",
    "b": "s = df['x']\ns.iloc[0] = 9",
    "c": "print(df)",
}


def test_tables_are_those_of_the_kernel_s_pandas_also_in_what_builds_on_it() -> None:
    full = {
        "cells": [cell(name, source) for name, source in VIEW.items()],
        "history": [run(count, name, VIEW[name]) for count, name in enumerate("acb", 1)],
    }
    desk = AnalysisDesk()
    assert statuses(answered(desk, full))["c"] == "fresh"
    old = answered(desk, {**full, "versions": {"pandas": "2.2.3"}})
    assert statuses(old)["c"] == "stale"
    more = {"base": old["token"], "cells": [], "history": [run(4, "c", VIEW["c"])]}
    assert statuses(answered(desk, more))["c"] == "fresh"
    other = {**more, "history": [], "versions": {"pandas": "3.0.1"}}
    assert statuses(answered(desk, other))["c"] == "fresh"
    unknown = {**full, "versions": {"pandas": "unheard of"}}
    assert statuses(answered(desk, unknown))["c"] == "fresh"


def test_old_bases_are_forgotten() -> None:
    desk = AnalysisDesk(most_bases=2)
    tokens = [answered(desk, FULL)["token"] for _ in range(3)]
    known = [
        "unknown_base" not in desk.answer({"base": token, "cells": [], "history": []}) for token in tokens
    ]
    assert known == [False, True, True]


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"cells": {}}, "cells must be a list"),
        ({"cells": [1]}, "cells[0] must be an object"),
        ({"cells": [{"id": "a", "type": "code", "source": 3}]}, "cells[0].source must be text"),
        ({"cells": [cell("a", ""), cell("a", "")]}, "Two cells have the id 'a'"),
        ({"cells": [], "history": [{"source": "x", "status": "fine"}]}, "history[0].status must be one of"),
        ({"cells": [], "history": [{"source": "x", "execution_count": "1"}]}, "whole number or null"),
        ({"cells": [], "versions": ["pandas"]}, "versions must be an object"),
        ({"cells": [], "basis": "hearsay"}, "basis must be kernel or file"),
    ],
)
def test_what_is_wrong_with_a_request_is_said(request_: dict[str, Any], words: str) -> None:
    with pytest.raises(BadRequest) as caught:
        AnalysisDesk().answer(request_)
    assert words in caught.value.message


def test_the_command_line_answers_line_by_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [json.dumps({**FULL, "truth": {}, "seed": 1}), "", "{nonsense", json.dumps(FULL)]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\n".join(lines).encode())))
    assert main(["analyze"]) == 2
    printed = capsys.readouterr()
    replies = [json.loads(line) for line in printed.out.splitlines()]
    assert [reply.get("kind", "analysis") for reply in replies] == ["analysis", "bad_request", "analysis"]
    assert "line 3" in printed.err
