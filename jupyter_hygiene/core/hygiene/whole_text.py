"""All of a notebook's code as one text, for a quick look: most rules have nothing to say of most notebooks."""

from __future__ import annotations

from collections.abc import Iterable

from .page import Page


def all_code(page: Page) -> str:
    """The sources of the code cells, one below the other."""
    return page.once("all code", lambda: "\n".join(code.cell.source for code in page.code))


def mentions(page: Page, words: Iterable[str]) -> bool:
    """Whether one of some pieces of text occurs anywhere in the code."""
    text = all_code(page)
    return any(word in text for word in words)
