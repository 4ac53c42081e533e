"""One random process in the engine and in the oracle. Every step is done to both, then they must agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

from engine import execution as x
from engine.errors import TaskGone
from engine.spiff import commands

from .drawing import NOON, Run, timedelta
from .oracle import Oracle
from .oracle_values import Event, Node
from .random_diagrams import Drawing
from .random_events import ERRORS, KEYED, MESSAGES, SIGNALS

STEPS = 25
MANY = 60  # tokens: enough is enough


class Different(AssertionError):
    """The engine did not do what the standard says."""


class Pair:
    drawn = Drawing

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.drawing = self.drawn(seed, self.random.choice((3, 5, 8)))
        n = self.random.randint(0, 9)
        start = self.random.choice(self.starts())
        self.done = [f"start at {start.id if start else 'its start'}, n={n}"]
        self.begin(n, start)
        self.stranded: set[str] = set()  # joins at which tokens have waited, perhaps in vain
        self.agree()

    def starts(self) -> list[Node | None]:
        return [None, *self.drawing.starts]

    def begin(self, n: int, start: Node | None) -> None:
        self.oracle = Oracle(self.drawing.scope, n, start)
        self.run = Run(self.drawing.bpmn, variables={"n": n}, event=start.id if start else None)

    def agree(self) -> None:
        for what, seen, expected in self.compared():
            if seen != expected:
                story = "\n".join(self.done)
                raise Different(f"{what}: the engine says {seen}, the standard {expected}, after\n{story}")

    def compared(self) -> Iterator[tuple[str, Any, Any]]:
        """What is looked at, as the engine has it and as the oracle does."""
        run, oracle = self.run, self.oracle
        look = commands.look(run.bundle, run.state or b"")
        places, due = oracle.places(), [wait.node.id for wait in oracle.timers()]
        self.stranded |= {
            place for place in places if place.startswith(("and", "or", "complex", "user", "sub"))
        }
        stuck = [place.element for place in look.tokens if place.why == "stuck"]
        yield from (
            ("places", sorted(place.element for place in look.tokens), places),
            ("over", run.status == "completed", oracle.over),
            ("completed", Counter(run.trail), oracle.passed),
            ("tasks", run.open(), sorted(wait.node.id for wait in oracle.tasks())),
            ("variables", dict(look.variables), oracle.top.names),
            ("timers", sorted(timer.element for timer in run.timers.values()), sorted(due)),
            ("waits", run.subscribed(), oracle.subscribed()),
            ("sent", Counter((one.kind, one.name) for one in run.thrown), Counter(oracle.sent)),
            (
                "stuck",
                [one for one in sorted(stuck) if one not in self.stranded],
                [one for one in oracle.stuck() if one not in self.stranded],
            ),
        )

    def step(self) -> bool:
        """Do something possible. False when nothing is."""
        oracle = self.oracle
        if oracle.over or len(oracle.waits) > MANY:
            return False
        moves = [self.complete] * 6 + [self.fail] if oracle.tasks() else []
        moves += [self.message, self.message, self.signal, self.travel, self.correct]
        self.random.choice(moves)()
        self.agree()
        return True

    def chosen(self) -> tuple[int, str]:
        """One of the open tasks: by its age, and by the engine's token."""
        tasks = self.oracle.tasks()
        element = self.random.choice(sorted({wait.node.id for wait in tasks}))
        mine = [wait.seq for wait in tasks if wait.node.id == element]
        theirs = sorted((t.token for t in self.run.tasks.values() if t.element == element), key=int)
        nth = self.random.randrange(len(mine))
        self.done.append(f"{element} #{nth}:")
        return mine[nth], theirs[nth]

    def complete(self) -> None:
        seq, token = self.chosen()
        n = self.random.randint(0, 9)
        self.done.append(f"  complete with n={n}")
        self.oracle.complete(next(wait for wait in self.oracle.tasks() if wait.seq == seq), n)
        self.run.do(x.Complete(token, {"n": n}))

    def fail(self) -> None:
        """A person's task ends in an error."""
        if self.random.random() < 0.5:
            return self.complete()
        seq, token = self.chosen()
        code = self.random.choice(ERRORS)
        self.done.append(f"  raise {code}")
        self.oracle.raise_error(
            next(wait for wait in self.oracle.tasks() if wait.seq == seq), Event("error", code)
        )
        self.run.do(x.Raise(token, code))
        return None

    def message(self) -> None:
        name, n = self.random.choice((*MESSAGES, *KEYED)), self.written()
        key = self.random.randint(0, 9) if name in KEYED else None
        if name in KEYED and (keys := {wait.key for wait in self.oracle.waiting()}):
            key = self.random.choice(sorted(keys))
        self.done.append(f"message {name} key={key} n={n}")
        command = x.Deliver(name, {} if key is None else {"n": key}, {} if n is None else {"n": n})
        if self.oracle.listening("message", name, key):
            self.oracle.message(name, n, key)
            self.run.do(command)
        else:
            self.refused(command)

    def written(self) -> int | None:
        return self.random.choice((None, self.random.randint(0, 9)))

    def signal(self) -> None:
        name, n = self.random.choice(SIGNALS), self.written()
        self.done.append(f"signal {name} n={n}")
        command = x.Broadcast(name, {} if n is None else {"n": n})
        if self.oracle.listening("signal", name):
            self.oracle.signal(name, n)
            self.run.do(command)
        else:
            self.refused(command)

    def refused(self, command: x.Command) -> None:
        """Nobody waits for it."""
        try:
            self.run.do(command)
        except TaskGone:
            return
        raise Different("\n".join(["taken, though nobody waits for it:", *self.done]))

    def correct(self) -> None:
        n = self.random.randint(0, 9)
        self.done.append(f"set n={n}")
        self.oracle.change(n)
        self.run.do(x.SetVariables({"n": n}))

    def spans(self) -> tuple[int, ...]:
        """Hours that pass."""
        return 1, 3, 12, 60

    def travel(self) -> None:
        """Let time pass; what falls due fires in order."""
        until = self.oracle.now + self.random.choice(self.spans())
        self.done.append(f"until {until}")
        while (due := self.oracle.timers()) and min(due[0].dues)[0] <= until:
            self.oracle.now = max(self.oracle.now, min(due[0].dues)[0])
            self.done.append(f"fire {due[0].node.id}")
            self.run.advance_to_next()
            self.oracle.fire(due[0])
            self.agree()
        self.oracle.now = until
        self.run.clock.now = NOON + timedelta(hours=until)


def play(seed: int, kind: type[Pair] = Pair) -> int:
    """Run one random process as far as it goes. Gives how many steps were compared."""
    pair = kind(seed)
    for step in range(STEPS):
        if not pair.step():
            return step + 1
    return STEPS + 1
