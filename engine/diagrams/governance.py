"""What a partnership asks of a diagram before it is published, beyond that it runs.

Domain rules for the diagrams themselves: every task has a role, a clock, a form and guidance; no run
ends without the record that its process requires (`handrail:requires_record`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.diagrams.model import Diagram, Element, Extensions
from engine.diagrams.vetting import apply, views
from engine.diagrams.vetting.family import called_process
from engine.diagrams.vetting.soundness import starts
from engine.diagrams.vetting.view import Known, Rule, View
from engine.errors import Problem

MAX_KINDS = 10
REQUIRES = "handrail:requires_record"
WRITES = "handrail:record"
FAULTS = ("error", "cancel", "compensation")


def objections(diagrams: Iterable[Diagram], known: Known) -> list[Problem]:
    """Everything that must be put right before a person publishes; empty when nothing is."""
    return _found(diagrams, known, RULES)


def bypasses(diagrams: Iterable[Diagram], known: Known, before: Iterable[Diagram]) -> list[Problem]:
    """Ways round a record that a process requires, or required in the release before. Never published."""
    diagrams = tuple(diagrams)
    return [*_found(diagrams, known, (missing_records,)), *_dropped(diagrams, before)]


def _found(diagrams: Iterable[Diagram], known: Known, rules: tuple[Rule, ...]) -> list[Problem]:
    return list(
        dict.fromkeys(problem for view in views(tuple(diagrams), known) for problem in apply(rules, view))
    )


def _dropped(diagrams: tuple[Diagram, ...], before: Iterable[Diagram]) -> Iterator[Problem]:
    """A process goes on requiring every record that it required before."""
    now = {process.id: process for diagram in diagrams for process in diagram.processes.values()}
    for diagram in before:
        for id, process in diagram.processes.items():
            for kind in _kinds(process.extensions) if id in now else ():
                if kind not in _kinds(now[id].extensions):
                    yield Problem(
                        id,
                        f"Expected {now[id].words} to go on requiring the record "
                        f'"{kind[:60]}" ({REQUIRES}), as it did before, but it does not.',
                    )


def _kinds(said: Extensions) -> list[str]:
    return said.properties.get(REQUIRES, "").split()[:MAX_KINDS]


def missing_roles(view: View) -> Iterator[Problem]:
    """Every task says who does it: a role or a person."""
    for node in view.elements:
        if node.kind in ("userTask", "manualTask") and not (node.extensions.role or node.extensions.assignee):
            yield Problem(
                node.id, f"Expected {node.words} to say who does it, but it names no role and no person."
            )


def missing_clocks(view: View) -> Iterator[Problem]:
    """Every task is due, and every timer goes off, by a named clock that can explain itself."""
    for node in view.elements:
        due = node.extensions.due
        if node.kind == "userTask" and "deadline(" not in due:
            has = "it has no due date" if not due else "its due date names none"
            yield Problem(
                node.id,
                f"Expected {node.words} to be due by a named clock, but {has}. "
                'Write =deadline("name of the clock") as its due date.',
            )
        for event in node.events:
            text = event.expression.text if event.expression else ""
            if event.kind == "timer" and "deadline(" not in text:
                yield Problem(
                    node.id,
                    f"Expected {node.words} to go off by a named clock, but it does not. "
                    'Write =deadline("name of the clock") as its date.',
                )


def missing_forms(view: View) -> Iterator[Problem]:
    """Every user task names its form and its guidance."""
    for node in view.elements:
        if node.kind != "userTask":
            continue
        if not node.extensions.form:
            yield Problem(node.id, f"Expected {node.words} to name its form, but it names none.")
        if not node.extensions.properties.get("handrail:guidance"):
            yield Problem(node.id, f"Expected {node.words} to name its guidance, but it names none.")


def missing_names(view: View) -> Iterator[Problem]:
    """What people read in their inbox and in the history has a name."""
    for node in view.elements:
        if not node.name and node.kind in ("userTask", "manualTask", "callActivity", "serviceTask"):
            yield Problem(node.id, f"Expected {node.words} to have a name, but it has none.")


def missing_records(view: View) -> Iterator[Problem]:
    """`handrail:requires_record=decision` on a process: no run of it ends before such a record is written.

    Choices must all lead past the record; of parallel branches one is enough, because a process only ends
    when all of them have (unless one terminates it); an event that interrupts must lead past it itself.
    """
    for scope, kind in _required(view):
        writing = _Writing(view, kind)
        for start in _entrances(view, scope):
            if not writing.certain(start.id):
                end, before = writing.way_round(start.id)
                yield Problem(
                    end,
                    f"Expected every way to the end to pass a task that writes the record "
                    f'"{kind}" ({WRITES}), but {view.diagram.words(end)} can be reached without one'
                    f"{before}.",
                )


def _required(view: View) -> list[tuple[str, str]]:
    holders: list[tuple[str, Extensions]] = [
        (process.id, process.extensions) for process in view.diagram.processes.values() if process.executable
    ]
    holders += [(node.id, node.extensions) for node in view.elements if node.is_scope]
    return [(id, kind) for id, said in holders for kind in _kinds(said)]


def _entrances(view: View, scope: str) -> list[Element]:
    """The starts of a scope, and those of the event sub-processes that end everything else in it."""
    found = list(starts(view, scope))
    for node in view.scopes.get(scope, ()):
        if node.is_event_sub_process:
            found += [start for start in starts(view, node.id) if start.interrupting]
    return found


class _Writing:
    """For one kind of record: from which nodes it is certain that the record is still to be written."""

    def __init__(self, view: View, kind: str) -> None:
        self.view = view
        self.kind = kind
        self.uncertain: set[str] = set()
        self.deadly: set[str] = set()  # uncertain, and leads to an end that ends all other branches too
        self._spread()

    def certain(self, node: str) -> bool:
        return node not in self.uncertain

    def _spread(self) -> None:
        """Assume certainty everywhere (what never ends, never ends without a record), then take it away."""
        before: dict[str, list[str]] = {}
        for id, following in self.view.following.items():
            for other in following:
                before.setdefault(other, []).append(id)
        by_depth = sorted(self.view.elements, key=lambda node: -self._depth(node))
        waiting = list(reversed(by_depth))
        while waiting:
            node = waiting.pop()
            changed = node.id not in self.deadly and self._kills(node)
            if changed:
                self.deadly.add(node.id)
            if node.id not in self.uncertain and not self._judge(node):
                self.uncertain.add(node.id)
                changed = True
            if changed:
                waiting.append(node)
                waiting += [self.view.diagram.elements[id] for id in before.get(node.id, ())]
                if holder := self.view.diagram.around(node.scope):
                    waiting.append(holder)

    def _depth(self, node: Element) -> int:
        depth, scope = 0, node.scope
        while holder := self.view.diagram.around(scope):
            depth, scope = depth + 1, holder.scope
        return depth

    def _judge(self, node: Element) -> bool:
        cut_off = [event.id for event in self.view.attached.get(node.id, ()) if event.interrupting]
        if any(id in self.uncertain for id in cut_off):
            return False
        if self._writes(node):
            return True
        onward = [id for id in self.view.following[node.id] if id not in self._boundaries(node)]
        if not onward:
            return any(event.kind in FAULTS for event in node.events)
        certain = [id not in self.uncertain for id in onward]
        if _splits(self.view, node):
            return any(certain) and not any(id in self.deadly for id in onward)
        return all(certain)

    def _kills(self, node: Element) -> bool:
        if node.id not in self.uncertain:
            return False
        if node.kind == "parallelGateway" and len(node.incoming) > 1:
            return False  # past a join the other branches are done
        ends = any(event.kind == "terminate" for event in node.events)
        return ends or any(id in self.deadly for id in self.view.following[node.id])

    def _boundaries(self, node: Element) -> set[str]:
        return {event.id for event in self.view.attached.get(node.id, ())}

    def _writes(self, node: Element) -> bool:
        if self.kind in node.extensions.properties.get(WRITES, "").split():
            return True
        if node.kind == "callActivity":
            called = self.view.callable.get(called_process(node))
            return called is not None and self.kind in called.extensions.properties.get(REQUIRES, "").split()
        if node.is_scope and not node.is_event_sub_process:
            inside = _entrances(self.view, node.id)
            return bool(inside) and all(start.id not in self.uncertain for start in inside)
        return False

    def way_round(self, start: str) -> tuple[str, str]:
        """An end that can be reached without the record, and the choice on the way to it that comes last."""
        seen, waiting, choice = {start}, [(start, "")], ""
        end = start
        while waiting:
            end, choice = waiting.pop()
            onward = [id for id in self.view.following[end] if id in self.uncertain and id not in seen]
            if not self.view.following[end]:
                break
            passed = end if len(self.view.following[end]) > 1 else choice
            seen.update(onward)
            waiting += [(id, passed) for id in onward]
        return end, f", after {self.view.diagram.words(choice)}" if choice else ""


def _splits(view: View, node: Element) -> bool:
    """Whether a token goes on along every flow out of this node, never along only some."""
    if node.kind == "parallelGateway":
        return True
    bare = all(view.diagram.flows[id].condition is None for id in node.outgoing)
    return not node.is_gateway and not node.default and bare


RULES: tuple[Rule, ...] = (
    missing_names,
    missing_roles,
    missing_clocks,
    missing_forms,
    missing_records,
)
