"""Reads one element of a diagram into its specification: SpiffWorkflow's element parsers, each asked for
less.

SpiffWorkflow parses recursively along the flows; here an element is read alone, and `parser` connects them
afterwards.
"""

# mypy: disallow-subclassing-any=False

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.parser.event_parsers import EventDefinitionParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser

from . import definitions as d
from .extensions import NONE, expression, extensions
from .repetitions import Repetitions
from .script import Expression, whole
from .specs import activities, catching, gateways, subprocess, throwing
from .specs.base import Node
from .triggers import B, is_definition

MAX_QUANTITY = 1000
ASSOCIATIONS = (B + "dataInputAssociation", B + "dataOutputAssociation")
LOOPS = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")
SINGLE = ("task", "userTask", "manualTask", "serviceTask", "sendTask", "businessRuleTask")
TAKES_TIME = (
    "subProcess",
    "transaction",
    "adHocSubProcess",
    "callActivity",
    "receiveTask",
    "intermediateCatchEvent",
    "eventBasedGateway",
)


class Reader(Repetitions):
    """What every element parser here does. In front of SpiffWorkflow's."""

    node: Any
    process_parser: Any
    spec: Any
    spec_class: Any
    task: Any
    lane: str | None

    @property
    def bpmn_id(self) -> str:
        return str(self.node.get("id"))

    @property
    def bpmn_attributes(self) -> dict[str, Any]:
        return {"description": "", "lane": self.lane, "bpmn_name": self.node.get("name")}

    def refuse(self, message: str) -> None:
        self.process_parser.parser.refuse(self.bpmn_id, message)

    def child(self, tag: str) -> Any:
        return self.node.find(B + tag)

    def feel(self, text: str | None, what: str) -> Expression | None:
        """An expression that must be FEEL. None, and a problem, when it is not."""
        found = expression(text, self.refuse)
        if found is not None and found.feel is None:
            self.refuse(f"Expected {what} in FEEL, beginning with `=`, but it says `{found.text[:80]}`.")
            return None
        return found

    def quantity(self, attribute: str) -> int:
        number = whole((self.node.get(attribute) or "1").strip())
        if number is not None and 1 <= number <= MAX_QUANTITY:
            return number
        self.refuse(f"Expected {attribute} to be a number from 1 to {MAX_QUANTITY}.")
        return 1

    def parse_node(self) -> Any:
        if any(child.tag in ASSOCIATIONS for child in self.node):
            # What can be said as a mapping has been: see `engine.diagrams.data`.
            self.refuse("Expected data to be given by input and output mappings: this cannot be executed.")
        task: Any = self.create_task()
        task.extensions = extensions(self.node, self.refuse)
        task.start_quantity, task.completion_quantity = (
            self.quantity("startQuantity"),
            self.quantity("completionQuantity"),
        )
        task.for_compensation = self.node.get("isForCompensation") == "true"
        task.instantiates = self.node.get("instantiate") == "true"
        self.check(task)
        return self.looped(task)

    def check(self, task: Node) -> None:
        """Refuse what this kind of element cannot be exact about."""

    def create_task(self) -> Any:
        return self.spec_class(self.spec, self.bpmn_id, **self.bpmn_attributes)


class Task(Reader, TaskParser):
    """Any element that is no event."""


class ServiceTask(Task):
    def check(self, task: Node) -> None:
        if not task.extensions.operation:
            self.refuse("Expected the name of an operation (zeebe:taskDefinition type).")


class BusinessRuleTask(ServiceTask):
    def check(self, task: Node) -> None:
        said = task.extensions
        if said.decision is None:
            super().check(task)
        elif said.operation:
            self.refuse("Expected a decision or an operation, but both are named.")
        elif not (said.result or "").isidentifier():
            self.refuse("Expected the name of a variable for the decision (resultVariable).")


class Script(Task):
    def create_task(self) -> Any:
        raise self.give_up(
            "Expected no script: use FEEL in conditions and mappings, or a service task with an operation."
        )


