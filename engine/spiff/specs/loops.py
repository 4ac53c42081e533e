"""Activities done several times: one token holds the place, and one more for each instance runs the activity
itself.
"""

# mypy: disallow-subclassing-any=False

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.util.task import TaskState

from engine.execution import COUNTER, COUNTS

from .. import definitions as d
from ..script import Expression, Stuck, whole
from ..variables import Variables, write, write_all
from .base import Node, around, heads
from .throwing import THROW

MAX_INSTANCES = 1000


class Looping(Node):
    """`task_spec` names the activity itself; its ids and names are those of this one."""

    loops = True
    task_spec: str

    def body(self, token: Any) -> Any:
        return token.workflow.spec.task_specs[self.task_spec]

    def entered(self, token: Any) -> bool:
        if "count" in token.internal_data:  # tried again
            self.judge(token)
            return False
        return self.first(token)

    def first(self, token: Any) -> bool:
        raise NotImplementedError

    def judge(self, token: Any) -> None:
        """Go on with the next instance, or end."""
        raise NotImplementedError

    def counts(self, token: Any) -> dict[str, int]:
        """What instances may know of all of them, by each of its names."""
        raise NotImplementedError

    def recount(self, token: Any) -> None:
        """The instances see how many there are. Not kept: worked out again when the state is loaded."""
        if token.data.owner == token.id:
            dict.update(token.data, self.counts(token))
        else:
            token.data = Variables(self.counts(token), owner=token.id, parent=token.data, isolated=False)

    def instance_done(self, instance: Any, token: Any) -> None:
        """An instance has finished and leaves; `token` is the one that holds the place. Raises Stuck, with
        nothing changed, when what is to happen then cannot be said.
        """
        token.workflow.remove(instance)
        self.one_less(token)
        token.attempt(self.judge)

    def one_less(self, token: Any) -> None:
        token.internal_data["done"] += 1
        self.recount(token)

    def end(self, token: Any) -> None:
        token.complete()


class StandardLoop(Looping, defaults.StandardLoopTask):
    """Again while its condition holds, at most `maximum` times. Variables are those of its scope."""

    condition: Expression | None
    maximum: int | None
    test_before: bool

    def first(self, token: Any) -> bool:
        token.internal_data["done"] = 0
        if self.test_before and self.over(token):
            return True
        self.again(token)
        return False

    def again(self, token: Any) -> None:
        kept = token.internal_data
        kept["count"] = 1
        token._state = TaskState.STARTED
        self.recount(token)
        internal = {"loop": token.id, "index": kept["done"]}
        token.workflow.put(self.body(token), branch=token.branch, data=token.data, internal=internal)

    def counts(self, token: Any) -> dict[str, int]:
        return {COUNTER: token.internal_data["done"] + 1}

    def over(self, token: Any) -> bool:
        done, engine = token.internal_data["done"], token.workflow.script_engine
        if self.maximum is not None and done >= self.maximum:
            return True
        if self.condition is None:
            return False
        value = engine.evaluate(token, self.condition, {COUNTER: done})
        if not isinstance(value, bool):
            raise Stuck(
                f"Expected the loop condition to be true or false, but `{self.condition.text}` gave neither."
            )
        return not value

    def judge(self, token: Any) -> None:
        if self.over(token):
            self.end(token)
        else:
            self.again(token)


