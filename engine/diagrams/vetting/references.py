"""What a diagram points at: flows, hosts, messages, and the names this service must know."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.diagrams.beginnings import OPTIONAL, SUBJECTS
from engine.diagrams.model import Element
from engine.diagrams.vetting.expressions import shown
from engine.diagrams.vetting.family import called_process
from engine.diagrams.vetting.view import View
from engine.errors import Problem


def loose_flows(view: View) -> Iterator[Problem]:
    """A flow joins two elements of the same process or sub-process."""
    elements, drawn = view.diagram.elements, view.diagram.processes
    for flow in view.diagram.flows.values():
        words = view.diagram.words(flow.id)
        for end, id in (("start", flow.source), ("end", flow.target)):
            node = elements.get(id)
            if node is None or not node.is_node:
                yield Problem(
                    flow.id, f"Expected {words} to {end} at an element of the process, but it does not."
                )
            elif node.scope != flow.scope and node.process in drawn and drawn[node.process].executable:
                yield Problem(
                    flow.id,
                    f"Expected {words} to stay in one process or sub-process, but {node.words} is "
                    "in another. "
                    "Draw a message between pools, or an event on the sub-process.",
                )


def wrong_defaults(view: View) -> Iterator[Problem]:
    """A default flow leaves the element it is the default of."""
    for node in view.elements:
        if node.default and node.default not in node.outgoing:
            yield Problem(
                node.id,
                f"Expected the default flow of {node.words} to leave it, but {node.default} does not.",
            )


def loose_boundaries(view: View) -> Iterator[Problem]:
    """A boundary event sits on an activity beside it."""
    for node in view.elements:
        if node.kind != "boundaryEvent":
            continue
        host = view.diagram.elements.get(node.attached_to)
        if host is None or not host.is_activity or host.scope != node.scope:
            yield Problem(
                node.id, f"Expected {node.words} to sit on a task or sub-process, but it sits on nothing."
            )
        elif host.is_event_sub_process:
            yield Problem(
                node.id, f"Expected {node.words} on an activity, but {host.words} starts by its own event."
            )


def wrong_lanes(view: View) -> Iterator[Problem]:
    """A lane holds only elements of its file."""
    for process in view.diagram.processes.values():
        for lane in process.lanes:
            for member in lane.nodes:
                if member and member not in view.diagram.elements:
                    yield Problem(
                        lane.id,
                        f'Expected only elements in the lane "{shown(lane.name)}", '
                        f"but {member} is not in this file.",
                    )


def called_processes(view: View) -> Iterator[Problem]:
    """A call activity names one process that exists, runs and may begin without an event."""
    for node in view.elements:
        if node.kind != "callActivity":
            continue
        called = called_process(node)
        if not called:
            yield Problem(node.id, f"Expected {node.words} to name the process it calls, but it names none.")
        elif called in view.callable:
            if not view.callable[called].executable:
                yield Problem(
                    node.id, f"Expected {node.words} to call a process that runs, but {called} only is drawn."
                )
            elif called in view.family.never_called:
                yield Problem(
                    node.id,
                    f"Expected {node.words} to call a process that may begin without an event, but {called} "
                    "has no plain start event. Draw one in it, or send it the message that begins it.",
                )
        elif (
            view.known.processes is not None and called not in view.known.processes and called[0] not in "=$#"
        ):
            yield Problem(
                node.id,
                f"Expected {node.words} to call a process of this service, "
                f'but there is none with the id "{shown(called)}".',
            )


def unknown_names(view: View) -> Iterator[Problem]:
    """Forms, guidance, roles, operations and decisions are ones that this service has."""
    known = view.known
    for node in view.elements:
        said, properties = node.extensions, node.extensions.properties
        for what, name, names in (
            ("a form", said.form, known.forms),
            ("a form", properties.get("handrail:form", ""), known.forms),
            ("guidance", properties.get("handrail:guidance", ""), known.guidance),
            ("a role", said.role, known.roles),
            ("a role", properties.get("handrail:beside", ""), known.roles),
            ("an operation", said.operation if node.kind == "serviceTask" else "", known.operations),
            ("a decision", said.called_decision, known.decisions),
        ):
            yield from _unknown(node, what, name, names)


def _unknown(node: Element, what: str, name: str, names: Collection[str] | None) -> Iterator[Problem]:
    if name and names is not None and not name.startswith("=") and name not in names:
        yield Problem(node.id, f'Expected {what} of this service, but {node.words} names "{shown(name)}".')


def wrong_subjects(view: View) -> Iterator[Problem]:
    """`handrail:subjects` says one thing only: a misspelt one would go on asking for somebody's name."""
    for process in view.diagram.processes.values():
        said = process.extensions.properties.get(SUBJECTS, OPTIONAL)
        if process.executable and said != OPTIONAL:
            yield Problem(
                process.id,
                f'Expected {SUBJECTS} of {process.words} to be "{OPTIONAL}" where a case may be about nobody '
                f'in particular, and to be left out elsewhere, but it is "{shown(said)}".',
            )


def unknown_elements(view: View) -> Iterator[Problem]:
    """`handrail:four_eyes` names tasks that exist: a misspelt one would let one person do both."""
    for node in view.elements:
        named = node.extensions.properties.get("handrail:four_eyes", "").split()
        for other in named if view.known.processes is not None else ():
            if not view.family.has(other):
                yield Problem(
                    node.id,
                    f"Expected handrail:four_eyes of {node.words} to name elements, but "
                    f'"{shown(other)}" is none.',
                )
