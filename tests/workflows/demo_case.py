"""A case of the demo partnership on a real database, and what its people do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, insert, select

from engine import cases, inbox, messages, people
from engine.cases import Subject
from engine.database import transaction
from engine.tables import person, role_held, user_task
from handrail.settings import DEMO_AREA
from policy.authorization import Actor
from tests.workflows.answers import ANSWERS
from tests.workflows.walking import usual

CHILD = Subject("Maya Fenn", "child", "2018-05-01")


@dataclass
class Case:
    """A case of the demo partnership, and what its people do."""

    engine: Engine
    clock: Any
    id: str = ""
    done: list[str] = field(default_factory=list)

    def actor(self, db: Any, person: str) -> Actor:
        return people.actor(db, person, self.clock.now)

    def enrol(self, *held: tuple[str, str, str]) -> Case:
        """Give people roles at organisations; whoever is new to the partnership joins it."""
        with transaction(self.engine) as db:
            known = set(db.execute(select(person.c.id)).scalars())
            for name in dict.fromkeys(name for name, _, _ in held if name not in known):
                row = {"id": name, "area_id": DEMO_AREA, "name": name.title(), "issuer": "test"}
                db.execute(insert(person), {**row, "subject": name})
            for name, organisation, role in held:
                row = {"person_id": name, "organisation_id": organisation, "role": role}
                db.execute(insert(role_held), {**row, "since": self.clock.now})
        return self

    def begin(
        self, name: str, organisation: str, process: str, answers: Mapping[str, Any], *about: Subject
    ) -> Case:
        """Somebody opens a case of this process, about one child unless it is said about whom."""
        with transaction(self.engine) as db:
            opened = cases.open_case(
                db,
                self.actor(db, name),
                process=process,
                subjects=about or (CHILD,),
                answers=answers,
                organisation_id=organisation,
                clock=self.clock,
            )
        self.id = opened.case_id
        return self

    def open(self, name: str, organisation: str, start: str = "concern") -> Case:
        return self.begin(name, organisation, "share_information", ANSWERS["start_share"][start])

    def do(self, person: str, element: str, choice: str = "") -> None:
        """Take the task if nobody has it, and do it, a minute later."""
        self.clock.travel(minutes=1)
        with transaction(self.engine) as db:
            by = self.actor(db, person)
            task = self.task(db, element)
            if task.assignee_id is None:
                inbox.claim(db, by, task.id, self.clock, no_conflict=True)
            context = inbox.task(db, by, task.id, self.clock).context
            answers = ANSWERS[task.form][choice or usual(task.form, context)]
            inbox.complete(db, by, task.id, answers, self.clock)
        self.done.append(element)

    def take_only(self, name: str, choice: str) -> str:
        """Take the one task that somebody can claim anywhere, and do it; gives what they read in it."""
        self.clock.travel(minutes=1)
        with transaction(self.engine) as db:
            by = self.actor(db, name)
            (mine,) = inbox.to_claim(db, by, now=self.clock.now).items
            inbox.claim(db, by, mine.id, self.clock, no_conflict=True)
            view = inbox.task(db, by, mine.id, self.clock)
            inbox.complete(db, by, mine.id, ANSWERS[view.form.id][choice], self.clock)
            return str(view.facts) + str(dict(view.context))

    def say(self, person: str, message: str, **answers: Any) -> None:
        with transaction(self.engine) as db:
            usual = next(iter(ANSWERS[message].values()))
            messages.send(db, self.actor(db, person), self.id, message, {**usual, **answers}, self.clock)

    def task(self, db: Any, element: str) -> Any:
        open_ = (user_task.c.case_id == self.id) & (user_task.c.state == "open")
        return db.execute(select(user_task).where(open_, user_task.c.element == element)).one()

    def due(self, element: str) -> datetime:
        with transaction(self.engine) as db:
            return self.task(db, element).due_at
