"""A random process among others: what it sends and nobody takes is kept, and what comes early too.

The engine is a rehearsal, so the loop that cases and rehearsals share is what delivers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from engine import execution as x
from engine.errors import TaskGone
from engine.rehearsal import Deployment, Rehearsal
from engine.rehearsal.stage import Stage, Standing

from .drawing import NOON, Run
from .oracle_early import DAYS, Keeping, Message
from .oracle_values import Node
from .pair import Pair
from .random_events import KEYED, MESSAGES


class Noting(Stage):
    """Tells a run what the rehearsal is told."""

    run: Rehearsed

    def note(self, of: Standing, result: x.Result, kinds: Any) -> None:
        super().note(of, result, kinds)
        self.run.note(result)


class Rehearsed(Run):
    """One instance of a process that nothing starts by itself."""

    def __init__(self, drawn: bytes, n: int, early: list[Message]) -> None:
        self.early = early
        super().__init__(drawn, variables={"n": n})

    def do(self, command: x.Command) -> x.Result:
        if isinstance(command, x.Start):
            self.deploy()
        self.rehearsal.stage.now = self.clock.now
        if isinstance(command, x.Start):
            self.rehearsal.start("p", command.variables)
        elif isinstance(command, x.Deliver):
            self.rehearsal.message(command.name, command.correlation, command.variables)
        elif isinstance(command, x.Broadcast):
            if not self.rehearsal.signal(command.name, command.variables):
                raise TaskGone
        else:
            self.rehearsal._run("1", command)
        return self.last

    def deploy(self) -> None:
        self.rehearsal = Rehearsal(Deployment({"p": replace(self.bundle, starts=())}), NOON)
        for each in self.early:
            self.rehearsal.message(*said(each))
        stage = self.rehearsal.stage
        self.rehearsal.stage = Noting(stage.now, stage.since, kept=stage.kept)
        self.rehearsal.stage.run = self

    def keeps(self) -> list[tuple[Any, ...]]:
        return [
            (one.name, one.correlation.get("n"), one.variables.get("n"))
            for one in self.rehearsal.stage.kept
            if one.expires > self.clock.now
        ]


def said(message: Message) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Name, correlation and variables."""
    correlation = {} if message.key is None else {"n": message.key}
    return message.name, correlation, {} if message.n is None else {"n": message.n}


class Early(Pair):
    """Messages come whether or not anybody waits for them."""

    oracle: Keeping
    run: Rehearsed

    def starts(self) -> list[Node | None]:
        return [None]

    def begin(self, n: int, start: Node | None) -> None:
        early = [self.drawn_message(DAYS * 24) for _ in range(self.random.randint(0, 6))]
        self.done += [f"before it {one}" for one in early]
        self.oracle = Keeping(self.drawing.scope, n, early)
        self.run = Rehearsed(self.drawing.bpmn, n, early)

    def compared(self) -> Iterator[tuple[str, Any, Any]]:
        yield from super().compared()
        stage, run = self.run.rehearsal.stage, self.run
        yield "kept", run.keeps(), self.oracle.keeps()
        yield "rows of tasks", sorted(one.token for one in stage.tasks.values()), sorted(run.tasks)
        yield "rows of timers", sorted(one.token for one in stage.timers.values()), sorted(run.timers)
        waits = sorted((one.token, one.name) for one in stage.waits)
        yield "rows of waits", waits, sorted(run.subscriptions)

    def drawn_message(self, until: int) -> Message:
        name = self.random.choice((*MESSAGES, *KEYED))
        return Message(name, self.written(), self.random.randint(0, 9) if name in KEYED else None, until)

    def message(self) -> None:
        message = self.drawn_message(0)
        if message.key is not None and self.random.random() < 0.5:
            keys = sorted({wait.key for wait in self.oracle.waiting()})
            message = replace(message, key=self.random.choice(keys or [message.key]))
        name, correlation, variables = said(message)
        self.done.append(f"message {name} {correlation} {variables}")
        self.oracle.message(name, message.n, message.key)
        self.run.do(x.Deliver(name, correlation, variables))

    def spans(self) -> tuple[int, ...]:
        return (*super().spans(), DAYS * 24 - 10)
