"""What a file may leave out or say in several ways, put in and said in one on the tree that was just parsed.

Reading and normalising both start here, so that both see the same ids, the same texts and the same words.
"""

from __future__ import annotations

from lxml import etree

from engine.diagrams import prefixes
from engine.diagrams.vocabulary import (
    BOOLEANS,
    BPMN,
    CONDITIONS,
    DECLARED,
    DRAWN,
    EVENT_KINDS,
    FLOW_NODES,
    GLOBAL_TASKS,
    TIMES,
    XSI,
    B,
    local,
)

NEED_IDS = (*FLOW_NODES, *DRAWN, *DECLARED, "sequenceFlow", "process", "lane", "participant", "messageFlow")
HEADS = (
    *("rootElement", "flowElement", "artifact", "eventDefinition", "loopCharacteristics", "event"),
    *("catchEvent", "throwEvent", "activity", "gateway", "task", "subProcess"),
)
"""What may say by its type what it is: `<eventDefinition xsi:type="tTimerEventDefinition">`."""
TYPED = {
    *(
        *FLOW_NODES,
        *DRAWN,
        *EVENT_KINDS,
        *DECLARED,
        *GLOBAL_TASKS,
        "process",
        "sequenceFlow",
        "collaboration",
    ),
    *("standardLoopCharacteristics", "multiInstanceLoopCharacteristics", "correlationProperty"),
}
TYPE = f"{{{XSI}}}type"
WORDS = {"0": "false", "1": "true"}
VALUES = ("messagePath", "dataPath", "from")


def fill_in(root: etree._Element) -> None:
    _name_types(root)
    _plain_booleans(root)
    _give_ids(root)
    _gather_texts(root)
    _mark_feel(root)


def _gather_texts(root: etree._Element) -> None:
    """All that an expression says itself is its text: before, between and behind what it holds."""
    for expression in root.iter(*(B + kind for kind in (*CONDITIONS, *TIMES, *VALUES, "to"))):
        if len(expression):
            expression.text = "".join((expression.text or "", *(child.tail or "" for child in expression)))
            for child in expression:
                child.tail = None


def _name_types(root: etree._Element) -> None:
    """What says by its type what it is gets that name."""
    typed = [element for element in root.iter(*(B + kind for kind in HEADS)) if TYPE in element.attrib]
    declared = prefixes.declared(root) if typed else {}
    for element in typed:
        prefix, _, said = element.get(TYPE, "").strip().rpartition(":")
        kind = said[1:2].lower() + said[2:]
        if said[:1] == "t" and kind in TYPED and BPMN in declared.get(prefix, ()):
            element.tag = B + kind
            del element.attrib[TYPE]


def _plain_booleans(root: etree._Element) -> None:
    """As xsd:boolean allows them: 1 is true, and white space around is nothing."""
    for element in root.iter(f"{B}*"):
        for name in BOOLEANS:
            if (value := element.get(name)) is not None:
                said = value.strip()
                element.set(name, WORDS.get(said, said))
                if not said:
                    del element.attrib[name]


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
    for kinds, unless_said in (((*CONDITIONS, *VALUES), default), (TIMES, "")):
        for element in root.iter(*(B + kind for kind in kinds)):
            text = (element.text or "").strip()
            if text and not text.startswith("=") and "feel" in element.get("language", unless_said).lower():
                element.text = f"={text}"
