"""Messages from people to a running process: "Ask for advice", "Consent has been withdrawn".

What can be sent stands in the diagram: an event that waits for a message and carries `handrail:action` is a
button on the case page, with the form it names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine import access, cases, definitions, forms, instances
from engine.answers import checked
from engine.diagrams import Element
from engine.errors import NotFound
from engine.execution import Clock, Deliver
from engine.guidance import Guidance
from engine.idempotency import Once
from engine.tables import instance, subscription
from policy.authorization import CASE_PEOPLE, Actor, Target, decide, sees


@dataclass(frozen=True, slots=True)
class Possible:
    """A message that the case waits for and this person may send."""

    message: str
    title: str
    form_id: str | None
    form: forms.Form | None
    help: str
    guidance: Guidance | None


@dataclass(frozen=True, slots=True)
class Sent:
    """What sending a message led to: this person's open tasks in the case, most urgent first."""

    case_id: str
    message: str
    next_tasks: tuple[str, ...]


_WAITING = (
    select(
        subscription.c.instance_id,
        subscription.c.token,
        subscription.c.element,
        subscription.c.message,
        instance.c.process,
        instance.c.release_id,
    )
    .select_from(
        subscription.join(
            instance,
            (instance.c.area_id == subscription.c.area_id) & (instance.c.id == subscription.c.instance_id),
        )
    )
    .where(
        subscription.c.area_id == bindparam("a"),
        subscription.c.case_id == bindparam("c"),
        subscription.c.kind == "message",
    )
    .order_by(subscription.c.opened_at, subscription.c.instance_id, subscription.c.token)
)


def possible(db: Connection, by: Actor, case_id: str) -> list[Possible]:
    """What this person may tell the case now, each message once."""
    target = _known(db, by, case_id)
    found: dict[str, Possible] = {}
    for row in db.execute(_WAITING, {"a": by.area_id, "c": case_id}):
        element = _element(db, row)
        if row.message not in found and element and _may_send(by, target, element):
            found[row.message] = _possible(db, row, element)
    return list(found.values())


def _known(db: Connection, by: Actor, case_id: str) -> Target:
    """The case, for anybody who is part of it in any way. Which messages are theirs, the diagram says."""
    target = access.load(db, by, access.OfCase(case_id))
    if not sees(by, target):
        raise NotFound
    return target


def _element(db: Connection, row: Any) -> Element | None:
    """The event that waits, when the diagram offers it to people."""
    release = definitions.load(db, row.release_id)
    for diagram in definitions.bundle(db, release, row.process).diagrams.values():
        element = diagram.elements.get(row.element)
        if element is not None:
            offered = definitions.catching(diagram, element)
            return offered if "handrail:action" in offered.extensions.properties else None
    return None


def _may_send(by: Actor, target: Target, element: Element) -> bool:
    who = frozenset(element.extensions.properties.get("handrail:who", "").split()) or CASE_PEOPLE
    asked = Target("case", by.area_id, relation=target.relation, sealed=target.sealed, who=who)
    return bool(decide(by, "case:message", asked))


def _possible(db: Connection, row: Any, element: Element) -> Possible:
    release = definitions.load(db, row.release_id)
    properties = element.extensions.properties
    form_id = properties.get("handrail:form") or None
    return Possible(
        message=row.message,
        title=properties["handrail:action"],
        form_id=form_id,
        form=_form(db, row, element),
        help=element.documentation,
        guidance=definitions.guidance(db, release, properties.get("handrail:guidance")),
    )


def _form(db: Connection, row: Any, element: Element) -> forms.Form | None:
    form_id = element.extensions.properties.get("handrail:form")
    return definitions.form(db, definitions.load(db, row.release_id), form_id) if form_id else None


# Sending ---------------------------------------------------------------------------------------------------


def send(
    db: Connection,
    by: Actor,
    case_id: str,
    message: str,
    answers: Mapping[str, Any],
    clock: Clock,
    key: str | None = None,
) -> Sent:
    """Tell the case something. The answers to the message's form become its variables.

    Raises NotFound when nothing in the case waits for it or it is not this person's to send, and InvalidInput
    with a problem for each wrong answer.
    """
    once = Once(db, by.person_id, key, "send", case_id, message, dict(answers))
    if (before := once.answer()) is not None:
        return Sent(**(before | {"next_tasks": tuple(before["next_tasks"])}))
    target = _known(db, by, case_id)
    cases.lock(db, by, case_id, clock)
    waiting = _waiting(db, by, case_id, message)
    element = _element(db, waiting)
    if element is None or not _may_send(by, target, element):
        raise NotFound("Expected a message that this case waits for.")
    names = cases.subject_names(db, by.area_id, case_id)
    kept = checked(_form(db, waiting, element), answers, {"names": names}, clock.now)
    of = instances.lock(db, by.area_id, waiting.instance_id, clock, by.person_id)
    title = element.extensions.properties["handrail:action"]
    payload = {"message": title, "answers": sorted(kept)}
    of.ledger.add("message.received", instance_id=of.instance_id, element=element.id, payload=payload)
    instances.run(db, of, Deliver(message, variables=kept, token=waiting.token), clock)
    of.ledger.write(db)
    sent = Sent(case_id, message, cases.own_open_tasks(db, by, case_id))
    once.keep({"case_id": case_id, "message": message, "next_tasks": list(sent.next_tasks)}, clock.now)
    return sent


def _waiting(db: Connection, by: Actor, case_id: str, message: str) -> Any:
    rows = db.execute(_WAITING, {"a": by.area_id, "c": case_id})
    found = next((row for row in rows if row.message == message), None)
    if found is None:
        raise NotFound("Expected a message that this case waits for.")
    return found
