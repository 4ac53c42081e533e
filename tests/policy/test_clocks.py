"""The clock table, number by number, and how a due time explains itself."""

import doctest
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy import calendar, clocks
from policy.calendar import LONDON
from policy.clocks import CLOCKS, EVIDENCE, KINDS, clock, page

# The timer catalogue as it was agreed, so that a changed number is a decision and not a slip.
CATALOGUE = {
    "T01": {"immediate_danger_confirmed": "15 minutes"},
    "T02": {"receipt_urgent": "30 minutes", "receipt_routine": "1 working day"},
    "T03": {"consent_reconfirm": "12 months"},
    "T04": {"advice_urgent": "1 hour", "advice_routine": "2 working days"},
    "T05": {"caldicott_urgent": "4 hours", "caldicott_routine": "5 working days"},
    "T06": {"request_urgent": "4 hours", "request_routine": "5 working days"},
    "T07": {"dvds_initial_checks": "24 hours"},
    "T08": {"dvds_meeting": "10 working days"},
    "T09": {"dvds_overall": "28 calendar days"},
    "T10": {"dvds_retriage": "1 calendar day"},
    "T11": {"csods_initial_checks": "24 hours"},
    "T12": {"csods_interview": "10 calendar days"},
    "T13": {"csods_overall": "28 calendar days"},
    "T14": {"csods_representations": "7 calendar days"},
    "T15": {"mappa_decision": "the same day"},
    "T16": {"section_17_request": "20 working days"},
    "T17": {"referral_decision": "1 working day"},
    "T18": {
        "mash_red": "4 hours",
        "mash_amber": "24 hub working hours",
        "mash_green": "72 hub working hours",
    },
    "T19": {"initial_conference": "15 working days"},
    "T20": {"assessment": "45 working days"},
    "T21": {"move_agencies_told": "5 working days"},
    "T22": {"move_written": "3 calendar days"},
    "T23": {"transfer_conference": "15 working days"},
    "T24": {
        "disagreement_immediate_1": "1 hour",
        "disagreement_immediate_2": "1 hour",
        "disagreement_immediate_3": "1 hour",
        "disagreement_immediate_4": "1 hour",
        "disagreement_immediate_5": "1 hour",
        "disagreement_high_1": "24 hours",
        "disagreement_high_2": "24 hours",
        "disagreement_high_3": "48 hours",
        "disagreement_high_4": "48 hours",
        "disagreement_high_5": "48 hours",
        "disagreement_standard_1": "2 working days",
        "disagreement_standard_2": "3 working days",
        "disagreement_standard_3": "5 working days",
        "disagreement_standard_4": "5 working days",
        "disagreement_standard_5": "5 working days",
    },
    "T25": {"subject_access": "1 month", "subject_access_law_enforcement": "1 month"},
    "T26": {"retention_review": "12 months", "retention_period": "1 calendar day"},
    "T27": {"breach_report": "72 hours"},
}


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)


def due(name: str, *start: int) -> datetime:
    return clocks.due(CLOCKS[name], london(*start)).astimezone(LONDON)


# The table -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", CATALOGUE)
def test_catalogue(number):
    found = {each.name: each.length for each in CLOCKS.values() if each.catalogue == number}

    assert found == CATALOGUE[number]


def test_clock_names_are_unique_words():
    every = (*clocks.SHARING, *clocks.ADVICE, *clocks.SCHEMES, *clocks.CHILDREN, *clocks.RIGHTS)

    assert len(every) == len(CLOCKS)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]+", name) for name in CLOCKS)


@pytest.mark.parametrize("each", CLOCKS.values(), ids=lambda each: each.name)
def test_every_clock_says_where_it_comes_from_and_what_happens(each):
    assert each.kind in KINDS
    assert each.title and each.starts and each.expiry and each.process
    assert {tag.split(":")[0] for tag in each.evidence.split()} <= set(EVIDENCE)
    assert all(":" in tag for tag in each.evidence.split() if tag.startswith("V"))
    assert re.search(r"\b(19|20)\d\d\b|undated|not checked", each.source)


@pytest.mark.parametrize("each", CLOCKS.values(), ids=lambda each: each.name)
def test_no_clock_closes_or_refuses_anything(each):
    assert not re.search(r"\b(closes|is closed|declin\w*|refuses|is refused|is deleted)\b", each.expiry)


