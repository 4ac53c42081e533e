"""How much of everything a file may hold, and what an id may look like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from engine.diagrams.parts import line
from engine.diagrams.vocabulary import DECLARED, EVENT_KINDS, FLOW_NODES, B, local, words
from engine.errors import Problem

MAX_NODES = 6_000
MAX_FLOWS = 12_000
MAX_DECLARED = 5_000
MAX_PROCESSES = 500
MAX_INCLUSIVE = 200
MAX_CORRELATED = 1_000
MAX_NAME = 1_000
MAX_TEXT = 50_000
MAX_ID = 255

CORRELATED = (
    "correlationKey",
    "correlationProperty",
    "correlationPropertyRef",
    "correlationPropertyRetrievalExpression",
    "correlationPropertyBinding",
)
GROUPS = {
    **dict.fromkeys(FLOW_NODES, "elements"),
    **dict.fromkeys(("inclusiveGateway", "complexGateway"), "inclusive and complex gateways"),
    **dict.fromkeys(EVENT_KINDS, "event definitions"),
    **dict.fromkeys(DECLARED, "messages and signals"),
    **dict.fromkeys(CORRELATED, "parts of correlation keys"),
    "process": "processes",
    "sequenceFlow": "flows",
    "messageFlow": "message flows",
}
MOST = {
    "processes": MAX_PROCESSES,
    "elements": MAX_NODES,
    "inclusive and complex gateways": MAX_INCLUSIVE,
    "event definitions": MAX_NODES,
    "flows": MAX_FLOWS,
    "message flows": MAX_DECLARED,
    "messages and signals": MAX_DECLARED,
    "parts of correlation keys": MAX_CORRELATED,
}

ID = re.compile(r"[^\W\d][\w.\-]{0,254}")


def problems(root: etree._Element) -> Iterator[Problem]:
    """What is too much, and ids that are no ids or are given twice."""
    counts = Counter[str]()
    seen: set[str] = set()
    for element in root.iter(f"{B}*"):
        counts[GROUPS.get(local(str(element.tag)), "")] += 1
        id = element.get("id")
        if id is not None:
            yield from _wrong_id(element, id, seen)
        yield from _too_long(element, id or "")
    for group, most in MOST.items():
        if counts[group] > most:
            found = f"{counts[group]:,}"
            yield Problem("", f"Expected at most {most:,} {group}, but there are {found}. Split it up.")


def _wrong_id(element: etree._Element, id: str, seen: set[str]) -> Iterator[Problem]:
    if not ID.fullmatch(id):
        shape = f"at most {MAX_ID} letters, digits, '.', '-' and '_', starting with a letter or '_'"
        yield Problem(id[:MAX_ID], f"Expected an id of {shape}, but {_where(element)} has another.")
    elif id in seen:
        yield Problem(id, f"Expected every id once, but {id} is used again by {_where(element)}.")
    seen.add(id)


def _too_long(element: etree._Element, id: str) -> Iterator[Problem]:
    if len(element.get("name", "")) > MAX_NAME:
        most = f"a name of at most {MAX_NAME:,} characters"
        yield Problem(id[:MAX_ID], f"Expected {most}, but {_where(element)} has a longer one.")
    if len(element.text or "") > MAX_TEXT:
        most = f"at most {MAX_TEXT:,} characters of text"
        yield Problem(id[:MAX_ID], f"Expected {most}, but {_where(element)} holds more.")


def _where(element: etree._Element) -> str:
    return f"the {words(local(str(element.tag)))} on line {line(element)}"
