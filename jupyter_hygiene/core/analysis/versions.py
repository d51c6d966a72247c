"""What depends on the versions of a kernel's packages. Where they are not known, the newest are assumed."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Of which the versions count.
PACKAGES = ("pandas",)


def has_views(versions: Mapping[str, str]) -> bool:
    """Whether what is taken out of a table may be a view of it: so before pandas 3, which copies on write."""
    major = re.match(r"\d+", versions.get("pandas", ""))
    return major is not None and int(major[0]) < 3
