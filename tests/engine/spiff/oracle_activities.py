"""The oracle's activities: scopes inside scopes, loops, several instances (§13.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .oracle_values import Loop

if TYPE_CHECKING:
    from .oracle import Level, Wait


NAMES = ("n", "r")  # all the variables there are


class Seen(dict[str, Any]):
    """Variables of its own that see those around."""

    def __init__(self, around: dict[str, Any]) -> None:
        super().__init__()
        self.around = around

    def give_back(self) -> None:
        for name, value in self.items():
            self.around[name] = value

    def __missing__(self, name: str) -> Any:
        return self.around[name]


class Called(Seen):
    """Variables of a called process: it is given a copy of those around (§10.4.2), and gives back what it
    wrote.
    """

    def __init__(self, around: dict[str, Any]) -> None:
        super().__init__(around)
        self.given = {name: around[name] for name in NAMES if known(around, name)}

    def __missing__(self, name: str) -> Any:
        return self.given[name]

    def at_the_end(self) -> dict[str, Any]:
        """What it wrote, and what it was given that is not so any more."""
        return {name: value for name, value in self.given.items() if self.around[name] != value} | dict(self)


class Recalled(dict[str, Any]):
    """Variables of what is undone, as they were when it finished (§13.5.5: snapshot data). What it handed on
    then it hands on again when that is written.
    """

    def __init__(self, around: dict[str, Any], own: dict[str, Any], handed_on: dict[str, Any]) -> None:
        super().__init__({**own, **handed_on})
        self.around, self.own = around, own

    def __missing__(self, name: str) -> Any:
        return self.around[name]

    def __setitem__(self, name: str, value: Any) -> None:
        if name in self.own:
            super().__setitem__(name, value)
        else:
            self.pop(name, None)
            self.around[name] = value


def known(names: dict[str, Any], name: str) -> bool:
    try:
        names[name]
    except KeyError:
        return False
    return True


class Activities:
    def __getattr__(self, name: str) -> Any:
        """The other parts of the oracle."""
        raise AttributeError(name)

    # Scopes

    def enter(self, wait: Wait) -> None:
        from .oracle import Level  # which is made of this part

        wait.role = "inside"
        assert wait.node.inner is not None
        names = Called(wait.around) if wait.node.kind == "call" else wait.around
        level = Level(wait.node.inner, wait, names)
        if wait.undoes is not None and wait.inner_done is not None:
            self.reopen(level, wait.inner_done)
        else:
            self.begin(level)

    def close(self, level: Level) -> None:
        """A scope has ended by itself."""
        wait = level.host
        assert wait is not None
        if wait.node.kind == "call":
            assert isinstance(level.names, Called)
            wait.called = level.names.at_the_end()
            level.names.give_back()
        self.reclaim(level)
        wait.inner_done = level.done
        self.finish(wait)

    # Ad-hoc

    def look_again(self, level: Level) -> None:
        """An activity of a scope has finished: an ad-hoc sub-process looks at its condition. Once it holds,
        nothing more begins.
        """
        node = level.host.node if level.host else None
        if node is None or level.over or node.kind != "adhoc" or node.test is None or level.enough:
            return
        if self.undoing(level):
            return
        if node.test.holds(level.names["n"]):
            level.enough = True
            for wait in level.tokens if node.cancels_rest else ():
                self.kill(wait)

    def offered_again(self, level: Level) -> bool:
        """Activities of an ad-hoc sub-process may be done any number of times, until its condition holds."""
        node = level.host.node if level.host else None
        if node is None or node.kind != "adhoc" or node.test is None or level.enough or self.undoing(level):
            return False
        for start in level.scope.starts:
            self.place(level, start)
        return True

    def undoing(self, level: Level) -> bool:
        """Whether what was done in it is undone: it is compensated, or its transaction cancelled."""
        return level.cancelled or level.host is not None and level.host.undoes is not None

    # Loops

    def repeat(self, wait: Wait) -> None:
        loop = wait.node.loop
        wait.role, wait.left = "repeat", loop.times
        if loop.kind == "standard":
            if loop.before and self.loop_over(wait, loop):
                wait.role = "ready"
                self.todo.append(self._passes(wait))
            else:
                self.instance(wait)
        elif not loop.times:
            if loop.collects:
                wait.around["r"] = []
            wait.role = "ready"
            self.todo.append(self._passes(wait))
        else:
            for _ in range(1 if loop.kind == "sequential" else loop.times):
                if wait.alive:
                    self.instance(wait)

    def _passes(self, wait: Wait) -> Wait:
        """Done no time at all."""
        wait.left = -1
        return wait

    def loop_over(self, wait: Wait, loop: Loop) -> bool:
        if loop.times and wait.finished >= loop.times:
            return True
        return loop.test is not None and not loop.test.holds(wait.around["n"])

    def instance(self, loop: Wait) -> None:
        own = None if loop.node.loop.kind == "standard" else Seen(loop.around)
        self.place(loop.level, loop.node, part_of=loop, names=own, index=loop.index)
        loop.index += 1

    def finished(self, wait: Wait) -> None:
        """It hands on what it wrote."""
        loop = wait.part_of.node.loop if wait.part_of else None
        if isinstance(wait.names, Seen) and not (loop and loop.collects):
            wait.names.give_back()

    def instance_done(self, wait: Wait, part: Wait) -> None:
        loop = wait.node.loop
        wait.finished += 1
        if loop.kind == "standard":
            if self.loop_over(wait, loop):
                self.loop_ends(wait)
            else:
                self.instance(wait)
            return
        if loop.collects:
            wait.results[part.index] = part.around["n"]
        self.behave(wait, loop)
        if not wait.alive:
            return
        wait.left -= 1
        enough = loop.enough and wait.finished >= loop.enough
        if not wait.left or enough or (loop.test is not None and loop.test.holds(part.around["n"])):
            for other in [other for other in wait.level.waits.values() if other.part_of is wait]:
                self.kill(other)
            self.loop_ends(wait)
        elif loop.kind == "sequential":
            self.instance(wait)

    def behave(self, wait: Wait, loop: Loop) -> None:
        """`behavior`: what is thrown when instances finish, for the events of the activity to catch."""
        if loop.throws is None:
            return
        behavior, event, count = loop.throws
        if behavior == "One" and wait.finished != 1 or behavior == "Complex" and wait.finished != count:
            return
        if event.kind == "signal":
            self.broadcast(event.name)
            self.sent.append(("signal", event.name))
        else:
            self.throw(wait.level, event, host=wait)

    def loop_ends(self, wait: Wait) -> None:
        if wait.node.loop.collects:
            wait.around["r"] = [wait.results[index] for index in sorted(wait.results)]
        self.all_remembered(wait)
        self.leave(wait)
