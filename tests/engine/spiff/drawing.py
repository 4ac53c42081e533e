"""Small diagrams as text, and one run of them with the state saved and loaded between every two commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from engine import execution as x
from engine.execution import Reckoning
from engine.spiff import bundle as bundles
from engine.spiff import commands
from policy.clocks import NeverPauses, Pause

NAMESPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def diagram(body: str, roots: str = "", process: str = "p", attributes: str = "") -> bytes:
    """A file with one process."""
    return definitions(f'<process id="{process}" isExecutable="true" {attributes}>{body}</process>', roots)


def definitions(*parts: str) -> bytes:
    return f'<definitions {NAMESPACES} targetNamespace="t">{"".join(parts)}</definitions>'.encode()


def flows(*pairs: str) -> str:
    """`a>b` draws a flow; `a>b if =x` a conditional one; ids are `a_b`."""
    drawn = []
    for pair in pairs:
        ends, _, condition = pair.partition(" if ")
        source, target = ends.split(">")
        condition = condition.replace("&", "&amp;").replace("<", "&lt;")
        inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        drawn.append(
            f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
            f"{inner}</sequenceFlow>"
        )
    return "".join(drawn)


def nodes(**kinds: str) -> str:
    """`a="userTask"` draws an element; after a space come attributes, after a `|` what is inside."""
    drawn = []
    for id, kind in kinds.items():
        tag, _, inner = kind.partition("|")
        name, _, attributes = tag.partition(" ")
        drawn.append(f'<{name} id="{id}" {attributes}>{inner}</{name}>')
    return "".join(drawn)


def zeebe(inner: str) -> str:
    return f"<extensionElements>{inner}</extensionElements>"


IO = "<zeebe:ioMapping>{}</zeebe:ioMapping>"


def give(source: str, target: str) -> str:
    return f'<zeebe:input source="{source}" target="{target}"/>'


def take(source: str, target: str) -> str:
    return f'<zeebe:output source="{source}" target="{target}"/>'


def chain(*ids: str) -> str:
    return flows(*(f"{a}>{b}" for a, b in zip(ids, ids[1:], strict=False)))


@dataclass
class Clock:
    """A clock that tests move."""

    now: datetime = NOON

    def reckon(
        self, name: str, start: datetime, pauses: Sequence[Pause] = (), organisation: str | None = None
    ) -> Reckoning:
        if name == "unknown":
            raise LookupError(name)
        if pauses and name == "restless":
            raise NeverPauses(name)
        paused = sum((each.end - each.start for each in pauses), timedelta())
        hours = len(name) * (2 if organisation == "slow" else 1)
        return Reckoning(name, start, start + timedelta(hours=hours) + paused, "hours", hours, pauses)


class Run:
    """One instance. Every command starts from the saved bytes of the one before."""

    def __init__(self, files: bytes | dict[str, bytes], process: str = "p", **start: Any) -> None:
        files = {"test.bpmn": files} if isinstance(files, bytes) else files
        self.bundle = bundles.compile(files, process)
        self.clock = Clock()
        self.state: bytes | None = None
        self.trail: list[str] = []
        self.tasks: dict[str, x.OpenedTask] = {}
        self.jobs: dict[str, x.OpenedJob] = {}
        self.timers: dict[str, x.ArmedTimer] = {}
        self.subscriptions: dict[tuple[str, str], x.OpenedSubscription] = {}
        self.failures: dict[str, x.Failure] = {}
        self.thrown: list[x.Thrown] = []
        self.conflicts: list[str] = []
        self.status = ""
        self.last = self.do(x.Start(start.pop("variables", {}), start.pop("event", None)))

    def do(self, command: x.Command) -> x.Result:
        result = commands.run(self.bundle, self.state, command, self.clock)
        self.note(result)
        return result

    def note(self, result: x.Result) -> None:
        """Bring the rows up to date."""
        self.state, self.status, self.last = result.state, result.status, result
        self.trail += [step.element for step in result.trail if step.what == "completed"]
        self.conflicts += [step.detail for step in result.trail if step.what == "conflicted"]
        for gone in result.closed:
            del self.tasks[gone.token]
        for token in result.timers_gone:
            del self.timers[token]
        for token in result.jobs_gone:
            del self.jobs[token]
        self.subscriptions = {
            key: sub for key, sub in self.subscriptions.items() if key[0] not in result.subscriptions_gone
        }
        self.tasks.update({task.token: task for task in result.opened})
        self.jobs.update({job.token: job for job in result.jobs})
        self.timers.update({timer.token: timer for timer in result.timers})
        self.subscriptions.update({(sub.token, sub.message): sub for sub in result.subscriptions})
        self.failures.update({failure.token: failure for failure in result.failures})
        self.thrown += result.thrown

    def open(self) -> list[str]:
        """The elements of open tasks, sorted."""
        return sorted(task.element for task in self.tasks.values())

    def subscribed(self) -> list[tuple[str, str, str]]:
        """The messages and signals that are waited for, and where."""
        return sorted((one.element, one.kind, one.message) for one in self.subscriptions.values())

    def token(self, element: str, nth: int = 0) -> str:
        return [task.token for task in self.tasks.values() if task.element == element][nth]

    def complete(self, element: str, nth: int = 0, **variables: Any) -> Run:
        self.do(x.Complete(self.token(element, nth), variables))
        return self

    def answer(self, element: str, nth: int = 0, **variables: Any) -> Run:
        """An operation answers its job."""
        token = [job.token for job in self.jobs.values() if job.element == element][nth]
        del self.jobs[token]
        self.do(x.Complete(token, variables))
        return self

    def message(self, name: str, correlation: dict[str, Any] | None = None, **variables: Any) -> Run:
        self.do(x.Deliver(name, correlation or {}, variables))
        return self

    def signal(self, name: str, **variables: Any) -> Run:
        self.do(x.Broadcast(name, variables))
        return self

    def advance(self, **by: float) -> Run:
        """Move the clock and fire what falls due, in order."""
        until = self.clock.now + timedelta(**by)
        while any(timer.due <= until for timer in self.timers.values()):
            self.advance_to_next()
        self.clock.now = until
        return self

    def advance_to_next(self) -> None:
        first = min(self.timers.values(), key=lambda timer: (timer.due, int(timer.token)))
        self.clock.now = max(self.clock.now, first.due)
        self.do(x.Fire(first.token))

    @property
    def variables(self) -> dict[str, Any]:
        return dict(commands.look(self.bundle, self.state or b"").variables)

    def places(self) -> list[str]:
        """The elements at which tokens wait, sorted."""
        return sorted(place.element for place in commands.look(self.bundle, self.state or b"").tokens)
