"""Reports as text: one module per format, loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..core.report import Report

FORMATS = ("text", "json", "junit", "html", "github")


@dataclass(frozen=True)
class Problem:
    """A notebook that could not be verified or compared, and why."""

    path: str
    kind: str
    message: str


def render(
    reports: Sequence[Report], problems: Sequence[Problem], format: str, *, colour: bool = False
) -> str:
    """Reports and problems in one of ``FORMATS``. Only the text format knows colours.

    Raises:
        ValueError: there is no such format.
    """
    if format == "text":
        from .text import render_text

        return render_text(reports, problems, colour=colour)
    if format == "json":
        from .compact import render_json

        return render_json(reports, problems)
    if format == "junit":
        from .junit import render_junit

        return render_junit(reports, problems)
    if format == "html":
        from .html import render_html

        return render_html(reports, problems)
    if format == "github":
        from .github import render_github

        return render_github(reports, problems)
    raise ValueError(f"no such format: {format}; there are {', '.join(FORMATS)}")
