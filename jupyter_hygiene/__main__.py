"""``python -m jupyter_hygiene``: the same as ``jupyter hygiene``."""

from __future__ import annotations

import sys

from .cli import main

# Where processes are started afresh, each of them reads this file.
if __name__ == "__main__":
    sys.exit(main())
