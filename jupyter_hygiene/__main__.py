"""``python -m jupyter_hygiene``: the same as ``jupyter hygiene``."""

from __future__ import annotations

import sys

from .cli import main

sys.exit(main())
