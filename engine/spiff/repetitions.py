"""Reads how often an activity is done: standard loops, and several instances."""

from __future__ import annotations

from typing import Any

from .extensions import expression, extensions
from .script import Expression, whole
from .specs import loops, subprocess
from .triggers import B, Triggers, is_definition


class Repetitions(Triggers):
    """The part of an element's reader that reads its loop."""

    node: Any
    spec: Any
    task: Any
    bpmn_attributes: Any
    _copy_task_attrs: Any
    STANDARD_LOOP_CLASS = loops.StandardLoop
    PARALLEL_MI_CLASS = loops.ParallelInstances
    SEQUENTIAL_MI_CLASS = loops.SequentialInstances
    EVENT_SUBPROCESS_CLASS = subprocess.EventSubProcess

    def looped(self, task: Any) -> Any:
        """The element itself, or the specification that repeats it."""
        self.task = task
        loop = self.node.find(B + "standardLoopCharacteristics")
        if loop is not None:
            self._add_loop_task(loop)
        loop = self.node.find(B + "multiInstanceLoopCharacteristics")
        if loop is not None:
            self._add_multiinstance_task(loop)
        if self.task is not task:
            self.task.start_quantity, task.start_quantity = task.start_quantity, 1
            self.task.completion_quantity, task.completion_quantity = task.completion_quantity, 1
            self.task.kind = task.kind
        return self.task

    def _wrap(self, loop_class: Any, **given: Any) -> Any:
        original = self.spec.task_specs.pop(self.task.name)
        self.task = loop_class(self.spec, original.name, task_spec="", **given, **self.bpmn_attributes)
        self._copy_task_attrs(original)
        return original

    def _add_loop_task(self, loop: Any) -> None:
        said = loop.get("loopMaximum")
        maximum = None if said is None else whole(said.strip())
        if said is not None and not maximum:
            self.refuse("Expected loopMaximum to be a number above 0.")
        found = loop.find(B + "loopCondition")
        condition = None if found is None else self.feel(found.text, "the loop condition")
        if maximum is None and condition is None:
            self.refuse("Expected the loop to have a condition in FEEL, or a maximum.")
        self._wrap(
            self.STANDARD_LOOP_CLASS,
            maximum=maximum,
            condition=condition,
            test_before=loop.get("testBefore") == "true",
        )

    def _add_multiinstance_task(self, loop: Any) -> None:
        said = extensions(loop, self.refuse)
        sequential = loop.get("isSequential") == "true"
        self._wrap(self.SEQUENTIAL_MI_CLASS if sequential else self.PARALLEL_MI_CLASS)
        task = self.task
        task.collection = said.collection
        task.cardinality = expression(self._text(loop, "loopCardinality"), self.refuse)
        if task.collection is None and task.cardinality is None:
            self.refuse("Expected several instances to have a collection in FEEL, or a number.")
        if task.collection is not None and task.collection.feel is None:
            self.refuse("Expected the collection of the instances in FEEL, beginning with `=`.")
        task.item, task.output, task.result = said.item, said.output_collection, said.output_item
        task.condition = self.feel(self._text(loop, "completionCondition"), "the completion condition")
        task.throws = self._behavior(loop)

    def _behavior(self, loop: Any) -> tuple[str, list[tuple[Expression | None, Any]]] | None:
        behavior = loop.get("behavior", "All")
        if behavior == "All":
            return None
        if behavior in ("None", "One"):
            reference = loop.get("noneBehaviorEventRef" if behavior == "None" else "oneBehaviorEventRef")
            found = self.process_parser.parser.root_definition(reference)
            thrown: list[tuple[Expression | None, Any]] = []
            if found is not None:
                thrown.append((None, self.definition(found)))
        else:
            thrown = [
                pair for one in loop.findall(B + "complexBehaviorDefinition") for pair in self._complex(one)
            ]
        kinds = {definition.kind for _, definition in thrown}
        if not thrown or not kinds <= {"signal", "escalation", "message"}:
            self.refuse(
                f"Expected behavior “{behavior}” of the instances to name a signal or escalation to throw."
            )
            return None
        return str(behavior), thrown

    def _complex(self, node: Any) -> list[tuple[Expression | None, Any]]:
        condition = self.feel(self._text(node, "condition"), "the condition of the behavior")
        if condition is None:
            self.refuse("Expected the behavior of the instances to say when each event is thrown.")
        event = node.find(B + "event")
        return (
            [(condition, self.definition(one)) for one in event if is_definition(one)]
            if event is not None
            else []
        )
