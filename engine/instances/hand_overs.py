"""Where what a process sends goes: to whoever waits for it, to the process it starts, or into keeping.

All of it happens in the command that sent it, and commits with it or not at all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, union

from engine import access, definitions, kept_messages, waits
from engine.audit.record import Ledger
from engine.definitions import Beginning, Release
from engine.diagrams import CASE_CLOSED
from engine.execution import Broadcast, Clock, Command, Deliver, OpenedSubscription, Start, Thrown
from engine.instances import closing
from engine.instances.beginning import NewCase, insert_instance, new_case, new_instance, standard_variables
from engine.instances.loading import Running, lock
from engine.instances.saving import name_of, step
from engine.spiff.events import correlated, keys_of
from engine.tables import case_subject, instance, organisation, subscription

MOST = 100  # messages and signals that one command may lead to; more is a circle


def begin(db: Connection, of: Running, variables: Mapping[str, Any], clock: Clock) -> None:
    """Start a process for a case whose row exists and is locked. `of.state` is None until now."""
    insert_instance(db, of, clock, edition=variables.get("edition", ""))
    run(db, of, Start(variables={**variables, **standard_variables(db, of)}), clock)


def run(db: Connection, of: Running, command: Command, clock: Clock) -> None:
    """Run one command, and whatever it leads to elsewhere. Only `of.ledger` is left for the caller to write.

    Raises Stale when the instance moved on meanwhile, TaskGone when the command's token no longer waits.
    """
    round_ = _HandOvers(db, of, clock)
    round_.step(of, command)
    round_.finish()


def send_on(db: Connection, of: Running, held: str, clock: Clock) -> bool:
    """Send on what a command held back because it had led to too much. False when it is there no more."""
    thrown = kept_messages.release(db, of.area_id, held, clock.now)
    if thrown is None:
        return False
    round_ = _HandOvers(db, of, clock)
    round_.thrown.append((of, thrown))
    round_.finish()
    return True


def catch_up(db: Connection, of: Running, begun: Iterable[OpenedSubscription], clock: Clock) -> None:
    """Give what came early to tokens that began to wait without a command: a migration adds listeners."""
    for wait in begun:
        key = {"a": of.area_id, "i": of.instance_id, "t": wait.token, "n": wait.message}
        while (keys := db.execute(_AWAITED, key).scalar()) is not None:
            early = kept_messages.take(db, of.area_id, of.case_id, wait.message, keys, clock.now)
            if early is None:
                break
            run(db, of, Deliver(wait.message, early.correlation, early.variables, wait.token), clock)


_AWAITED = select(subscription.c.correlation).where(
    subscription.c.area_id == bindparam("a"),
    subscription.c.instance_id == bindparam("i"),
    subscription.c.token == bindparam("t"),
    subscription.c.message == bindparam("n"),
    subscription.c.kind == "message",
)
_WAITING = (
    select(subscription.c.instance_id, subscription.c.correlation)
    .where(
        subscription.c.area_id == bindparam("a"),
        subscription.c.case_id == bindparam("c"),
        subscription.c.message == bindparam("n"),
        subscription.c.kind == bindparam("k"),
    )
    .order_by(subscription.c.opened_at, subscription.c.instance_id)
)
_sender = instance.alias("sender")
_HERE = select(_sender.c.id).where(_sender.c.area_id == bindparam("a"), _sender.c.case_id == bindparam("c"))
_FROM_HERE = select(instance.c.id).where(
    instance.c.area_id == bindparam("a"), instance.c.handed_over_by.in_(_HERE)
)
_NEAR = union(_HERE, _FROM_HERE).subquery("near")
_ALREADY = (
    select(instance.c.id, instance.c.case_id, instance.c.correlation)
    .select_from(_NEAR.join(instance, instance.c.id == _NEAR.c.id))
    .where(
        instance.c.area_id == bindparam("a"),
        instance.c.process == bindparam("p"),
        instance.c.status == "running",
        instance.c.correlation != "",
    )
    .order_by(instance.c.started_at, instance.c.id)
)
_SUBJECTS = select(case_subject.c.name, case_subject.c.part, case_subject.c.date_of_birth).where(
    case_subject.c.area_id == bindparam("a"), case_subject.c.case_id == bindparam("c")
)
_OF_KIND = (
    select(organisation.c.id)
    .where(organisation.c.area_id == bindparam("a"), organisation.c.kind == bindparam("k"))
    .limit(2)
)


class _HandOvers:
    """What one command sends, until nothing is left. Each case it reaches is locked and has a ledger."""

    def __init__(self, db: Connection, of: Running, clock: Clock) -> None:
        self.db, self.clock, self.own = db, clock, of
        self.ledgers: dict[str, Ledger] = {of.case_id: of.ledger}
        self.reached: dict[str, Running] = {of.instance_id: of}
        self.thrown: deque[tuple[Running, Thrown]] = deque()
        self.left = MOST

    def step(self, of: Running, command: Command) -> None:
        self.reached[of.instance_id] = of
        self.thrown.extend((of, each) for each in step(self.db, of, command, self.clock))

    def finish(self) -> None:
        """Send everything on, close cases with nothing left to do, and write the other cases' histories."""
        self._settle()
        for ledger in self.ledgers.values():
            if ledger is not self.own.ledger:
                ledger.write(self.db)

    def _settle(self) -> None:
        """Until nothing follows any more: what begins with the end of a case may send, too."""
        while self.thrown and self.left:
            self.left -= 1
            self._send(*self.thrown.popleft())
        while self.thrown:
            self._hold(*self.thrown.popleft())
        for of in {of.case_id: of for of in self.reached.values() if of.status == "completed"}.values():
            self._close(of)  # what an operator ended early is not finished
        if self.thrown:
            self._settle()

    # Where it goes

    def _send(self, sender: Running, what: Thrown) -> None:
        release = definitions.current(self.db, sender.area_id)
        starts = definitions.begun_by(self.db, release, what.kind, what.name)
        if what.kind == "signal":
            self._spread(sender, what, release, starts)
        elif not self._deliver(sender.case_id, what):
            if starts:
                self._start_once(sender, what, release, starts[0])
            else:
                self._keep(sender, what, sender.case_id)

    def _spread(self, sender: Running, what: Thrown, release: Release, starts: tuple[Beginning, ...]) -> None:
        """A signal reaches every instance of the case that waits for it; its sender has had it."""
        waiting = dict.fromkeys(row.instance_id for row in self._waiting(sender.case_id, what))
        for instance_id in waiting:
            if instance_id != sender.instance_id:
                self.step(self._instance(instance_id), Broadcast(what.name, what.variables))
        for start in starts:
            self._start(sender, what, release, start)

    def _deliver(self, case_id: str, what: Thrown) -> bool:
        """To the instance that has waited longest in a case. False when nobody there waits for it."""
        keys = keys_of(what.correlation)
        for row in self._waiting(case_id, what):
            if correlated(row.correlation, keys):
                self.step(self._instance(row.instance_id), Deliver(what.name, keys, what.variables))
                return True
        return False

    def _waiting(self, case_id: str, what: Thrown) -> Sequence[Any]:
        """Which of an instance's own tokens is served first, the instance knows."""
        key = {"a": self.own.area_id, "c": case_id, "n": what.name, "k": what.kind}
        return self.db.execute(_WAITING, key).all()

    def _instance(self, instance_id: str) -> Running:
        """As this command left it, or as it is stored."""
        if instance_id in self.reached:
            return self.reached[instance_id]
        ledger = self.own.ledger
        of = lock(self.db, self.own.area_id, instance_id, self.clock, ledger.actor_id, ledger)
        of.ledger = self.ledgers[of.case_id]
        return of

    def _keep(self, sender: Running, what: Thrown, case_id: str) -> None:
        """For whoever waits for it next. What is said of it is all that the sender's case may know."""
        self._say_sent(sender, what)
        kept_messages.keep(self.db, sender.area_id, case_id, what, self.clock.now)

    def _say_sent(self, sender: Running, what: Thrown) -> None:
        payload = {"message": what.name}
        sender.ledger.add(
            "message.sent", instance_id=sender.instance_id, element=what.element, payload=payload
        )

    def _hold(self, sender: Running, what: Thrown) -> None:
        """The processes go round in circles: a person has to say whether this goes on."""
        held = kept_messages.hold(self.db, sender.area_id, sender.case_id, what, self.clock.now)
        ids = {"area_id": sender.area_id, "case_id": sender.case_id, "instance_id": sender.instance_id}
        cause = f"Expected at most {MOST} messages from one step, but the processes go round in circles."
        waits.raise_held(self.db, ids, held, what, cause, sender.ledger)

    # Starting

    def _start_once(self, sender: Running, what: Thrown, release: Release, start: Beginning) -> None:
        """Start the process, unless it runs already for the same keys: then the message is for that one."""
        already = self._already(sender, what, start) if what.correlation else None
        if already is None:
            self._start(sender, what, release, start)
            return
        elsewhere = already.case_id not in self.ledgers
        if elsewhere:
            self.ledgers[already.case_id] = lock(self.db, sender.area_id, already.id, self.clock, None).ledger
        if not self._deliver(already.case_id, what):
            self._keep(sender, what, already.case_id)
            if elsewhere:
                del self.ledgers[already.case_id]  # nothing has happened there yet

    def _already(self, sender: Running, what: Thrown, start: Beginning) -> Any:
        """An instance of the process that the same keys started, here or in a case that came from here."""
        keys = keys_of(what.correlation)
        rows = self.db.execute(_ALREADY, {"a": sender.area_id, "c": sender.case_id, "p": start.process})
        return next((row for row in rows.all() if correlated(row.correlation, keys)), None)

    def _start(self, sender: Running, what: Thrown, release: Release, start: Beginning) -> None:
        apart = start.own_case or self._leaves_seal(sender, release, start)
        home = self._new_case(sender, what, start) if apart else sender
        who = (None, None) if apart else (sender.started_by, sender.started_as)
        of = new_instance(sender.area_id, home, start.process, release, *who)
        edition = what.variables.get("edition", "")
        if isinstance(home, NewCase):
            home.ledger.add("case.handed_over", payload={"origin": self._origin(sender)})
        insert_instance(
            self.db, of, self.clock, edition=edition, sender=sender.instance_id, correlation=what.correlation
        )
        if of.case_id == sender.case_id:
            sender.sealed = of.sealed
        self._say_handed_over(sender, what, of)
        variables = {**what.variables, **standard_variables(self.db, of)}
        self.step(of, Start(variables, start.event, keys_of(what.correlation)))

    def _leaves_seal(self, sender: Running, release: Release, start: Beginning) -> bool:
        """Whoever works in a process that is not sealed must not learn of the sealed case behind it."""
        return sender.sealed and not definitions.is_sealed(self.db, release, start.process)

    def _new_case(self, sender: Running, what: Thrown, start: Beginning) -> NewCase:
        subjects = self._subjects(sender, what)
        place = self._place(sender, what, start.organisation)
        made = new_case(self.db, sender.area_id, place, subjects, self.clock, None)
        self.ledgers[made.id] = made.ledger
        return made

    def _subjects(self, sender: Running, what: Thrown) -> Sequence[Mapping[Any, Any]]:
        """Whom the message names, else whom the sender's case is about; a sealed case names nobody itself."""
        named = what.variables.get("case_subjects")
        if named is not None or sender.sealed:
            return [{key: each.get(key) for key in ("name", "part", "date_of_birth")} for each in named or ()]
        return self.db.execute(_SUBJECTS, {"a": sender.area_id, "c": sender.case_id}).mappings().all()

    def _place(self, sender: Running, what: Thrown, kind: str) -> str:
        """The organisation that the message names, else the area's one of a kind.

        With none, or several to guess from: the sender's own.
        """
        named = what.variables.get("case_organisation")
        if isinstance(named, str) and access.is_here(self.db, sender.area_id, named):
            return named
        found = self.db.execute(_OF_KIND, {"a": sender.area_id, "k": kind}).scalars().all() if kind else []
        return found[0] if len(found) == 1 else sender.organisation_id

    def _origin(self, sender: Running) -> str:
        """A sealed case is never mentioned outside it, nor is what runs in it."""
        return "a process" if sender.sealed else f"“{name_of(self.db, sender)}”"

    def _say_handed_over(self, sender: Running, what: Thrown, of: Running) -> None:
        if of.sealed and of.case_id != sender.case_id:
            self._say_sent(sender, what)
            return
        where = "" if of.case_id == sender.case_id else ", in a case of its own"
        payload = {"process_name": name_of(self.db, sender), "to": name_of(self.db, of), "where": where}
        sender.ledger.add(
            "instance.handed_over", instance_id=sender.instance_id, element=what.element, payload=payload
        )

    # Ending

    def _close(self, of: Running) -> None:
        """A case whose last process has ended is closed, and stays so while what begins with that runs."""
        if not closing.close(self.db, of.area_id, of.case_id, self.ledgers[of.case_id]):
            return
        release = definitions.current(self.db, of.area_id)
        for start in definitions.begun_by(self.db, release, "signal", CASE_CLOSED):
            begun = new_instance(of.area_id, of, start.process, release, None, None)
            told = closing.told(self.db, of.area_id, of.case_id, self.clock)
            with begun.ledger.by_nobody():
                insert_instance(self.db, begun, self.clock)
                self.step(begun, Start({**told, **standard_variables(self.db, begun)}, start.event))
