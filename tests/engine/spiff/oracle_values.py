"""What is drawn, as the oracle knows it: elements, flows and scopes. No XML, and nothing of the engine."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

ACTIVITIES = ("user", "pass", "receive", "send", "sub", "tx", "adhoc", "call")
SCOPES = ("sub", "tx", "adhoc", "call")


@dataclass(frozen=True)
class Test:
    """A condition: `n` is below, or above, a number; of a complex gateway also which phase it is in."""

    __test__ = False

    below: int | None = None
    above: int | None = None
    first_phase: bool | None = None

    def holds(self, n: int, first_phase: bool = True) -> bool:
        return (
            (self.below is None or n < self.below)
            and (self.above is None or n > self.above)
            and (self.first_phase is None or self.first_phase == first_phase)
        )


@dataclass
class Flow:
    id: str
    source: str
    target: str
    test: Test | None = None
    default: bool = False
    link: bool = False  # not a line, but two link events


@dataclass(frozen=True)
class Event:
    """What an element waits for or throws. `kind`: message, signal, timer, condition, error, escalation,
    cancel, compensation, terminate.
    """

    kind: str
    name: str = ""  # of a message or signal; the code of an error or escalation, "" for any
    keyed: bool = False  # a message correlated on n
    form: str = "duration"  # of a timer: date, duration, cycle
    hours: int = 0
    times: int = 1
    test: Test | None = None  # of a condition
    activity: str = ""  # the one that is compensated; "" for all


@dataclass(frozen=True)
class Loop:
    """`kind`: standard, parallel, sequential."""

    kind: str
    times: int  # instances; of a standard loop at most so many rounds, 0 for no limit
    test: Test | None = None  # while it holds, a standard loop goes on; once it holds, instances end
    before: bool = False  # a standard loop looks first
    enough: int = 0  # instances that are enough
    collects: bool = False  # what n was at the end of each instance
    throws: tuple[str, Event, int] | None = None  # behavior; what is thrown; how many must have finished


@dataclass
class Node:
    """`kind`: start, end, throw, catch, one of the activities, a gateway (xor, and, or, complex, events), or
    `on` for a boundary event or event sub-process.
    """

    id: str
    kind: str
    inner: Scope | None = None
    boundary: list[Node] = field(default_factory=list)
    events: tuple[Event, ...] = ()
    parallel: bool = False  # all of its events are needed
    interrupting: bool = True
    loop: Loop | None = None
    undo: Node | None = None  # what compensates it
    test: Test | None = None  # completion of an ad-hoc sub-process
    tokens: int = 1  # of a complex gateway: how many activate it
    cancels_rest: bool = True  # of an ad-hoc sub-process
    needs: int = 1  # startQuantity
    gives: int = 1  # completionQuantity
    starts: bool = False  # a receive task whose message starts the process

    @property
    def waits(self) -> bool:
        return self.kind in ("user", "catch", "receive")


@dataclass
class Scope:
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    handlers: list[Node] = field(default_factory=list)  # event sub-processes
    undo: Node | None = None  # the event sub-process that compensates all of it
    starts: list[Node] = field(default_factory=list)  # where it begins when nobody says

    # Only once all is drawn:

    @cached_property
    def out(self) -> dict[str, list[Flow]]:
        found: dict[str, list[Flow]] = defaultdict(list)
        for flow in self.flows:
            found[flow.source].append(flow)
        return found

    @cached_property
    def into(self) -> dict[str, list[Flow]]:
        found: dict[str, list[Flow]] = defaultdict(list)
        for flow in self.flows:
            found[flow.target].append(flow)
        return found

    @cached_property
    def joins(self) -> list[Node]:
        """Gateways that may have to be asked whether they wait for anybody."""
        return [node for node in self.nodes.values() if node.kind in ("or", "complex")]
