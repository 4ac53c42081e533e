"""The demonstration: a county in which people work, and nothing is broken."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, func, select

from engine import cases, definitions, inbox, people, schema
from engine.audit import chain
from engine.database import connect, reading, transaction
from engine.tables import case, case_subject, incident, instance, user_task
from handrail import demo
from handrail.demo.story import CHAPTERS, FOLDER, Story
from handrail.settings import DEMO_AREA

NOW = datetime(2026, 11, 25, 10, 20, tzinfo=UTC)  # a Wednesday morning in term
STORIES = demo.stories()
SECONDS = 10  # of this thread's processor time, whoever else is at work
ONLOOKERS = {
    "maeve",
    "imogen",
    "wendy",
    "yusuf",
    "ifeoma",
    "susan",
    "alex",
    "joan",
    "bridget",
    "alan",
    "patrick",
}
FICTIONAL = {
    "A former member of staff, file LA-2009-17",
    "Barry Cole",
    "Callum Straker",
    "Carl Denham",
    "Dean Castle",
    "Ella Winstanley",
    "Erin Vickers",
    "Gemma Ransome",
    "Graham Thirsk",
    "Hollie Prentice",
    "Isaac Dunmore",
    "Jordan Pell",
    "Jude Whelan",
    "Kasia Wrobel",
    "Keeley Dunmore",
    "Lewis Garrity",
    "Liam Stroud",
    "Maya Fenn",
    "Nicole Farrow",
    "Noor Siddique",
    "Poppy Lorne",
    "Priscilla Owusu",
    "Ruby Castle",
    "Ryan Maddox",
    "Sandra Pell",
    "Shane Brannigan",
    "Skye Ransome",
    "Tara Fenn",
    "Tyler Brannigan",
}


def loaded(engine: Engine, now: datetime) -> Engine:
    with transaction(engine) as db:
        assert demo.load(db, now)
    demo.load_cases(engine, now)
    return engine


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The demonstration on SQLite."""
    folder: Path = tmp_path_factory.mktemp("county")
    engine = connect(f"sqlite:///{folder / 'county.sqlite3'}")
    schema.upgrade(engine)
    return loaded(engine, NOW)


def sound(engine: Engine, now: datetime) -> None:
    """Nothing stopped, nothing lies in the future, and every history is whole."""
    with reading(engine) as db:
        assert db.execute(select(incident.c.element)).all() == []
        assert db.execute(select(func.max(user_task.c.opened_at))).scalar_one() <= now
        assert chain.verify(db).faults == ()
        assert db.execute(select(func.count()).select_from(case)).scalar_one() >= len(STORIES)


def test_it_loads_whole_and_within_ten_seconds(engine: Engine) -> None:
    begun = time.thread_time()
    loaded(engine, NOW)

    assert time.thread_time() - begun < SECONDS
    sound(engine, NOW)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 22, 4, 40, tzinfo=UTC),  # a Sunday night
        datetime(2026, 12, 28, 0, 5, tzinfo=UTC),  # between bank holidays
        datetime(2027, 3, 30, 8, 0, tzinfo=UTC),  # after Easter, and summer time has begun
        datetime(2028, 2, 29, 23, 59, 30, tzinfo=UTC),
        datetime(2026, 10, 26, 17, 45, 1, 7, tzinfo=UTC),  # winter time has begun
    ],
)
def test_it_loads_whenever_somebody_looks(tmp_path: Path, now: datetime) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'handrail.sqlite3'}")
    schema.upgrade(engine)
    sound(loaded(engine, now), now)

    gone = {story.name: Counter(story.waits) - open_at(engine, story) for story in STORIES}
    assert {name: missing for name, missing in gone.items() if missing} == {}


def test_every_process_that_people_start_has_a_case(county: Engine) -> None:
    with reading(county) as db:
        of = definitions.current(db, DEMO_AREA)
        offered = {each.process for each in definitions.startable(db, of)}
        begun = set(db.execute(select(instance.c.process)).scalars())
    assert offered - begun == set()


def test_every_case_waits_for_somebody_or_was_handed_over(county: Engine) -> None:
    with reading(county) as db:
        waiting = set(db.execute(select(user_task.c.case_id).where(user_task.c.state == "open")).scalars())
        handed = select(instance.c.case_id).where(
            instance.c.id.in_(select(instance.c.handed_over_by).where(instance.c.handed_over_by.is_not(None)))
        )
        before = set(db.execute(handed).scalars())
        assert set(db.execute(select(case.c.id)).scalars()) <= waiting | before


