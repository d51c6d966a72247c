"""Which findings are not reported: silenced by comments, tags, metadata and settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jupyter_hygiene.core.errors import InvalidSettings
from jupyter_hygiene.core.hygiene.selection import DEFAULT, NAMES
from tests.notebooks import code, markdown

from .examined import checked, found, places

RULE = "undefined-name"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("a\nb", [1, 2]),
        ("a  # hygiene: ignore[undefined-name]\nb", [2]),
        ("a  # hygiene: ignore\nb", [2]),
        ("a  # hygiene:ignore [ undefined-name , long-cell ]\nb", [2]),
        ("a  # noqa  # hygiene: ignore[state]\nb", [2]),
        ("a  # hygiene: ignore[long-cell]\nb", [1, 2]),
        ("# hygiene: ignore[undefined-name]\na\nb", []),
        ("# A heading\n\n# hygiene: ignore[undefined-name]\na\nb", []),
        ("x = 1\n# hygiene: ignore[undefined-name]\n# because it is injected\na\nb", [5]),
        ("%%time\n# hygiene: ignore[undefined-name]\na", []),
        ("print('# hygiene: nothing')\na", [2]),
    ],
)
def test_a_comment_silences_its_line_the_next_one_or_the_cell(source: str, lines: list[int]) -> None:
    assert [line for _, line in places(found(RULE, source))] == lines


@pytest.mark.parametrize("tag", ["hygiene-ignore", "hygiene-ignore-undefined-name", "hygiene-ignore-state"])
def test_a_tag_silences_its_cell(tag: str) -> None:
    assert places(found(RULE, code("a", tags=[tag], ran=False), "b")) == [(1, 1)]


def test_a_tag_of_another_rule_silences_nothing() -> None:
    assert len(found(RULE, code("a", tags=["hygiene-ignore-long-cell"], ran=False))) == 1


def test_metadata_silence_a_cell_or_the_notebook() -> None:
    cell = {**code("a", ran=False), "metadata": {"jupyter-hygiene": {"ignore": [RULE]}}}
    assert places(found(RULE, cell, "b")) == [(1, 1)]
    assert found(RULE, "a", **{"jupyter-hygiene": {"ignore": "state"}}) == []


def test_a_markdown_cell_can_be_silenced_too() -> None:
    key = "token = 'ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'"
    loud = found("secret", markdown(key))
    assert len(loud) == 1
    assert found("secret", markdown(f"<!-- hygiene: ignore[secret] -->\n{key}")) == []


def test_what_is_silenced_is_counted() -> None:
    assert checked("a  # hygiene: ignore\nb  # hygiene: ignore", settings={"select": [RULE]}).silenced == 2


def test_a_project_chooses_rules_and_limits(tmp_path: Path) -> None:
    def rules(table: str, source: str = "a\n" + "x = 1\n" * 60) -> set[str]:
        (tmp_path / "pyproject.toml").write_text(f"[tool.jupyter-hygiene]\n{table}\n")
        return {finding.rule for finding in checked(source, folder=tmp_path).findings}

    assert rules("") == {"undefined-name", "long-cell"}
    assert rules('select = ["state"]') == {"undefined-name"}
    assert rules('ignore = ["state"]') == {"long-cell"}
    assert rules("max-statements = 80") == {"undefined-name"}
    assert rules('extend-select = ["missing-heading"]') == {"undefined-name", "long-cell", "missing-heading"}
    assert rules('select = ["all"]\nignore = ["structure", "undefined-name"]') == set()


def test_the_request_comes_before_the_project(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.jupyter-hygiene]\nselect = ["structure"]\n')
    assert len(found("state", "a", folder=tmp_path)) == 1


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"select": ["undefined-nam"]}, "Did you mean 'undefined-name'"),
        ({"ignore": 3}, "ignore must be a text or a list of texts"),
        ({"max-statements": 0}, "max-statements must be a whole number"),
    ],
)
def test_a_wrong_setting_is_refused_in_words(settings: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidSettings, match=sentence):
        checked("a", settings=settings)


def test_families_and_rules_have_different_names() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert set(NAMES) >= DEFAULT
