"""What a file may leave out, put in on the tree that was just parsed: ids, and the `=` that marks FEEL.

Reading and normalising both start here, so that both see the same ids.
"""

from __future__ import annotations

from lxml import etree

from engine.diagrams.vocabulary import DRAWN, FLOW_NODES, B, local

NEED_IDS = (*FLOW_NODES, *DRAWN, "sequenceFlow", "process", "lane", "participant", "messageFlow")
CONDITIONS = (
    "conditionExpression",
    "condition",
    "loopCondition",
    "loopCardinality",
    "completionCondition",
    "activationCondition",
)
TIMES = ("timeDate", "timeDuration", "timeCycle")


def fill_in(root: etree._Element) -> None:
    _give_ids(root)
    _mark_feel(root)
    for empty in list(root.iter(f"{B}conditionExpression")):
        if (parent := empty.getparent()) is not None and not "".join(map(str, empty.itertext())).strip():
            parent.remove(empty)


def _give_ids(root: etree._Element) -> None:
    taken = {str(element.get("id")) for element in root.iter(f"{B}*") if element.get("id")}
    number = 0
    for element in root.iter(*(B + kind for kind in NEED_IDS)):
        if not element.get("id"):
            number += 1
            while (new := f"{local(str(element.tag))}_without_id_{number}") in taken:
                number += 1
            element.set("id", new)


def _mark_feel(root: etree._Element) -> None:
    """An expression that says it is FEEL gets the `=`; a time must say so itself, since most are fixed."""
    default = root.get("expressionLanguage", "")
    for kinds, unless_said in ((CONDITIONS, default), (TIMES, "")):
        for element in root.iter(*(B + kind for kind in kinds)):
            text = (element.text or "").strip()
            if text and not text.startswith("=") and "feel" in element.get("language", unless_said).lower():
                element.text = f"={text}"
