"""What an event waits for or throws: SpiffWorkflow's event definitions, each able to arm itself on a token.

`arm` puts a token into the position of waiting and returns whether there was nothing to wait for.
"""

# mypy: disallow-subclassing-any=False

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.conditional import ConditionalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import (
    ErrorEventDefinition,
    EscalationEventDefinition,
    SignalEventDefinition,
)
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import (
    CancelEventDefinition,
    NoneEventDefinition,
    TerminateEventDefinition,
)
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition

from . import timers
from .events import by_name, canonical
from .script import Expression, Stuck


class Silent:
    """Waits without anybody outside having to know: it is thrown from inside."""

    kind = ""

    def arm(self, token: Any) -> bool:  # noqa: ARG002 - as all definitions
        return False


class Nothing(NoneEventDefinition):
    """No definition: passes at once."""

    kind = "none"

    def arm(self, token: Any) -> bool:  # noqa: ARG002 - as all definitions
        return True


class Terminate(Silent, TerminateEventDefinition):
    kind = "terminate"


class Cancel(Silent, CancelEventDefinition):
    kind = "cancel"


class Error(Silent, ErrorEventDefinition):
    kind = "error"


class Escalation(Silent, EscalationEventDefinition):
    kind = "escalation"


class Compensation(Silent, EventDefinition):
    """`activity` is the one to compensate; None for all of the scope."""

    kind = "compensation"

    def __init__(self, activity: str | None = None) -> None:
        super().__init__()
        self.activity = activity


class Signal(SignalEventDefinition):
    kind = "signal"

    def arm(self, token: Any) -> bool:
        waits_for(token, self.kind, self.name, "")
        return False


@dataclass(frozen=True, slots=True)
class Property:
    """A correlation property. `path`: where the message has it; `bound`: where the process does, if it says.

    What the process does not say is what its first message said (BPMN 2.0, 8.4.2: key-based correlation).
    """

    name: str
    path: Expression
    bound: Expression | None = None


class Message(MessageEventDefinition):
    """`key` is the diagram's correlationKey, worked out when the wait begins."""

    kind = "message"

    def __init__(
        self, name: str, key: Expression | None = None, properties: tuple[Property, ...] = ()
    ) -> None:
        super().__init__(name)
        self.key = key
        self.properties = properties

    def arm(self, token: Any) -> bool:
        waits_for(token, self.kind, self.name, self.written(self.awaited(token)))
        return False

    def written(self, keys: Mapping[str, Any]) -> str:
        """Its keys as a text, which others compare."""
        return by_name(keys) if self.properties else canonical(keys)

    def awaited(self, token: Any) -> dict[str, Any]:
        """The keys a message must have to be for this token. Raises Stuck when the process lacks one."""
        if not self.properties:
            return self._key(token, demanded=True)
        wanted, known = {}, token.workflow.top_workflow.keys
        for each in self.properties:
            if each.bound is not None:
                wanted[each.name] = self._value(token, each.name, each.bound)
            elif each.name in known:
                wanted[each.name] = known[each.name]
        return wanted

    def sent(self, token: Any) -> dict[str, Any]:
        """The keys of a message that is thrown here. Raises Stuck when it lacks one, or has another's."""
        if not self.properties:
            return self._key(token, demanded=False)
        keys = {each.name: self._value(token, each.name, each.path) for each in self.properties}
        token.workflow.top_workflow.converse(keys)
        return keys

    def received(self, instance: Any, correlation: Mapping[str, Any], variables: Mapping[str, Any]) -> None:
        """The first message of a conversation says what it is about."""
        environment = instance.script_engine.environment
        for each in self.properties:
            value = correlation.get(each.name)
            if value is None:
                value = environment.plain(each.path, variables)
            if value is not None and each.name not in instance.keys:
                instance.converse({each.name: value})

    def _value(self, token: Any, name: str, path: Expression) -> Any:
        value = token.workflow.script_engine.value(token, path)
        if value is None:
            raise Stuck(f"Expected “{name}” to correlate “{self.name}” by, but `{path.text}` gave nothing.")
        return value

    def _key(self, token: Any, demanded: bool) -> dict[str, Any]:
        """The key under the name its expression gives it. Raises Stuck when demanded and there is none."""
        if self.key is None:
            return {}
        value = token.workflow.script_engine.value(token, self.key)
        if value is not None:
            return {self.key.text.removeprefix("=").strip(): value}
        if demanded:
            raise Stuck(f"Expected a correlation key for “{self.name}”, but `{self.key.text}` gave nothing.")
        return {}


class Condition(ConditionalEventDefinition):
    """True over the variables as they are. A variable nobody has set yet makes it false, not an incident."""

    kind = "condition"

    def arm(self, token: Any) -> bool:
        return self.holds(token)

    def holds(self, token: Any) -> bool:
        return token.workflow.script_engine.evaluate(token, self.expression) is True


