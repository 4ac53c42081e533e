"""Reads what an event waits for or throws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from SpiffWorkflow.bpmn.parser.util import full_tag

from . import definitions as d
from . import timers
from .extensions import expression
from .script import Expression

B = full_tag("")


class Refused(Exception):
    """This element cannot be read; the problem is noted already."""


CATCHING = ("startEvent", "boundaryEvent")


def is_definition(node: Any) -> bool:
    return isinstance(node.tag, str) and node.tag.endswith("EventDefinition")


class Triggers:
    """The part of an element's reader that reads its event definitions."""

    process_parser: Any
    refuse: Callable[[str], None]
    feel: Callable[[str | None, str], Expression | None]

    def give_up(self, message: str) -> Refused:
        self.refuse(message)
        return Refused()

    def _text(self, node: Any, tag: str) -> str | None:
        found = node.find(B + tag)
        return None if found is None else found.text

    def definition(self, node: Any) -> Any:
        kind = str(node.tag).removeprefix(B).removesuffix("EventDefinition")
        make = getattr(self, f"_{kind}", None)
        if make is None:
            raise self.give_up(f"Expected an event the standard knows, but “{kind}” is not one.")
        return make(node)

    def _terminate(self, node: Any) -> Any:  # noqa: ARG002 - as all definitions
        return d.Terminate()

    def _cancel(self, node: Any) -> Any:  # noqa: ARG002 - as all definitions
        return d.Cancel()

    def _link(self, node: Any) -> Any:  # noqa: ARG002 - as all definitions
        raise self.give_up("Expected a link alone, on an intermediate event.")

    def _compensate(self, node: Any) -> Any:
        return d.Compensation(node.get("activityRef"))

    def _message(self, node: Any) -> Any:
        found = self.process_parser.parser.messages.get(node.get("messageRef"))
        if found is None:
            raise self.give_up("Expected a message with a name here.")
        name, key = found
        return d.Message(name, key, self._properties(node.get("messageRef")))

    def _properties(self, message: str) -> tuple[d.Property, ...]:
        """What the standard's own correlation says of a message."""
        drawn = self.process_parser.parser.drawn
        bindings = drawn.processes[self.process_parser.key.split("/")[0]].bindings
        found = []
        for each in drawn.correlations:
            if message in each.paths:
                path = self.feel(each.paths[message], "the message path")
                bound = self.feel(bindings.get(each.id), "the data path")
                if path is None:
                    raise self.give_up("Expected the correlation property to say where the message has it.")
                found.append(d.Property(each.name, path, bound))
        return tuple(found)

    def _signal(self, node: Any) -> Any:
        name = self.process_parser.parser.signals.get(node.get("signalRef"))
        if not name:
            raise self.give_up("Expected a signal with a name here.")
        return d.Signal(name)

    def _error(self, node: Any) -> Any:
        return d.Error(*self._code(node, "errorRef", "errors", "error_code"))

    def _escalation(self, node: Any) -> Any:
        return d.Escalation(*self._code(node, "escalationRef", "escalations", "escalation_code"))

    def _code(self, node: Any, attribute: str, table: str, key: str) -> tuple[str, str | None]:
        """Name and code. Without a reference, or caught without a code: any (BPMN 2.0.2, tables 8.41 and
        8.42). Thrown without a code it is known by its name.
        """
        reference = node.get(attribute)
        if not reference:
            return "", None
        found = getattr(self.process_parser.parser, table).get(reference)
        if found is None:
            raise self.give_up(f"Expected “{reference}” to be declared in this file.")
        catches = str(node.getparent().tag).removeprefix(B) in CATCHING
        return found["name"] or "", found[key] or (None if catches else found["name"] or reference)

    def _conditional(self, node: Any) -> Any:
        condition = self.feel(self._text(node, "condition"), "the condition of the event")
        if condition is None:
            raise self.give_up("Expected the event to say its condition.")
        return d.Condition(condition)

    def _timer(self, node: Any) -> Any:
        for form, read_text in (
            ("date", timers.instant),
            ("duration", timers.duration),
            ("cycle", timers.cycle),
        ):
            found = expression(self._text(node, f"time{form.capitalize()}"), self.refuse)
            if found is None:
                continue
            if found.feel is None:
                try:
                    read_text(found.text)
                except ValueError as error:
                    self.refuse(f"{error} It says `{found.text[:80]}`.")
            return d.Timer(form, found)
        raise self.give_up("Expected the timer to say when: a date, a duration or a repetition.")
