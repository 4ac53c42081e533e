"""What every element of a diagram does, and what a process is made of."""

# mypy: disallow-subclassing-any=False

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.specs import WorkflowSpec

from ..compensation import freed
from ..extensions import NONE, Extensions
from ..extensions import Mapping as Target
from ..script import Expression, Stuck
from ..variables import Variables, write


class Flow(NamedTuple):
    """A sequence flow out of an element."""

    id: str
    target: str
    condition: Expression | None


class Node:
    """Stands in front of SpiffWorkflow's class for an element. Read-only once the diagram is compiled."""

    name: str
    bpmn_id: str
    bpmn_name: str | None
    flows: tuple[Flow, ...] = ()
    incoming: tuple[str, ...] = ()  # ids of sequence flows
    default: str | None = None  # id of a sequence flow
    boundary: tuple[str, ...] = ()  # names of boundary events
    compensation: str | None = None  # name of the handler
    start_quantity = completion_quantity = 1
    extensions: Extensions = NONE
    kind = ""  # as in BPMN: userTask …
    loops = False  # whether its token has instances
    conditions = False  # whether it waits for a condition
    bound = False  # whether its variables say which message it waits for
    for_compensation = False
    instantiates = False  # a receive task whose message starts the process

    # SpiffWorkflow's hooks. It predicts the future as a tree of tasks; here there is none.

    def _predict(self, my_task: Any, seen: Any = None, looked_ahead: int = 0, mask: int = 0) -> None:
        pass

    def _predict_hook(self, my_task: Any) -> None:
        pass

    def test(self) -> None:
        """SpiffWorkflow wants an incoming flow on everything; the standard does not."""

    def _update_hook(self, my_task: Any) -> bool:
        return self.entered(my_task)

    def _on_ready_hook(self, my_task: Any) -> None:
        self.ready(my_task)

    def _run_hook(self, my_task: Any) -> bool | None:
        return self.act(my_task)

    def _on_complete_hook(self, my_task: Any) -> None:
        pass

    def _on_cancel(self, my_task: Any) -> None:
        pass

    # What elements do differently.

    def entered(self, token: Any) -> bool:  # noqa: ARG002 - as all elements
        """A token arrived. True when it can go on to be ready."""
        return True

    def ready(self, token: Any) -> None:
        """The token waits for its turn, or for a person."""

    def act(self, token: Any) -> bool | None:  # noqa: ARG002 - as all elements
        """The token's turn. None when it goes on later."""
        return True

    def leave(self, token: Any) -> None:
        token.workflow.advance(token)

    def withdrawn(self, token: Any) -> None:
        """The token is about to be withdrawn."""

    def remember(self, token: Any) -> None:
        """Note a finished activity that can be compensated; of several, each instance once all are done."""
        kept, scope = token.internal_data, token.workflow
        loop, inner = kept.get("loop"), self.inside(token)
        done: list[list[Any]] = []
        if loop is not None:
            whole = scope.tasks[loop].task_spec
            if whole.compensation is not None:
                done = [[whole.name, None, loop]]
            elif inner is not None:
                done = [[self.name, inner, loop, *self.recall(token)]]
        elif self.loops:
            mine = [entry for entry in scope.undo if entry[2:3] == [token.id] and entry[1] is not False]
            scope.undo = [entry for entry in scope.undo if entry not in mine]
            done = [freed(entry) for entry in mine]
        elif "undoes" not in kept:
            if self.compensation is not None:
                done = [[self.name, None]]
            elif inner is not None:
                done = [freed([self.name, inner, "", *self.recall(token)])]
        scope.finish(token, done)

    def inside(self, token: Any) -> list[Any] | None:  # noqa: ARG002 - as all elements
        """What has been done inside that can be compensated. None when nothing was."""
        return None

    def recall(self, token: Any) -> list[dict[str, Any]]:  # noqa: ARG002 - as all elements
        """The variables of its own as they are now, those that were handed on last. Empty for none."""
        return []

    def route(self, token: Any) -> list[Flow]:
        """Every unconditional flow and every one whose condition holds; the default when that is none."""
        if self.default is None and all(flow.condition is None for flow in self.flows):
            return list(self.flows)
        return self.chosen(token) or self.otherwise()

    def chosen(self, token: Any, known: Mapping[str, Any] | None = None) -> list[Flow]:
        true = token.workflow.script_engine.true
        return [
            flow
            for flow in self.flows
            if flow.id != self.default
            and (flow.condition is None or true(token, flow.condition, "this condition", known))
        ]

    def otherwise(self) -> list[Flow]:
        """The default flow. Raises Stuck when there is none."""
        for flow in self.flows:
            if flow.id == self.default:
                return [flow]
        raise Stuck("Expected one of the flows out of here to apply, but none of their conditions is true.")


