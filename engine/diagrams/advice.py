"""What runs as drawn, but may not say what its author thinks. Nothing here stops a diagram."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import feel
from engine.diagrams.model import Diagram, Element
from engine.diagrams.support import CHILDREN, DRAWN
from engine.diagrams.vetting import apply, views
from engine.diagrams.vetting.engines import ENGINES, acts
from engine.diagrams.vetting.family import called_process
from engine.diagrams.vetting.view import Known, Rule, View
from engine.errors import Problem

ASSIGNMENT = (
    "Write the role as candidate groups, and a named person as assignee (zeebe:assignmentDefinition)."
)
STARTING = "Write the roles that may start it as its property handrail:start_roles."
NO_EFFECT = {
    "assignee": ASSIGNMENT,
    "candidateGroups": ASSIGNMENT,
    "candidateUsers": ASSIGNMENT,
    "candidateStarterGroups": STARTING,
    "candidateStarterUsers": STARTING,
    "dueDate": "Write the due date as zeebe:taskSchedule.",
    "followUpDate": "Write the follow-up date as zeebe:taskSchedule.",
    "formKey": "Name the form as zeebe:formDefinition.",
    "formRef": "Name the form as zeebe:formDefinition.",
    "formData": "Name the form as zeebe:formDefinition.",
    "formProperty": "Name the form as zeebe:formDefinition.",
    "priority": "Write the priority as zeebe:priorityDefinition.",
}
QUIET = ("laneSet", "artifact", "incoming", "dataInput", "dataOutput", "inputSet", "outputSet", "property")


def hints(diagrams: Iterable[Diagram], known: Known) -> list[Problem]:
    return list(
        dict.fromkeys(problem for view in views(tuple(diagrams), known) for problem in apply(RULES, view))
    )


def kept_for_others(view: View) -> Iterator[Problem]:
    """Another engine's assignments, dates and forms are kept in the file, and not used."""
    for vendor in view.diagram.vendor:
        tool = ENGINES.get(vendor.namespace)
        if tool and vendor.name in NO_EFFECT and not acts(vendor):
            words = view.diagram.words(vendor.owner)
            yield Problem(
                vendor.owner,
                f"{vendor.name} of {words} is kept for {tool} but not used. {NO_EFFECT[vendor.name]}",
            )


def drawn_only(view: View) -> Iterator[Problem]:
    """Data inputs and owners of the standard are kept in the file, and not used."""
    for node in view.elements:
        for kind in node.inner:
            row = CHILDREN.get(kind)
            if row is not None and row.status == DRAWN and kind not in QUIET:
                yield Problem(
                    node.id, f"The {row.title.lower()} of {node.words} is kept but not used. {row.note}"
                )


def ignored_conditions(view: View) -> Iterator[Problem]:
    """A condition on a default flow is never looked at; one on a single way may stop the process."""
    for node in view.elements:
        flow = view.diagram.flows.get(node.default)
        if flow is not None and flow.condition is not None and flow.id in node.outgoing:
            words = view.diagram.words(flow.id)
            yield Problem(
                flow.id, f"{words} is the default flow of {node.words}, so its condition is never looked at."
            )
        if (
            node.is_activity
            and len(node.outgoing) == 1
            and view.diagram.flows[node.outgoing[0]].condition is not None
        ):
            yield Problem(
                node.id,
                f"{node.words} has one way on, and a condition on it: if it is not true, "
                "the process stops there for a person to look at.",
            )


def needless_defaults(view: View) -> Iterator[Problem]:
    """A default flow beside one without a condition is never taken."""
    for node in view.elements:
        flow = view.diagram.flows.get(node.default)
        if flow is None or flow.id not in node.outgoing or not node.is_activity:
            continue
        others = (view.diagram.flows[id] for id in node.outgoing if id != flow.id)
        always = next((other for other in others if other.condition is None), None)
        if always is not None:
            words = view.diagram.words(flow.id)
            yield Problem(
                flow.id,
                f"{words} is the default flow of {node.words}, but it is never taken: "
                f"{view.diagram.words(always.id)} has no condition, so it always is.",
            )


