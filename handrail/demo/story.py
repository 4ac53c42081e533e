"""A case as a story: who did what, and how long ago. Every step is a command as people give it, recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Select, select

from engine import cases, documents, inbox, messages, people, timers
from engine.cases import Subject
from engine.database import reading, transaction
from engine.deadlines import At, Deadlines
from engine.tables import instance, user_task
from handrail.settings import DEMO_AREA
from policy.authorization import Actor
from policy.calendar import instant, is_working_day, london_day

PACE = timedelta(minutes=6)  # between one step and the next
MORNING = timedelta(hours=9)  # from midnight
_OPEN_TASKS = (
    select(user_task.c.id, user_task.c.role, user_task.c.organisation_id, user_task.c.assignee_id)
    .where(user_task.c.area_id == DEMO_AREA, user_task.c.state == "open")
    .order_by(user_task.c.opened_at, user_task.c.id)
)


class OutOfStep(LookupError):
    """A story asks for a task that does not wait for this person now."""


@dataclass(slots=True)
class Story:
    """One case that people work on, on their way from long ago to `now`."""

    engine: Engine
    now: datetime
    deadlines: Deadlines
    at: datetime
    case_id: str = ""
    routine: tuple[str, str, Mapping[str, Any]] | None = None  # who does which task each time it comes up

    # Time

    def working_days_ago(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A time of day, so many working days before today."""
        day = london_day(self.now)
        for _ in range(days):
            day -= timedelta(days=1)
            while not is_working_day(day):
                day -= timedelta(days=1)
        return instant(day, time(hour, minute)).astimezone(UTC)

    def hours_ago(self, hours: float) -> datetime:
        return (self.now - timedelta(hours=hours)).replace(second=0, microsecond=0)

    def goes_on(self, at: datetime) -> None:
        """Time passes, never backwards; what falls due meanwhile happens when it falls due."""
        until = max(at, self.at)
        while (due := self._next_due()) is not None and due <= until:
            self.at = max(due, self.at)
            if not timers.fire_due(self.engine, self._clock()):
                break
            self._keep_up(until)
        self.at = until

    def _keep_up(self, until: datetime) -> None:
        """The routine is done the morning after it came up, if that morning has been."""
        if self.routine is None or self.at + MORNING > until:
            return
        person, element, answers = self.routine
        with reading(self.engine) as db:
            waits = db.execute(self._waiting(element)).first() is not None
        if waits:
            self.at += MORNING
            self._completes(person, element, answers)

    def _next_due(self) -> datetime | None:
        with reading(self.engine) as db:
            return timers.next_due(db)

    def _clock(self) -> At:
        return At(self.at, self.deadlines)

    def _a_little_later(self) -> None:
        self.goes_on(min(self.at + PACE, self.now))

    @property
    def said_at(self) -> str:
        """This moment, as a form keeps it."""
        return f"{self.at:%Y-%m-%dT%H:%M:%SZ}"

    def day(self, days: int) -> str:
        """A day so many days after today, or before it, as a form keeps it."""
        return (london_day(self.now) + timedelta(days=days)).isoformat()

    # What people do

    def opens(
        self,
        person: str,
        process: str,
        organisation: str,
        subjects: tuple[Subject, ...],
        answers: Mapping[str, Any],
    ) -> None:
        with transaction(self.engine) as db:
            opened = cases.open_case(
                db,
                people.actor(db, person, self.at),
                process=process,
                subjects=subjects,
                answers=answers,
                organisation_id=organisation,
                clock=self._clock(),
            )
        self.case_id = opened.case_id

    def takes(self, person: str, element: str) -> None:
        """Take a task, and leave it to be done."""
        self._a_little_later()
        self._claims(person, element)

    def does(self, person: str, element: str, answers: Mapping[str, Any]) -> None:
        """Complete a task: their own, or one that they take, having to do with nobody in the case."""
        self._a_little_later()
        self._completes(person, element, answers)

    def _completes(self, person: str, element: str, answers: Mapping[str, Any]) -> None:
        task = self._claims(person, element)
        with transaction(self.engine) as db:
            by = people.actor(db, person, self.at)
            inbox.complete(db, by, task, answers, self._clock())

    def _claims(self, person: str, element: str) -> str:
        with transaction(self.engine) as db:
            by = people.actor(db, person, self.at)
            task, is_theirs = self._task(db, by, element)
            if not is_theirs:
                inbox.claim(db, by, task, self._clock(), no_conflict=True)
        return task

    def says(self, person: str, message: str, answers: Mapping[str, Any]) -> None:
        """Tell the process something, with a button of the case page."""
        self._a_little_later()
        with transaction(self.engine) as db:
            messages.send(
                db, people.actor(db, person, self.at), self.case_id, message, answers, self._clock()
            )

    def attaches(self, person: str, name: str, about: str, content: bytes) -> None:
        self._a_little_later()
        with transaction(self.engine) as db:
            documents.add(
                db,
                people.actor(db, person, self.at),
                self.case_id,
                name=name,
                about=about,
                content=content,
                clock=self._clock(),
            )

    def follows(self, process: str) -> Story:
        """The story of the case that this one was handed over to."""
        before = instance.alias()
        handed = select(instance.c.case_id).where(
            instance.c.process == process,
            instance.c.handed_over_by == before.c.id,
            before.c.case_id == self.case_id,
        )
        with reading(self.engine) as db:
            case_id = db.execute(handed).scalar_one()
        return Story(self.engine, self.now, self.deadlines, self.at, case_id)

    def _waiting(self, element: str) -> Select[Any]:
        return _OPEN_TASKS.where(user_task.c.case_id == self.case_id, user_task.c.element == element)

    def _task(self, db: Connection, by: Actor, element: str) -> tuple[str, bool]:
        """The oldest open task at this element that is theirs already, or else that they may take."""
        rows = db.execute(self._waiting(element)).all()
        own = [row.id for row in rows if row.assignee_id == by.person_id]
        free = [row.id for row in rows if row.assignee_id is None and by.holds(row.role, row.organisation_id)]
        if not own and not free:
            raise OutOfStep(f"Expected {element} to wait for {by.person_id}, but it does not.")
        return (own or free)[0], bool(own)
