"""Parallel joins that wait for tokens of which only one can ever come. Refuses only what is certain."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from engine.diagrams import graph
from engine.diagrams.model import Element
from engine.diagrams.vetting.soundness import is_undo, starts
from engine.diagrams.vetting.view import View
from engine.errors import Problem

CHOICES = ("exclusiveGateway", "eventBasedGateway")
SPLITS = ("parallelGateway", "inclusiveGateway")
MAX_FLOWS = 50  # flows into one join that are compared
MAX_LOOKS = 40  # suspicious joins that are looked at closely in one file
ROOT = ""


def stuck_joins(view: View) -> Iterator[Problem]:
    """A parallel join never waits for two tokens of which only one can ever come."""
    looks = MAX_LOOKS
    for scope, nodes in view.scopes.items():
        joins = [node for node in nodes if is_join(node)]
        if not joins:
            continue
        ways = _Ways(view, scope, nodes)
        for join in joins:
            if loop := ways.waits_for_itself(join):
                source = view.diagram.words(view.diagram.flows[loop].source)
                yield Problem(
                    join.id,
                    f"{join.words} waits for a token from {source}, which only comes after it: it would "
                    "wait for ever. Join the way back with an exclusive gateway.",
                )
            elif (split := ways.choice_before(join)) and looks:
                looks -= 1
                if ways.sends_one_token(split, join):
                    yield _stuck(view, join, split)


def _stuck(view: View, join: Element, split: str) -> Problem:
    return Problem(
        join.id,
        f"{join.words} waits for every flow into it, but {view.diagram.words(split)} sends a token along "
        "only one of them: it would wait for ever. Join with an exclusive gateway, or split with a "
        "parallel one.",
    )


def is_join(node: Element) -> bool:
    return node.kind == "parallelGateway" and len(node.incoming) > 1


class _Ways:
    """The nodes and flows of one scope as one graph, so that the flow a token left by can be told."""

    def __init__(self, view: View, scope: str, nodes: list[Element]) -> None:
        self.view = view
        begin = starts(view, scope)
        self.several_starts = len(begin) > 1 and not any(node.kind == "startEvent" for node in begin)
        beside = [node.id for node in nodes if node.is_event_sub_process or is_undo(view, node)]
        self.onward: dict[str, list[str]] = {ROOT: [node.id for node in begin] + beside}
        for node in nodes:
            self._add(node)
        self.tree = graph.Tree(graph.dominators(self.onward, ROOT))

    def _add(self, node: Element) -> None:
        flows = self.view.diagram.flows
        inside = [id for id in node.outgoing if flows[id].target in self.view.following]
        targets = {flows[id].target for id in inside}
        self.onward[node.id] = inside + [id for id in self.view.following[node.id] if id not in targets]
        for id in inside:
            self.onward[id] = [flows[id].target]

    def _into(self, join: Element) -> list[str]:
        return [id for id in join.incoming if id in self.tree.above][:MAX_FLOWS]

    def waits_for_itself(self, join: Element) -> str:
        """A flow into the join that only the join itself can feed."""
        return next((flow for flow in self._into(join) if self.tree.is_above(join.id, flow)), "")

    def choice_before(self, join: Element) -> str:
        """A node that all ways to two flows of the join pass, and that lets a token take only one of them."""
        for one, other in pairwise(self._into(join)):
            split, first, second = self.tree.parting(one, other)
            if split and _excludes(self.view, split, first, second):
                return split
        return ""

    def sends_one_token(self, split: str, join: Element) -> bool:
        """Whether `split` sees one token only: none comes round to it again, none was doubled on the way."""
        round_trip = graph.reachable({**self.onward, join.id: []}, self.onward[split])
        if split in round_trip:
            return False
        merged = {id: [] if self._is_join(id) else following for id, following in self.onward.items()}
        before = graph.reachable(graph.reversed_graph(merged), [split])
        return not any(self._doubles(id, before) for id in before)

    def _is_join(self, id: str) -> bool:
        node = self.view.diagram.elements.get(id)
        return node is not None and is_join(node)

    def _doubles(self, id: str, before: set[str]) -> bool:
        """Whether more than one token may leave this on ways that lead to the split."""
        ways = sum(other in before for other in self.onward[id])
        node = self.view.diagram.elements.get(id)
        if node is None:
            return id == ROOT and ways > 1 and self.several_starts
        if node.kind == "complexGateway" or node.attributes.get("completionQuantity", "1") != "1":
            return True
        again = any(not event.interrupting for event in self.view.attached.get(id, ()))
        return ways > 1 and (again or node.kind in SPLITS or (not node.is_gateway and len(node.outgoing) > 1))


def _excludes(view: View, split: str, first: str, second: str) -> bool:
    """Whether one token leaves `split` by either of these, never both."""
    node = view.diagram.elements.get(split)
    if node is None or first == second or node.loop is not None:
        return False
    if node.kind in CHOICES:
        return first in node.outgoing and second in node.outgoing
    flows, events = node.outgoing, [event.id for event in view.attached.get(split, ()) if event.interrupting]
    return len({first, second} & set(flows)) < 2 and {first, second} <= {*flows, *events} and bool(events)
