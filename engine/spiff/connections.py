"""Connects the elements of one process: flows, boundary events, compensation, where it starts, what joins
wait for.
"""

from __future__ import annotations

from typing import Any

from engine.diagrams import undoing

from . import definitions as d
from .extensions import expression
from .specs import catching, gateways, throwing
from .specs.base import Flow, ProcessSpec
from .specs.reach import reaches
from .specs.subprocess import EventSubProcess, Transaction
from .triggers import B

NO_CONDITIONS = (
    "startEvent",
    "endEvent",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
    "boundaryEvent",
    "parallelGateway",
    "eventBasedGateway",
)


def connect(process: Any, nodes: list[Any]) -> None:
    """`process` is a `parser.Process` whose elements have all been read."""
    _Connections(process, nodes).all()


class _Connections:
    def __init__(self, process: Any, nodes: list[Any]) -> None:
        self.process = process
        self.nodes = nodes
        self.spec: ProcessSpec = process.spec
        self.specs: dict[str, Any] = self.spec.task_specs
        self.beside: set[str] = set()  # elements that no token reaches by a flow, and need not
        self.waits: set[tuple[str, str]] = set()  # activity and message of a boundary event

    def refuse(self, element: str, message: str) -> None:
        self.process.parser.refuse(element, message)

    def all(self) -> None:
        for flow in self.process.node.iterchildren(B + "sequenceFlow"):
            self.flow(flow)
        for node in self.nodes:
            if node.tag == B + "boundaryEvent":
                self.boundary(node)
        for node in self.nodes:
            self.routes(node, self.specs[node.get("id")])
        self.event_sub_processes()
        self.compensated()
        self.starts()
        self.reach()

    # Flows

    def flow(self, node: Any) -> None:
        id, source, target = (
            node.get("id"),
            self.specs.get(node.get("sourceRef")),
            self.specs.get(node.get("targetRef")),
        )
        if source is None or target is None:
            self.refuse(id, "Expected the sequence flow to lead from one element of this process to another.")
            return
        if target.kind in ("startEvent", "boundaryEvent", "eventSubProcess"):
            self.refuse(target.name, "Expected no sequence flow to lead here.")
        if source.kind in ("endEvent", "eventSubProcess"):
            self.refuse(source.name, "Expected no sequence flow to lead out of here.")
        source.flows = (*source.flows, Flow(id, target.name, self.condition(node, source)))
        target.incoming = (*target.incoming, id)
        source._outputs.append(target.name)
        target._connect_notify(source)

    def condition(self, node: Any, source: Any) -> Any:
        found = node.find(B + "conditionExpression")
        id = node.get("id")
        said = None if found is None else expression(found.text, lambda message: self.refuse(id, message))
        if said is None:
            return None
        if said.feel is None:
            self.refuse(
                id, f"Expected a condition in FEEL, beginning with `=`, but it says `{said.text[:80]}`."
            )
        if source.kind in NO_CONDITIONS:
            self.refuse(
                id, "Expected no condition on a flow out of this kind of element: it would not be looked at."
            )
        return said

    def routes(self, node: Any, spec: Any) -> None:
        """The default flow, and what a gateway must have to be read in one way only."""
        default = node.get("default")
        if default is not None and all(flow.id != default for flow in spec.flows):
            self.refuse(spec.name, "Expected the default flow to be one of the flows out of this element.")
            default = None
        spec.default = default
        if isinstance(spec, gateways.Complex) or isinstance(spec, gateways.Exclusive) and len(spec.flows) > 1:
            for flow in spec.flows:
                if flow.condition is None and flow.id != default:
                    self.refuse(
                        flow.id,
                        "Expected this flow to have a condition, or to be the gateway's default flow.",
                    )
        if isinstance(spec, gateways.EventBased):
            self.event_gateway(spec)

    def event_gateway(self, spec: gateways.EventBased) -> None:
        targets = [self.specs[flow.target] for flow in spec.flows]
        if not targets or any(
            not isinstance(target, catching.Catch | catching.Receive) for target in targets
        ):
            self.refuse(
                spec.name, "Expected an event-based gateway to lead to catching events or receive tasks only."
            )

    # What hangs on activities

    def boundary(self, node: Any) -> None:
        event, host = self.specs[node.get("id")], self.specs.get(node.get("attachedToRef"))
        self.beside.add(event.name)
        if host is None or isinstance(host, EventSubProcess) or not hasattr(host, "take") and not host.loops:
            self.refuse(
                event.name, "Expected the boundary event to be attached to an activity of this process."
            )
            return
        definition = event.event_definition
        if isinstance(definition, d.Compensation):
            self.compensation(event, host)
            return
        if isinstance(definition, d.Nothing):
            self.refuse(event.name, "Expected the boundary event to say what it waits for.")
            return
        if isinstance(definition, d.Cancel) and not isinstance(self._body(host), Transaction):
            self.refuse(event.name, "Expected a cancel event to be attached to a transaction.")
        host.boundary = (*host.boundary, event.name)
        self.twice(host, event)

    def twice(self, host: Any, event: Any) -> None:
        """Two waits for one message on one activity: nobody could say which is meant."""
        for one in d.definitions(event.event_definition):
            if not isinstance(one, d.Message):
                continue
            if (host.name, one.name) in self.waits:
                self.refuse(
                    event.name, "Expected only one boundary event of an activity to wait for this message."
                )
            self.waits.add((host.name, one.name))

    def _body(self, spec: Any) -> Any:
        return self.specs[spec.task_spec] if spec.loops else spec

    def compensation(self, event: Any, host: Any) -> None:
        """The association leads to the handler."""
        parser = self.process.parser
        found = undoing.handlers(parser.drawn, parser.joined, parser.drawn.elements[event.name])
        handler = self.specs.get(found[0].id) if len(found) == 1 else None
        if handler is None or handler.incoming or handler.flows:
            self.refuse(
                event.name, "Expected an association to one compensation activity that has no sequence flows."
            )
            return
        host.compensation = handler.name
        self.beside.add(handler.name)

    def compensated(self) -> None:
        """What a compensation names must be beside it, or around its event sub-process."""
        here = set(self.specs)
        around = self.process.parent.spec.task_specs if self.process.embedded else {}
        for spec in list(self.specs.values()):
            for one in d.definitions(spec.event_definition) if isinstance(spec, throwing.Throwing) else ():
                if (
                    isinstance(one, d.Compensation)
                    and one.activity
                    and one.activity not in here
                    and one.activity not in around
                ):
                    self.refuse(
                        spec.name, "Expected the compensated activity to be in the same process level."
                    )

    def event_sub_processes(self) -> None:
        for spec in list(self.specs.values()):
            if not isinstance(spec, EventSubProcess):
                continue
            self.beside.add(spec.name)
            if isinstance(spec.event_definition, d.Compensation):
                self.spec.compensation_handler = spec.name
            elif not isinstance(spec.event_definition, d.Nothing):
                self.spec.event_sub_processes = (*self.spec.event_sub_processes, spec.name)

    # Where it begins

    def starts(self) -> None:
        """One start event without a trigger, or, with no start event at all, everything no flow leads to."""
        nodes = [self.specs[node.get("id")] for node in self.nodes]
        starts = [spec for spec in nodes if spec.kind == "startEvent"]
        alone = [
            spec
            for spec in nodes
            if not spec.incoming
            and spec.name not in self.beside
            and spec.kind != "startEvent"
            and not (spec.for_compensation or spec.instantiates)
        ]
        triggered = any(spec.instantiates for spec in nodes)
        if not starts and not (triggered and not alone):
            self.spec.starts = tuple(spec.name for spec in alone)
            if not alone:
                self.refuse(self.process.node.get("id"), "Expected something to begin with: a start event.")
            return
        for spec in alone:
            self.refuse(spec.name, "Expected a sequence flow to lead here: no token can reach it.")
        self.start_events(starts)

    def start_events(self, starts: list[Any]) -> None:
        plain = [spec for spec in starts if isinstance(spec.event_definition, d.Nothing)]
        if len(plain) > 1:
            self.refuse(plain[1].name, "Expected only one start event without a trigger.")
        self.spec.starts = tuple(spec.name for spec in plain[:1])
        by_event = self.process.node.get("triggeredByEvent") == "true"
        for spec in starts:
            if self.process.embedded and not by_event and spec not in plain:
                self.refuse(
                    spec.name,
                    "Expected a sub-process to start without a trigger: the flow into it starts it.",
                )

    # What joins wait for

    def reach(self) -> None:
        joins = [
            spec
            for spec in self.specs.values()
            if isinstance(spec, gateways.Inclusive) and len(spec.incoming) >= spec.least
        ]
        self.spec.waiting_joins = tuple(spec.name for spec in joins)
        found = reaches(self.specs, self.spec.waiting_joins)
        for join in joins:
            join.reach = found[join.name]
