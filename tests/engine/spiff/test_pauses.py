"""`deadline(name, from, pauses)` in a diagram: what may be given, and what stops the token instead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine import execution as x

from .drawing import NOON, Run, chain, diagram, nodes, zeebe

SPAN = '{from: @"2026-03-03T13:00:00Z", to: @"2026-03-03T16:00:00Z", reason: "asked"}'


def run(expression: str, **variables: object) -> Run:
    due = expression.replace('"', "&quot;")
    said = zeebe(f'<zeebe:taskSchedule dueDate="={due}"/>')
    drawn = nodes(s="startEvent", a=f"userTask|{said}", e="endEvent") + chain("s", "a", "e")
    return Run(diagram(drawn), variables=variables)


def opened(of: Run) -> x.OpenedTask:
    (task,) = of.tasks.values()
    return task


def cause(of: Run) -> str:
    (failure,) = of.failures.values()
    return failure.cause


def test_a_pause_lengthens_the_clock_and_is_kept_with_its_reason():
    task = opened(run(f'deadline("four", now(), [{SPAN}])'))

    assert task.due == NOON + timedelta(hours=4 + 3)
    assert task.clock == "four"
    assert task.reckoned["pauses"] == [["2026-03-03T13:00:00+00:00", "2026-03-03T16:00:00+00:00", "asked"]]
    assert task.reckoned["from"] == NOON.isoformat()


@pytest.mark.parametrize("pauses", ["[]", "null", "nothing"])
def test_no_pause_changes_nothing(pauses):
    assert opened(run(f'deadline("four", now(), {pauses})', nothing=None)).due == NOON + timedelta(hours=4)


def test_pauses_may_come_as_variables_in_text():
    spans = [{"from": "2026-03-03T13:00:00+00:00", "to": "2026-03-03T14:00:00+00:00"}]

    assert opened(run('deadline("four", now(), spans)', spans=spans)).due == NOON + timedelta(hours=5)


@pytest.mark.parametrize(
    "span",
    [
        '{from: "2026-03-03T13:00:00Z", to: null}',
        '{from: "2026-03-03T13:00:00Z"}',
        '{from: "yesterday", to: "2026-03-03T13:00:00Z"}',
        '{from: "2026-03-04T13:00:00Z", to: "2026-03-03T13:00:00Z"}',
        "3",
    ],
)
def test_a_pause_that_has_not_ended_or_is_none_stops_the_token_and_names_the_clock(span):
    assert "each pause of the clock “four”" in cause(run(f'deadline("four", now(), [{span}])'))


def test_a_clock_that_never_stands_still_stops_the_token():
    assert "restless" in cause(run(f'deadline("restless", now(), [{SPAN}])'))


def test_a_clock_counts_as_the_organisation_of_the_instance_has_it():
    assert opened(run('deadline("four")', organisation_id="slow")).due == NOON + timedelta(hours=8)