def no_otherwise(view: View) -> Iterator[Problem]:
    """Without a default flow, a choice that fits no condition stops for a person: often rightly so."""
    for node in view.elements:
        choice = node.kind in ("exclusiveGateway", "inclusiveGateway") and len(node.outgoing) > 1
        if choice and not node.default and not _asks_one_thing(view, node):
            yield Problem(
                node.id,
                f"{node.words} has no default flow: if none of its conditions is true, "
                "the process stops there for a person to look at.",
            )


def _asks_one_thing(view: View, node: Element) -> bool:
    """Whether all conditions look at the same variables, as the answers to one question do."""
    asked = set()
    for id in node.outgoing:
        condition = view.diagram.flows[id].condition
        if condition is None or condition.feel is None:
            return False
        try:
            asked.add(frozenset(feel.names(condition.feel)))
        except feel.FeelError:
            return False
    return len(asked) == 1


def taken_twice(view: View) -> Iterator[Problem]:
    """A complex gateway chooses twice: a way that does not ask which time it is may be taken both times."""
    for node in view.elements:
        for id in node.outgoing if node.kind == "complexGateway" else ():
            condition = view.diagram.flows[id].condition
            if id == node.default or condition is not None and "waitingForStart" not in condition.text:
                yield Problem(
                    id,
                    f"{view.diagram.words(id)} may be taken twice: when {node.words} goes on, and once "
                    "more when the rest has come. Ask `waitingForStart` where that is not meant.",
                )


def may_starve(view: View) -> Iterator[Problem]:
    """A parallel join after a choice may wait for a token that was sent elsewhere."""
    for node in view.elements:
        if node.kind != "parallelGateway" or len(node.incoming) < 2:
            continue
        for id in node.incoming:
            source = view.diagram.elements.get(view.diagram.flows[id].source)
            if source is not None and _may_go_elsewhere(source):
                yield Problem(
                    node.id,
                    f"{node.words} waits for a token from {source.words}, which may send it another "
                    "way: then the process waits there for ever.",
                )


def _may_go_elsewhere(node: Element) -> bool:
    return node.kind in ("exclusiveGateway", "eventBasedGateway") and len(node.outgoing) > 1


def calls_elsewhere(view: View) -> Iterator[Problem]:
    """A called process that is not in the files checked must be there when this one is published."""
    for node in view.elements:
        called = called_process(node)
        if node.kind == "callActivity" and called not in view.callable and view.known.processes is None:
            yield Problem(
                node.id, f"{node.words} calls {called[:80]}, which is not in the files that were checked."
            )


def other_directions(view: View) -> Iterator[Problem]:
    """What a gateway says of its own direction is kept: the flows decide."""
    for node in view.elements:
        said = node.attributes.get("gatewayDirection")
        several = {"Converging": len(node.outgoing) > 1, "Diverging": len(node.incoming) > 1}
        if node.is_gateway and several.get(said or ""):
            yield Problem(
                node.id,
                f"{node.words} is marked as {said}, but its flows say otherwise. They decide.",
            )


def public_processes(view: View) -> Iterator[Problem]:
    """A public process shows others what to expect; one that is marked as executable runs all the same."""
    for process in view.diagram.processes.values():
        if process.executable and process.attributes.get("processType") == "Public":
            yield Problem(
                process.id,
                f"{process.words} is marked as public and as executable, which BPMN does not join: it runs.",
            )


def drawn_processes(view: View) -> Iterator[Problem]:
    """A process that is not marked as executable is only drawn."""
    for process in view.diagram.processes.values():
        if not process.executable:
            yield Problem(
                process.id, f"{process.words} is not marked as executable: it is drawn, and does not run."
            )


RULES: tuple[Rule, ...] = (
    kept_for_others,
    drawn_only,
    ignored_conditions,
    needless_defaults,
    no_otherwise,
    taken_twice,
    may_starve,
    calls_elsewhere,
    other_directions,
    public_processes,
    drawn_processes,
)
