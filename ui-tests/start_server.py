"""Starts JupyterLab, which serves Notebook too, for the browser tests."""

import sys

# A grammar of addresses that no test looks at, and that takes seconds to read (see the root conftest.py).
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

from jupyterlab.labapp import main  # noqa: E402

sys.exit(main())