def test_only_law_and_statutory_guidance_keep_a_partnership_from_lengthening():
    ours = {each.name for each in CLOCKS.values() if each.evidence == "D" or each.evidence.startswith("VL")}

    assert ours.isdisjoint(each.name for each in CLOCKS.values() if each.local == "shorter")


# Golden due times ------------------------------------------------------------------------------------------


GOLDEN = {
    "minutes": [
        ("screen_now", (2026, 4, 3, 23, 50), (2026, 4, 4, 0, 5)),  # Good Friday, over midnight
        ("screen_now", (2026, 12, 25, 9), (2026, 12, 25, 9, 15)),  # Christmas Day
        ("screen_now", (2028, 2, 28, 23, 50), (2028, 2, 29, 0, 5)),  # 29 February
        ("receipt_urgent", (2027, 3, 28, 0, 45), (2027, 3, 28, 2, 15)),  # the clocks go forward
        ("receipt_urgent", (2027, 10, 31, 0, 45), (2027, 10, 31, 1, 15)),  # and back: the first 1:15
        ("screen_now", (2027, 1, 31, 23, 50), (2027, 2, 1, 0, 5)),  # a month's end
    ],
    "hours": [
        ("caldicott_urgent", (2026, 4, 3, 22), (2026, 4, 4, 2)),
        ("dvds_initial_checks", (2026, 12, 24, 18), (2026, 12, 25, 18)),
        ("dvds_initial_checks", (2028, 2, 28, 18), (2028, 2, 29, 18)),
        ("breach_report", (2027, 3, 27, 12), (2027, 3, 30, 13)),
        ("breach_report", (2027, 10, 30, 12), (2027, 11, 2, 11)),
        ("dvds_initial_checks", (2027, 1, 31, 18), (2027, 2, 1, 18)),
        ("caldicott_urgent", (2026, 11, 21, 23), (2026, 11, 22, 3)),
    ],
    "hub hours": [
        ("mash_amber", (2026, 4, 2, 16), (2026, 4, 9, 16)),
        ("mash_amber", (2026, 12, 24, 16), (2026, 12, 31, 16)),
        ("mash_amber", (2028, 2, 28, 9), (2028, 3, 1, 17)),
        ("mash_amber", (2027, 3, 26, 9), (2027, 4, 1, 17)),  # Good Friday, and the clocks go forward
        ("mash_amber", (2027, 10, 29, 9), (2027, 11, 2, 17)),
        ("mash_amber", (2027, 1, 29, 16), (2027, 2, 3, 16)),
    ],
    "calendar days": [
        ("dvds_overall", (2026, 4, 2, 10), (2026, 4, 30, 23, 59)),
        ("csods_interview", (2026, 12, 20, 10), (2026, 12, 30, 23, 59)),
        ("dvds_overall", (2028, 2, 15, 12), (2028, 3, 14, 23, 59)),
        ("dvds_overall", (2027, 3, 20, 12), (2027, 4, 17, 23, 59)),
        ("dvds_overall", (2027, 10, 20, 12), (2027, 11, 17, 23, 59)),
        ("decision_record", (2027, 1, 31, 23, 30), (2027, 1, 31, 23, 59)),
    ],
    "working days": [
        # Easter 2026: Good Friday is 3 April, Easter Monday 6 April
        ("advice_routine", (2026, 4, 2, 10), (2026, 4, 8, 17)),
        ("receipt_routine", (2026, 4, 2, 16, 59), (2026, 4, 7, 17)),
        # Christmas 2026 and 2027, with substitute days
        ("referral_decision", (2026, 12, 24, 9), (2026, 12, 29, 17)),
        ("referral_decision", (2027, 12, 24, 9), (2027, 12, 29, 17)),
        ("dvds_meeting", (2026, 12, 18, 9), (2027, 1, 6, 17)),
        ("referral_decision", (2028, 2, 28, 9), (2028, 2, 29, 17)),
        ("advice_routine", (2027, 3, 25, 12), (2027, 3, 31, 17)),  # to a day in summer time
        ("advice_routine", (2027, 10, 29, 12), (2027, 11, 2, 17)),  # to a day in winter time
        ("referral_decision", (2027, 1, 29, 12), (2027, 2, 1, 17)),
        ("caldicott_routine", (2026, 11, 21, 23), (2026, 11, 27, 17)),  # begun on a Saturday
    ],
    "months": [
        ("subject_access", (2026, 3, 3, 12), (2026, 4, 3, 23, 59)),  # Good Friday is no reason to be later
        ("subject_access", (2026, 11, 25, 12), (2026, 12, 25, 23, 59)),
        ("subject_access", (2028, 1, 31, 12), (2028, 2, 29, 23, 59)),
        ("consent_reconfirm", (2028, 2, 29, 12), (2029, 2, 28, 23, 59)),
        ("subject_access", (2027, 2, 28, 12), (2027, 3, 28, 23, 59)),  # the day the clocks go forward
        ("subject_access", (2027, 9, 30, 12), (2027, 10, 30, 23, 59)),
        ("subject_access", (2027, 10, 1, 12), (2027, 11, 1, 23, 59)),  # over the day they go back
        ("subject_access", (2027, 8, 31, 12), (2027, 9, 30, 23, 59)),
    ],
}
"""Each kind at Easter, Christmas, 29 February, when the clocks go forward and back, and at a month's end."""


