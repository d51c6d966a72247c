"""Answering ``POST verifications/{id}/match``: what a verification still says of the page as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import authorized
from tornado import web

from ..core.configuration import Configuration, configure
from ..core.errors import InvalidSettings
from ..core.notebook import Notebook
from .base import HygieneHandler
from .own_process import is_much
from .requests import notebook_folder, served_folder


class MatchHandler(HygieneHandler):
    @web.authenticated
    @authorized("read", resource="contents")
    async def post(self, verification_id: str) -> None:
        """Which verdicts still hold, and what is to be said of cells that show something else now."""
        body = await self.body()
        page = await self.notebook(body)
        record = await self.jobs.verification(verification_id)
        folder = await notebook_folder(record["path"], self.contents_manager, self.kernel_manager)
        root = served_folder(self.contents_manager) if folder is not None else None

        def matched() -> dict[str, Any]:
            from ..core.matching import known_from_json, match

            return match(
                page,
                self.jobs.pages(verification_id),
                (record["report"] or {}).get("cells"),
                _configured(page, folder, root),
                known=known_from_json(body.get("known")),
                by_text=is_much(body["notebook"].get("cells")),
            ).to_json()

        await self.reply_at_length(await self.computed(matched))


def _configured(page: Notebook, folder: Path | None, root: Path | None) -> Configuration:
    try:
        return configure(page, folder, None, root)
    except InvalidSettings:  # which a verification would be refused for
        return Configuration()
