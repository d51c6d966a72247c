"""Widget models as their comms tell them: the state that a page would save, and captured outputs.

Follows the Jupyter widget messaging protocol, version 2: ``comm_open`` and ``comm_msg`` with method ``update``
on target ``jupyter.widget``, binary buffers beside the state, and the Output widget, which takes over the
outputs of the request whose id it names.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from .notebook import Output
from .session import Message

WIDGET_TARGET = "jupyter.widget"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
OUTPUT_MODULE = "@jupyter-widgets/output"
SendComm = Callable[[str, Mapping[str, Any]], None]


class WidgetModels:
    """The models of one kernel, by comm id."""

    def __init__(self, send: SendComm) -> None:
        self._send = send
        self._state: dict[str, dict[str, Any]] = {}
        self._buffers: dict[str, dict[tuple[Any, ...], dict[str, Any]]] = {}
        self._capturing: dict[str, list[str]] = {}  # request id -> Output widgets, innermost last

    def handle(self, message: Message) -> None:
        """Take in a comm message; others are ignored."""
        comm_id = message.content.get("comm_id")
        data = message.content.get("data")
        if not isinstance(comm_id, str) or not isinstance(data, Mapping):
            return
        if message.msg_type == "comm_open":
            if message.content.get("target_name") == WIDGET_TARGET:
                self._state[comm_id] = {}
                self._update(comm_id, data, message)
        elif comm_id in self._state and data.get("method") == "update":
            self._update(comm_id, data, message)
        # A closed model stays: a page saved at that moment would still show it.

    def capture(self, request_id: str, output: Output) -> bool:
        """Give an output to the widget that captures this request's outputs. False if there is none."""
        widgets = self._capturing.get(request_id)
        if not widgets:
            return False
        outputs = self._captured(widgets[-1])
        raw = output.to_json()
        last = outputs[-1] if outputs else None
        if last and output.text and last.get("output_type") == "stream" and last.get("name") == output.name:
            last["text"] += output.text
        else:
            outputs.append(raw)
        self._tell_kernel(widgets[-1])
        return True

    def clear_captured(self, request_id: str) -> bool:
        """Carry out ``clear_output`` in the capturing widget. False if there is none."""
        widgets = self._capturing.get(request_id)
        if not widgets:
            return False
        self._captured(widgets[-1]).clear()
        self._tell_kernel(widgets[-1])
        return True

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
                "state": dict(state),
            }
            buffers = self._buffers.get(comm_id)
            if buffers:
                model["buffers"] = list(buffers.values())
            saved[comm_id] = model
        return saved

    def _update(self, comm_id: str, data: Mapping[str, Any], message: Message) -> None:
        change = data.get("state")
        if not isinstance(change, Mapping):
            return
        state = self._state[comm_id]
        before = state.get("msg_id", "")
        state.update(change)
        paths = data.get("buffer_paths") or []
        for path, buffer in zip(paths, message.buffers, strict=False):
            encoded = base64.b64encode(bytes(buffer)).decode("ascii")
            self._buffers.setdefault(comm_id, {})[tuple(path)] = {
                "path": list(path),
                "encoding": "base64",
                "data": encoded,
            }
        if state.get("_model_module") == OUTPUT_MODULE and "msg_id" in change:
            self._redirect(comm_id, str(before or ""), str(change["msg_id"] or ""))

    def _redirect(self, comm_id: str, before: str, now: str) -> None:
        if comm_id in self._capturing.get(before, []):
            self._capturing[before].remove(comm_id)
        if now:
            self._capturing.setdefault(now, []).append(comm_id)

    def _captured(self, comm_id: str) -> list[dict[str, Any]]:
        outputs = self._state[comm_id].get("outputs")
        if not isinstance(outputs, list):
            outputs = list(outputs or ())
        self._state[comm_id]["outputs"] = outputs
        return outputs

    def _tell_kernel(self, comm_id: str) -> None:
        self._send(
            comm_id, {"method": "update", "state": {"outputs": self._captured(comm_id)}, "buffer_paths": []}
        )
