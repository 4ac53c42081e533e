"""Reading and writing a value at a path of nested dictionaries and lists."""

from __future__ import annotations

from typing import Any

from engine.forms.components import MISSING, Path


def get(tree: Any, path: Path) -> Any:
    """MISSING where there is nothing; row numbers are text."""
    for part in path:
        if isinstance(tree, dict) and part in tree:
            tree = tree[part]
        elif isinstance(tree, list) and part.isdecimal() and int(part) < len(tree):
            tree = tree[int(part)]
        else:
            return MISSING
    return tree


def put(tree: dict[str, Any], path: Path, value: Any) -> None:
    """Dictionaries on the way are made."""
    for part in path[:-1]:
        tree = tree.setdefault(part, {})
    tree[path[-1]] = value
