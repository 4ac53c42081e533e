"""A partnership's own clocks: what may be set, and how a due date tells where it comes from."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.deadlines import At, Deadlines, Hub, Override
from engine.errors import InvalidInput
from engine.execution import Clock, Reckoning
from policy import calendar, clocks

START = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday


def override(kind="hours", amount=4, reason="Our hub promises it.", approved_by=("ann", "bob")):
    return Override(kind, amount, reason, approved_by)


def refused(name, **changes):
    with pytest.raises(InvalidInput) as caught:
        Deadlines({name: override(**changes)})
    (problem,) = caught.value.problems
    assert problem.element == name
    return problem.message


def test_without_local_values_every_clock_is_as_in_the_policy():
    deadlines = Deadlines()

    for name, clock in clocks.CLOCKS.items():
        assert deadlines.deadline(name, START) == clocks.due(clock, START)


def test_a_local_value_replaces_the_usual_one():
    deadlines = Deadlines({"receipt_routine": override()})

    assert deadlines.deadline("receipt_routine", START) == datetime(2026, 11, 20, 16, tzinfo=UTC)
    assert deadlines.deadline("advice_routine", START) == Deadlines().deadline("advice_routine", START)


def test_local_hub_hours_move_what_depends_on_them():
    late = Deadlines(hub=calendar.Hub(time(8), time(20)))

    assert late.deadline("receipt_routine", START) == datetime(2026, 11, 23, 20, tzinfo=UTC)
    assert late.deadline("advice_urgent", START) == Deadlines().deadline("advice_urgent", START)


def test_a_due_date_shows_the_usual_value_the_local_value_its_reason_and_its_source():
    explained = Deadlines({"receipt_routine": override()}).explain("receipt_routine", START)

    assert (explained.default, explained.local, explained.reason) == (
        "1 working day",
        "4 hours",
        "Our hub promises it.",
    )
    assert explained.due == datetime(2026, 11, 20, 16, tzinfo=UTC)
    assert explained.source == clocks.CLOCKS["receipt_routine"].source
    assert explained.evidence == "our own proposal: no source claims it"
    assert "4 hours from 12pm on Friday 20 November 2026" in explained.sentence
    assert "usually 1 working day), because: Our hub promises it." in explained.sentence


def test_a_due_date_without_local_value_says_none():
    explained = Deadlines().explain("dvds_overall", START)

    assert explained.local is explained.reason is None
    assert "partnership" not in explained.sentence
    assert explained.note.startswith("Weekends count")


def test_a_due_date_fixed_earlier_is_explained_as_it_was_fixed():
    fixed = datetime(2026, 11, 24, 17, tzinfo=UTC)

    assert Deadlines().explain("receipt_routine", START, fixed).due == fixed
    assert (
        "so by 5pm on Tuesday 24 November 2026"
        in Deadlines().explain("receipt_routine", START, fixed).sentence
    )


@pytest.mark.parametrize("ask", [Deadlines().deadline, Deadlines().explain, At(START, Deadlines()).reckon])
def test_an_unknown_clock_is_a_lookup_error_that_names_it(ask):
    with pytest.raises(LookupError, match="'tea_break'"):
        ask("tea_break", START)


def test_an_instant_with_clocks_is_what_a_command_runs_at():
    at: Clock = At(START, Deadlines())

    assert at.now == START
    assert at.reckon("advice_urgent", at.now).due == datetime(2026, 11, 20, 13, tzinfo=UTC)


# What may be set -------------------------------------------------------------------------------------------


def test_a_local_value_needs_a_known_clock():
    assert "none of this name" in refused("tea_break")


def test_a_local_value_needs_a_known_kind():
    assert "Expected one of minutes, hours" in refused("receipt_routine", kind="fortnights")


@pytest.mark.parametrize(
    ("kind", "amount"), [("hours", 0), ("hours", -1), ("working days", 0), ("months", 10**9)]
)
def test_a_local_value_needs_a_sensible_amount(kind, amount):
    assert kind in refused("receipt_routine", kind=kind, amount=amount)


def test_the_same_day_may_be_set():
    same_day = Deadlines({"receipt_routine": override("calendar days", 0)})

    assert same_day.deadline("receipt_routine", START) == datetime(2026, 11, 20, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_local_value_needs_a_reason(reason):
    assert "reason" in refused("receipt_routine", reason=reason)


@pytest.mark.parametrize("approved_by", [("ann", "ann"), ("ann", ""), ("",), ("ann", "bob", "cat")])
def test_a_local_value_needs_two_different_people(approved_by):
    assert "two different people" in refused("receipt_routine", approved_by=approved_by)


@pytest.mark.parametrize(("kind", "amount"), [("calendar days", 29), ("working days", 10), ("months", 1)])
def test_a_limit_of_law_or_statutory_guidance_is_never_lengthened(kind, amount):
    assert "at most 28 calendar days" in refused("dvds_overall", kind=kind, amount=amount)


def test_a_limit_of_law_may_be_shortened():
    shorter = Deadlines({"dvds_overall": override("calendar days", 21)})

    assert shorter.deadline("dvds_overall", START) < Deadlines().deadline("dvds_overall", START)


def test_every_wrong_value_is_named_at_once():
    with pytest.raises(InvalidInput) as caught:
        Deadlines(
            {
                "tea_break": override(),
                "receipt_routine": override(amount=0, reason="", approved_by=("a", "a")),
            }
        )

    assert [problem.element for problem in caught.value.problems] == ["tea_break", *["receipt_routine"] * 3]


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([name for name, clock in clocks.CLOCKS.items() if clock.local == "shorter"]),
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001 (bounds are bare)
    st.integers(1, 400),
)
def test_no_accepted_local_value_is_later_than_a_limit_of_law(name, naive, amount):
    start, clock = naive.replace(tzinfo=UTC), clocks.CLOCKS[name]
    try:
        local = Deadlines({name: override(clock.kind, amount)})
    except InvalidInput:
        assert amount > clock.amount
        return

    assert local.deadline(name, start) <= Deadlines().deadline(name, start)


# What was reached stays ------------------------------------------------------------------------------------


def test_a_due_time_keeps_the_rule_it_was_reached_by_when_settings_change():
    then = Deadlines({"receipt_routine": override()}).reckon("receipt_routine", START)

    later = Deadlines({"receipt_routine": override(amount=9)}).explain_kept(then.due, then.facts())

    assert later.due == then.due == datetime(2026, 11, 20, 16, tzinfo=UTC)
    assert "4 hours from 12pm on Friday 20 November 2026" in later.sentence
    assert (later.local, later.reason) == ("4 hours", None)  # today's reason is not the reason of then
    assert "rules have changed" not in later.sentence


def test_a_due_time_says_when_the_hub_s_days_changed_since():
    then = Deadlines().reckon("receipt_routine", START)
    closed = calendar.Hub(closed={date(2026, 11, 23): "The office moves."})

    later = Deadlines(hub=closed).explain_kept(then.due, then.facts())

    assert later.due == datetime(2026, 11, 23, 17, tzinfo=UTC)
    assert "The rules have changed since. They would now give 5pm on Tuesday 24 November 2026." in later.steps


def test_the_start_that_a_diagram_names_is_the_start_that_is_told():
    received = datetime(2026, 11, 2, 9, tzinfo=UTC)
    kept = Deadlines().reckon("dvds_overall", received)

    assert (
        "28 calendar days from 9am on Monday 2 November 2026"
        in Deadlines().explain_kept(kept.due, kept.facts()).sentence
    )


def test_a_hub_has_its_own_values_and_its_due_times_are_explained_by_them():
    hub = Hub("north", frozenset({"north-mash"}), {"mash_red": override(amount=2)})
    deadlines = Deadlines(hubs=[hub])

    there = deadlines.reckon("mash_red", START, organisation="north-mash")

    assert there.due == datetime(2026, 11, 20, 14, tzinfo=UTC)
    assert deadlines.reckon("mash_red", START, organisation="elsewhere").due.hour == 16
    assert deadlines.explain_kept(there.due, there.facts()).reason == "Our hub promises it."


def test_a_pause_is_kept_with_its_reason():
    pause = clocks.Pause(START, START + timedelta(days=3), "Identity awaited.")
    kept = Deadlines().reckon("subject_access", START, [pause])

    told = Deadlines().explain_kept(kept.due, kept.facts())

    assert "because: Identity awaited. That adds 3 days." in told.sentence
    assert Reckoning.kept(kept.due, kept.facts()) == kept