def names_in(db: Connection, case_id: str) -> set[str]:
    return set(db.execute(select(case_subject.c.name).where(case_subject.c.case_id == case_id)).scalars())


def cases_of(db: Connection, story: Story) -> set[str]:
    """The case that a story opens, and those it is handed over to."""
    begins = story.steps[0]
    opened = select(case.c.id).join(instance, instance.c.case_id == case.c.id)
    opened = opened.where(case.c.opened_by == begins.who, instance.c.process == begins.what)
    about = {each.name for each in story.about}
    found = {id for id in db.execute(opened).scalars() if names_in(db, id) == about}
    sender = instance.alias()
    handed = select(sender.c.case_id, instance.c.case_id).where(instance.c.handed_over_by == sender.c.id)
    sent = db.execute(handed).all()
    while more := {to for origin, to in sent if origin in found} - found:
        found |= more
    return found


def open_at(engine: Engine, story: Story) -> Counter[str]:
    """The elements at which tasks are open in the cases of a story."""
    with reading(engine) as db:
        tasks = select(user_task.c.element).where(user_task.c.case_id.in_(cases_of(db, story)))
        return Counter(db.execute(tasks.where(user_task.c.state == "open")).scalars())


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_each_story_ends_at_the_moment_it_declares(county: Engine, story: Story) -> None:
    assert open_at(county, story) == Counter(story.waits)


def cases_with_a_task(db: Connection, person: str) -> set[str]:
    by = people.actor(db, person, NOW)
    lists = inbox.mine(db, by, now=NOW, limit=100), inbox.to_claim(db, by, now=NOW, limit=100)
    return {item.case_id for page in lists for item in page.items}


def cases_found(db: Connection, person: str) -> set[str]:
    """The cases that somebody meets in any of their lists."""
    by = people.actor(db, person, NOW)
    done = inbox.completed(db, by, now=NOW, limit=100)
    theirs = {item.id for item in cases.mine(db, by, limit=100).items}
    return cases_with_a_task(db, person) | {item.case_id for item in done.items} | theirs


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_everybody_finds_what_they_are_told_they_find(county: Engine, story: Story) -> None:
    first, *_ = story.finds
    with reading(county) as db:
        about = cases_of(db, story)
        assert [person for person in story.finds if not about & cases_found(db, person)] == []
        assert about & cases_with_a_task(db, first), first


def test_everybody_else_looks_on() -> None:
    everybody = {each.subject for each in demo.PEOPLE}
    assert everybody - set(demo.finds()) == ONLOOKERS
    assert set(demo.finds()) <= everybody


def test_every_story_stands_in_a_chapter() -> None:
    files = [each.name.removesuffix(".toml") for each in FOLDER.iterdir() if each.name.endswith(".toml")]
    assert sorted(files) == sorted(name for names in CHAPTERS.values() for name in names)


def test_some_of_it_is_overdue_and_some_is_not(county: Engine) -> None:
    with reading(county) as db:
        due = db.execute(select(user_task.c.due_at).where(user_task.c.state == "open")).scalars().all()
    assert min(due) < NOW < max(due)


def test_what_a_scheme_tells_in_confidence_is_sealed(county: Engine) -> None:
    sealed = {
        "csor_disclosure",
        "dvds_disclosure",
        "dvds_referral",
        "mappa_third_party",
        "undertaking_breach",
    }
    with reading(county) as db:
        joined = case.join(instance, instance.c.case_id == case.c.id)
        found = set(db.execute(select(instance.c.process).select_from(joined).where(case.c.sealed)).scalars())
    assert found >= sealed


def test_nobody_in_it_is_real(county: Engine) -> None:
    with reading(county) as db:
        assert set(db.execute(select(case_subject.c.name)).scalars()) == FICTIONAL


def test_a_second_load_leaves_it_as_it_is(county: Engine) -> None:
    with transaction(county) as db:
        before = db.execute(select(func.count()).select_from(case)).scalar_one()
        assert not demo.load(db, NOW + timedelta(days=1))
        assert db.execute(select(func.count()).select_from(case)).scalar_one() == before
