"""Every process that people start runs from its start to its end through the JSON API.

Only the people of the demo partnership do anything, in the roles they hold: somebody who may start it does,
and each task is claimed and answered by somebody whom the API lets. It goes the ways that were walked.
"""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, Integer, cast, select
from sqlalchemy.engine import Row

from engine import schema, timers
from engine.database import connect, reading, transaction
from engine.tables import instance, timer, user_task
from handrail import demo
from handrail.demo.partnership import ORGANISATIONS, PEOPLE
from tests.api.small_partnership import Person, Site
from tests.travelling import NOW, TravellingClock
from tests.workflows.answers import ANSWERS
from tests.workflows.walking import WALKED, Walk, form_of, start_forms
from tests.workflows.walks import every_walk

CHILD = {"name": "Maya Fenn", "part": "child", "date_of_birth": "2018-05-01"}
KIND_OF = {each.id: each.kind for each in ORGANISATIONS}
MOST_STEPS = 60


@dataclass(frozen=True)
class Way:
    """What was said to a walk, and which user tasks it did, in the order in which they opened."""

    process: str
    start: str
    place: str | None  # the kind of organisation that it is started at, if that matters
    chosen: Mapping[str, Sequence[str]]
    messages: Mapping[str, str]
    tasks: tuple[str, ...]
    passed: frozenset[str]


@cache
def ways() -> tuple[Way, ...]:
    """As few walks as pass everything that a walk by people passes: no timer is made to run out."""
    found = sorted(_ways(), key=lambda way: len(way.tasks), reverse=True)
    chosen, passed = [], set[tuple[str, str]]()
    for way in found:
        new = {(way.process, step) for step in way.passed} - passed
        if new:
            chosen.append(way)
            passed |= new
    return tuple(chosen)


def _ways() -> Iterator[Way]:
    for test, given in every_walk():
        test(**given)
    for key, walk in WALKED.items():
        process, start, more = ast.literal_eval(key)
        said = dict(more)
        meanwhile = said.pop("meanwhile", None) or {}
        place = (said.pop("before", None) or {}).get("organisation_kind")
        beyond = said.keys() & {"late", "later", "event"}
        if process in start_forms() and isinstance(start, str) and not beyond and _told(walk, meanwhile):
            tasks = tuple(task.element for task in walk.tasks)
            yield Way(process, start, place, walk.chosen, meanwhile, tasks, frozenset(walk.passed))


def _told(walk: Walk, meanwhile: Mapping[str, str]) -> bool:
    """Whether people say everything that happens meanwhile."""
    messages = {each.name for element in walk.elements.values() for each in element.events}
    return all(said.partition(":")[0] in messages for said in meanwhile.values())


@dataclass
class County:
    """The demo partnership behind the API."""

    engine: Engine
    clock: TravellingClock
    people: dict[tuple[str, date], Person] = field(default_factory=dict)

    @cached_property
    def client(self) -> FlaskClient:
        return Site(self.engine, self.clock).app().test_client()

    def person(self, name: str) -> Person:
        """Somebody with a token of today."""
        key = (name, self.clock.now.date())
        if key not in self.people:
            self.people[key] = Site(self.engine, self.clock).person(name, self.client)
        return self.people[key]

    def open(self, way: Way) -> Case:
        answers = ANSWERS[start_forms()[way.process]][way.start]
        body = {"process": way.process, "subjects": [CHILD], "answers": answers}
        for each in PEOPLE:
            if way.place not in (None, KIND_OF[each.organisation]):
                continue
            opened = self.person(each.subject).post("/cases", body | {"organisation_id": each.organisation})
            if opened.status_code == 201:
                return Case(self, way, opened.json["case_id"], opened.json["instance_id"])
            assert opened.status_code == 403, opened.text
        raise AssertionError(f"nobody may start {way.process}")

    def read(self, query: Any) -> list[Row[Any]]:
        with reading(self.engine) as db:
            return list(db.execute(query).all())


