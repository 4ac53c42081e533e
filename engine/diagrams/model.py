"""A BPMN file as values: immutable, shared between threads, no XML left in it.

`engine.diagrams.reading` fills it. Ids that a file leaves out are given (`<kind>_without_id_<n>`), the same
ones on every reading. References are ids without their namespace prefix. Text is as drawn, only stripped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.diagrams.vocabulary import ACTIVITIES, FLOW_NODES, GATEWAYS, SUB_PROCESSES, words
from engine.errors import Problem

NOTHING: Mapping[str, str] = MappingProxyType({})


def _nothing() -> Mapping[str, str]:
    return NOTHING


@dataclass(frozen=True, slots=True)
class Expression:
    """Text that may be meant as an expression, and the language the file says it is in, if it says."""

    text: str
    language: str = ""

    @property
    def feel(self) -> str | None:
        """The FEEL text when this is FEEL: it starts with `=`. None for fixed text."""
        return self.text[1:].strip() if self.text.startswith("=") else None


@dataclass(frozen=True, slots=True)
class EventDefinition:
    """What an event waits for or throws. `name`: of the message, signal or link; or the error's code."""

    kind: str  # a value of vocabulary.EVENT_KINDS
    id: str = ""
    reference: str = ""  # the id it points at, as drawn; "" when it points at nothing
    resolved: bool = False  # whether that id is in the file
    name: str = ""
    timer: str = ""  # timeDate, timeDuration or timeCycle
    expression: Expression | None = None  # the timer's value, or the condition
    targets: tuple[str, ...] = ()  # link: the ids named by source/target elements
    attributes: Mapping[str, str] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Loop:
    """A standard loop, or several instances of one activity."""

    kind: str  # standard, parallel, sequential
    cardinality: Expression | None = None
    condition: Expression | None = None  # standard: go on while; multi-instance: complete when
    collection: str = ""
    element: str = ""
    output_collection: str = ""
    output_element: str = ""
    throws: tuple[tuple[Expression | None, EventDefinition], ...] = ()  # by `behavior`: condition, event
    attributes: Mapping[str, str] = field(default_factory=_nothing)  # testBefore, loopMaximum, behavior …


@dataclass(frozen=True, slots=True)
class Vendor:
    """An extension that is not ours to run: another tool's attribute or element."""

    owner: str  # the id of the flow node, flow or process it stands in; "" outside them
    namespace: str
    name: str  # of the attribute or element; "element/attribute" for an attribute of an element
    value: str


@dataclass(frozen=True, slots=True)
class Use:
    """One thing said in `zeebe:`: an element (no attribute), or an attribute of one or of a BPMN element."""

    owner: str  # as a vendor's
    holder: str  # the kind of the BPMN element that it is about; a global task's is that of its task
    element: str  # its way from `extensionElements`: "ioMapping/input"; "" for an attribute of a BPMN element
    attribute: str = ""
    value: str = ""
    again: bool = False  # said before at the same place


@dataclass(frozen=True, slots=True)
class Extensions:
    """What `zeebe:` says about an element, as drawn (a leading `=` means FEEL). Empty text: not said."""

    assignee: str = ""
    role: str = ""  # candidateGroups
    users: str = ""  # candidateUsers
    form: str = ""  # formId
    due: str = ""
    follow_up: str = ""
    priority: str = ""
    operation: str = ""  # taskDefinition type
    called_process: str = ""
    called_decision: str = ""
    result: str = ""  # resultVariable of a decision
    correlation: str = ""  # correlationKey of a message
    inputs: tuple[tuple[str, str], ...] = ()  # (source, target)
    outputs: tuple[tuple[str, str], ...] = ()
    properties: Mapping[str, str] = field(default_factory=_nothing)
    headers: Mapping[str, str] = field(default_factory=_nothing)
    attributes: Mapping[str, str] = field(
        default_factory=_nothing
    )  # everything else in zeebe:, as "element/attribute"


