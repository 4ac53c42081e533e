"""What `zeebe:` may say, at which elements, and what is done with it. What is not in this table is refused.

The vetting refuses by it and `docs/bpmn.md` is written from it. Reading what is executed is the business of
`engine.diagrams.extensions` and of the executor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

from lxml import etree

from engine.diagrams.extensions import Owners
from engine.diagrams.model import Use
from engine.diagrams.support import DRAWN, REFUSED, RUN, Status
from engine.diagrams.vocabulary import (
    ACTIVITIES,
    BPMN,
    EVENTS,
    GLOBAL_TASKS,
    ZEEBE,
    B,
    Z,
    local,
)

MAX_WAY = 200
_PREFIXES = {"bpmn": BPMN, "zeebe": ZEEBE}
ANYWHERE: Final[frozenset[str]] = frozenset()
HUMAN = frozenset({"userTask", "manualTask"})
ASKS = HUMAN | {"startEvent", "intermediateCatchEvent", "boundaryEvent", "receiveTask"}
WORK = frozenset({"serviceTask", "businessRuleTask", "sendTask"})
GIVEN = frozenset({*ACTIVITIES, "intermediateThrowEvent", "endEvent"})
GIVES = frozenset({*ACTIVITIES, *EVENTS, "eventSubProcess"})


@dataclass(frozen=True, slots=True)
class Extension:
    """`element`: its way from `extensionElements`, or "" for an attribute of a BPMN element.

    `attributes`: those the row is about, "" for the element itself. `on`: the elements that have a use for
    it. `values`: the only ones it may have.
    """

    element: str
    attributes: tuple[str, ...]
    status: Status
    note: str
    on: frozenset[str] = ANYWHERE
    values: tuple[str, ...] = ()


_PINNED = "Called processes, forms and decisions are those of the same release: write deployment, or nothing."
_LISTENER = "Draw a service task for what is to be done then."
_FORM = "Keep the form in a file of its own, and name it as formId."

TABLE: Final = (
    Extension("assignmentDefinition", ("assignee", "candidateGroups"), RUN, "Who does it.", HUMAN),
    Extension(
        "assignmentDefinition",
        ("candidateUsers",),
        REFUSED,
        "Name one person as assignee, or a role as candidate groups.",
    ),
    Extension("userTask", ("",), RUN, "A task in the inbox, which every user task is.", HUMAN),
    Extension("formDefinition", ("formId",), RUN, "The form that is asked.", ASKS),
    Extension("formDefinition", ("formKey", "externalReference"), REFUSED, _FORM),
    Extension("formDefinition", ("bindingType",), RUN, _PINNED, ASKS, ("deployment",)),
    Extension("formDefinition", ("versionTag",), REFUSED, _PINNED),
    Extension("userTaskForm", ("", "id"), REFUSED, _FORM),
    Extension("taskSchedule", ("dueDate", "followUpDate"), RUN, "When it is due.", HUMAN),
    Extension("priorityDefinition", ("priority",), RUN, "From 0 to 100.", HUMAN),
    Extension("jobPriorityDefinition", ("priority",), REFUSED, "Operations are done at once: take it out."),
    Extension("taskDefinition", ("type",), RUN, "The operation that does it.", WORK),
    Extension(
        "taskDefinition",
        ("retries",),
        DRAWN,
        "An operation that fails waits for a person, who tries it again.",
        WORK,
    ),
    Extension("taskHeaders", ("",), DRAWN, "Operations are given input mappings.", WORK | HUMAN),
    Extension("taskHeaders/header", ("id", "key", "value"), DRAWN, "Operations are given input mappings."),
    Extension(
        "calledElement",
        ("processId",),
        RUN,
        "The process that is called.",
        frozenset({"callActivity"}),
    ),
    Extension(
        "calledElement",
        ("propagateAllParentVariables", "propagateAllChildVariables"),
        RUN,
        "What the process that is called is given, and gives back.",
        frozenset({"callActivity"}),
        ("true", "false"),
    ),
    Extension("calledElement", ("bindingType",), RUN, _PINNED, ANYWHERE, ("deployment",)),
    Extension("calledElement", ("versionTag",), REFUSED, _PINNED),
    Extension("calledElement", ("processIdExpression",), REFUSED, "Name one process."),
    Extension("calledElement", ("businessId",), REFUSED, "A called process belongs to the same case."),
    Extension(
        "calledDecision",
        ("decisionId", "resultVariable"),
        RUN,
        "The decision that is made, and where it goes.",
        frozenset({"businessRuleTask"}),
    ),
    Extension("calledDecision", ("bindingType",), RUN, _PINNED, ANYWHERE, ("deployment",)),
    Extension("calledDecision", ("versionTag",), REFUSED, _PINNED),
    Extension("subscription", ("correlationKey",), RUN, "Whom it is for.", frozenset({"message"})),
    Extension("ioMapping", ("",), RUN, "What goes in and what comes out.", GIVES),
    Extension("ioMapping/input", ("source", "target"), RUN, "What goes in.", GIVEN),
    Extension("ioMapping/output", ("source", "target"), RUN, "What comes out.", GIVES),
    Extension(
        "loopCharacteristics",
        ("inputCollection", "inputElement", "outputCollection", "outputElement"),
        RUN,
        "The collection of a multi-instance, and what its instances give.",
        frozenset({"multiInstanceLoopCharacteristics"}),
    ),
    Extension("properties", ("",), RUN, "Shown with a task; `handrail:` ones mean what the how-to says."),
    Extension("properties/property", ("name", "value"), RUN, "Shown with a task."),
    Extension(
        "script",
        ("expression", "resultVariable"),
        REFUSED,
        "Give a task an output mapping (Output: variable and FEEL value).",
    ),
    Extension("executionListeners", ("",), REFUSED, _LISTENER),
    Extension("taskListeners", ("",), REFUSED, _LISTENER),
    Extension("linkedResources", ("",), REFUSED, "Name an operation that knows what it needs."),
    Extension(
        "adHoc",
        ("activeElementsCollection", "outputCollection", "outputElement"),
        REFUSED,
        "Every activity that nothing leads to is offered: put a gateway inside to choose among them.",
    ),
    Extension("agentDefinition", ("agentType",), REFUSED, "Name an operation of this service."),
    Extension(
        "conditionalFilter",
        ("variableNames", "variableEvents"),
        REFUSED,
        "A condition is looked at whenever anything changes: write what must be true.",
    ),
    Extension("versionTag", ("value",), DRAWN, "A release has a number of its own."),
    Extension(
        "",
        (
            "modelerTemplate",
            "modelerTemplateVersion",
            "modelerTemplateIcon",
            "modelerConfigurationTemplate",
            "modelerConfigurationName",
        ),
        DRAWN,
        "For the tool that draws.",
    ),
)

KNOWN: Final = {(row.element, name): row for row in TABLE for name in row.attributes}
_ELEMENTS: Final = {row.element: row for row in reversed(TABLE)}  # its first row


def row_of(use: Use) -> Extension | None:
    """The row that says what is done with it; None when nothing knows it."""
    outer = _ELEMENTS.get(use.element.partition("/")[0])
    if outer is not None and outer.status == REFUSED:
        return outer
    return KNOWN.get((use.element, use.attribute)) or (None if use.attribute else _ELEMENTS.get(use.element))


def uses(root: etree._Element) -> Iterator[Use]:
    """Everything that the file says in `zeebe:`, wherever it stands."""
    owners, seen = Owners(), Counter[tuple[etree._Element, str]]()
    for element, (holder, way) in _places(root).items():
        at = owners[holder], _kind(holder)
        seen[holder, way] += "/" not in way
        yield Use(*at, way, again=seen[holder, way] > 1)
        for name, value in element.items():
            if value.strip():
                yield Use(*at, way, local(str(name)), str(value).strip())
    for attribute in cast("list[Any]", root.xpath("//bpmn:*/@zeebe:*", namespaces=_PREFIXES)):
        holder = attribute.getparent()
        yield Use(owners[holder], _kind(holder), "", local(attribute.attrname), str(attribute))


def _places(root: etree._Element) -> dict[etree._Element, tuple[etree._Element, str]]:
    """`zeebe:` element → the BPMN element that it is about, and the way to it from there.

    A way that is wrong begins with `…/`, and a long one is cut: it is in no table.
    """
    holders = {holder: around for around, holder in _first_holders(root).items()}
    places: dict[etree._Element, tuple[etree._Element, str]] = {}
    for element in root.iter(f"{Z}*"):
        around, name = element.getparent(), local(str(element.tag))
        if around is None:
            continue
        if around in places:
            about, way = places[around]
            places[element] = about, f"{way}/{name}"[:MAX_WAY]
        elif around in holders:
            places[element] = holders[around], name
        else:
            places[element] = around, f"…/{name}"
    return places


def _first_holders(root: etree._Element) -> dict[etree._Element, etree._Element]:
    """Element → its `extensionElements`; of several only the first is read."""
    found: dict[etree._Element, etree._Element] = {}
    for holder in root.iter(f"{B}extensionElements"):
        around = holder.getparent()
        if around is not None:
            found.setdefault(around, holder)
    return found


def _kind(node: etree._Element) -> str:
    if node.get("triggeredByEvent") in ("true", "1"):
        return "eventSubProcess"
    kind = local(str(node.tag))
    return GLOBAL_TASKS.get(kind, kind)
