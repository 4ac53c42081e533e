"""Walks a process from its start to its end and says, in one line, what happened.

    walk(purpose="no") == "screen -> purpose -> record_not_share -> look_again -> not_shared"

A word for a task is one of its choices in `answers.py`; a tuple gives one for each time it is asked.
`meanwhile={"send": "consent_withdrawn"}` says that message (or lets the timer of that id run out) when `send`
is about to be done, or the timer `send` to run out, and with spaces one for each time; `late="receipt"` lets
the timer on a task run out first; `later="give_advice"` leaves a task until nothing else is open;
`event="raised"` starts at that message start event, as a hand-over does; `before` is what is known before,
such as where a role is held. Tables decide what they are asked. While only timers wait, time passes until the
next runs out.
The state is saved and restored between every two steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from engine import diagrams, forms
from engine.deadlines import Deadlines
from engine.decisions import Decisions, read_decisions
from engine.diagrams import Diagram, Element
from engine.execution import (
    ArmedTimer,
    Command,
    Complete,
    Deliver,
    Fire,
    OpenedJob,
    OpenedTask,
    Reckoning,
    Result,
    Start,
    Thrown,
)
from engine.spiff import commands
from engine.spiff.bundle import Bundle, compile
from policy.clocks import Pause
from tests.workflows.answers import ANSWERS

WORKFLOWS = Path(__file__).parents[2] / "workflows"
MOST_STEPS = 100
Beginning = str | Mapping[str, Any]  # a choice of the start form, or variables


@cache
def bundle_of(process: str) -> Bundle:
    files = {path.name: path.read_bytes() for path in WORKFLOWS.glob("*.bpmn")}
    return compile(files, process)


@cache
def decisions() -> Decisions:
    return read_decisions({path.name: path.read_bytes() for path in WORKFLOWS.glob("decisions/*.dmn")})


@cache
def form_of(form: str) -> forms.Form:
    return forms.load((WORKFLOWS / "forms" / f"{form}.form").read_bytes())


@cache
def start_forms() -> dict[str, str]:
    """Of each process that a person can start, the form that starts it."""
    read = [diagrams.read(path.read_bytes(), path.name) for path in WORKFLOWS.glob("*.bpmn")]
    return {
        process.id: element.extensions.form
        for diagram in read
        for process in diagram.processes.values()
        for element in diagram.nodes(process.id)
        if element.kind == "startEvent" and element.extensions.form
    }


@dataclass
class Clock:
    """An `engine.execution.Clock` that stands still until a timer is let run out."""

    now: datetime = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
    deadlines: Deadlines = field(default_factory=Deadlines)

    def reckon(
        self, name: str, start: datetime, pauses: Sequence[Pause] = (), organisation: str | None = None
    ) -> Reckoning:
        return self.deadlines.reckon(name, start, pauses, organisation)


@dataclass
class Walk:
    """One case on its way.

    `taken`: file and id of each sequence flow that a token went along; `passed`: process and element of each
    step, and `form:`, `guidance:` and `decision:` with what people were asked and shown there.
    """

    bundle: Bundle
    choices: Mapping[str, str | tuple[str, ...]]
    meanwhile: dict[str, str]
    late: set[str]
    later: set[str] = field(default_factory=set)
    state: bytes | None = None
    status: str = ""
    clock: Clock = field(default_factory=Clock)
    open: dict[str, OpenedTask] = field(default_factory=dict)
    timers: dict[str, ArmedTimer] = field(default_factory=dict)
    chosen: dict[str, list[str]] = field(default_factory=dict)  # by task, for each time it was done
    line: list[str] = field(default_factory=list)
    taken: set[tuple[str, str]] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)
    tasks: list[OpenedTask] = field(default_factory=list)
    thrown: list[Thrown] = field(default_factory=list)
    elements: dict[str, Element] = field(default_factory=dict)

    @property
    def said(self) -> str:
        return " -> ".join(self.line)

    def variable(self, name: str) -> Any:
        """A variable of the process as it stood at the end."""
        assert self.state is not None
        return commands.look(self.bundle, self.state).variables.get(name)

    def run(self, command: Command) -> None:
        result = commands.run(self.bundle, self.state, command, self.clock)
        assert not result.failures, [(each.element, each.cause) for each in result.failures]
        self.state, self.status = result.state, result.status
        self._keep(result)
        self._note(result)
        for job in result.jobs:
            self._decide(job)

    def _decide(self, job: OpenedJob) -> None:
        """What the table that a business rule task names gives."""
        decided = decisions().decide(job.decision, job.inputs, self.clock.now)
        self.run(Complete(job.token, {job.result: decided.value}))

    def _keep(self, result: Result) -> None:
        for task in result.closed:
            self.open.pop(task.token)
        for timer in result.timers_gone:
            self.timers.pop(timer, None)
        self.open |= {task.token: task for task in result.opened}
        self.timers |= {timer.token: timer for timer in result.timers}
        self.tasks += result.opened
        self.thrown += result.thrown

    def _note(self, result: Result) -> None:
        diagrams = self.bundle.diagrams.values()
        steps = [(step.what, step.element) for step in result.trail]
        self.line += [name for what, name in steps if self._is_said(what, self.elements[name])]
        for diagram in diagrams:
            self.taken |= {(diagram.path, flow) for flow in flows_taken(diagram, steps)}
            for _, name in steps:
                if element := diagram.elements.get(name):
                    self.passed |= set(said_of(diagram, element))

    def _is_said(self, what: str, element: Element) -> bool:
        """Tasks done, events that happened or were thrown, and the ends that have a name."""
        if what in ("fired", "received"):
            return True
        if what != "completed":
            return False
        if element.kind in ("userTask", "intermediateThrowEvent"):
            return True
        return element.kind == "endEvent" and bool(element.name)

    # one step ----------------------------------------------------------------------------------------------

    def step(self) -> None:
        """Do the task that has waited longest, after whatever is to happen meanwhile."""
        if not self.open:
            timer = min(self.timers.values(), key=lambda timer: timer.due)
            if timer.element in self.meanwhile:
                self.say(self.next_meanwhile(timer.element))
            else:
                self.run_out(timer)
            return
        waiting = list(self.open.values())
        task = next((each for each in waiting if each.element not in self.later), waiting[0])
        if task.element in self.late:
            self.late.remove(task.element)
            self.let_run_out(task.element)
        elif task.element in self.meanwhile:
            self.say(self.next_meanwhile(task.element))
        else:
            self.run(Complete(task.token, self.kept(task.form or "", task.element, task.token)))

    def next_meanwhile(self, element: str) -> str:
        said, _, rest = self.meanwhile.pop(element).partition(" ")
        if rest:
            self.meanwhile[element] = rest
        return said

    def say(self, said: str) -> None:
        """Send a message from the case page: its name, and with `:` the choice of its form."""
        message, _, choice = said.partition(":")
        if timer := next((each for each in self.timers.values() if each.element == message), None):
            self.run_out(timer)
            return
        catching = [each for each in self.elements.values() if _catches(each, message)]
        form = catching[0].extensions.properties["handrail:form"]
        answers = ANSWERS[form][choice or next(iter(ANSWERS[form]))]
        kept = submitted(form, answers, {})
        self.run(Deliver(message, {"case_id": "case"}, kept))

    def let_run_out(self, element: str) -> None:
        timer = next(
            each for each in self.timers.values() if self.elements[each.element].attached_to == element
        )
        self.run_out(timer)

    def run_out(self, timer: ArmedTimer) -> None:
        self.clock.now = max(self.clock.now, timer.due)
        self.run(Fire(timer.token))

    def kept(self, form: str, element: str, token: str) -> dict[str, Any]:
        assert self.state is not None
        context = commands.variables_at(self.bundle, self.state, token)
        return submitted(form, ANSWERS[form][self._choice(form, element, context)], context)

    def _choice(self, form: str, element: str, context: Mapping[str, Any]) -> str:
        before = self.chosen.setdefault(element, [])
        wanted = self.choices.get(element) or usual(form, context)
        before.append(wanted if isinstance(wanted, str) else wanted[min(len(before), len(wanted) - 1)])
        return before[-1]


def usual(form: str, context: Mapping[str, Any]) -> str:
    """The first choice that the form accepts; the first of all when it accepts none, so that it says why."""
    accepted = (name for name, each in ANSWERS[form].items() if not _errors(form, each, context))
    return next(accepted, next(iter(ANSWERS[form])))


def _errors(form: str, answers: Mapping[str, Any], context: Mapping[str, Any]) -> Mapping[str, str]:
    return forms.submit(form_of(form), answers, context).errors


def _catches(element: Element, message: str) -> bool:
    properties = element.extensions.properties
    return "handrail:form" in properties and any(each.name == message for each in element.events)


def submitted(form: str, answers: Mapping[str, Any], context: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as the real form keeps them."""
    submission = forms.submit(form_of(form), answers, context)
    assert not submission.errors, (form, submission.errors)
    return submission.kept


