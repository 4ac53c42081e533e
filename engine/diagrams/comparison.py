"""What changed between two versions of a diagram, in words, with old and new values. Layout is no change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.diagrams.model import Diagram, Element, EventDefinition, Flow, Loop, Named, Process
from engine.diagrams.vocabulary import words

Facts = dict[str, str]
What = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One element, flow, process, message or lane. `values`: (what about it, old, new), "" for none."""

    what: What
    id: str
    words: str
    values: tuple[tuple[str, str, str], ...] = ()

    def __str__(self) -> str:
        said = [f"{name}: {old or 'nothing'} → {new or 'nothing'}" for name, old, new in self.values]
        return f"{self.what} {self.words}" + (
            ": " + "; ".join(said) if said and self.what == "changed" else ""
        )


def compare(old: Diagram, new: Diagram) -> list[Change]:
    """Removed, added and changed things by id, in the order of the new file. Empty: they mean the same."""
    before, after = _everything(old), _everything(new)
    changes = [_removed(id, title, facts) for id, (title, facts) in before.items() if id not in after]
    for id, (title, facts) in after.items():
        if id not in before:
            changes.append(_added(id, title, facts))
        elif values := tuple(_differences(before[id][1], facts)):
            changes.append(Change("changed", id, title, values))
    return changes


def _added(id: str, title: str, facts: Facts) -> Change:
    return Change("added", id, title, tuple((name, "", value) for name, value in facts.items() if value))


def _removed(id: str, title: str, facts: Facts) -> Change:
    return Change("removed", id, title, tuple((name, value, "") for name, value in facts.items() if value))


def _differences(old: Facts, new: Facts) -> Iterator[tuple[str, str, str]]:
    for name in dict.fromkeys([*old, *new]):
        if old.get(name, "") != new.get(name, ""):
            yield name, old.get(name, ""), new.get(name, "")


def _everything(diagram: Diagram) -> dict[str, tuple[str, Facts]]:
    """Id → what it is called, and everything about it that means something."""
    found = {process.id: (process.words, _process(process)) for process in diagram.processes.values()}
    for process in diagram.processes.values():
        for lane in process.lanes:
            members = ", ".join(sorted(lane.nodes))
            found[lane.id] = (f'lane "{lane.name}" ({lane.id})', {"name": lane.name, "elements": members})
    for named in diagram.named.values():
        found[named.id] = (named.words, _named(named))
    for element in diagram.elements.values():
        found[element.id] = (element.words, _element(element, diagram))
    for flow in diagram.flows.values():
        found[flow.id] = (diagram.words(flow.id), _flow(flow, diagram))
    return found


def _process(process: Process) -> Facts:
    facts = {
        "name": process.name,
        "executable": _yes(process.executable),
        "documentation": process.documentation,
    }
    return facts | _prefixed("", process.extensions.properties)


def _named(named: Named) -> Facts:
    return {"name": named.name, "code": named.code, "correlation key": named.extensions.correlation}


def _flow(flow: Flow, diagram: Diagram) -> Facts:
    return {
        "name": flow.name,
        "from": flow.source,
        "to": flow.target,
        "condition": flow.condition.text if flow.condition else "",
        "default": _yes(flow.source in diagram.elements and diagram.elements[flow.source].default == flow.id),
    }


def _element(element: Element, diagram: Diagram) -> Facts:
    said = element.extensions
    facts = {
        "kind": words(element.kind),
        "name": element.name,
        "lane": element.lane,
        "inside": element.scope if element.scope in diagram.elements else "",
        "documentation": element.documentation,
        "sits on": element.attached_to,
        "interrupts": _yes(element.interrupting) if element.kind in ("boundaryEvent", "startEvent") else "",
        "calls": said.called_process or element.called,
        "role": said.role,
        "assignee": said.assignee,
        "form": said.form,
        "due": said.due,
        "follow-up": said.follow_up,
        "priority": said.priority,
        "operation": said.operation,
        "decision": said.called_decision,
        "text": element.text,
    }
    facts |= {f"event {number}": _event(event) for number, event in enumerate(element.events, start=1)}
    facts |= {"repetition": _loop(element.loop)} if element.loop else {}
    facts |= {f"input {target}": value for value, target in said.inputs}
    facts |= {f"output {target}": value for value, target in said.outputs}
    return (
        facts
        | _prefixed("", said.properties)
        | _prefixed("", element.attributes)
        | _prefixed("", said.attributes)
    )


def _event(event: EventDefinition) -> str:
    parts = [event.kind, event.name or event.reference, event.expression.text if event.expression else ""]
    return " ".join(part for part in parts if part)


def _loop(loop: Loop) -> str:
    parts = [
        loop.kind,
        loop.cardinality.text if loop.cardinality else "",
        f"for each {loop.element} of {loop.collection}" if loop.collection else "",
        f"collect {loop.output_element} in {loop.output_collection}" if loop.output_collection else "",
        f"until {loop.condition.text}" if loop.condition else "",
        " ".join(f"{name}={value}" for name, value in sorted(loop.attributes.items())),
    ]
    return ", ".join(part for part in parts if part)


def _prefixed(prefix: str, values: Mapping[str, str]) -> Facts:
    return {prefix + name: value for name, value in values.items()}


def _yes(value: bool) -> str:
    return "yes" if value else "no"
