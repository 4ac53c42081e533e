"""Reads what events wait for and throw, also where several refer to one definition beside the processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from engine.diagrams import parts
from engine.diagrams.model import EventDefinition, Expression, Named
from engine.diagrams.vocabulary import EVENT_KINDS, B, local, unprefixed

MAX_REPEATED = 50_000  # elements in shared definitions, counted wherever they are used

Thrown = tuple[Expression | None, EventDefinition]


class EventDefinitions:
    """Those of one file. `shared`: what stands beside the processes; `named`: messages, signals, errors."""

    def __init__(self, named: Mapping[str, Named], refuse: Callable[[str, str], None]) -> None:
        self.named = named
        self.refuse = refuse
        self.shared: dict[str, etree._Element] = {}
        self._read: dict[str, tuple[EventDefinition, int]] = {}
        self._repeated = 0

    def of(self, node: etree._Element) -> list[EventDefinition]:
        """All of one event, or of a task that sends or receives."""
        found = []
        for child in node.iterchildren(f"{B}*"):
            kind = local(str(child.tag))
            if kind in EVENT_KINDS:
                found.append(self._event(child, kind))
            elif kind == "eventDefinitionRef":
                found += self._referred(node, unprefixed(child.text))
        if node.tag in (f"{B}receiveTask", f"{B}sendTask") and node.get("messageRef"):
            found.append(self._event(node, "messageEventDefinition"))
        return found

    def thrown(self, loop: etree._Element) -> Iterator[Thrown]:
        """What the instances of an activity throw as they complete, and when."""
        behavior = loop.get("behavior", "All")
        if behavior == "Complex":
            for one in loop.iterchildren(f"{B}complexBehaviorDefinition"):
                condition = parts.expression(one.find(f"{B}condition"))
                for event in one.iterchildren(f"{B}event"):
                    yield from ((condition, thrown) for thrown in self.of(event))
        elif behavior in ("None", "One"):
            target = self.shared.get(unprefixed(loop.get(f"{behavior.lower()}BehaviorEventRef")))
            if target is not None:
                yield None, self._event(target, local(str(target.tag)))

    def _referred(self, node: etree._Element, id: str) -> list[EventDefinition]:
        target = self.shared.get(id)
        if target is None:
            message = "Expected an event definition in this file, but the one this event refers to is not."
            self.refuse(str(node.get("id")), message)
            return []
        if id not in self._read:
            size = sum(1 for _ in target.iter())
            self._read[id] = self._event(target, local(str(target.tag))), size
        event, size = self._read[id]
        self._repeated += size
        if self._repeated > MAX_REPEATED:
            message = (
                f"Expected at most {MAX_REPEATED:,} elements in event definitions that several events use"
            )
            self.refuse(str(node.get("id")), f"{message}, but there are more. Split the diagram up.")
        return [event]

    def _event(self, node: etree._Element, kind: str) -> EventDefinition:
        word = EVENT_KINDS[kind]
        reference = unprefixed(
            node.get(f"{word}Ref") or (node.get("activityRef") if word == "compensation" else "")
        )
        named = self.named.get(reference)
        target = named if named is not None and named.kind == word else None
        timer, value = parts.timer(node)
        return EventDefinition(
            kind=word,
            id=node.get("id", ""),
            reference=reference,
            resolved=target is not None,
            name=parts.event_name(node, word, target),
            timer=timer,
            expression=value if word == "timer" else parts.expression(node.find(f"{B}condition")),
            targets=tuple(unprefixed(item.text) for item in node.iterchildren(f"{B}source", f"{B}target")),
            attributes=parts.attributes(node),
        )
