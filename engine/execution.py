"""What can be asked of a running process, and what it answers. Values only; `engine.spiff` does the work.

`engine.spiff.commands.run(bundle, state, command, clock)` takes a command from here and gives a `Result`.
It is a pure function: an exception discards everything, so nothing half-run is ever stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from policy.clocks import Kind, Pause

Variables = Mapping[str, Any]  # plain JSON values only
RESERVED = (
    "case_id",
    "case_reference",
    "instance_id",
    "started_by",
    "organisation_id",
    "organisation_kind",
    "edition",
)
"""Variables that a case gives its processes. Nothing drawn writes them: messages find their case by them."""
COUNTER = "loopCounter"  # which of the instances of an activity it is; what a standard loop has done
COUNTS = (
    "numberOfInstances",
    "numberOfActiveInstances",
    "numberOfCompletedInstances",
    "numberOfTerminatedInstances",
    "nrOfInstances",
    "nrOfActiveInstances",
    "nrOfCompletedInstances",
)
"""What conditions of several instances may count, in the standard's words and in the common short ones."""
TIME_TO_LIVE = timedelta(days=28)  # of a message that came before anything waited for it


class Clock(Protocol):
    """The time a command runs at, and the partnership's named clocks."""

    @property
    def now(self) -> datetime:
        """Aware UTC. Every step of one command sees the same instant."""
        ...

    def reckon(
        self, name: str, start: datetime, pauses: Sequence[Pause] = (), organisation: str | None = None
    ) -> Reckoning:
        """When the named clock runs out if started at `start`; an organisation may have its own value.

        Raises LookupError for an unknown name, and ValueError for a pause that no rule allows.
        """
        ...


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How a due time was reached: the rule as it stood then, and what it was counted from."""

    clock: str
    start: datetime
    due: datetime  # aware UTC
    kind: Kind
    amount: int
    pauses: Sequence[Pause] = ()
    organisation: str | None = None  # whose values and opening hours counted

    def facts(self) -> dict[str, Any]:
        """As plain JSON, to be kept beside the due time."""
        pauses = [[each.start.isoformat(), each.end.isoformat(), each.reason] for each in self.pauses]
        return {
            "clock": self.clock,
            "from": self.start.isoformat(),
            "kind": self.kind,
            "amount": self.amount,
            "pauses": pauses,
            "organisation": self.organisation,
        }

    @classmethod
    def kept(cls, due: datetime, facts: Mapping[str, Any]) -> Reckoning:
        """What `facts` kept."""
        pauses = tuple(
            Pause(datetime.fromisoformat(start), datetime.fromisoformat(end), reason)
            for start, end, reason in facts["pauses"]
        )
        start = datetime.fromisoformat(facts["from"])
        kind, amount = facts["kind"], facts["amount"]
        return cls(facts["clock"], start, due, kind, amount, pauses, facts.get("organisation"))


# Commands --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Start:
    """Start a process. `event` names one start event when the diagram has several; `correlation`: that of
    its message.
    """

    variables: Variables = field(default_factory=dict)
    event: str | None = None
    correlation: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Complete:
    """A person finished a task, or an operation answered a service task."""

    token: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deliver:
    """A message arrived. With `token`, exactly that waiting token gets it."""

    name: str
    correlation: Variables = field(default_factory=dict)
    variables: Variables = field(default_factory=dict)
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A signal was raised: every token waiting for it gets it."""

    name: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fire:
    """A timer fell due."""

    token: str


@dataclass(frozen=True, slots=True)
class SetVariables:
    """An operator corrects variables of the process, or of the scope that `token` is in."""

    variables: Variables
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Retry:
    """An operator tries the step that raised an incident again."""

    token: str


@dataclass(frozen=True, slots=True)
class Fail:
    """A service task's operation could not be done: its token waits for a person. `cause` is plain words."""

    token: str
    cause: str


@dataclass(frozen=True, slots=True)
class Skip:
    """An operator lets a token leave its element undone. `flow`: the way out, where there are several."""

    token: str
    flow: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """An operator puts a token on another element of the same scope."""

    token: str
    to: str


@dataclass(frozen=True, slots=True)
class Cancel:
    """The instance is ended by a person."""


