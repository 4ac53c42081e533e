"""Every built-in function of the standard, grouped as the standard groups them.

Each module registers its own.
"""

from feel.builtins import (
    contexts,
    conversion,
    lists,
    numeric,
    ranges,
    sorting,
    statistics,
    strings,
    temporal,
)
from feel.builtins.registry import BUILT_IN

GROUPS = (conversion, strings, lists, numeric, statistics, temporal, ranges, sorting, contexts)

__all__ = ["BUILT_IN", "GROUPS"]
