"""Messages from people to a running process: "Ask for advice", "Consent has been withdrawn".

What can be sent stands in the diagram: an event that waits for a message and carries `handrail:action` is a
button on the case page, with the form it names. A process that begins with such an event can be started so
beside whatever runs in an open case: advice, for one, may be asked for at any stage of everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from engine import access, cases, definitions, forms, instances
from engine.answers import checked
from engine.definitions import Beginning, Release
from engine.diagrams import Element
from engine.errors import NotFound
from engine.execution import Clock, Deliver, Start
from engine.guidance import Guidance
from engine.idempotency import Once
from engine.instances import Running
from engine.instances.beginning import insert_instance, new_instance, standard_variables
from engine.tables import case, instance, organisation, subscription, user_task
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
    context: Mapping[str, Any]  # what the form's conditions may look at


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
    offered: dict[str, tuple[Release, Element]] = {}
    for row in db.execute(_WAITING, {"a": by.area_id, "c": case_id}):
        element = _element(db, row)
        if row.message not in offered and element and _may_send(by, target, element):
            offered[row.message] = definitions.load(db, row.release_id), element
    if _runs(db, by, case_id) is not None:
        release = definitions.current(db, by.area_id)
        for message, _, element in _beginnings(db, release):
            if message not in offered and _may_send(by, target, element):
                offered[message] = release, element
    context = _context(db, by, case_id) if offered else {}
    return [_possible(db, message, *each, context) for message, each in offered.items()]


def _context(db: Connection, by: Actor, case_id: str) -> dict[str, Any]:
    """What the forms of messages look at: whose case it is, and the names they must not hold."""
    kind = db.execute(_KIND, {"a": by.area_id, "c": case_id}).scalar_one()
    return {"names": cases.subject_names(db, by.area_id, case_id), "organisation_kind": kind}


_KIND = (
    select(organisation.c.kind)
    .select_from(case.join(organisation, organisation.c.id == case.c.organisation_id))
    .where(case.c.area_id == bindparam("a"), case.c.id == bindparam("c"))
)


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


def _possible(
    db: Connection, message: str, release: Release, element: Element, context: Mapping[str, Any]
) -> Possible:
    properties = element.extensions.properties
    return Possible(
        message=message,
        title=properties["handrail:action"],
        form_id=properties.get("handrail:form") or None,
        form=_form(db, release, element),
        help=element.documentation,
        guidance=definitions.guidance(db, release, properties.get("handrail:guidance")),
        context=context,
    )


def _form(db: Connection, release: Release, element: Element) -> forms.Form | None:
    form_id = element.extensions.properties.get("handrail:form")
    return definitions.form(db, release, form_id) if form_id else None


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
    if waiting is not None:
        _deliver(db, by, target, waiting, answers, clock)
    else:
        _begin(db, by, target, case_id, message, answers, clock)
    sent = Sent(case_id, message, cases.own_open_tasks(db, by, case_id))
    once.keep({"case_id": case_id, "message": message, "next_tasks": list(sent.next_tasks)}, clock.now)
    return sent


def _deliver(
    db: Connection, by: Actor, target: Target, waiting: Any, answers: Mapping[str, Any], clock: Clock
) -> None:
    """To what waits for it."""
    element = _element(db, waiting)
    if element is None or not _may_send(by, target, element):
        raise NotFound("Expected a message that this case waits for.")
    of = instances.lock(db, by.area_id, waiting.instance_id, clock, by.person_id)
    kept = checked(_form(db, of.release, element), answers, _context(db, by, of.case_id), clock.now)
    _note(of, element, kept)
    place, _ = _stands(db, by, of)
    given = {**kept, "asked_by": by.person_id, "asked_from": place}
    instances.run(db, of, Deliver(waiting.message, variables=given, token=waiting.token), clock)
    of.ledger.write(db)


def _note(of: Running, element: Element, kept: Mapping[str, Any]) -> None:
    title = element.extensions.properties["handrail:action"]
    payload = {"message": title, "answers": sorted(kept)}
    of.ledger.add("message.received", instance_id=of.instance_id, element=element.id, payload=payload)


def _waiting(db: Connection, by: Actor, case_id: str, message: str) -> Any:
    rows = db.execute(_WAITING, {"a": by.area_id, "c": case_id})
    return next((row for row in rows if row.message == message), None)


# Starting a process beside what runs -----------------------------------------------------------------------

_RUNS = (
    select(instance.c.id)
    .select_from(
        instance.join(case, (case.c.area_id == instance.c.area_id) & (case.c.id == instance.c.case_id))
    )
    .where(
        instance.c.area_id == bindparam("a"),
        instance.c.case_id == bindparam("c"),
        instance.c.status == "running",
        case.c.status == "open",  # what waits in a closed case, for its review, is nothing to stand beside
    )
    .order_by(instance.c.started_at, instance.c.id)
    .limit(1)
)
_ACTED = (
    select(user_task.c.organisation_id, user_task.c.role)
    .where(
        user_task.c.area_id == bindparam("a"),
        user_task.c.case_id == bindparam("c"),
        or_(user_task.c.assignee_id == bindparam("p"), user_task.c.completed_by == bindparam("p")),
        user_task.c.role.is_not(None),
    )
    .order_by(user_task.c.opened_at.desc(), user_task.c.id)
)


def _runs(db: Connection, by: Actor, case_id: str) -> str | None:
    """An instance that runs in an open case, or None when all is done."""
    found: str | None = db.execute(_RUNS, {"a": by.area_id, "c": case_id}).scalar()
    return found


def _beginnings(db: Connection, release: Release) -> Iterator[tuple[str, Beginning, Element]]:
    """The processes that people start beside others, by their message."""
    for (kind, message), starts in definitions.beginnings(db, release).items():
        for start in starts if kind == "message" else ():
            element = definitions.diagram_of(db, release, start.process).elements[start.event]
            if "handrail:action" in element.extensions.properties and not start.own_case:
                yield message, start, element


def _begin(
    db: Connection,
    by: Actor,
    target: Target,
    case_id: str,
    message: str,
    answers: Mapping[str, Any],
    clock: Clock,
) -> None:
    """Start the process that begins with the message, in the same case."""
    release, beside = definitions.current(db, by.area_id), _runs(db, by, case_id)
    found = [each for each in _beginnings(db, release) if each[0] == message]
    if beside is None or not found or not _may_send(by, target, found[0][2]):
        raise NotFound("Expected a message that this case waits for.")
    _, start, element = found[0]
    kept = checked(_form(db, release, element), answers, _context(db, by, case_id), clock.now)
    home = instances.lock(db, by.area_id, beside, clock, by.person_id)
    place, role = _stands(db, by, home)
    of = new_instance(by.area_id, home, start.process, release, by.person_id, role)
    insert_instance(db, of, clock)
    _note(of, element, kept)
    given = {**kept, **standard_variables(db, of), "asked_by": by.person_id, "asked_from": place}
    instances.run(db, of, Start(given, start.event), clock)
    of.ledger.write(db)


def _stands(db: Connection, by: Actor, home: Running) -> tuple[str, str | None]:
    """Where and in which role somebody works on a case: as in their last task of it, else as they hold it.

    At the case's own organisation, if they do at all.
    """
    key = {"a": by.area_id, "c": home.case_id, "p": by.person_id}
    acted = [(row.organisation_id, row.role) for row in db.execute(_ACTED, key)]
    held = [*(each for each in acted if each in by.roles), *sorted(by.roles)]
    own = [each for each in held if each[0] == home.organisation_id]
    return next(iter([*own, *held]), (home.organisation_id, None))