def test_every_kind_has_golden_due_times():
    assert set(GOLDEN) == set(KINDS)
    assert all(CLOCKS[name].kind == kind for kind, rows in GOLDEN.items() for name, *_ in rows)


@pytest.mark.parametrize(("name", "start", "expected"), [row for rows in GOLDEN.values() for row in rows])
def test_due(name, start, expected):
    assert due(name, *start) == london(*expected)


def test_the_day_is_the_day_in_london_whatever_zone_the_start_is_given_in():
    """11:30pm in UTC on 30 June is half past midnight on 1 July in London."""
    start = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)

    assert clocks.due(CLOCKS["decision_record"], start) == london(2027, 7, 1, 23, 59)


def test_a_same_day_clock_started_in_the_last_minute_is_due_at_once_and_not_before():
    start = london(2027, 1, 31, 23, 59).replace(second=30)

    assert clocks.due(CLOCKS["decision_record"], start) == start


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        clocks.due(CLOCKS["advice_urgent"], datetime(2026, 1, 1))  # noqa: DTZ001 (bare on purpose)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(CLOCKS)),
    st.datetimes(datetime(2012, 1, 1), datetime(2050, 1, 1)),  # noqa: DTZ001 (bounds are bare)
    st.timedeltas(timedelta(), timedelta(days=9)),
)
def test_a_clock_started_later_never_runs_out_earlier(name, naive, later):
    start = naive.replace(tzinfo=UTC)
    first, second = (clocks.due(CLOCKS[name], at) for at in (start, start + later))

    assert start <= first <= second
    assert first.tzinfo is UTC


# In plain words --------------------------------------------------------------------------------------------


def test_a_due_time_explains_itself():
    said = clocks.explain(CLOCKS["advice_routine"], london(2026, 4, 2, 10))

    assert said == (
        "2 working days from 10am on Thursday 2 April 2026 (advice is asked for), so by 5pm on Wednesday "
        "8 April 2026.",
        "Not counted: 2 days of weekends, Good Friday (3 April), Easter Monday (6 April).",
        "Source: Handrail's own proposal, 2026. Evidence: our own proposal: no source claims it.",
        "When it runs out: the deputy is asked; the practitioner may go on and records it. "
        "Nothing is closed or refused because of it.",
    )


def test_it_names_the_bank_holiday_it_starts_on():
    said = clocks.explain(CLOCKS["advice_routine"], london(2026, 4, 6, 10))

    assert "Not counted: Easter Monday (6 April)." in said


def test_it_says_when_bank_holidays_are_not_published_yet():
    near = " ".join(clocks.explain(CLOCKS["assessment"], london(2028, 6, 1, 10)))
    far = " ".join(clocks.explain(CLOCKS["assessment"], london(2028, 12, 1, 10)))

    assert "worked out" not in near
    assert "Bank holidays after 2028 are worked out from the standing rules and may still change" in far


def test_every_clock_explains_itself():
    for each in CLOCKS.values():
        said = " ".join(clocks.explain(each, london(2026, 12, 24, 10)))
        assert each.source in said
        assert "Nothing is closed or refused because of it." in said


@pytest.mark.parametrize("module", [calendar, clock])
def test_examples(module):
    assert doctest.testmod(module).failed == 0


def test_the_page_about_clocks_is_current():
    """Write it anew with `python -m policy.clocks.page > docs/clocks.md`."""
    written = Path(__file__).parents[2] / "docs" / "clocks.md"

    assert written.read_text("utf-8") == page.page()