@dataclass(frozen=True, slots=True)
class Raise:
    """An operation, or a person at a task, raised a BPMN error: its boundary event takes over."""

    token: str
    code: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Withdraw:
    """One open task or job is withdrawn. If it is one of several instances, the others go on without it."""

    token: str


Command = (
    Start
    | Complete
    | Deliver
    | Broadcast
    | Fire
    | SetVariables
    | Retry
    | Cancel
    | Raise
    | Withdraw
    | Fail
    | Skip
    | Move
)


# What comes back -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenedTask:
    """A task that now waits for a person."""

    token: str
    element: str
    name: str
    kind: str  # userTask, manualTask
    role: str | None = None  # zeebe:assignmentDefinition candidateGroups; one role
    assignee: str | None = None  # zeebe:assignmentDefinition assignee; a person's id
    form: str | None = None  # zeebe:formDefinition formId
    due: datetime | None = None
    reckoned: Mapping[str, Any] | None = None  # how `due` was reached by a named clock: `Reckoning.facts`
    follow_up: datetime | None = None
    priority: int = 50
    properties: Mapping[str, str] = field(default_factory=dict)  # zeebe:properties, FEEL already evaluated

    @property
    def clock(self) -> str | None:
        """The named clock that `due` came from."""
        return self.reckoned["clock"] if self.reckoned else None


@dataclass(frozen=True, slots=True)
class ClosedTask:
    """A task that no longer waits."""

    token: str
    element: str
    how: str  # completed, cancelled


@dataclass(frozen=True, slots=True)
class OpenedJob:
    """A task that waits for a named operation, or a decision. Answer it with `Complete(token, outputs)`."""

    token: str
    element: str
    operation: str  # zeebe:taskDefinition type; "" when a decision is asked for
    inputs: Variables  # after the zeebe:ioMapping inputs; a decision sees all variables in reach
    decision: str = ""  # zeebe:calledDecision decisionId
    result: str = ""  # the variable for what the decision gives


@dataclass(frozen=True, slots=True)
class ArmedTimer:
    token: str
    element: str
    due: datetime
    reckoned: Mapping[str, Any] | None = None  # by a named clock: `Reckoning.facts`
    name: str = ""

    @property
    def clock(self) -> str | None:
        """The named clock that `due` came from."""
        return self.reckoned["clock"] if self.reckoned else None


@dataclass(frozen=True, slots=True)
class OpenedSubscription:
    token: str
    element: str
    message: str
    correlation: str  # JSON of the keys, in pairs where what they are called counts; "" when there are none
    kind: str = "message"  # or signal, which has no correlation and reaches every token that waits


@dataclass(frozen=True, slots=True)
class Thrown:
    """A message, signal, error or escalation that left the process and nobody inside caught."""

    kind: str  # message, signal, error, escalation
    name: str
    element: str
    correlation: str = ""  # as of a subscription
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Early:
    """A message that came before anything waited for it, as somebody takes it."""

    correlation: Variables
    variables: Variables


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to one token, in order."""

    what: str  # entered, completed, cancelled, skipped, retried, fired, received, conflicted
    element: str
    token: str
    name: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A variable that changed. `scope` is "" for the process, else the token that owns the scope."""

    variable: str
    scope: str
    element: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A token that cannot go on until a person looks at it. Its place is kept."""

    token: str
    element: str
    cause: str  # plain words, nothing personal
    name: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """Everything one command did. The sets of opened and closed things are differences, never totals."""

    state: bytes
    status: str  # running, completed, cancelled
    opened: tuple[OpenedTask, ...] = ()
    closed: tuple[ClosedTask, ...] = ()
    jobs: tuple[OpenedJob, ...] = ()
    jobs_gone: tuple[str, ...] = ()  # tokens of jobs nobody waits for any more
    timers: tuple[ArmedTimer, ...] = ()
    timers_gone: tuple[str, ...] = ()  # delete these before adding `timers`: a repetition is set again
    subscriptions: tuple[OpenedSubscription, ...] = ()  # the token that has been there longest first
    subscriptions_gone: tuple[str, ...] = ()
    thrown: tuple[Thrown, ...] = ()
    trail: tuple[Step, ...] = ()
    changes: tuple[Change, ...] = ()
    failures: tuple[Failure, ...] = ()
