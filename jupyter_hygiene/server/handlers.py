"""The HTTP interface, as thin as it can be. Shapes: ``schemas/api.schema.json``.

What runs code is authorised as ``execute`` on ``kernels``; what shows a notebook's outputs, as ``read`` on
``contents``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from jupyter_server.auth.decorator import authorized
from jupyter_server.gateway.managers import GatewayMappingKernelManager
from jupyter_server.utils import url_path_join
from tornado import web

from ..core.analysis_requests import AnalysisDesk
from ..core.configuration import configure
from ..core.errors import BadRequest, NotFound
from .base import HygieneHandler
from .checks import CheckHandler, RulesHandler
from .json_pieces import json_pieces
from .matches import MatchHandler
from .own_process import answered, is_much
from .requests import ServerLimits, checked_path, job_request, notebook_key, request_settings

_ID = r"(?P<verification_id>[0-9a-f]+)"


class VerificationsHandler(HygieneHandler):
    @web.authenticated
    @authorized("execute", resource="kernels")
    async def post(self) -> None:
        """Start a verification."""
        body = await self.body()
        path = await checked_path(body.get("path"), self.contents_manager)
        notebook = await self.notebook(body)
        limits: ServerLimits = self.settings["jupyter_hygiene_limits"]
        request = await job_request(path, notebook, body, self.contents_manager, self.kernel_manager, limits)
        job = self.jobs.submit(request)
        location = url_path_join(self.base_url, "jupyter-hygiene", "api", "verifications", job.id)
        self.set_header("Location", location)
        self.reply(job.to_json(), 202)

    @web.authenticated
    @authorized("read", resource="contents")
    async def get(self) -> None:
        """The verification of a notebook that is under way, else its last."""
        path = await checked_path(self.get_query_argument("path", ""), self.contents_manager)
        last = await self.jobs.last_of(notebook_key(self.contents_manager, path))
        await self.reply_at_length({"verifications": [last] if last else []})


class VerificationHandler(HygieneHandler):
    @web.authenticated
    @authorized("read", resource="contents")
    async def get(self, verification_id: str) -> None:
        """How a verification stands."""
        await self.reply_at_length(await self.jobs.verification(verification_id))

    @web.authenticated
    @authorized("execute", resource="kernels")
    async def delete(self, verification_id: str) -> None:
        """Cancel it, and kill its kernel."""
        await self.jobs.cancel(verification_id)
        self.set_status(204)
        self.finish()


class CellHandler(HygieneHandler):
    @web.authenticated
    @authorized("read", resource="contents")
    async def get(self, verification_id: str, cell_id: str) -> None:
        """One cell's outputs, as saved and as replayed."""
        self.reply(await self.jobs.detail(verification_id, cell_id))


class OutputsHandler(HygieneHandler):
    @web.authenticated
    @authorized("read", resource="contents")
    async def get(self, verification_id: str) -> None:
        """What the replay gave, to take over. Cells that it did not run are left out."""
        details = await self.computed(self.jobs.details, verification_id)
        await self.reply_in_parts(_replayed(details))


class KernelHandler(HygieneHandler):
    @web.authenticated
    @authorized("execute", resource="kernels")
    async def post(self, verification_id: str) -> None:
        """Hand the replay's kernel over to the user."""
        self.reply(await self.jobs.hand_over(verification_id))

    @web.authenticated
    @authorized("execute", resource="kernels")
    async def delete(self, verification_id: str) -> None:
        """Shut the replay's kernel down: nobody wants it."""
        await self.jobs.release_kernel(verification_id)
        self.set_status(204)
        self.finish()


