"""Messages between pools: that flows between them say what happens, and that each finds its instance."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from engine.diagrams.model import CorrelationProperty, Element, MessageFlow
from engine.diagrams.vetting.view import View
from engine.errors import Problem

SENDS = ("sendTask", "intermediateThrowEvent", "endEvent")
WAITS = ("receiveTask", "startEvent", "intermediateCatchEvent", "boundaryEvent")


def wrong_message_flows(view: View) -> Iterator[Problem]:
    """A message flow joins two pools, and what is sent is what is waited for."""
    diagram = view.diagram
    known = {*diagram.elements, *(pool.id for pool in diagram.participants)}
    sent_by, awaited_by = (
        {node.id: _messages(node, kinds) for node in diagram.elements.values()} for kinds in (SENDS, WAITS)
    )
    for flow in diagram.message_flows:
        words = f'message flow "{flow.name}" ({flow.id})' if flow.name else f"message flow ({flow.id})"
        for end in (flow.source, flow.target):
            if end not in known:
                yield Problem(
                    flow.id, f"Expected {words} to join pools of this file, but {end[:80]} is none."
                )
        source, target = diagram.elements.get(flow.source), diagram.elements.get(flow.target)
        if source is None or target is None:
            continue
        if source.process == target.process:
            yield Problem(
                flow.id, f"Expected {words} to join two pools, but it stays in one. Draw a sequence flow."
            )
        sent, awaited = sent_by[source.id], awaited_by[target.id]
        named = {diagram.named[flow.message].name} if flow.message in diagram.named else set()
        for one, other in ((sent, awaited), (sent, named), (named, awaited)):
            if one and other and one.isdisjoint(other):
                yield Problem(
                    flow.id,
                    f'Expected one message along {words}, but it begins as "{min(one)[:60]}" and ends as '
                    f'"{min(other)[:60]}". Name the same message at both ends.',
                )
                break


def _messages(node: Element, kinds: tuple[str, ...]) -> set[str]:
    if node.kind not in kinds:
        return set()
    return {event.name for event in node.events if event.kind == "message" and event.name}


def other_receivers(view: View) -> Iterator[Problem]:
    """A message goes where its flow leads: nothing else in the drawing waits for the same one."""
    led: dict[str, list[MessageFlow]] = {}
    for flow in view.diagram.message_flows:
        led.setdefault(flow.source, []).append(flow)
    process_of = {pool.id: pool.process for pool in view.diagram.participants}
    waiting: dict[str, dict[str, list[Element]]] = {}  # message → process → what waits for it there
    waits: set[str] = set()
    for node in view.elements:
        for name in _messages(node, WAITS):
            waiting.setdefault(name, {}).setdefault(node.process, []).append(node)
            waits.add(node.id)
    for source, flows in led.items():
        sender, targets = view.diagram.elements.get(source), {flow.target for flow in flows}
        if sender is None or targets.isdisjoint(waits):
            continue
        pools = {process_of[target] for target in targets if target in process_of}  # wherever it is awaited
        for name in sorted(_messages(sender, SENDS)):
            elsewhere = (nodes for process, nodes in waiting.get(name, {}).items() if process not in pools)
            for other in chain.from_iterable(elsewhere):
                if other.id not in targets:
                    drawn = "" if other.process == sender.process else ", or lead a message flow there too"
                    yield Problem(
                        other.id,
                        f'Expected the message "{name[:60]}" of {sender.words} only where its message flow '
                        f"leads, but {other.words} waits for it too. Give one of the messages another "
                        f"name{drawn}.",
                    )


def wrong_correlation(view: View) -> Iterator[Problem]:
    """A correlation key names properties, and each of them says where it stands in each message."""
    diagram = view.diagram
    known = {each.id: each for each in diagram.correlations}
    for key in diagram.keys:
        words = f'correlation key "{key.name}" ({key.id})' if key.name else f"correlation key ({key.id})"
        if not key.properties:
            yield Problem(key.id, f"Expected {words} to name a property, but it names none.")
        for name in key.properties:
            if name not in known:
                yield Problem(
                    key.id, f"Expected {words} to name properties of this file, but {name[:80]} is none."
                )
        parts = [known[name] for name in key.properties if name in known]
        for message in dict.fromkeys(message for part in parts for message in part.paths):
            for part in parts:
                if message not in part.paths:
                    yield Problem(
                        part.id,
                        f"Expected {_words(part)} to say where it stands in {diagram.words(message)}, as the "
                        f"rest of {words} does: a message is for whom all of its key fits.",
                    )
    yield from _properties(view)


def _properties(view: View) -> Iterator[Problem]:
    diagram = view.diagram
    for each in diagram.correlations:
        for message, path in each.paths.items():
            if message not in diagram.messages:
                yield Problem(
                    each.id, f"Expected {_words(each)} in a message of this file, but it names none."
                )
            elif diagram.messages[message].extensions.correlation:
                yield Problem(
                    each.id,
                    f"Expected {diagram.words(message)} to be correlated in one way, but it has a key "
                    f"(zeebe:subscription) and {_words(each)}. Take one away.",
                )
            if not path.startswith("="):
                yield Problem(each.id, _no_path(_words(each), diagram.words(message), path))
    for process in diagram.processes.values():
        for name, path in process.bindings.items() if process.executable else ():
            if name not in {each.id for each in diagram.correlations}:
                yield Problem(
                    process.id,
                    f"Expected the correlation subscription of {process.words} to name properties of this "
                    f"file, not {name[:80] or 'nothing'}.",
                )
            elif not path.startswith("="):
                yield Problem(process.id, _no_path(f"the property {name[:80]}", process.words, path))


def _words(each: CorrelationProperty) -> str:
    return f'correlation property "{each.name[:80]}" ({each.id})'


def _no_path(what: str, where: str, path: str) -> str:
    said = f"but it says `{path[:80]}`" if path else "but it says nothing"
    return f"Expected FEEL that starts with `=`, or a variable, for {what} in {where}, {said}."