class ComplexGateway(Task):
    def create_task(self) -> Any:
        task = super().create_task()
        task.activation = self.feel(self._text(self.node, "activationCondition"), "the activation condition")
        if task.activation is None:
            self.refuse("Expected a condition that says when it goes on.")
        return task


class Event(Reader, EventDefinitionParser):
    """An element with event definitions; several make a multiple event."""

    def create_task(self) -> Any:
        return self.spec_class(self.spec, self.bpmn_id, event_definition=self.event(), **self.bpmn_attributes)

    def event(self) -> Any:
        found = [self.definition(node) for node in self.node if is_definition(node)]
        if not found:
            return d.Nothing()
        if len(found) == 1:
            return found[0]
        if any(isinstance(one, d.Timer) and one.form == "cycle" for one in found):
            self.refuse("Expected no repetition among several definitions of one event.")
        parallel = self.node.get("parallelMultiple") == "true"
        if issubclass(self.spec_class, catching.Catching):
            alone = d.Compensation | d.Cancel if parallel else d.Compensation
            if any(isinstance(one, alone) for one in found):
                self.refuse("Expected this to be caught alone: it is not one of several events.")
            return d.Several(found, parallel)  # saved states count them as they are drawn
        return d.Several(sorted(found, key=lambda one: one.kind == "error"), parallel)

    def allow(self, task: Any, kinds: str) -> None:
        for one in d.definitions(task.event_definition):
            if one.kind not in kinds.split():
                self.refuse(f"Expected no {one.kind} definition on this kind of event.")


class StartEvent(Event):
    def check(self, task: Any) -> None:
        self.allow(task, "none message timer signal condition error escalation compensation")
        alone = getattr(task.event_definition, "parallel", False) and not self.process_parser.embedded
        if alone:
            self.refuse("Expected one event to be enough to start the process.")


class EndEvent(Event):
    def check(self, task: Any) -> None:
        self.allow(task, "none message signal error escalation terminate cancel compensation")
        for one in d.definitions(task.event_definition):
            if isinstance(one, d.Error) and not one.code:
                self.refuse("Expected the error to have a code.")


class CatchEvent(Event):
    def check(self, task: Any) -> None:
        self.allow(task, "message timer signal condition")


class ThrowEvent(Event):
    def check(self, task: Any) -> None:
        self.allow(task, "none message signal escalation compensation")


class MessageTask(Event):
    """A send or receive task: its message is an attribute."""

    def event(self) -> Any:
        return self._message(self.node)


class SendTask(MessageTask):
    """Throws its message; with an operation instead of one, it is a job."""

    def create_task(self) -> Any:
        said = extensions(self.node, self.refuse)
        if said.operation and self.node.get("messageRef") is not None:
            self.refuse("Expected a message or an operation, but both are named.")
        elif said.operation:
            return activities.Service(self.spec, self.bpmn_id, **self.bpmn_attributes)
        return super().create_task()


class BoundaryEvent(Event):
    def create_task(self) -> Any:
        interrupting = self.node.get("cancelActivity") != "false"
        event = self.event()
        return self.spec_class(self.spec, self.bpmn_id, event, interrupting, **self.bpmn_attributes)

    def check(self, task: Any) -> None:
        self.allow(task, "message timer signal condition error escalation cancel compensation")
        kinds = {one.kind for one in d.definitions(task.event_definition)}
        if task.repeats and kinds & {"error", "cancel"}:
            self.refuse(
                "Expected this event to interrupt its activity: the standard knows no other way for it."
            )


class EventGateway(Reader, EventDefinitionParser):
    def check(self, task: Node) -> None:
        if task.instantiates:
            self.refuse("Expected start events instead of an event-based gateway that starts the process.")

    def create_task(self) -> Any:
        return gateways.EventBased(self.spec, self.bpmn_id, **self.bpmn_attributes)


