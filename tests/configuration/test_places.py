"""Settings are found where users expect them, the nearer one wins, and what is wrong with one is said clearly."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from jupyter_hygiene.core.compare import CompareSettings
from jupyter_hygiene.core.configuration import Configuration, configure, layer_of
from jupyter_hygiene.core.configuration.keys import KEYS
from jupyter_hygiene.core.errors import InvalidSettings
from jupyter_hygiene.core.notebook import Notebook
from tests.notebooks import code, notebook


def cell(**settings: Any) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in settings.items()}
    return {**code("1"), "metadata": {"jupyter-hygiene": named}}


def configured(
    *cells: dict[str, Any],
    folder: Path | None = None,
    request: dict[str, Any] | None = None,
    settings: dict[str, Any] | None = None,
) -> Configuration:
    raw = notebook(*(cells or (code("1"),)))
    if settings is not None:
        raw["metadata"]["jupyter-hygiene"] = settings
    layer = None if request is None else layer_of(request, "the request", folder)
    return configure(Notebook.from_json(raw), folder, layer)


def compared(configuration: Configuration, index: int = 0) -> CompareSettings:
    read = Notebook.from_json(notebook(*[code("1")] * (index + 1)))
    return configuration.comparison(read.cells[index])


def project(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_settings_the_defaults_hold_and_nothing_is_noted(tmp_path: Path) -> None:
    found = configured(folder=tmp_path)
    assert compared(found) == CompareSettings()
    assert found.notes == ()


def test_the_nearest_pyproject_that_has_the_table_counts(tmp_path: Path) -> None:
    project(tmp_path, "[tool.jupyter-hygiene]\nrel-tolerance = 0.5\nabs-tolerance = 9\n")
    project(tmp_path / "a", "[tool.jupyter-hygiene]\nrel-tolerance = 0.25\n")
    inner = project(tmp_path / "a" / "b" / "c", "[tool.ruff]\nline-length = 99\n")
    found = configured(folder=inner)
    assert compared(found).rel_tolerance == 0.25
    assert compared(found).abs_tolerance == CompareSettings().abs_tolerance
    assert found.notes == ("Compared with settings of ../../pyproject.toml: rel-tolerance 0.25.",)


def test_a_broken_pyproject_of_other_tools_is_none_of_ours(tmp_path: Path) -> None:
    project(tmp_path, "[tool.jupyter-hygiene]\nrel-tolerance = 0.5\n")
    inner = project(tmp_path / "a", "[tool.ruff\n")
    assert compared(configured(folder=inner)).rel_tolerance == 0.5


def test_a_pyproject_in_another_encoding_says_so_if_it_is_meant_for_us(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b'name = "\xe9"\n')
    assert configured(folder=tmp_path).notes == ()
    (tmp_path / "pyproject.toml").write_bytes(b'[tool.jupyter-hygiene]\nkernel = "\xe9"\n')
    with pytest.raises(InvalidSettings, match=r"pyproject\.toml is not valid TOML.*utf-8"):
        configured(folder=tmp_path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[tool.jupyter-hygiene]\nrel-tolerance = \n", ["pyproject.toml is not valid TOML", "line 2"]),
        ("[tool.jupyter_hygiene]\nrepeat = 2\n", ["pyproject.toml", "[tool.jupyter-hygiene]"]),
        ("[tool]\njupyter-hygiene = 3\n", ["pyproject.toml", "must be a table"]),
        ("[tool.jupyter-hygiene]\nrel_tolerance = 1\n", ["'rel_tolerance'", "Did you mean 'rel-tolerance'?"]),
        ("[tool.jupyter-hygiene]\nfrobnicate = 1\n", ["'frobnicate'", "There are: rel-tolerance,"]),
        (
            "[tool.jupyter-hygiene]\nskip = true\n",
            ["pyproject.toml", "skip can only be set for a single cell"],
        ),
    ],
)
def test_a_pyproject_that_cannot_be_used_is_named_with_what_would_be_right(
    tmp_path: Path, text: str, says: list[str]
) -> None:
    with pytest.raises(InvalidSettings) as caught:
        configured(folder=project(tmp_path, text))
    for words in says:
        assert words in caught.value.message


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("rel-tolerance", "much", "must be a number from 0 to 1, not 'much'"),
        ("rel-tolerance", True, "must be a number from 0 to 1, not true"),
        ("rel-tolerance", float("nan"), "must be a number from 0 to 1"),
        ("abs-tolerance", -1, "must be a number of 0 or more, not -1"),
        ("abs-tolerance", float("inf"), "must be a number of 0 or more"),
        ("abs-tolerance", 10**400, "must be a number of 0 or more"),
        ("pixel-tolerance", 3.5, "must be a whole number from 0 to 255, not 3.5"),
        ("off", ["timing", "tiimng"], "names no normaliser: 'tiimng'. Did you mean 'timing'?"),
        ("off", "ignored-output", "names no normaliser: 'ignored-output'"),
        ("off", [3], "must be a text or a list of texts"),
        ("compare", "some", "must be 'all' or 'marked', not 'some'"),
        ("ignore-tags", [""], "must be a text or a list of texts"),
        ("repeat", 0, "must be a whole number from 1 to 10, not 0"),
        ("timeout", -3, "must be a number from 0 to"),
        ("keep-going", "yes", "must be true or false, not 'yes'"),
        ("kernel", 3, "must be a text, not 3"),
        ("patterns", {"a": "b"}, "must be a list of patterns"),
        ("patterns", ["a"], "pattern 1 is 'a'"),
        ("patterns", [{"name": "a"}], "pattern 1 must have a regex"),
        ("patterns", [{"name": "a", "regx": "b"}], "'regx'. Did you mean 'regex'?"),
        ("patterns", [{"name": "a", "regex": "("}], "'a' cannot be used: regex '(' is no regular expression"),
        ("patterns", [{"name": "a", "regex": "b*"}], "matches the empty text, and so everywhere"),
        (
            "patterns",
            [{"name": "a", "regex": "b", "replace": "\\1"}],
            "replace '\\\\1' does not fit the regex",
        ),
        ("patterns", [{"name": "a", "regex": "b", "replace": 3}], "must have a text as replace, not 3"),
        ("patterns", [{"name": "a", "regex": "b", "only": ["html"]}], "'html'; outputs are of the kind"),
        (
            "patterns",
            [{"name": "a", "regex": "b"}, {"name": "a", "regex": "c"}],
            "there are two of the name 'a'",
        ),
        (
            "sanitize-with",
            "nowhere.cfg",
            "names nowhere.cfg, which cannot be read: it must be a text file of at most 1 MB",
        ),
    ],
)
def test_a_wrong_value_is_refused_with_its_place_its_key_and_what_would_be_right(
    tmp_path: Path, key: str, value: Any, says: str
) -> None:
    with pytest.raises(InvalidSettings) as caught:
        configured(folder=tmp_path, settings={key: value})
    assert caught.value.message.startswith(f"Settings of the notebook's metadata: {key}")
    assert says in caught.value.message


def test_a_wrong_setting_of_a_cell_names_the_cell() -> None:
    with pytest.raises(InvalidSettings) as caught:
        configured(code("1"), cell(repeat=2))
    assert (
        "the metadata of cell 2 (counted from the top): repeat can only be set for a whole notebook"
        in str(caught.value)
    )
    with pytest.raises(InvalidSettings, match="must be a table"):
        configured({**code("1"), "metadata": {"jupyter-hygiene": [1]}})


def test_each_nearer_place_comes_before_the_farther_ones(tmp_path: Path) -> None:
    project(
        tmp_path, "[tool.jupyter-hygiene]\nrel-tolerance = 0.1\nabs-tolerance = 0.1\npixel-tolerance = 1\n"
    )
    found = configured(
        cell(abs_tolerance=0.3, pixel_tolerance=3),
        code("2"),
        folder=tmp_path,
        settings={"abs-tolerance": 0.2, "pixel-tolerance": 2},
        request={"pixel-tolerance": 4},
    )
    first, second = compared(found, 0), compared(found, 1)
    assert (first.rel_tolerance, first.abs_tolerance, first.pixel_tolerance) == (0.1, 0.3, 4)
    assert (second.rel_tolerance, second.abs_tolerance, second.pixel_tolerance) == (0.1, 0.2, 4)


def test_lists_of_all_places_add_up_and_a_nearer_pattern_replaces_its_namesake(tmp_path: Path) -> None:
    project(
        tmp_path,
        "[tool.jupyter-hygiene]\noff = ['timing']\npatterns = [{name='a', regex='a'}, {name='b', regex='b'}]\n",
    )
    found = configured(
        folder=tmp_path,
        settings={"off": "rate", "patterns": [{"name": "b", "regex": "bb"}]},
        request={"off": ["markup"]},
    )
    settings = compared(found)
    assert settings.disabled == {"timing", "rate", "markup"}
    assert [(pattern.name, pattern.regex) for pattern in settings.patterns] == [("a", "a"), ("b", "bb")]


def test_the_report_notes_the_settings_in_force_by_place_and_not_those_that_were_outdone(
    tmp_path: Path,
) -> None:
    project(tmp_path, "[tool.jupyter-hygiene]\nrel-tolerance = 0.001\noff = ['timing']\nrepeat = 2\n")
    found = configured(
        code("1"),
        cell(abs_tolerance=1),
        folder=tmp_path,
        settings={"rel-tolerance": 0.01, "compare": "marked"},
        request={"patterns": [{"name": "a", "regex": "a"}, {"name": "b", "regex": "b"}], "timeout": 3},
    )
    assert found.notes == (
        "Compared with settings of pyproject.toml: off timing.",
        "Compared with settings of the notebook's metadata: rel-tolerance 0.01; compare marked.",
        "Compared with settings of the request: 2 own patterns.",
        "Cell 2 (counted from the top) has settings of its own.",
    )


def test_a_limit_of_a_cell_is_for_that_cell_alone(tmp_path: Path) -> None:
    project(tmp_path, "[tool.jupyter-hygiene]\ncell-timeout = 5\n")
    found = configured(cell(cell_timeout=0), code("2"), folder=tmp_path)
    read = Notebook.from_json(notebook(code("1"), code("2")))
    assert found.settings.cell_timeout == 5
    assert found.treatment(read.cells[0]).time_limit == 0
    assert found.treatment(read.cells[1]).time_limit is None


def test_a_tolerance_asked_for_reaches_numbers_that_are_otherwise_exact_but_no_integers() -> None:
    wide = compared(configured(settings={"rel-tolerance": 0.05, "abs-tolerance": 0.2}))
    assert wide.tolerates(0.41, 0.42)
    assert wide.tolerates(0.0, 0.2)
    assert not wide.tolerates(0.0, 0.3)
    narrow = compared(configured(settings={"rel-tolerance": 0}))
    assert narrow.rel_tolerance == 0
    assert not narrow.tolerates(0.41, 0.4100000001)


def test_the_documentation_lists_every_key_and_its_example_can_be_used(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)) == set(KEYS)
    example = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert example is not None
    found = compared(configured(folder=project(tmp_path, example.group(1))))
    assert (found.rel_tolerance, len(found.patterns)) == (1e-3, 2)
