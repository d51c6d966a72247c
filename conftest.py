"""Plugins that all tests share."""

import sys

# jsonschema reads in the grammar of international URIs, which takes seconds in each process, if this can be
# imported. No test looks at such an address.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

pytest_plugins = ["pytest_jupyter.jupyter_server"]