class CallActivity(Task):
    def create_task(self) -> Any:
        said = extensions(self.node, self.refuse)
        called = said.called_process or self.node.get("calledElement")
        if not called:
            raise self.give_up("Expected the process that is called (zeebe:calledElement processId).")
        return self.spec_class(self.spec, self.bpmn_id, subworkflow_spec=called, **self.bpmn_attributes)


class SubProcess(Task):
    """Embedded; with triggeredByEvent, what is inside waits for its start event."""

    def create_task(self) -> Any:
        inner = self.process_parser.inside(self.node, self.lane)
        by_event = self.node.get("triggeredByEvent") == "true"
        spec_class = self.EVENT_SUBPROCESS_CLASS if by_event else self.spec_class
        task = spec_class(self.spec, self.bpmn_id, subworkflow_spec=inner.name, **self.bpmn_attributes)
        if by_event:
            self._trigger(task, inner)
        return task

    def _trigger(self, task: Any, inner: Any) -> None:
        """The start event's definition becomes the listener's."""
        starts = self.node.findall(B + "startEvent")
        start = inner.task_specs.get(starts[0].get("id")) if len(starts) == 1 else None
        if start is None or isinstance(start.event_definition, d.Nothing):
            raise self.give_up("Expected one start event inside that says what triggers it.")
        task.event_definition, start.event_definition = start.event_definition, d.Nothing()

        task.trigger = start.extensions
        start.extensions = NONE
        inner.starts = (start.name,)
        task.repeats = starts[0].get("isInterrupting") == "false"
        kinds = {one.kind for one in d.definitions(task.event_definition)}
        if task.repeats and kinds & {"error"}:
            self.refuse("Expected an error to interrupt: the standard knows no other way for it.")


class AdHoc(SubProcess):
    """With ordering “Sequential” only single tasks: then whoever completes one has done one at a time."""

    def _one_at_a_time(self) -> None:
        for node in self.node:
            tag = str(node.tag).removeprefix(B)
            repeated = any(node.find(B + loop) is not None for loop in LOOPS)
            if tag in TAKES_TIME or (repeated and tag in SINGLE):
                refuse = self.process_parser.parser.refuse
                refuse(node.get("id"), "Expected a single task: one thing is done at a time here.")

    def create_task(self) -> Any:
        task = super().create_task()
        if self.node.get("ordering") == "Sequential":
            self._one_at_a_time()
        task.cancels_rest = self.node.get("cancelRemainingInstances") != "false"
        task.enough = self.feel(self._text(self.node, "completionCondition"), "the completion condition")
        return task


PARSERS: dict[str, tuple[Any, Any]] = {
    B + tag: pair
    for tag, pair in {
        "startEvent": (StartEvent, catching.Start),
        "endEvent": (EndEvent, throwing.End),
        "intermediateCatchEvent": (CatchEvent, catching.Catch),
        "intermediateThrowEvent": (ThrowEvent, throwing.Throw),
        "boundaryEvent": (BoundaryEvent, catching.Boundary),
        "task": (Task, activities.Plain),
        "userTask": (Task, activities.User),
        "manualTask": (Task, activities.Manual),
        "serviceTask": (ServiceTask, activities.Service),
        "businessRuleTask": (BusinessRuleTask, activities.BusinessRule),
        "scriptTask": (Script, activities.Plain),
        "sendTask": (SendTask, throwing.Send),
        "receiveTask": (MessageTask, catching.Receive),
        "exclusiveGateway": (Task, gateways.Exclusive),
        "parallelGateway": (Task, gateways.Parallel),
        "inclusiveGateway": (Task, gateways.Inclusive),
        "complexGateway": (ComplexGateway, gateways.Complex),
        "eventBasedGateway": (EventGateway, gateways.EventBased),
        "subProcess": (SubProcess, subprocess.SubProcess),
        "transaction": (SubProcess, subprocess.Transaction),
        "adHocSubProcess": (AdHoc, subprocess.AdHoc),
        "callActivity": (CallActivity, subprocess.Call),
    }.items()
}
"""The one list: BPMN tag → how it is read, what it becomes."""
