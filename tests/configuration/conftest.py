"""The command line and real kernels, for tests of what settings do."""

from __future__ import annotations

from tests.cli.conftest import folder, run
from tests.replay.conftest import machine

__all__ = ["folder", "machine", "run"]