class MultiInstance(Looping):
    """Once for each item of a collection, or a number of times. Each instance has variables of its own.

    `output`: the variable the results are collected in, in the order of the items whatever the order of
    completion.
    """

    cardinality: Expression | None = None
    collection: Expression | None = None
    item: str | None = None
    output: str | None = None
    result: Expression | None = None
    condition: Expression | None = None
    throws: tuple[str, list[tuple[Expression | None, Any]]] | None = None  # behavior: None, One, Complex
    parallel = True

    def items(self, token: Any) -> dict[str, Any]:
        """Index or key → item. Raises Stuck unless it is a collection, or a number, of bearable size."""
        engine = token.workflow.script_engine
        source = self.collection or self.cardinality
        assert source is not None
        value = engine.value(token, source)
        if self.collection is None:
            value = _number(value)
            value = list(range(1, value + 1)) if value is not None and 0 <= value <= MAX_INSTANCES else value
        if isinstance(value, list) and len(value) <= MAX_INSTANCES:
            return {str(index): item for index, item in enumerate(value)}
        if isinstance(value, dict) and len(value) <= MAX_INSTANCES:
            return value
        what = "a number" if self.collection is None else "a list"
        raise Stuck(
            f"Expected {what} of at most {MAX_INSTANCES} instances, but `{source.text}` did not give one."
        )

    def first(self, token: Any) -> bool:
        items, kept = self.items(token), token.internal_data
        keyed = (
            bool(items) and isinstance(token.workflow.script_engine.value(token, self.collection), dict)
            if self.collection
            else False
        )
        if not items:
            self.collected(token, {})
            return True
        kept.update(count=len(items), done=0, results={})
        if keyed:
            kept["keyed"] = 1
        token._state = TaskState.STARTED
        self.recount(token)
        if self.parallel:
            self._all(token, items)
        else:
            kept["items"] = items
            self._one(token, token.branch, 0, *next(iter(items.items())))
        return False

    def _all(self, token: Any, items: dict[str, Any]) -> None:
        branches = token.workflow.forked(token.branch, len(items))
        for index, (key, item) in enumerate(items.items()):
            if not token.alive or token.stuck:
                return
            self._one(token, branches[index], index, key, item)

    def _one(self, token: Any, branch: Any, index: int, key: str, item: Any) -> None:
        own = {COUNTER: index + 1}
        if self.item is not None:
            own[self.item] = item
        data = Variables(own, parent=token.data)
        token.workflow.put(
            self.body(token), branch=branch, data=data, internal={"loop": token.id, "index": key}
        )

    def instance_done(self, instance: Any, token: Any) -> None:
        engine = token.workflow.script_engine
        counts = self.counts(token, finished=1) if self.condition or self.throws else {}
        result = engine.value(instance, self.result) if self.result is not None else None
        thrown = self._thrown(instance, counts)
        enough = self.condition is not None and engine.true(
            instance, self.condition, "the completion condition of the instances", counts
        )
        token.workflow.remove(instance)
        self.one_less(token)
        self._collect(token, instance, result)
        self._throw(token, thrown)
        if token.alive:
            token.attempt(self._go_on, enough)

    def _collect(self, token: Any, instance: Any, result: Any) -> None:
        """Its result under its item's place; without a place to collect, every variable it set."""
        if self.output is not None:
            token.internal_data["results"][instance.internal_data["index"]] = result
            return
        left = instance.data.own()
        write_all(instance, {name: left[name] for name in self.handed_on(instance, left)}, around(token))

    def handed_on(self, instance: Any, left: Iterable[str]) -> list[str]:
        """All that an instance set, without what it was given: of that, only what its outputs name."""
        if self.output is not None:
            return []
        named = instance.task_spec.extensions
        given = {COUNTER, self.item, *heads(named.inputs)} - heads(named.outputs)
        return [name for name in left if name not in given]

    def _go_on(self, token: Any, enough: bool) -> None:
        if enough:
            for other in token.workflow.depending(token):
                if other.internal_data.get("loop") == token.id:
                    token.workflow.kill(other)
            self.end(token)
        else:
            self.judge(token)

    def judge(self, token: Any) -> None:
        kept = token.internal_data
        if kept["done"] >= kept["count"]:
            self.end(token)
        elif not self.parallel:
            key = list(kept["items"])[kept["done"]]
            self._one(token, token.branch, kept["done"], key, kept["items"][key])

    def counts(self, token: Any, finished: int = 0) -> dict[str, int]:
        """`finished`: how many have finished that are still there."""
        count, done = token.internal_data["count"], token.internal_data["done"] + finished
        active = count - done if self.parallel else min(count - done, 1 - finished)
        return dict(zip(COUNTS, (count, active, done, 0, count, active, done), strict=True))

    def _thrown(self, instance: Any, counts: dict[str, int]) -> list[Any]:
        """What `behavior` says is thrown when this instance completes."""
        if self.throws is None or (self.throws[0] == "One" and counts["numberOfCompletedInstances"] != 1):
            return []
        true = instance.workflow.script_engine.true
        return [
            definition
            for condition, definition in self.throws[1]
            if condition is None or true(instance, condition, "the condition of the behavior", counts)
        ]

    def _throw(self, token: Any, thrown: list[Any]) -> None:
        for definition in thrown:
            if isinstance(definition, d.Escalation):
                token.workflow.top_workflow.event_manager.throw_code(token, definition, {}, host=token)
            else:
                THROW[definition.kind](token, definition)

    def end(self, token: Any) -> None:
        self.collected(token, token.internal_data["results"])
        super().end(token)

    def collected(self, token: Any, results: dict[str, Any]) -> None:
        if self.output is None:
            return
        if "keyed" in token.internal_data:
            write(token, self.output, results)
        else:
            write(token, self.output, [results[key] for key in sorted(results, key=int)])

    def drop(self, token: Any, instance: Any) -> None:
        """One instance is withdrawn and the others go on without it."""
        token.workflow.kill(instance)
        self.one_less(token)
        token.attempt(self.judge)


class ParallelInstances(MultiInstance, defaults.ParallelMultiInstanceTask):
    parallel = True


class SequentialInstances(MultiInstance, defaults.SequentialMultiInstanceTask):
    parallel = False


def _number(value: Any) -> int | None:
    if isinstance(value, str):
        return whole(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