class Activity(Node):
    """An element with variables of its own while it runs: its `zeebe:ioMapping`."""

    def entered(self, token: Any) -> bool:
        self.give_inputs(token)
        return True

    def give_inputs(self, token: Any) -> None:
        """Inputs become variables of the activity alone."""
        if not self.extensions.inputs or token.data.owner == token.id and not token.data.isolated:
            return
        engine = token.workflow.script_engine
        given: dict[str, Any] = {}
        for mapping in self.extensions.inputs:
            put_at(given, mapping.target, engine.value(token, mapping.source))
        if token.data.owner == token.id:
            dict.update(token.data, given)
        else:
            token.data = Variables(given, owner=token.id, parent=token.data, isolated=False)

    def take(self, token: Any, variables: Mapping[str, Any]) -> None:
        """What the activity gives back: its outputs when the diagram names them, otherwise every variable."""
        write_outputs(token, self.extensions, variables, around(token))


def around(token: Any) -> Variables:
    """The variables a token writes to: not its inputs, but those of the scope it is in (or of its instance of
    a loop).
    """
    data: Variables = token.data
    inputs = data.owner == token.id and not data.isolated and "nested" not in token.internal_data
    if inputs and data.parent is not None:
        return data.parent
    return data


def heads(mappings: tuple[Target, ...]) -> set[str]:
    """The variables that mappings set: of `a.b`, it is `a`."""
    return {mapping.target.split(".")[0] for mapping in mappings}


def write_outputs(token: Any, extensions: Extensions, variables: Mapping[str, Any], scope: Variables) -> None:
    if not extensions.outputs:
        for name, value in variables.items():
            write(token, name, value, scope)
        return
    environment = token.workflow.script_engine.environment
    seen = Variables(variables, parent=token.data)
    for mapping in extensions.outputs:
        value = environment.plain(mapping.source, seen)
        head = mapping.target.split(".")[0]
        if head != mapping.target:
            whole = {head: dict(scope[head]) if isinstance(scope.get(head), dict) else {}}
            put_at(whole, mapping.target, value)
            value = whole[head]
        write(token, head, value, scope)


def put_at(values: dict[str, Any], target: str, value: Any) -> None:
    """Set `a.b.c` inside nested contexts.

    >>> put_at(values := {}, "a.b", 1); values
    {'a': {'b': 1}}
    """
    *way, last = target.split(".")
    for step in way:
        inner = values.get(step)
        values[step] = dict(inner) if isinstance(inner, dict) else {}
        values = values[step]
    values[last] = value


class Start(BpmnTaskSpec):
    """The root of a scope, which SpiffWorkflow wants as a specification."""

    kind = "root"
    instantiates = False
    boundary: tuple[str, ...] = ()
    start_quantity = 1
    loops = conditions = bound = False

    def __init__(self, wf_spec: Any, name: str) -> None:
        super().__init__(wf_spec, name)
        self.bpmn_id = self.bpmn_name = ""


class ProcessSpec(BpmnProcessSpec):
    """A process or sub-process, without SpiffWorkflow's technical elements `Start` and `End`."""

    def __init__(self, name: str, description: str | None = None, filename: str | None = None) -> None:
        WorkflowSpec.__init__(self, name=name, filename=filename)
        self.bpmn_start_events: list[Any] = []
        self.start = Start(self, "#root")
        self.end = None
        self.description = description
        self.svg = self.io_specification = None
        self.data_objects: dict[str, Any] = {}
        self.data_stores: dict[str, Any] = {}
        self.correlation_keys: dict[str, Any] = {}
        self.starts: tuple[str, ...] = ()  # where a token begins when nobody says
        self.event_sub_processes: tuple[str, ...] = ()
        self.compensation_handler: str | None = None  # the event sub-process that compensates the whole scope
        self.waiting_joins: tuple[str, ...] = ()  # inclusive and complex gateways with several incoming flows
        self.process = name  # id of the process it belongs to

    def fire_joins(self, scope: Any) -> bool:
        """Let one inclusive or complex gateway go on that waits for nobody any more."""
        return any(name in scope.joins and self.task_specs[name].fire(scope) for name in self.waiting_joins)