class Timer(TimerEventDefinition):
    """`form` is date, duration or cycle."""

    kind = "timer"

    def __init__(self, form: str, expression: Expression) -> None:
        super().__init__(form, expression)
        self.form = form

    def arm(self, token: Any) -> bool:
        """Fires at once when it is already due. A cycle never does: it is always fired from outside."""
        engine = token.workflow.script_engine
        try:
            due = self._first_due(token)
        except ValueError as error:
            raise Stuck(
                f"{str(error).rstrip('.')}, but `{self.expression.text}` did not give one."
            ) from error
        if due is None or (due <= engine.clock.now and self.form != "cycle"):
            return due is not None
        self._set(token, due, engine.environment.reckoned)
        return False

    def _first_due(self, token: Any) -> datetime | None:
        engine = token.workflow.script_engine
        value = engine.evaluate(token, self.expression)
        if self.form == "date":
            return timers.instant(timers.moment(value))
        text = str(timers.moment(value))
        if self.form == "duration":
            return timers.duration(text).after(engine.clock.now)
        first = timers.cycle(text).first(engine.clock.now)
        if first is not None:
            token.internal_data["cycle"] = [text, first.isoformat(), 0]
        return first

    def again(self, token: Any) -> bool:
        """Set a cycle to its next occurrence, counted from its anchor. False when it has none left."""
        text, anchor, count = token.internal_data.pop("cycle")
        due = timers.cycle(text).later(datetime.fromisoformat(anchor), count + 1)
        if due is None:
            return False
        token.internal_data["cycle"] = [text, anchor, count + 1]
        self._set(token, due, None)
        return True

    def _set(self, token: Any, due: datetime, reckoned: dict[str, Any] | None) -> None:
        token.internal_data["due"] = due.isoformat()
        if reckoned:
            token.internal_data["clock"] = reckoned
        token.workflow.top_workflow.journal.timer_armed(token, due, reckoned)


class Several(MultipleEventDefinition):
    """Several definitions: the first is enough, or (`parallel`) all are needed."""

    kind = "multiple"

    def arm(self, token: Any) -> bool:
        kept = token.internal_data
        kept["seen"], kept["timers"] = [], []
        for index, one in enumerate(self.event_definitions):
            if one.arm(token):
                kept["seen"].append(index)
            elif "due" in kept:
                kept["timers"].append([kept.pop("due"), index, kept.pop("clock", None)])
        self.next_timer(token)
        return self.enough(token)

    def next_timer(self, token: Any) -> None:
        """The earliest of its timers is the one that is set."""
        kept = token.internal_data
        if kept["timers"]:
            due, _, reckoned = min(kept["timers"], key=lambda each: each[:2])
            kept["due"] = due
            token.workflow.top_workflow.journal.timer_armed(token, datetime.fromisoformat(due), reckoned)

    def see(self, token: Any, kind: str, name: str) -> None:
        """Mark the definition that something caught belongs to."""
        kept = token.internal_data
        if kind == "timer":
            first = min(kept["timers"])
            kept["timers"].remove(first)
            kept["seen"].append(first[1])
            token.workflow.top_workflow.event_manager.stop_timer(token)
            self.next_timer(token)
            return
        for index, one in enumerate(self.event_definitions):
            if index not in kept["seen"] and _is(one, kind, name):
                kept["seen"].append(index)
                self._have(token, kind, name)
                return

    def _have(self, token: Any, kind: str, name: str) -> None:
        """It waits for this no longer, until it waits for everything again."""
        kept = token.internal_data
        for wait in kept.get("waits", ()):
            if wait[:2] == [kind, name]:
                kept["waits"].remove(wait)
                kept.setdefault("had", []).append(wait)
                if self.parallel:
                    token.workflow.top_workflow.event_manager.subscribe_anew(token)
                return

    def newly_true(self, token: Any) -> list[int]:
        """Conditions that have become true. What it has gone on from must become false first."""
        kept, found = token.internal_data, []
        for index, one in enumerate(self.event_definitions):
            if not isinstance(one, Condition):
                continue
            if not one.holds(token):
                kept["held"] = [other for other in kept.get("held", ()) if other != index]
            elif index not in kept["seen"] and index not in kept.get("held", ()):
                found.append(index)
        return found

    def again(self, token: Any) -> None:
        kept = token.internal_data
        true = [index for index in kept["seen"] if isinstance(self.event_definitions[index], Condition)]
        kept["held"] = sorted({*kept.get("held", ()), *true})
        kept["seen"] = []
        had = kept.pop("had", ())
        kept.setdefault("waits", []).extend(had)
        if had and self.parallel:
            token.workflow.top_workflow.event_manager.subscribe_anew(token)

    def enough(self, token: Any) -> bool:
        seen = token.internal_data["seen"]
        return len(seen) == len(self.event_definitions) if self.parallel else bool(seen)


def _is(definition: Any, kind: str, name: str) -> bool:
    """Whether it is what something caught belongs to. Errors and escalations go by code, or take any."""
    if isinstance(definition, Error | Escalation):
        return definition.kind == kind and definition.code in (None, name)
    return bool(definition.kind == kind and (definition.name or "") in (name, ""))


def definitions(definition: Any) -> list[Any]:
    return definition.event_definitions if isinstance(definition, Several) else [definition]


def waits_for(token: Any, kind: str, name: str, correlation: str) -> None:
    token.internal_data.setdefault("waits", []).append([kind, name, correlation])
    token.workflow.top_workflow.journal.subscribed(token, name, correlation, kind)