def said_of(diagram: Diagram, element: Element) -> Iterator[str]:
    """The element, its form, its guidance and its decision, named as a rule of a seed names them."""
    properties = element.extensions.properties
    yield f"{Path(diagram.path).stem}:{element.id}"
    yield f"form:{element.extensions.form or properties.get('handrail:form')}"
    yield f"guidance:{properties.get('handrail:guidance')}"
    yield f"decision:{element.extensions.called_decision}"


def flows_taken(diagram: Diagram, steps: list[tuple[str, str]]) -> set[str]:
    """Which flows the steps of one command went along.

    Leaving anything with one way out, or a parallel gateway, takes every way out. A choosing gateway took the
    ways whose targets were entered afterwards: of an exclusive one, the first.
    """
    taken: set[str] = set()
    for number, (what, name) in enumerate(steps):
        element = diagram.elements.get(name)
        if what != "completed" or element is None:
            continue
        entered = [id for what, id in steps[number + 1 :] if what == "entered"]
        taken |= set(_ways_out(diagram, element, entered))
    return taken


def _ways_out(diagram: Diagram, element: Element, entered: list[str]) -> list[str]:
    if len(element.outgoing) < 2 or element.kind == "parallelGateway":
        return list(element.outgoing)
    chosen = sorted(
        (entered.index(diagram.flows[flow].target), flow)
        for flow in element.outgoing
        if diagram.flows[flow].target in entered
    )
    ways = [flow for _, flow in chosen]
    return ways[:1] if element.kind == "exclusiveGateway" else ways


