"""What all handlers share: authorisation, reading requests, and errors as replies."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from jupyter_server.base.handlers import APIHandler
from jupyter_server.extension.handler import ExtensionHandlerMixin
from tornado import web
from tornado.iostream import StreamClosedError

from ..core.background import in_the_background
from ..core.errors import AlreadyRunning, BadRequest, HygieneError
from ..core.json_reading import is_small, parse_json
from ..core.notebook import Notebook
from .json_pieces import json_pieces

if TYPE_CHECKING:
    from .jobs import JobManager

Result = TypeVar("Result")

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


class HygieneHandler(ExtensionHandlerMixin, APIHandler):
    """Base of all handlers. Subclasses name the resource that their verbs are authorised on."""

    # Pages poll; that must not keep a server from being culled.
    _track_activity = False

    @property
    def jobs(self) -> JobManager:
        return self.settings["jupyter_hygiene_jobs"]

    async def body(self) -> dict[str, Any]:
        """The request's JSON object.

        Raises:
            BadRequest: there is none.
        """
        content = self.request.body or b"null"
        try:
            value = parse_json(content) if is_small(content) else await asyncio.to_thread(parse_json, content)
        except (ValueError, RecursionError) as error:
            raise BadRequest(f"The request's body is not JSON: {error}") from None
        if not isinstance(value, dict):
            raise BadRequest("The request's body must be a JSON object.")
        return value

    async def notebook(self, body: dict[str, Any], field: str = "notebook") -> Notebook:
        """Read a notebook from a field of a request.

        Raises:
            InvalidNotebook: it is missing, no notebook, or one of another format than 4.
        """
        from ..core.errors import InvalidNotebook

        raw = body.get(field)
        if not isinstance(raw, dict):
            raise InvalidNotebook(f"{field} must be a notebook: a JSON object.")
        if isinstance(raw.get("nbformat"), int) and raw["nbformat"] != 4:
            raise InvalidNotebook(f"The notebook is of format {raw['nbformat']}; send it as format 4.")
        if is_small(self.request.body or b""):
            return Notebook.from_json(raw)
        return await self.computed(Notebook.from_json, raw)

    @staticmethod
    async def computed(compute: Callable[..., Result], *arguments: Any) -> Result:
        """What a function gives that takes its time, in a thread that lets the event loop have its turns."""

        def in_thread() -> Result:
            with in_the_background():
                return compute(*arguments)

        return await asyncio.to_thread(in_thread)

    def reply(self, value: Any, status: int = 200) -> None:
        """Reply with JSON; ``value`` may be JSON text already."""
        self._begin_reply(status)
        self.finish(value if isinstance(value, str) else json.dumps(value))

    async def reply_at_length(self, value: Any) -> None:
        """Reply with JSON that may be so long that it is put into words off the event loop."""
        self.reply(await self.computed(lambda: "".join(json_pieces(value))))

    async def reply_in_parts(self, parts: Iterator[str]) -> None:
        """Reply with JSON text that is made part by part off the event loop, and is never there as a whole."""
        self._begin_reply(200)
        while (part := await self.computed(next, parts, None)) is not None:
            self.write(part)
            try:
                await self.flush()
            except StreamClosedError:
                return  # whoever asked is gone
        self.finish()

    def _begin_reply(self, status: int) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")

    def compute_etag(self) -> str | None:
        return None  # nothing is to be stored, and a checksum of megabytes holds up the event loop

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
