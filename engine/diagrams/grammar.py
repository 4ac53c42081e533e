"""What BPMN lets each element of a process hold, and which words its attributes take.

Source: BPMN 2.0.2, Semantic.xsd. What other namespaces put there is looked at with the extensions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from engine.diagrams.model import label
from engine.diagrams.prefixes import Prefixes
from engine.diagrams.vocabulary import (
    ACTIVITIES,
    BOOLEANS,
    CONDITIONS,
    DRAWN,
    EVENT_KINDS,
    FLOW_NODES,
    GATEWAYS,
    GLOBAL_TASKS,
    SUB_PROCESSES,
    TIMES,
    B,
    local,
    unprefixed,
)
from engine.errors import Problem

ANY = {"documentation", "extensionElements"}
DECLARING = {
    *("auditing", "monitoring", "categoryValueRef", "category", "incoming", "outgoing", "property"),
    *("ioSpecification", "ioBinding", "supportedInterfaceRef", "supports", "rendering"),
    *("resourceRole", "performer", "humanPerformer", "potentialOwner"),
    *("dataInput", "dataOutput", "inputSet", "outputSet"),
}
"""What says nothing of what happens: some tools write it also where the standard does not."""
GIVEN, TAKEN = {"dataInputAssociation"}, {"dataOutputAssociation"}
LOOPS = {"standardLoopCharacteristics", "multiInstanceLoopCharacteristics"}
TRIGGERS = {*EVENT_KINDS, "eventDefinitionRef"}
SCOPE = {*FLOW_NODES, *DRAWN, "sequenceFlow", "laneSet"}
CATCHING = DECLARING | TAKEN | TRIGGERS
THROWING = DECLARING | GIVEN | TRIGGERS
EXPRESSIONS = (*CONDITIONS, "transformation", "from", "to", *TIMES)

_OWN: Mapping[str, set[str]] = {
    "process": {"correlationSubscription"} | SCOPE,
    **dict.fromkeys(SUB_PROCESSES, SCOPE),
    "adHocSubProcess": SCOPE | {"completionCondition"},
    "scriptTask": {"script"},
    "globalScriptTask": {"script"},
    "complexGateway": {"activationCondition"},
    "sequenceFlow": {"conditionExpression"},
}
_PARTS: Mapping[str, set[str]] = {
    "standardLoopCharacteristics": {"loopCondition"},
    "multiInstanceLoopCharacteristics": {
        *("loopCardinality", "completionCondition", "complexBehaviorDefinition"),
        *("loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem"),
    },
    "complexBehaviorDefinition": {"condition", "event"},
    "event": THROWING,
    **dict.fromkeys(EVENT_KINDS, set[str]()),
    "messageEventDefinition": {"operationRef"},
    "timerEventDefinition": {*TIMES},
    "conditionalEventDefinition": {"condition"},
    "linkEventDefinition": {"source", "target"},
    **dict.fromkeys((*GIVEN, *TAKEN), {"sourceRef", "targetRef", "transformation", "assignment"}),
    "assignment": {"from", "to"},
    **dict.fromkeys(EXPRESSIONS, set[str]()),
}
HOLDS: Mapping[str, set[str]] = {
    **{
        kind: ANY | DECLARING | _OWN.get(kind, set())
        for kind in ("process", "sequenceFlow", *GLOBAL_TASKS, *GATEWAYS)
    },
    **{kind: ANY | DECLARING | LOOPS | GIVEN | TAKEN | _OWN.get(kind, set()) for kind in ACTIVITIES},
    **dict.fromkeys(("startEvent", "intermediateCatchEvent", "boundaryEvent"), ANY | CATCHING),
    **dict.fromkeys(("intermediateThrowEvent", "endEvent"), ANY | THROWING),
    **{kind: ANY | inside for kind, inside in _PARTS.items()},
}
"""Kind of element → the kinds that may stand in it. What is not here is only drawn, and not looked into."""

ONCE = (
    *({kind} for kind in _PARTS["multiInstanceLoopCharacteristics"] - {"complexBehaviorDefinition"}),
    *({kind} for kind in EXPRESSIONS if kind not in TIMES and kind != "completionCondition"),
    *({"event"}, {"targetRef"}, {"extensionElements"}, LOOPS, {*TIMES}),
)
LIMITED = frozenset[str]().union(*ONCE)
WORDS = {
    **dict.fromkeys(BOOLEANS, ("true", "false")),
    "ordering": ("Parallel", "Sequential"),
    "eventGatewayType": ("Exclusive", "Parallel"),
    "behavior": ("None", "One", "All", "Complex"),
}
"""Attribute → the words that it takes."""
OWNERS = {*FLOW_NODES, *GLOBAL_TASKS, "process", "sequenceFlow"}


def faults(
    top: etree._Element, shared: Mapping[str, etree._Element], prefixes: Prefixes
) -> Iterator[Problem]:
    """What a process or global task holds that is not known there. `shared`: event definitions by id."""
    waiting, seen = [(top, top)], set[str]()
    while waiting:
        node, around = waiting.pop()
        owner = node if local(str(node.tag)) in OWNERS else around
        yield from _wrong_words(node, owner)
        yield from _wrong_children(node, owner)
        if reference := prefixes.elsewhere(node):
            yield _problem(
                owner,
                f"Expected {{}} to refer to what is in this file, but {reference[:80]!r} is of another, or "
                "of none. Take its prefix out, or declare it.",
            )
        for child in node.iterchildren(f"{B}*"):
            inside = child
            if child.tag == f"{B}eventDefinitionRef" and (id := unprefixed(child.text)) not in seen:
                seen.add(id)
                inside = shared.get(id, child)
            if local(str(inside.tag)) in HOLDS:
                waiting.append((inside, owner))


def _wrong_words(node: etree._Element, owner: etree._Element) -> Iterator[Problem]:
    for name, value in node.items():
        words = WORDS.get(str(name), ())
        if words and value not in words:
            one_of = f"{', '.join(words[:-1])} or {words[-1]}"
            found = str(value)[:40]
            yield _problem(owner, f"Expected {one_of} as {str(name)} of {{}}, but it says {found!r}.")


def _wrong_children(node: etree._Element, owner: etree._Element) -> Iterator[Problem]:
    kind = local(str(node.tag))
    where = "{}" if node is owner else f"the <{kind}> of {{}}"
    limited: list[str] = []
    for child in node.iterchildren("*"):
        tag = str(child.tag)
        inner = local(tag)
        if tag.startswith("{") and not tag.startswith(B) and kind not in EXPRESSIONS:
            continue
        if not tag.startswith(B) or inner not in HOLDS[kind]:
            yield _problem(
                owner,
                f"Expected only what BPMN knows in {where}, but <{inner[:60]}> is not known there. "
                "Take it out, or look how it is written.",
            )
        elif inner in LIMITED and (inner not in TIMES or (child.text or "").strip()):
            limited.append(inner)
    for group in ONCE if len(limited) > 1 else ():
        found = [each for each in limited if each in group]
        if len(found) > 1:
            words = " and ".join(f"<{each}>" for each in dict.fromkeys(found))
            yield _problem(owner, f"Expected {words} once in {where}. Take all but one out.")


def _problem(owner: etree._Element, sentence: str) -> Problem:
    id, kind = owner.get("id", ""), local(str(owner.tag))
    return Problem(id, sentence.replace("{}", label(kind, owner.get("name", ""), id)))