WALKED: dict[str, Walk] = {}  # every walk of this run, so that a guard can ask what they covered
ASKED: list[
    Walk
] = []  # in the order in which tests asked for them, so that a guard can ask which test went where


def walked(process: str = "share_information", start: Beginning = "concern", **more: Any) -> Walk:
    """Walk to the end; the same walk is walked once. See the top of this file for what may be said."""
    key = repr((process, start, sorted(more.items())))
    if key not in WALKED:
        WALKED[key] = walked_through(bundle_of(process), process, start, **more)
    ASKED.append(WALKED[key])
    return WALKED[key]


def walk(process: str = "share_information", start: Beginning = "concern", **more: Any) -> str:
    """The walk as one line."""
    return walked(process, start, **more).said


def walked_through(
    bundle: Bundle,
    process: str,
    start: Beginning,
    *,
    meanwhile: Mapping[str, str] | None = None,
    late: str = "",
    later: str = "",
    before: Mapping[str, Any] | None = None,
    event: str | None = None,
    **choices: str | tuple[str, ...],
) -> Walk:
    """The walk through these files, which need not be the shipped ones."""
    walk = Walk(bundle, choices, dict(meanwhile or {}), set(late.split()), set(later.split()))
    walk.elements = {
        id: each for diagram in bundle.diagrams.values() for id, each in diagram.elements.items()
    }
    if isinstance(start, str):
        form = start_forms()[process]
        start = submitted(form, ANSWERS[form][start], before or {})
    own = {"case_id": "case", "started_by": "practitioner-1", **(before or {})}
    walk.run(Start({**start, **own}, event=event))
    while walk.open or (walk.timers and walk.status != "completed"):
        assert sum(map(len, walk.chosen.values())) < MOST_STEPS, walk.line
        walk.step()
    _is_over(walk)
    return walk


def _is_over(walk: Walk) -> None:
    assert walk.status == "completed", f"Expected an end, but it waits after {walk.line}"
    assert not walk.timers, walk.timers
    assert not walk.meanwhile and not walk.late, (
        "Expected everything that was to happen meanwhile to have happened"
    )


def task(walk_: Walk, element: str) -> OpenedTask:
    """The first task of a walk at this element."""
    return next(each for each in walk_.tasks if each.element == element)