@dataclass
class Case:
    """One case on its way."""

    county: County
    way: Way
    id: str
    instance_id: str
    done: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)

    @property
    def status(self) -> str:
        (row,) = self.county.read(select(instance.c.status).where(instance.c.id == self.instance_id))
        return str(row.status)

    @property
    def opened(self) -> list[str]:
        """The user tasks that there were, done or no longer needed."""
        there = select(user_task.c.element).where(user_task.c.instance_id == self.instance_id)
        return sorted(row.element for row in self.county.read(there))

    def step(self) -> None:
        """Do the task that has waited longest; where none waits, let time pass."""
        waiting = (
            select(user_task)
            .where(user_task.c.instance_id == self.instance_id, user_task.c.state == "open")
            .order_by(user_task.c.opened_at, cast(user_task.c.token, Integer))
        )
        tasks = self.county.read(waiting)
        if not tasks:
            self._pass_time()
        elif (message := self.way.messages.get(tasks[0].element)) and tasks[0].element not in self.told:
            self.told.add(tasks[0].element)
            self._tell(message, tasks[0])
        else:
            self._do(tasks[0])

    def _pass_time(self) -> None:
        armed = self.county.read(select(timer.c.due_at).where(timer.c.instance_id == self.instance_id))
        assert armed, f"nothing waits in {self.way.process} after {self.done}"
        self.county.clock.now = max(self.county.clock.now, min(row.due_at for row in armed))
        timers.fire_due(self.county.engine, self.county.clock, limit=1)

    def _do(self, task: Row[Any]) -> None:
        refused = {}
        for who in holders(task):
            code = "" if task.assignee_id else self._claimed(who, task)
            if not code:
                self._answer(who, task)
                return
            refused[who] = code
        raise AssertionError(f"nobody can do {task.element} of {self.way.process}: {refused}")

    def _claimed(self, who: str, task: Row[Any]) -> str:
        """Why they may not have the task; nothing when it is theirs."""
        person = self.county.person(who)
        answer = person.post(f"/tasks/{task.id}/claim")
        if answer.status_code != 204 and answer.json["code"] == "declaration_needed":
            answer = person.post(f"/tasks/{task.id}/declaration", {"relationship": "none"})
        return "" if answer.status_code == 204 else str(answer.json["code"])

    def _answer(self, who: str, task: Row[Any]) -> None:
        before = self.done.count(task.element)
        answers = ANSWERS[task.form][self.way.chosen[task.element][before]]
        self.county.clock.now = max(self.county.clock.now, told_of(task.form, answers))
        done = self.county.person(who).post(f"/tasks/{task.id}/complete", {"answers": answers})
        assert done.status_code == 200, (self.way.process, task.element, who, done.text)
        self.done.append(task.element)

    def _tell(self, said: str, task: Row[Any]) -> None:
        message, _, choice = said.partition(":")
        form = ANSWERS[form_of_message(message)]
        body = {"message": message, "answers": form[choice or next(iter(form))]}
        for who in (*holders(task), *(each.subject for each in PEOPLE)):
            person = self.county.person(who)
            offered = person.get(f"/cases/{self.id}/messages")
            if offered.status_code == 200 and message in [each["message"] for each in offered.json["items"]]:
                sent = person.post(f"/cases/{self.id}/messages", body)
                assert sent.status_code == 200, sent.text
                return
        raise AssertionError(f"nobody may say {message} in {self.way.process} at {task.element}")


def holders(task: Row[Any]) -> list[str]:
    """Whoever has the task, or everybody who holds its role."""
    return [task.assignee_id] if task.assignee_id else [p.subject for p in PEOPLE if task.role in p.roles]


def told_of(form: str, answers: Mapping[str, Any]) -> datetime:
    """When the last thing happened that the answers tell of: nobody can tell it before that."""
    past = {each.path[-1] for each in form_of(form).walk() if each.no_future}
    told = (datetime.fromisoformat(answer) for key, answer in every_answer(answers) if key in past and answer)
    return max(each if each.tzinfo else each.replace(tzinfo=UTC) for each in (*told, NOW))


def every_answer(answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The answers, those in the rows of repeating groups too."""
    for key, answer in answers.items():
        yield key, answer
        for row in answer if isinstance(answer, list) else ():
            yield from every_answer(row) if isinstance(row, dict) else ()


@cache
def form_of_message(message: str) -> str:
    """The form that is filled in to say it."""
    elements = (each for walk in WALKED.values() for each in walk.elements.values())
    catching = (each for each in elements if any(event.name == message for event in each.events))
    forms = (each.extensions.properties.get("handrail:form") for each in catching)
    return next(form for form in forms if form)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("county") / "handrail.sqlite3"
    made = connect(f"sqlite:///{path}")
    schema.upgrade(made)
    with transaction(made) as db:
        demo.load(db, TravellingClock().now)
    made.dispose()
    return path


@contextmanager
def county(loaded: Path, folder: Path) -> Iterator[County]:
    made = connect(f"sqlite:///{shutil.copy(loaded, folder)}")
    yield County(made, TravellingClock())
    made.dispose()


@pytest.mark.parametrize("process", sorted(start_forms()))
def test_people_take_it_from_its_start_to_its_end(process: str, loaded: Path, tmp_path: Path) -> None:
    own = [way for way in ways() if way.process == process]
    assert own
    for way in own:
        with county(loaded, tmp_path) as place:
            case = place.open(way)
            while case.status == "running":
                assert len(case.done) < MOST_STEPS
                case.step()
            assert case.status == "completed"
            assert case.opened == sorted(way.tasks)
