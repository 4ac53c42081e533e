"""The same request sent twice at the same moment, with one key: one effect, and the same answer for both."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask

from tests.api.small_partnership import PLAN, Person, Site, opening

pytestmark = pytest.mark.usefixtures("errand")
ROUNDS = 8


def at_once(send: Callable[[Person], Any], people: list[Person]) -> list[Any]:
    """What each of them is answered, all of them sending at the same moment."""
    ready = Barrier(len(people))

    def one(person: Person) -> Any:
        ready.wait()
        return send(person)

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(one, people))


@pytest.fixture
def twins(site: Site, app: Flask) -> list[Person]:
    amira = site.person("amira", app.test_client())
    return [Person("amira", amira.token, app.test_client()) for _ in range(3)]


def test_a_task_completed_by_twins_is_completed_once(twins: list[Person]):
    for number in range(ROUNDS):
        path = f"/tasks/{twins[0].post('/cases', opening()).json['tasks'][0]}/complete"
        answers = at_once(lambda person: person.post(path, PLAN, key=f"twins-{number:04}"), twins)  # noqa: B023 (sent at once)

        assert [each.status_code for each in answers] == [200, 200, 200], [each.text for each in answers]
        assert len({each.data for each in answers}) == 1


def test_a_case_opened_by_twins_is_opened_once(twins: list[Person]):
    for number in range(ROUNDS):
        answers = at_once(lambda person: person.post("/cases", opening(), key=f"twins-{number:04}"), twins)  # noqa: B023 (sent at once)

        assert {each.status_code for each in answers} == {201}, [each.text for each in answers]
        assert len({each.data for each in answers}) == 1
    assert len(twins[0].get("/cases").json["items"]) == ROUNDS


def test_two_keys_are_two_attempts_and_one_wins(twins: list[Person]):
    for _ in range(ROUNDS):
        path = f"/tasks/{twins[0].post('/cases', opening()).json['tasks'][0]}/complete"
        answers = at_once(lambda person: person.post(path, PLAN), twins)  # noqa: B023 (sent at once)

        assert sorted(each.status_code for each in answers) == [200, 409, 409]
