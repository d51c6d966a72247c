"""Settings in a server: those of the page come before the project's, and what is wrong with one is said at once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.notebooks import code, notebook, printed
from tests.server.conftest import Client

CELLS = code("print('run zebra-b')", printed("run zebra-a\n")), code("print(0.42)", printed("0.41\n"))


async def test_the_project_the_notebook_and_the_page_all_have_their_say(
    client: Client, jp_root_dir: Path
) -> None:
    (jp_root_dir / "pyproject.toml").write_text(
        "[tool.jupyter-hygiene]\nrel-tolerance = 0.1\nrepeat = 2\npatterns = [{name='run', regex='zebra-.'}]\n"
    )
    done = await client.verify(*CELLS, options={"settings": {"abs-tolerance": 0.1}, "keep_going": True})
    report = done["report"]
    assert [cell["verdict"] for cell in report["cells"]] == ["cosmetic", "cosmetic"]
    assert report["options"]["repeat"] == 2
    assert report["notes"][:2] == [
        "Compared with settings of pyproject.toml: rel-tolerance 0.1; 1 own pattern.",
        "Compared with settings of JupyterLab: abs-tolerance 0.1.",
    ]
    done = await client.verify(*CELLS, options={"settings": {"rel-tolerance": 0}, "repeat": 1})
    assert [cell["verdict"] for cell in done["report"]["cells"]] == ["cosmetic", "changed"]
    assert done["report"]["options"]["repeat"] == 1


@pytest.mark.parametrize(
    ("options", "kind", "says"),
    [
        ({"settings": {"rel_tolerance": 1}}, "invalid_settings", "Did you mean 'rel-tolerance'?"),
        ({"settings": {"off": ["timings"]}}, "invalid_settings", "Did you mean 'timing'?"),
        (
            {"settings": {"patterns": [{"name": "a", "regex": "["}]}},
            "invalid_settings",
            "no regular expression",
        ),
        ({"settings": {"skip": True}}, "invalid_settings", "a single cell"),
        ({"settings": 3}, "bad_request", "options.settings must be an object"),
    ],
)
async def test_settings_that_cannot_be_are_refused_with_what_would_be_right(
    client: Client, options: dict[str, Any], kind: str, says: str
) -> None:
    body = {"path": "n.ipynb", "notebook": notebook(*CELLS), "options": options}
    status, failure = await client.ask("POST", "verifications", body=body)
    assert (status, failure["kind"]) == (400, kind)
    assert says in failure["message"]
    pair = {"saved": notebook(*CELLS), "replayed": notebook(*CELLS), "options": options}
    assert (await client.ask("POST", "compare", body=pair))[0] == 400


async def test_a_wrong_pyproject_is_named_and_the_server_goes_on(client: Client, jp_root_dir: Path) -> None:
    project = jp_root_dir / "pyproject.toml"
    project.write_text("[tool.jupyter-hygiene]\nrepeat = 'often'\n")
    status, failure = await client.ask(
        "POST", "verifications", body={"path": "n.ipynb", "notebook": notebook(*CELLS)}
    )
    assert (status, failure["kind"]) == (400, "invalid_settings")
    assert (
        failure["message"]
        == "Settings of pyproject.toml: repeat must be a whole number from 1 to 10, not 'often'."
    )
    project.unlink()
    assert (await client.verify(code("1")))["state"] == "done"


async def test_two_notebooks_are_compared_with_the_settings_of_the_request(client: Client) -> None:
    pair = {
        "saved": notebook(code("print(x)", printed("0.41\n"))),
        "replayed": notebook(code("print(x)", printed("0.42\n"))),
    }
    _, strict = await client.ask("POST", "compare", body=pair)
    _, wide = await client.ask(
        "POST", "compare", body={**pair, "options": {"settings": {"rel-tolerance": 0.1}}}
    )
    assert (strict["verdict"], wide["verdict"]) == ("differs", "reproduced")


class TestLimits:
    """What the administrator bounds stays bounded."""

    @pytest.fixture
    def hygiene_config(self) -> dict[str, Any]:
        return {"most_timeout": 5.0}

    async def test_no_project_gives_itself_more_time_than_the_server_allows(
        self, client: Client, jp_root_dir: Path
    ) -> None:
        (jp_root_dir / "pyproject.toml").write_text("[tool.jupyter-hygiene]\ntimeout = 0\n")
        done = await client.verify(code("1"))
        assert done["report"]["options"]["timeout"] == 5.0


BOMB = "(?:(?:(?:a?){2000}){2000}){2000}"


@pytest.mark.parametrize("route", ["verifications", "check", "compare"])
async def test_a_pattern_that_never_ends_is_refused_while_the_server_goes_on_answering(
    client: Client, route: str
) -> None:
    raw = notebook(*CELLS)
    raw["metadata"]["jupyter-hygiene"] = {"patterns": [{"name": "bomb", "regex": BOMB + f"(?#{route})"}]}
    body = {"saved": raw, "replayed": raw} if route == "compare" else {"path": "n.ipynb", "notebook": raw}
    slow = asyncio.ensure_future(client.ask("POST", route, body=body))
    quick = asyncio.ensure_future(client.ask("GET", "rules"))
    done, _ = await asyncio.wait({slow, quick}, return_when=asyncio.FIRST_COMPLETED)
    assert slow not in done, "nothing else was answered meanwhile"
    status, failure = await slow
    assert (status, failure["kind"]) == (400, "invalid_settings")
    assert "takes too long" in failure["message"]
    assert (await quick)[0] == 200


async def test_files_are_named_by_a_request_only_within_what_is_served(
    client: Client, jp_root_dir: Path, tmp_path: Path
) -> None:
    for folder in (jp_root_dir, tmp_path):
        (folder / "s.cfg").write_text("regex: zebra-.\nreplace: Z\n")
    for name in ("s.cfg", str(jp_root_dir / "s.cfg")):
        done = await client.verify(CELLS[0], options={"settings": {"sanitize-with": name}})
        assert done["report"]["cells"][0]["verdict"] == "cosmetic"
    said = set()
    for name in (str(tmp_path / "s.cfg"), str(tmp_path / "missing.cfg"), "/etc/passwd"):
        body = {
            "path": "n.ipynb",
            "notebook": notebook(*CELLS),
            "options": {"settings": {"sanitize-with": name}},
        }
        status, failure = await client.ask("POST", "verifications", body=body)
        assert status == 400
        said.add(failure["message"].replace(name, "NAME"))
    assert len(said) == 1
