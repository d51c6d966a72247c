"""Answering ``POST check`` and ``GET rules``: hygiene findings of the live document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import authorized
from tornado import web

from ..core.analysis_requests import runs_from_json
from ..core.configuration import configure, request_layer
from ..core.errors import BadRequest
from ..core.notebook import Notebook
from .base import HygieneHandler
from .own_process import answered, is_much
from .requests import checked_path, notebook_folder, served_folder


class RulesHandler(HygieneHandler):
    @web.authenticated
    @authorized("read", resource="contents")
    async def get(self) -> None:
        """Every hygiene rule, with what it is for."""

        def described() -> list[dict[str, Any]]:
            from ..core.hygiene import RULES

            return [rule.to_json() for rule in RULES.values()]

        self.reply({"rules": await self.computed(described)})


class CheckHandler(HygieneHandler):
    @web.authenticated
    @authorized("read", resource="contents")
    async def post(self) -> None:
        """Check a notebook by the hygiene rules; nothing is run."""
        body = await self.body()
        path = await checked_path(body.get("path"), self.contents_manager)
        notebook = await self.notebook(body)
        folder = await notebook_folder(path, self.contents_manager, self.kernel_manager)
        root = served_folder(self.contents_manager) if folder is not None else None
        kernel_name = body.get("kernel_name")
        if kernel_name is not None and not isinstance(kernel_name, str):
            raise BadRequest("kernel_name must be text or null.")
        kernel_name = kernel_name or notebook.kernel_name
        if is_much(body["notebook"].get("cells")):
            places = [str(place) if place is not None else None for place in (folder, root)]
            self.reply(await answered("check", self.request.body, path, *places, kernel_name))
            return
        found = await self.computed(findings_of, body, path, notebook, (folder, root), kernel_name)
        await self.reply_at_length(found)


def findings_of(
    body: Mapping[str, Any],
    path: str,
    notebook: Notebook,
    places: tuple[Path | None, Path | None],
    kernel_name: str | None,
) -> dict[str, Any]:
    """The reply to a request to check a notebook.

    Args:
        places: the notebook's folder, and the one that is served, if they are on this machine.
    """
    from ..core.hygiene.examination import Subject, examine, fix_for_all
    from ..kernels.specs import interpreter_of

    settings = body.get("settings", {})
    if not isinstance(settings, Mapping):
        raise BadRequest("settings must be an object.")
    folder, root = places
    configuration = configure(notebook, folder, request_layer(settings, folder, root), root)
    subject = Subject(
        notebook,
        path,
        folder,
        configuration,
        history=None if body.get("history") is None else runs_from_json(body),
        interpreter=interpreter_of(kernel_name) if folder is not None else None,
    )
    found = examine(subject)
    fix = fix_for_all(subject, body["notebook"]) if body.get("fix_all") else None
    return {
        "findings": [finding.to_json() for finding in found.findings],
        "silenced": found.silenced,
        "notes": list(found.notes),
        "fix_all": fix.to_json() if fix is not None else None,
    }
