"""Dates and times as they are typed, kept and said."""

import doctest

import pytest

from engine import forms
from engine.forms import spoken

from .made import field, form, post


def typed(subtype, **parts):
    more = {"timeSerializingFormat": parts.pop("format")} if "format" in parts else {}
    one = form(field("datetime", "a", "Date of birth", subtype=subtype, **more))
    values = {f"a__{part}" if part != "a" else part: text for part, text in parts.items()}
    submission = forms.submit(one, forms.from_post(one, post(**values)), {})
    return submission.errors.get("a") or submission.kept["a"]


@pytest.mark.parametrize(
    ("day", "month", "year", "kept"),
    [
        ("27", "3", "2026", "2026-03-27"),
        (" 1 ", "01", "2026", "2026-01-01"),
        ("29", "february", "2024", "2024-02-29"),
        ("5", "Sep", "1999", "1999-09-05"),
        ("", "", "", None),
        ("31", "2", "2026", "Date of birth must be a real date"),
        ("29", "2", "2026", "Date of birth must be a real date"),
        ("0", "1", "2026", "Date of birth must be a real date"),
        ("x", "y", "2026", "Date of birth must be a real date"),
        ("²", "1", "2026", "Date of birth must be a real date"),
        ("1", "", "2026", "Date of birth must include a month"),
        ("", "1", "2026", "Date of birth must include a day"),
        ("1", "1", "", "Date of birth must include a year"),
        ("1", "1", "26", "Date of birth must include a year with 4 numbers"),
        ("1", "1", "0000", "Date of birth must be a real date"),
    ],
)
def test_a_date_is_typed_in_three_parts(day, month, year, kept):
    assert typed("date", day=day, month=month, year=year) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2:10pm", "14:10"),
        ("14:10", "14:10"),
        ("14.10", "14:10"),
        ("2pm", "14:00"),
        ("12am", "00:00"),
        ("12 p.m.", "12:00"),
        ("midday", "12:00"),
        ("Midnight", "00:00"),
        ("9", "09:00"),
        ("25:00", "Date of birth must be a real time, like 2:10pm or 14:10"),
        ("13pm", "Date of birth must be a real time, like 2:10pm or 14:10"),
        ("12:60", "Date of birth must be a real time, like 2:10pm or 14:10"),
        ("noonish", "Date of birth must be a real time, like 2:10pm or 14:10"),
        ("", None),
    ],
)
def test_a_time_is_typed_as_people_write_it(text, kept):
    assert typed("time", a=text) == kept


def test_an_hour_and_a_minute_make_a_time():
    assert typed("time", hour="9", minute="5") == "09:05"


@pytest.mark.parametrize(
    ("month", "format_", "kept"),
    [
        ("1", "utc_offset", "2026-01-10T14:10+00:00"),
        ("7", "utc_offset", "2026-07-10T14:10+01:00"),
        ("7", "utc_normalized", "2026-07-10T13:10Z"),
        ("7", "no_timezone", "2026-07-10T14:10"),
    ],
)
def test_a_moment_is_typed_in_london_time(month, format_, kept):
    assert typed("datetime", day="10", month=month, year="2026", time="2:10pm", format=format_) == kept


def test_the_hour_the_clocks_skip_is_no_time():
    """29 March 2026, 1am to 2am."""
    assert "clocks went forward" in typed("datetime", day="29", month="3", year="2026", time="1:30am")


def test_the_hour_the_clocks_repeat_is_the_first_of_the_two():
    assert typed("datetime", day="25", month="10", year="2026", time="1:30am") == "2026-10-25T01:30+01:00"


@pytest.mark.parametrize(
    ("subtype", "good", "bad"),
    [
        (
            "date",
            "2026-11-21",
            ["2026-11-31", "20261121", "2026-11-21T00:00", "21/11/2026", "2026-W47-6", "0000-01-01"],
        ),
        ("time", "14:10", ["24:00", "2pm", "14", "1410", "14:10+25:00"]),
        ("datetime", "2026-11-21T14:10Z", ["2026-11-21", "2026-11-21 14:10", "2026-02-30T10:00", "T"]),
        ("datetime", "2026-11-21T14:10:59+01:00", ["2026-11-21T14:10:59+1", "2026-11-21T14:60"]),
    ],
)
def test_json_answers_are_iso_text(subtype, good, bad):
    one = form(field("datetime", "a", subtype=subtype))

    assert forms.submit(one, {"a": good}, {}).kept == {"a": good}
    for wrong in bad:
        assert forms.submit(one, {"a": wrong}, {}).errors, wrong


def test_what_was_typed_wrongly_is_shown_again():
    one = form(field("datetime", "a", subtype="date"))
    answers = forms.from_post(one, post(a__day="31", a__month="February", a__year="2026"))

    shown = forms.view(one, answers, {})[0]
    assert {part.unit: part.value for part in shown.parts} == {
        "day": "31",
        "month": "February",
        "year": "2026",
    }


def test_a_kept_moment_is_shown_in_london_time():
    one = form(field("datetime", "a", subtype="datetime"))

    shown = forms.view(one, {"a": "2026-07-10T13:10Z"}, {})[0]
    assert [part.value for part in shown.parts] == ["10", "7", "2026", "2:10pm"]
    assert [part.name for part in shown.parts] == ["a-day", "a-month", "a-year", "a-time"]


def test_the_error_links_to_the_part_that_is_wrong():
    one = form(field("datetime", "a", subtype="date"))
    answers = forms.from_post(one, post(a__day="1", a__month="", a__year="2026"))

    assert [link.href for link in forms.submit(one, answers, {}).links] == ["#a-month"]


def test_examples_hold():
    assert doctest.testmod(spoken).attempted >= 3
    assert doctest.testmod(spoken).failed == 0
