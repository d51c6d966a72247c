"""Widget models as their comms tell them: the state that a page would save, and captured outputs.

Follows the Jupyter widget messaging protocol, version 2: ``comm_open`` and ``comm_msg`` with method ``update``
on target ``jupyter.widget``, binary buffers beside the state, and the Output widget, which takes over the
outputs of the request whose id it names.
"""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Callable, Mapping
from typing import Any

from .captured import CapturedOutputs
from .notebook import DISPLAY_DATA, ERROR, EXECUTE_RESULT, STREAM, Output
from .recorder import Budget, CellOutputs, json_size
from .session import Message

log = logging.getLogger(__name__)

WIDGET_TARGET = "jupyter.widget"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
OUTPUT_MODULE = "@jupyter-widgets/output"
SendComm = Callable[[str, Mapping[str, Any]], None]

_OUTPUTS = (STREAM, DISPLAY_DATA, EXECUTE_RESULT, ERROR)
# The kernel is told of what a widget captured no sooner than so many seconds after it, so that many lines are one
# message. All that the widget holds is sent each time: more than so many characters, only once it has doubled.
_PAUSE = 0.05
_OFTEN = 100_000


class WidgetModels:
    """The models of one kernel, by comm id. What they hold is counted.

    ``dropped``: the size of what was too large to keep. ``capture_outputs``: whether there is an Output widget.
    """

    def __init__(self, send: SendComm, budget: Budget) -> None:
        self._send = send
        self._budget = budget
        self._state: dict[str, dict[str, Any]] = {}
        self._buffers: dict[str, dict[tuple[Any, ...], dict[str, Any]]] = {}
        self._sizes: dict[tuple[str, Any], int] = {}  # of each part of a model's state
        self._capturing: dict[str, list[str]] = {}  # request id -> Output widgets, innermost last
        self._captured: dict[str, CapturedOutputs] = {}
        self._untold: set[str] = set()  # Output widgets whose outputs the kernel does not know
        self._told: dict[str, int] = {}  # how much an Output widget held when the kernel was last told
        self._timer: asyncio.TimerHandle | None = None
        self.dropped = 0
        self.capture_outputs = False

    def handle(self, message: Message, cell: CellOutputs | None) -> None:
        """Take in a comm message of a cell; others are ignored."""
        comm_id = message.content.get("comm_id")
        data = message.content.get("data")
        if not isinstance(comm_id, str) or not isinstance(data, Mapping):
            return
        if message.msg_type == "comm_open":
            if message.content.get("target_name") == WIDGET_TARGET:
                self._state[comm_id] = {}
                self._update(comm_id, data, message, cell)
        elif comm_id in self._state and data.get("method") == "update":
            self._update(comm_id, data, message, cell)
        # A closed model stays: a page saved at that moment would still show it.

    def capture(self, message: Message, cell: CellOutputs) -> bool:
        """Give an output to the widget that captures its request's outputs. False if there is none."""
        widgets = self._capturing.get(message.parent_id)
        if not widgets or message.msg_type not in _OUTPUTS:
            return False
        cell.dropped += message.left_out
        if message.left_out and not message.content:
            return True
        output = Output.from_json({"output_type": message.msg_type, **message.content})
        self._outputs_of(widgets[-1]).add(output, cell)
        self._tell_soon(widgets[-1])
        return True

    def clear_captured(self, request_id: str) -> bool:
        """Carry out ``clear_output`` in the capturing widget. False if there is none."""
        widgets = self._capturing.get(request_id)
        if not widgets:
            return False
        self._outputs_of(widgets[-1]).clear()
        self._tell_soon(widgets[-1])
        return True

    def tell_kernel(self) -> None:
        """Tell the kernel of all that its widgets captured."""
        for comm_id in list(self._untold):
            self._tell(comm_id)

    def saved_state(self) -> dict[str, Any]:
        """The models as nbformat saves them: model id -> model_name, model_module, state, buffers."""
        saved: dict[str, Any] = {}
        for comm_id, state in self._state.items():
            if "_model_name" not in state:
                continue
            model: dict[str, Any] = {
                "model_name": state.get("_model_name"),
                "model_module": state.get("_model_module"),
                "model_module_version": state.get("_model_module_version"),
                "state": {**state, **self._captured_state(comm_id)},
            }
            buffers = self._buffers.get(comm_id)
            if buffers:
                model["buffers"] = list(buffers.values())
            saved[comm_id] = model
        return saved

    def _captured_state(self, comm_id: str) -> dict[str, Any]:
        captured = self._captured.get(comm_id)
        return {"outputs": captured.to_json()} if captured else {}

    def _update(
        self, comm_id: str, data: Mapping[str, Any], message: Message, cell: CellOutputs | None
    ) -> None:
        change = data.get("state")
        if not isinstance(change, Mapping):
            return
        state = self._state[comm_id]
        is_output = (change if "_model_module" in change else state).get("_model_module") == OUTPUT_MODULE
        if is_output and "msg_id" in change:  # however little room there is
            self.capture_outputs = True
            self._redirect(comm_id, str(state.get("msg_id") or ""), str(change["msg_id"] or ""))
            state["msg_id"] = change["msg_id"]
        buffers = {
            tuple(path): base64.b64encode(bytes(buffer)).decode("ascii")
            for path, buffer in zip(data.get("buffer_paths") or [], message.buffers, strict=False)
        }
        if not self._counts(comm_id, change, buffers, cell):
            return
        state.update(change)
        for path, encoded in buffers.items():
            self._buffers.setdefault(comm_id, {})[path] = {
                "path": list(path),
                "encoding": "base64",
                "data": encoded,
            }
        if is_output and "outputs" in change:
            self._outputs_of(comm_id).clear()  # the kernel's own take their place
            del self._captured[comm_id]
            self._untold.discard(comm_id)

    def _counts(
        self,
        comm_id: str,
        change: Mapping[str, Any],
        buffers: Mapping[tuple[Any, ...], str],
        cell: CellOutputs | None,
    ) -> bool:
        """Count a change of a model's state on the notebook's limit. False if there is no room for it."""
        sizes: dict[tuple[str, Any], int] = {
            (comm_id, name): len(str(name)) + json_size(value) for name, value in change.items()
        }
        sizes.update({(comm_id, path): len(encoded) for path, encoded in buffers.items()})
        growth = sum(size - self._sizes.get(part, 0) for part, size in sizes.items())
        if growth > max(0, self._budget.left):
            self.dropped += growth
            if cell is not None:
                cell.drop_state(growth)
            return False
        self._sizes.update(sizes)
        self._budget.left -= growth
        return True

    def _redirect(self, comm_id: str, before: str, now: str) -> None:
        if comm_id in self._capturing.get(before, []):
            self._capturing[before].remove(comm_id)
        if now:
            self._capturing.setdefault(now, []).append(comm_id)

    def _outputs_of(self, comm_id: str) -> CapturedOutputs:
        if comm_id not in self._captured:
            outputs = self._state[comm_id].get("outputs")
            self._captured[comm_id] = CapturedOutputs(outputs if isinstance(outputs, list) else ())
        return self._captured[comm_id]

    def _tell_soon(self, comm_id: str) -> None:
        self._untold.add(comm_id)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_PAUSE, self._tell_in_between)

    def _tell_in_between(self) -> None:
        self._timer = None
        try:
            for comm_id in list(self._untold):
                size = self._outputs_of(comm_id).size
                if size <= _OFTEN or size >= 2 * self._told.get(comm_id, 0):
                    self._tell(comm_id)
        except Exception as error:  # the replay ended meanwhile
            log.debug("the kernel cannot be told what its widgets captured: %s", error)

    def _tell(self, comm_id: str) -> None:
        captured = self._outputs_of(comm_id)
        self._untold.discard(comm_id)
        self._told[comm_id] = captured.size
        self._send(
            comm_id, {"method": "update", "state": {"outputs": captured.to_json()}, "buffer_paths": []}
        )
