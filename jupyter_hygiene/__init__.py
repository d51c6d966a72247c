"""Where Jupyter finds the two halves of jupyter-hygiene: the labextension and the server extension.

Importing this package costs next to nothing, so that the command line starts at once.
"""

from __future__ import annotations

from typing import Any


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jupyter-hygiene"}]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    from .server.app import HygieneApp

    return [{"module": "jupyter_hygiene", "app": HygieneApp}]
