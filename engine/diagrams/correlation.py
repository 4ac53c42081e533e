"""How the standard lets messages find their instance: by properties that each carries, and keys of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from lxml import etree

from engine.diagrams.model import CorrelationKey, CorrelationProperty
from engine.diagrams.vocabulary import B, unprefixed

_PATH = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


def feel_path(text: str) -> str:
    """A path is FEEL also without its `=`, when it only names a variable.

    >>> feel_path("order.id"), feel_path("=order.id"), feel_path("/order/@id")
    ('=order.id', '=order.id', '/order/@id')
    """
    return f"={text}" if _PATH.fullmatch(text) else text


def properties(root: etree._Element) -> Iterator[CorrelationProperty]:
    for node in root.iterchildren(f"{B}correlationProperty"):
        paths = {
            unprefixed(one.get("messageRef")): _path(one, "messagePath")
            for one in node.iterchildren(f"{B}correlationPropertyRetrievalExpression")
        }
        id = node.get("id", "")
        yield CorrelationProperty(id, node.get("name", "").strip() or id, MappingProxyType(paths))


def keys(root: etree._Element) -> Iterator[CorrelationKey]:
    for node in root.iter(f"{B}correlationKey"):
        named = (unprefixed(each.text) for each in node.iterchildren(f"{B}correlationPropertyRef"))
        yield CorrelationKey(node.get("id", ""), node.get("name", "").strip(), tuple(named))


def bindings(process: etree._Element) -> MappingProxyType[str, str]:
    """Property → where the process has its value."""
    return MappingProxyType(
        {
            unprefixed(one.get("correlationPropertyRef")): feel_path(
                (one.findtext(f"{B}dataPath") or "").strip()
            )
            for subscription in process.iterchildren(f"{B}correlationSubscription")
            for one in subscription.iterchildren(f"{B}correlationPropertyBinding")
        }
    )


def _path(node: etree._Element, kind: str) -> str:
    return feel_path((node.findtext(B + kind) or "").strip())
