"""What `zeebe:` elements say about an element, ready to be worked out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import feel

from .script import Expression, read

ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"

Refuse = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Mapping:
    """`target` is a variable, or a path in one: `a.b`."""

    source: Expression
    target: str


@dataclass(frozen=True, slots=True)
class Extensions:
    assignee: Expression | None = None
    role: Expression | None = None
    form: str | None = None
    due: Expression | None = None
    follow_up: Expression | None = None
    priority: Expression | None = None
    operation: str | None = None
    called_process: str | None = None
    decision: str | None = None
    result: str | None = None
    whole_parent: bool = True  # propagateAllParentVariables
    whole_child: bool = True  # propagateAllChildVariables
    correlation: Expression | None = None
    collection: Expression | None = None
    item: str | None = None
    output_collection: str | None = None
    output_item: Expression | None = None
    inputs: tuple[Mapping, ...] = ()
    outputs: tuple[Mapping, ...] = ()
    properties: tuple[tuple[str, Expression], ...] = field(default=())


NONE = Extensions()


def extensions(node: Any, refuse: Refuse) -> Extensions:
    """What the element's `bpmn:extensionElements` says in `zeebe:`; other vendors' are not ours to run."""
    found = node.find(BPMN + "extensionElements")
    if found is None:
        return NONE
    reader = _Reader(found, refuse)
    return reader.all() if reader.any else NONE


def expression(text: str | None, refuse: Refuse) -> Expression | None:
    """None when there is no text. Refuses what is not FEEL after `=`."""
    if text is None or not text.strip():
        return None
    try:
        return read(text)
    except feel.FeelError as error:
        refuse(f"Expected FEEL after `=`, but `{text.strip()[:80]}` is not: {error}")
        return None


class _Reader:
    def __init__(self, node: Any, refuse: Refuse) -> None:
        self.node = node
        self.refuse = refuse
        self.any = any(isinstance(child.tag, str) and child.tag.startswith(ZEEBE) for child in node)

    def text(self, element: str, attribute: str) -> str | None:
        found = self.node.find(ZEEBE + element)
        value = None if found is None else found.get(attribute)
        return value.strip() if value and value.strip() else None

    def feel(self, element: str, attribute: str) -> Expression | None:
        return expression(self.text(element, attribute), self.refuse)

    def fixed(self, element: str, attribute: str) -> str | None:
        """Text that is the same in every instance."""
        text = self.text(element, attribute)
        if text is not None and text.startswith("="):
            self.refuse(f"Expected fixed text in {element} {attribute}, but `{text[:80]}` is an expression.")
        return text

    def yes(self, element: str, attribute: str) -> bool:
        """Yes, unless it says no."""
        text = self.text(element, attribute)
        if text not in (None, "true", "false"):
            self.refuse(f"Expected true or false in {element} {attribute}, but it says `{text[:80]}`.")
        return text != "false"

    def mappings(self, kind: str) -> tuple[Mapping, ...]:
        found = []
        for one in self.node.iterfind(f"{ZEEBE}ioMapping/{ZEEBE}{kind}"):
            source, target = expression(one.get("source"), self.refuse), (one.get("target") or "").strip()
            if source is not None and target and all(target.split(".")):
                found.append(Mapping(source, target))
            else:
                self.refuse(f"Expected a source and a target in the {kind} mapping “{target}”.")
        return tuple(found)

    def properties(self) -> tuple[tuple[str, Expression], ...]:
        found = []
        for one in self.node.iterfind(f"{ZEEBE}properties/{ZEEBE}property"):
            value = expression(one.get("value"), self.refuse)
            if one.get("name") and value is not None:
                found.append((one.get("name"), value))
        return tuple(found)

    def all(self) -> Extensions:
        return Extensions(
            assignee=self.feel("assignmentDefinition", "assignee"),
            role=self.feel("assignmentDefinition", "candidateGroups"),
            form=self.fixed("formDefinition", "formId"),
            due=self.feel("taskSchedule", "dueDate"),
            follow_up=self.feel("taskSchedule", "followUpDate"),
            priority=self.feel("priorityDefinition", "priority"),
            operation=self.fixed("taskDefinition", "type"),
            called_process=self.fixed("calledElement", "processId"),
            decision=self.fixed("calledDecision", "decisionId"),
            result=self.fixed("calledDecision", "resultVariable"),
            whole_parent=self.yes("calledElement", "propagateAllParentVariables"),
            whole_child=self.yes("calledElement", "propagateAllChildVariables"),
            correlation=self.feel("subscription", "correlationKey"),
            collection=self.feel("loopCharacteristics", "inputCollection"),
            item=self.fixed("loopCharacteristics", "inputElement"),
            output_collection=self.fixed("loopCharacteristics", "outputCollection"),
            output_item=self.feel("loopCharacteristics", "outputElement"),
            inputs=self.mappings("input"),
            outputs=self.mappings("output"),
            properties=self.properties(),
        )
