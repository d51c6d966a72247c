"""Short ways to write notebooks in tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP8z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg=="


def code(
    source: str,
    *outputs: dict[str, Any],
    count: int | None = None,
    tags: Sequence[str] = (),
    cell_id: str | None = None,
    ran: bool = True,
) -> dict[str, Any]:
    """A code cell. With outputs, or with ``count``, it has run; ``ran=False`` for one that has not."""
    cell: dict[str, Any] = {
        "cell_type": "code",
        "source": source,
        "metadata": {"tags": list(tags)} if tags else {},
        "execution_count": (count or 1) if ran else None,
        "outputs": list(outputs),
    }
    if cell_id is not None:
        cell["id"] = cell_id
    return cell


def with_settings(cell: dict[str, Any], **settings: Any) -> dict[str, Any]:
    """A cell with settings of its own."""
    return {**cell, "metadata": {**cell["metadata"], "jupyter-hygiene": settings}}


def unhurried(cell: dict[str, Any]) -> dict[str, Any]:
    """A cell that has all the time it needs, where the others have a limit that a slow machine would reach."""
    return with_settings(cell, **{"cell-timeout": 0})


def markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def printed(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def shown(data: dict[str, Any]) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": {}}


def result(text: str, count: int = 1) -> dict[str, Any]:
    return {
        "output_type": "execute_result",
        "data": {"text/plain": text},
        "metadata": {},
        "execution_count": count,
    }


def raised(name: str, value: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": value, "traceback": [f"{name}: {value}"]}


def notebook(*cells: dict[str, Any], kernel: str = "python3", **metadata: Any) -> dict[str, Any]:
    """nbformat 4.5 JSON; cells without an id get one from their position."""
    numbered = [{"id": f"c{index}", **cell} for index, cell in enumerate(cells)]
    return {
        "cells": numbered,
        "metadata": {
            "kernelspec": {"name": kernel, "display_name": kernel, "language": "python"},
            **metadata,
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
