"""A school whose process only takes steps, for tests of what the engine does with any process."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, Engine

from engine.database import transaction
from policy.authorization import Actor
from tests.engine.handing import County
from tests.faults import steps
from tests.travelling import TravellingClock


@pytest.fixture
def school(engine: Engine, clock: TravellingClock) -> Engine:
    """Ada and Ben are practitioners at it; `steps` is published."""
    steps.load(engine, clock)
    return engine


@pytest.fixture
def db(school: Engine) -> Iterator[Connection]:
    """One open transaction in the school's database."""
    with transaction(school) as connection:
        yield connection


@pytest.fixture
def who(db: Connection, clock: TravellingClock) -> Callable[[str], Actor]:
    return lambda name: steps.actor(db, name, clock)


@pytest.fixture
def county(engine: Engine, clock: TravellingClock) -> Callable[..., County]:
    """Gives the two organisations of `handing` with these diagrams published."""
    return lambda *files: County(engine, clock, {f"{n}.bpmn": each for n, each in enumerate(files)}).build()