NO_EXTENSIONS = Extensions()


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow."""

    id: str
    name: str
    source: str
    target: str
    scope: str  # id of the process or sub-process it is drawn in
    condition: Expression | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Element:
    """A flow node or something drawn beside the flow (data, notes)."""

    id: str
    kind: str  # the tag name: userTask, exclusiveGateway …
    name: str
    process: str  # id of the process
    scope: str  # id of the process or sub-process it is drawn in
    lane: str = ""  # the innermost lane's name; sub-processes pass theirs on
    documentation: str = ""
    incoming: tuple[str, ...] = ()  # flow ids, in the order of the file
    outgoing: tuple[str, ...] = ()
    attached_to: str = ""  # boundary events: the id of the activity
    interrupting: bool = True  # boundary events and starts of event sub-processes
    default: str = ""  # id of the default flow
    called: str = ""  # calledElement, as drawn
    events: tuple[EventDefinition, ...] = ()
    loop: Loop | None = None
    extensions: Extensions = NO_EXTENSIONS  # with what its data associations copy, as mappings
    data_faults: tuple[str, ...] = ()  # why other associations of it copy nothing
    attributes: Mapping[str, str] = field(
        default_factory=_nothing
    )  # the standard's other attributes, as drawn
    inner: tuple[str, ...] = ()  # tag names of child elements that are none of the above
    text: str = ""  # completionCondition, activationCondition, script, or the text of a note
    line: int = 0  # where in the file, for messages

    @property
    def words(self) -> str:
        """What a person calls it: `user task "Decide" (decide)`."""
        return label(self.kind, self.name, self.id)

    @property
    def is_node(self) -> bool:
        return self.kind in FLOW_NODES

    @property
    def is_activity(self) -> bool:
        return self.kind in ACTIVITIES

    @property
    def is_gateway(self) -> bool:
        return self.kind in GATEWAYS

    @property
    def is_scope(self) -> bool:
        return self.kind in SUB_PROCESSES

    @property
    def is_event_sub_process(self) -> bool:
        return self.is_scope and self.attributes.get("triggeredByEvent") in ("true", "1")

    @property
    def is_compensation(self) -> bool:
        return self.attributes.get("isForCompensation") in ("true", "1")


@dataclass(frozen=True, slots=True)
class Lane:
    id: str
    name: str
    process: str
    parent: str = ""  # id of the lane around it
    nodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Process:
    """One process definition. `nodes` and `flows` include those of its sub-processes."""

    id: str
    name: str
    executable: bool
    documentation: str = ""
    nodes: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    lanes: tuple[Lane, ...] = ()
    extensions: Extensions = NO_EXTENSIONS
    attributes: Mapping[str, str] = field(default_factory=_nothing)
    faults: tuple[Problem, ...] = ()  # what stands in it, where BPMN does not know it
    bindings: Mapping[str, str] = field(default_factory=_nothing)  # correlation property → where its value is
    task: str = ""  # the kind of a global task: a process of that one task, under the same id

    @property
    def words(self) -> str:
        return label(self.task or "process", self.name, self.id)


@dataclass(frozen=True, slots=True)
class Participant:
    """A pool; `process` is "" when the pool is drawn closed."""

    id: str
    name: str
    process: str
    attributes: Mapping[str, str] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class MessageFlow:
    id: str
    name: str
    source: str
    target: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A message, signal, error, escalation, item or data store declared beside the processes."""

    id: str
    kind: str
    name: str
    code: str = ""  # errorCode, escalationCode
    extensions: Extensions = NO_EXTENSIONS
    attributes: Mapping[str, str] = field(default_factory=_nothing)

    @property
    def words(self) -> str:
        return label(self.kind, self.name, self.id)


@dataclass(frozen=True, slots=True)
class CorrelationProperty:
    """By which messages find their instance. `paths`: message id → where its value stands in the message."""

    id: str
    name: str
    paths: Mapping[str, str] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class CorrelationKey:
    id: str
    name: str
    properties: tuple[str, ...] = ()  # ids


@dataclass(frozen=True, slots=True)
class Diagram:
    """A BPMN file: the original bytes, and everything they say."""

    path: str
    original: bytes = field(repr=False)
    processes: Mapping[str, Process]
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    named: Mapping[str, Named]  # messages, signals, errors, escalations by id
    participants: tuple[Participant, ...] = ()
    message_flows: tuple[MessageFlow, ...] = ()
    correlations: tuple[CorrelationProperty, ...] = ()
    keys: tuple[CorrelationKey, ...] = ()
    collaborations: Mapping[str, str] = field(default_factory=_nothing)  # id → name
    language: str = ""  # expressionLanguage of the file
    foreign: tuple[tuple[str, str, str], ...] = ()  # (id, kind, name) of what stands outside every process
    vendor: tuple[Vendor, ...] = ()
    uses: tuple[Use, ...] = ()
    platform: str = ""  # the tool's word for where it should run

    def of_kind(self, *kinds: str) -> Iterator[Element]:
        return (element for element in self.elements.values() if element.kind in kinds)

    def nodes(self, scope: str) -> list[Element]:
        """The flow nodes drawn directly in a process or sub-process."""
        return [element for element in self.elements.values() if element.scope == scope and element.is_node]

    def around(self, scope: str) -> Element | None:
        """The sub-process that is this scope; None when it is a process, also one of a single global task."""
        holder = self.elements.get(scope)
        return holder if holder is not None and holder.is_scope else None

    def attached(self, host: str) -> list[Element]:
        """The boundary events on an activity."""
        return [element for element in self.elements.values() if element.attached_to == host]

    @property
    def messages(self) -> dict[str, Named]:
        return {id: named for id, named in self.named.items() if named.kind == "message"}

    @property
    def errors(self) -> dict[str, Named]:
        return {id: named for id, named in self.named.items() if named.kind == "error"}

    def words(self, id: str) -> str:
        """What a person calls the thing with this id; the id itself when there is nothing with it."""
        if id in self.elements:
            return self.elements[id].words
        if id in self.flows:
            return self._flow_words(self.flows[id])
        if id in self.processes:
            return self.processes[id].words
        return self.named[id].words if id in self.named else id

    def _flow_words(self, flow: Flow) -> str:
        """Flows seldom have a name or an id that says anything: say where they lead."""
        ends = [self.elements[end].name or end for end in (flow.source, flow.target) if end in self.elements]
        between = f" from {_short(ends[0])} to {_short(ends[1])}" if len(ends) == 2 else ""
        named = f' "{_short(flow.name)}"' if flow.name else ""
        return f"flow{named}{between} ({flow.id})"


def _short(name: str) -> str:
    flat = " ".join(name.split())
    return flat if len(flat) <= 80 else flat[:79] + "…"


def label(kind: str, name: str, id: str) -> str:
    """`user task "Decide" (decide)`; without a name `user task (decide)`. Long names are cut.

    >>> label("userTask", "Decide", "decide")
    'user task "Decide" (decide)'
    """
    short = _short(name)
    return f'{words(kind)} "{short}" ({id})' if short else f"{words(kind)} ({id})"