class ExportHandler(HygieneHandler):
    @web.authenticated
    @authorized("read", resource="contents")
    async def get(self, verification_id: str) -> None:
        """The report as a file to keep."""
        kind = self.get_query_argument("format", "html")
        if kind not in ("html", "json"):
            raise BadRequest("format must be html or json.")

        record = await self.jobs.verification(verification_id)
        if record["report"] is None:
            raise NotFound("This verification has no report (yet).")

        def export() -> tuple[bytes, str]:
            from ..core.reading import report_from_json
            from ..formats import render

            report = report_from_json(record["report"], list(self.jobs.details(verification_id)))
            return render([report], [], kind).encode("utf-8", "replace"), report.path

        content, path = await self.computed(export)
        name = f"{path.rpartition('/')[2].removesuffix('.ipynb')}-verification.{kind}"
        self.set_header(
            "Content-Disposition", f"attachment; filename*=UTF-8''{quote(name, errors='replace')}"
        )
        self.set_header("Content-Security-Policy", "default-src 'none'; sandbox")
        self.set_header("Cache-Control", "no-store")
        mime = "text/html; charset=UTF-8" if kind == "html" else "application/json"
        self.finish(content, set_content_type=mime)


class CompareHandler(HygieneHandler):
    @web.authenticated
    @authorized("read", resource="contents")
    async def post(self) -> None:
        """Compare two notebooks; no kernel is involved."""
        body = await self.body()
        saved = await self.notebook(body, "saved")
        replayed = await self.notebook(body, "replayed")

        def compare() -> dict[str, Any]:
            from ..core.pairing import compare_notebooks

            request = request_settings(body.get("options"), None, None)
            configuration = configure(saved, None, request)
            path = str(body.get("path") or "")
            return compare_notebooks(saved, replayed, path=path, configuration=configuration).to_json()

        await self.reply_at_length(await self.computed(compare))


class AnalyzeHandler(HygieneHandler):
    @web.authenticated
    @authorized("read", resource="contents")
    async def post(self) -> None:
        """Predict which cells a clean run would give otherwise; nothing is run."""
        body = await self.body()
        if is_much(body.get("cells"), body.get("history")):
            self.reply(await answered("analyze", self.request.body))
            return
        desk: AnalysisDesk = self.settings["jupyter_hygiene_analysis"]

        def answer() -> dict[str, Any]:
            versions = body.get("versions")
            if versions is None and isinstance(kernel_name := body.get("kernel_name"), str) and is_local:
                from ..kernels.versions import package_versions

                versions = package_versions(kernel_name)
            return desk.answer({**body, "versions": versions})

        is_local = not isinstance(self.kernel_manager, GatewayMappingKernelManager)
        await self.reply_at_length(await self.computed(answer))


class UnknownHandler(HygieneHandler):
    """Whatever is not there."""

    @web.authenticated
    async def get(self) -> None:
        raise NotFound(f"There is nothing at {self.request.path}.")

    post = put = patch = delete = get


def _replayed(details: Iterator[dict[str, Any]]) -> Iterator[str]:
    """The contract's ``ReplayedCells`` as text, a cell at a time."""
    opening = '{"cells": ['
    for detail in details:
        if detail["verdict"] not in ("skipped", "not_reached"):
            cell = {
                "id": detail["id"],
                "execution_count": detail["execution_count"],
                "outputs": detail["replayed_outputs"],
            }
            yield opening + "".join(json_pieces(cell))
            opening = ", "
    yield ('{"cells": [' if opening != ", " else "") + "]}"


def handlers() -> list[tuple[str, type[HygieneHandler]]]:
    """Patterns below ``{base_url}jupyter-hygiene/api/``, and who answers."""
    routes: list[tuple[str, type[HygieneHandler]]] = [
        ("verifications", VerificationsHandler),
        (f"verifications/{_ID}", VerificationHandler),
        (f"verifications/{_ID}/cells/(?P<cell_id>[^/]+)", CellHandler),
        (f"verifications/{_ID}/outputs", OutputsHandler),
        (f"verifications/{_ID}/match", MatchHandler),
        (f"verifications/{_ID}/kernel", KernelHandler),
        (f"verifications/{_ID}/export", ExportHandler),
        ("compare", CompareHandler),
        ("analyze", AnalyzeHandler),
        ("check", CheckHandler),
        ("rules", RulesHandler),
        (".*", UnknownHandler),
    ]
    return [(f"/jupyter-hygiene/api/{pattern}", handler) for pattern, handler in routes]
