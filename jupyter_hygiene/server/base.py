"""What all handlers share: authorisation, reading requests, and errors as replies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.extension.handler import ExtensionHandlerMixin
from tornado import web

from ..core.errors import AlreadyRunning, BadRequest, HygieneError
from ..core.notebook import Notebook

if TYPE_CHECKING:
    from .jobs import JobManager

# The one place that maps our errors to HTTP.
_STATUS = {
    "invalid_notebook": 400,
    "invalid_settings": 400,
    "bad_request": 400,
    "kernel_not_found": 400,
    "kernel_start_failed": 500,
    "kernel_died": 410,
    "scratch_failed": 400,
    "already_running": 409,
    "not_found": 404,
    "refused": 409,
    "too_many": 429,
}


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


class HygieneHandler(ExtensionHandlerMixin, APIHandler):
    """Base of all handlers. Subclasses name the resource that their verbs are authorised on."""

    # Pages poll; that must not keep a server from being culled.
    _track_activity = False

    @property
    def jobs(self) -> JobManager:
        return self.settings["jupyter_hygiene_jobs"]

    def body(self) -> dict[str, Any]:
        """The request's JSON object.

        Raises:
            BadRequest: there is none.
        """
        try:
            value = json.loads(self.request.body or b"null", parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise BadRequest(f"The request's body is not JSON: {error}") from None
        if not isinstance(value, dict):
            raise BadRequest("The request's body must be a JSON object.")
        return value

    def notebook(self, raw: Any) -> Notebook:
        """Read a notebook from a request.

        Raises:
            InvalidNotebook: it is none, or of another format than 4.
        """
        from ..core.errors import InvalidNotebook

        if isinstance(raw, dict) and isinstance(raw.get("nbformat"), int) and raw["nbformat"] != 4:
            raise InvalidNotebook(f"The notebook is of format {raw['nbformat']}; send it as format 4.")
        return Notebook.from_json(raw)

    def reply(self, value: Any, status: int = 200) -> None:
        """Reply with JSON; ``value`` may be JSON text already."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.finish(value if isinstance(value, str) else json.dumps(value))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Reply with a ``Failure`` whatever went wrong."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        failure = {"kind": "http", "message": self._reason}
        if isinstance(error, HygieneError):
            failure = {"kind": error.kind, "message": error.message}
            if isinstance(error, AlreadyRunning):
                failure["verification_id"] = error.verification_id
        elif isinstance(error, web.HTTPError):
            failure["message"] = error.log_message or error.reason or self._reason
        elif error is not None:
            failure = {"kind": "internal", "message": "Something went wrong in the server. Its log has more."}
        self.reply(failure, status_code)

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        if not isinstance(value, HygieneError):
            super().log_exception(typ, value, tb)

    def _handle_request_exception(self, e: BaseException) -> None:
        if isinstance(e, HygieneError) and not self._finished:
            import sys

            self.send_error(_STATUS.get(e.kind, 500), exc_info=sys.exc_info())
        else:
            super()._handle_request_exception(e)
