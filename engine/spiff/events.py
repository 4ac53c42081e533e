"""Who waits for what inside one instance, and how a message, signal, error or escalation finds them."""

# mypy: disallow-subclassing-any=False

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import orjson
from SpiffWorkflow.bpmn.util.event import EventManager
from SpiffWorkflow.util.task import TaskState

from engine.errors import TaskGone


def canonical(correlation: Mapping[str, Any]) -> str:
    """Correlation keys as one comparable text; "" when there are none."""
    return orjson.dumps(correlation, option=orjson.OPT_SORT_KEYS).decode() if correlation else ""


def by_name(correlation: Mapping[str, Any]) -> str:
    """As `canonical`, for correlation properties: what they are called counts."""
    pairs = sorted(correlation.items())
    return orjson.dumps(pairs, option=orjson.OPT_SORT_KEYS).decode() if pairs else ""


def keys_of(correlation: str) -> dict[str, Any]:
    """The keys again, in whichever of the two ways they were written."""
    return dict(orjson.loads(correlation)) if correlation else {}


def correlated(wanted: str, sent: Mapping[str, Any]) -> bool:
    """Whether a message carries every key a subscription asks for.

    A diagram's `correlationKey` is only a value, so a message with one key may call it what it likes.

    >>> correlated('{"order":1}', {"customer": 1}), correlated('[["order",1]]', {"customer": 1})
    (True, False)
    """
    if not wanted:
        return True
    said = orjson.loads(wanted)
    keys = dict(said)
    if all(name in sent and sent[name] == value for name, value in keys.items()):
        return True
    return said == keys and len(keys) == len(sent) == 1 and list(keys.values()) == list(sent.values())


def outermost(token: Any) -> Any:
    """The token that boundary events hang on: for one instance of a loop, the loop's."""
    loop = token.internal_data.get("loop")
    return token if loop is None else token.workflow.tasks[loop]


class Events(EventManager):
    """`tasks` holds every waiting token by id."""

    workflow: Any
    tasks: dict[str, Any]

    def forget(self, token: Any) -> None:
        """The token no longer waits."""
        self.tasks.pop(token.id, None)
        self.stop_timer(token)
        if token.internal_data.pop("waits", None) is not None:
            self.workflow.journal.subscription_gone(token)

    def stop_timer(self, token: Any) -> None:
        if token.internal_data.pop("due", None) is not None:
            token.internal_data.pop("clock", None)
            self.workflow.journal.timer_gone(token)

    def waiting(self) -> list[Any]:
        """Oldest first, also after a restore."""
        return sorted(self.tasks.values(), key=lambda token: int(token.id))

    # What arrives

    def deliver(
        self, name: str, correlation: Mapping[str, Any], variables: Mapping[str, Any], token: Any = None
    ) -> bool:
        """A message reaches one token: the one named, else the oldest that waits. False when none does."""
        self.follow()
        for other in [token] if token is not None else self.waiting():
            for kind, wanted, keys in other.internal_data.get("waits", ()):
                if kind == "message" and wanted == name and (other is token or correlated(keys, correlation)):
                    for one in other.task_spec.messages(name):
                        one.received(self.workflow, correlation, variables)
                    other.task_spec.caught(other, kind, name, variables)
                    return True
        return False

    def wait_anew(self) -> None:
        """What a conversation is about has become known: messages are awaited by it from now on."""
        for token in self.waiting():
            token.attempt(self._wait_anew)

    def follow(self) -> None:
        """What a conversation is about is what the variables say now (8.4.2: context-based correlation)."""
        for token in [token for token in self.tasks.values() if token.task_spec.bound]:
            token.attempt(self._wait_anew)

    def _wait_anew(self, token: Any) -> None:
        waits = token.internal_data.get("waits", ())
        now = [
            [kind, name, self._key(token, name, key) if kind == "message" else key]
            for kind, name, key in waits
        ]
        if now != list(waits):
            token.internal_data["waits"] = now
            self.subscribe_anew(token)

    def subscribe_anew(self, token: Any) -> None:
        """What the token waits for is not what it was."""
        self.workflow.journal.subscription_gone(token)
        for kind, name, key in token.internal_data["waits"]:
            self.workflow.journal.subscribed(token, name, key, kind)

    def _key(self, token: Any, name: str, before: str) -> str:
        """Raises Stuck when the process lacks one."""
        said = [message.awaited(token) for message in token.task_spec.messages(name) if message.properties]
        return by_name({key: value for each in said for key, value in each.items()}) if said else before

    def broadcast(self, name: str, variables: Mapping[str, Any]) -> int:
        """A signal reaches everybody who waits for it."""
        reached = [
            token
            for token in self.waiting()
            if any(
                kind == "signal" and wanted == name
                for kind, wanted, _ in token.internal_data.get("waits", ())
            )
        ]
        for token in reached:
            if token.alive:
                token.task_spec.caught(token, "signal", name, variables)
        return len(reached)

    def fire(self, token: Any) -> None:
        """A timer fell due. Raises TaskGone when the token waits for no timer, or not yet."""
        due = token.internal_data.get("due")
        if due is None or datetime.fromisoformat(due) > self.workflow.script_engine.clock.now:
            raise TaskGone("Expected a timer that is due, but this one is not.")
        token.task_spec.caught(token, "timer", "", {})

    def conditions(self) -> None:
        """Look at every conditional event once nothing else can move."""
        for token in self.waiting():
            if token.alive and token.task_spec.conditions:
                token.task_spec.look(token)

    # What is thrown inside

    def throw_code(self, token: Any, definition: Any, variables: Mapping[str, Any], host: Any = None) -> bool:
        """An error or escalation goes outward, scope by scope, to the nearest that catches it."""
        scope = token.workflow
        while True:
            listener = self._catcher(scope, definition, host)
            if listener is not None:
                listener.task_spec.caught(listener, definition.kind, definition.code or "", variables)
                return True
            if scope is self.workflow:
                return False
            host, scope = scope.host, scope.host.workflow

    def _catcher(self, scope: Any, definition: Any, host: Any) -> Any:
        """Boundary events of the activity before event sub-processes of its scope; an exact code before any
        code.
        """
        hosts = {outermost(host).id} if host is not None else set()
        groups: Iterable[list[Any]] = (
            [token for token in scope.tasks.values() if token.internal_data.get("host") in hosts]
            if hosts
            else [],
            [token for token in scope.tasks.values() if "listens" in token.internal_data],
        )
        for group in groups:
            fits = [
                t for t in group if t._state == TaskState.WAITING and t.task_spec.catches_code(definition)
            ]
            if fits:
                return min(fits, key=lambda t: t.task_spec.catches_any_code(definition))
        return None

    def cancel_transaction(self, scope: Any) -> None:
        """A transaction was cancelled: its cancel boundary event goes on."""
        host = outermost(scope.host)
        around = host.workflow
        for token in list(around.tasks.values()):
            hosted = token.internal_data.get("host") == host.id
            if hosted and token.task_spec.catches("cancel"):
                token.task_spec.caught(token, "cancel", "", {})
                return
        around.kill(host)
        around.check_complete()
