"""When timers fall due."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.spiff import timers

from .drawing import NOON, Run, chain, diagram, nodes
from .event_definitions import boundary, timer


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "text", "due"),
    [
        ("2026-01-31T12:00", "P1M", "2026-02-28T12:00"),
        ("2028-01-31T12:00", "P1M", "2028-02-29T12:00"),
        ("2026-08-31T11:00", "P6M", "2027-02-28T12:00"),
        ("2026-02-28T12:00", "P1Y", "2027-02-28T12:00"),
        ("2028-02-29T12:00", "P1Y", "2029-02-28T12:00"),
        ("2026-03-15T10:00", "P1M", "2026-04-15T09:00"),
        ("2026-03-28T12:00", "P1D", "2026-03-29T12:00"),
        ("2026-03-03T12:00", "P2W", "2026-03-17T12:00"),
        ("2026-03-03T12:00", "P1M1W", "2026-04-10T11:00"),
        ("2026-03-03T12:00", "PT36H", "2026-03-05T00:00"),
        ("2026-03-03T12:00", "P1DT0.5S", "2026-03-04T12:00:00.500"),
    ],
)
def test_durations_clamp_months_on_londons_calendar_and_count_days_as_elapsed(start, text, due):
    assert timers.duration(text).after(utc(start)) == utc(due)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "PT",
        "P1",
        "1D",
        "-P1D",
        "P1DT",
        "PT1D",
        "P1.5D",
        "banana",
        "P99999999999D",
        "PT1H1H",
        "P1D ; x",
        "Ｐ1D",
    ],
)
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(ValueError, match="Expected"):
        timers.duration(text).after(NOON)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2026-07-01T17:00", "2026-07-01T16:00"),
        ("2026-12-01T17:00:00", "2026-12-01T17:00"),
        ("2026-07-01", "2026-06-30T23:00"),
        ("2026-07-01T17:00:00Z", "2026-07-01T17:00"),
        ("2026-07-01T17:00:00+02:00", "2026-07-01T15:00"),
        ("2026-W10-2", "2026-03-03T00:00"),
    ],
)
def test_a_time_without_an_offset_is_londons(text, due):
    assert timers.instant(text) == utc(due)


def test_a_monthly_repetition_is_counted_from_its_anchor():
    """31 January, 28 February, and 31 March again: clamping once does not move the rest."""
    run = Run(boundary(timer("timeCycle", "R3/2026-03-31T12:00:00Z/P1M"), interrupting=False))
    due = []
    for _ in range(3):
        due.append(next(iter(run.timers.values())).due.date().isoformat())
        run.advance_to_next()

    assert due == ["2026-03-31", "2026-04-30", "2026-05-31"] and not run.timers


@pytest.mark.parametrize("text", ["R3/P1D/2026-03-10T00:00:00Z", "R2/2026-03-08T00:00:00Z/P1D"])
def test_a_repetition_may_say_its_start_or_its_end(text):
    run = Run(boundary(timer("timeCycle", text), interrupting=False))

    assert next(iter(run.timers.values())).due == utc("2026-03-08T00:00")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("R/PT1H/2026-03-03T15:00:00Z", ["03T13:00", "03T14:00", "03T15:00"]),
        ("R/PT1H/2026-03-03T14:30:00Z", ["03T12:30", "03T13:30", "03T14:30"]),
        ("R2/PT1H/2026-03-03T15:00:00Z", ["03T14:00", "03T15:00"]),
        ("R/P1D/2026-03-03T12:00:00Z", []),
    ],
)
def test_a_repetition_without_a_number_ends_at_its_end(text, due):
    run = Run(boundary(timer("timeCycle", text), interrupting=False))
    fired = []
    while run.timers and len(fired) < 9:
        fired.append(next(iter(run.timers.values())).due)
        run.advance_to_next()

    assert fired == [utc(f"2026-03-{each}") for each in due]


def test_months_before_an_end_are_counted_on_the_calendar():
    cycle = timers.cycle("R/P1M/2126-01-31T12:00:00Z")
    first = cycle.first(utc("2026-01-30T12:00"))

    assert first == utc("2026-01-31T12:00")
    assert cycle.later(first, 1200) == utc("2126-01-31T12:00")
    assert cycle.later(first, 1201) is None


@pytest.mark.parametrize("text", ["R/P1M/2027-03-31T12:00:00Z", "R5/P1M/2027-03-31T12:00:00Z"])
def test_months_before_an_end_are_each_counted_back_from_it(text):
    cycle = timers.cycle(text)
    first = cycle.first(utc("2026-11-22T11:00"))

    due = [cycle.later(first, count) for count in range(6)]

    days = ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"]
    assert first == due[0] and [each and each.date().isoformat() for each in due] == [*days, None]


def test_a_repetition_of_nothing_never_fires():
    run = Run(boundary(timer("timeCycle", "R0/PT1H"), interrupting=False))

    assert not run.timers and run.complete("a").complete("after").status == "completed"


@pytest.mark.parametrize(
    ("kind", "text", "due"),
    [
        ("timeDuration", '=duration("P2D")', "2026-03-05T12:00"),
        ("timeDuration", "=wait", "2026-03-03T13:00"),
        ("timeDate", '=date and time("2026-07-01T17:00:00")', "2026-07-01T16:00"),
        ("timeDate", '=now() + duration("PT1H")', "2026-03-03T13:00"),
        ("timeDate", '=deadline("four", date and time("2026-07-01T17:00:00"))', "2026-07-01T20:00"),
        ("timeCycle", '="R/" + wait', "2026-03-03T13:00"),
    ],
)
def test_timers_in_feel(kind, text, due):
    event = f"intermediateCatchEvent|{timer(kind, text)}"
    run = Run(
        diagram(nodes(s="startEvent", t=event, a="userTask") + chain("s", "t", "a")),
        variables={"wait": "PT1H"},
    )

    assert [armed.due for armed in run.timers.values()] == [utc(due)], run.failures


@pytest.mark.parametrize("text", ["=nothing", "=42", '="soon"', "=true"])
def test_a_timer_that_gives_no_time_is_an_incident(text):
    event = f"intermediateCatchEvent|{timer('timeDuration', text)}"
    run = Run(diagram(nodes(s="startEvent", t=event) + chain("s", "t")))

    assert [failure.element for failure in run.failures.values()] == ["t"]


def test_restoring_does_not_restart_a_clock():
    run = Run(boundary(timer("timeDuration", "P90D")))
    run.advance(days=60)
    assert [armed.due for armed in run.timers.values()] == [utc("2026-06-01T12:00")]

    assert run.advance(days=30).open() == ["h"]
