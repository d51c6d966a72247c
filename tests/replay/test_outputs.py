"""What a replay records of outputs is what a page would show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from jupyter_hygiene.kernels.channels import ChannelSession
from tests.notebooks import code, printed
from tests.replay.conftest import Machine, replayed, replayed_text, verdicts


def test_streams_are_merged_as_they_come(machine: Machine) -> None:
    report = machine.verify(code("import sys\nprint(1)\nprint(2)\nprint(3, file=sys.stderr)"))
    texts = {(output["name"], output["text"]) for output in replayed(report)}
    assert texts == {("stdout", "1\n2\n"), ("stderr", "3\n")}


def test_a_display_updated_by_a_later_cell_shows_its_last_state(machine: Machine) -> None:
    report = machine.verify(
        code("from IPython.display import display\nh = display('first', display_id=True)"),
        code("h.update('second')"),
    )
    assert [output["data"]["text/plain"] for output in replayed(report)] == ["'second'"]
    assert replayed(report, 1) == []


def test_clear_output_leaves_what_came_after_it(machine: Machine) -> None:
    report = machine.verify(
        code("from IPython.display import clear_output\nprint(1); clear_output(); print(2)"),
        code("for i in range(3):\n    clear_output(wait=True); print(i)"),
        code("print('stays'); clear_output(wait=True)"),
    )
    assert [replayed_text(report, index) for index in range(3)] == ["2\n", "2\n", "stays\n"]


def test_output_of_a_thread_after_the_cells_reply_is_waited_for(machine: Machine) -> None:
    source = (
        "import threading, time\n"
        "def late():\n    time.sleep(0.1)\n    print('late')\n"
        "threading.Thread(target=late).start()\nprint('early')"
    )
    report = machine.verify(code("print(1)", printed("1\n")), code(source, printed("early\nlate\n")))
    assert replayed_text(report, 1) == "early\nlate\n"
    assert verdicts(report) == ["same", "same"]


def test_a_display_updated_after_the_last_reply_is_waited_for(machine: Machine) -> None:
    source = (
        "import threading\nfrom IPython.display import display\nh = display('first', display_id=True)\n"
        "threading.Timer(0.1, lambda: h.update('second')).start()"
    )
    page = {"output_type": "display_data", "data": {"text/plain": "'second'"}, "metadata": {}}
    report = machine.verify(code(source, page))
    assert verdicts(report) == ["same"]


def test_carriage_returns_are_applied_before_comparing(machine: Machine) -> None:
    source = "for i in range(4):\n    print(f'\\r{i * 25}%', end='')\nprint('\\rdone')"
    report = machine.verify(code(source, printed("\rdone\n")))
    assert verdicts(report) == ["same"]


def test_a_large_image_comes_through_whole(machine: Machine) -> None:
    source = (
        "import base64, os\nfrom IPython.display import display\n"
        "display({'image/png': base64.b64encode(bytes(6_000_000)).decode()}, raw=True)"
    )
    report = machine.verify(code(source))
    assert len(replayed(report)[0]["data"]["image/png"]) == 8_000_000


def test_help_that_the_pager_shows_is_output(machine: Machine) -> None:
    report = machine.verify(code("x = 1\nx?"))
    assert "int" in replayed(report)[0]["data"]["text/plain"]


def test_a_rich_result_keeps_all_its_types(machine: Machine) -> None:
    source = (
        "class R:\n    def _repr_html_(self): return '<b>x</b>'\n    def __repr__(self): return 'plain'\nR()"
    )
    assert replayed(machine.verify(code(source)))[0]["data"] == {
        "text/html": "<b>x</b>",
        "text/plain": "plain",
    }


def test_widgets_are_compared_by_the_state_of_their_models(machine: Machine) -> None:
    pytest.importorskip("ipywidgets")
    view = "application/vnd.jupyter.widget-view+json"

    def page(value: int) -> dict[str, object]:
        state = {
            "model_name": "IntSliderModel",
            "model_module": "@jupyter-widgets/controls",
            "model_module_version": "2.0.0",
            "state": {"value": value},
        }
        return {"application/vnd.jupyter.widget-state+json": {"state": {"m1": state}, "version_major": 2}}

    shown = {
        "output_type": "display_data",
        "data": {
            view: {"model_id": "m1", "version_major": 2, "version_minor": 0},
            "text/plain": "IntSlider(value=3)",
        },
        "metadata": {},
    }
    source = "import ipywidgets\nipywidgets.IntSlider(value=3)"
    changed = machine.verify(code(source, shown), widgets=page(5))
    assert view in replayed(changed)[0]["data"]
    assert verdicts(changed) == ["changed"]


def test_an_output_widget_takes_over_what_is_printed_in_it(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ipywidgets")
    send_comm = ChannelSession.send_comm

    def send_and_tell(self: ChannelSession, comm_id: str, data: Mapping[str, Any]) -> None:
        send_comm(self, comm_id, data)
        if "inside" in str(data):
            (machine.folder / "told").touch()

    monkeypatch.setattr(ChannelSession, "send_comm", send_and_tell)
    report = machine.verify(
        code(
            "import ipywidgets\nout = ipywidgets.Output()\nwith out:\n    print('inside')\nprint('outside')"
        ),
        # As in a page, what the widget took over comes back to the kernel in a message of its own.
        code("import os\nwhile not os.path.exists('told'):\n    pass"),
        code("print(out.outputs)"),
    )
    assert replayed_text(report) == "outside\n"
    assert "inside" in replayed_text(report, 2)


def test_the_users_ipython_history_is_untouched_and_the_kernels_own_works(machine: Machine) -> None:
    report = machine.verify(code("secret_name = 1"), code("print(In[1])", printed("secret_name = 1\n")))
    assert verdicts(report) == ["same", "same"]
    histories = list((machine.folder.parent / "ipython").rglob("history.sqlite"))
    assert all(b"secret_name" not in path.read_bytes() for path in histories)


def test_the_replay_runs_in_the_notebooks_folder_under_its_name(machine: Machine) -> None:
    report = machine.verify(code("import os\nprint(os.getcwd()); print(os.environ['JPY_SESSION_NAME'])"))
    assert replayed_text(report) == f"{machine.folder}\n{machine.folder / 'n.ipynb'}\n"
