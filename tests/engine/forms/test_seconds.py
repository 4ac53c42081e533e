"""Times are kept to the second, so that FEEL can read what somebody typed."""

from __future__ import annotations

import pytest

import feel
from engine import forms

from .made import field, form

MOMENTS = [
    ("2026-03-03T09:05Z", "2026-03-03T09:05:00Z"),
    ("2026-07-03T09:05+01:00", "2026-07-03T09:05:00+01:00"),
    ("2026-03-03T09:05", "2026-03-03T09:05:00"),
    ("2026-03-03T09:05:07Z", "2026-03-03T09:05:07Z"),
]


@pytest.mark.parametrize(("kept", "exact"), MOMENTS)
def test_a_moment_gets_its_seconds_and_is_one_to_feel(kept: str, exact: str) -> None:
    one = form(field("datetime", "a", subtype="datetime"))

    assert forms.exact(one, {"a": kept}) == {"a": exact}
    assert feel.evaluate("date and time(a)", {"a": exact}) is not None


def test_times_days_and_words_are_told_apart() -> None:
    one = form(
        field("datetime", "time", subtype="time"),
        field("datetime", "day", subtype="date"),
        field("textfield", "said"),
    )

    assert forms.exact(one, {"time": "10:05", "day": "2026-03-03", "said": "10:05"}) == {
        "time": "10:05:00",
        "day": "2026-03-03",
        "said": "10:05",
    }


def test_groups_rows_and_rows_within_rows_are_reached() -> None:
    at = field("datetime", "at", subtype="datetime")
    inner = {"type": "dynamiclist", "path": "inner", "components": [at]}
    one = form(
        {"type": "group", "path": "place", "components": [at]},
        {"type": "group", "components": [field("datetime", "b.at", subtype="datetime")]},
        {"type": "dynamiclist", "path": "outer", "components": [at, inner]},
    )
    short, whole = "2026-03-03T09:05Z", "2026-03-03T09:05:00Z"

    def kept(time: str) -> dict:
        rows = [{"at": time, "inner": [{"at": time}, {"at": None}]}]
        return {"place": {"at": time}, "b": {"at": time}, "outer": rows}

    given = kept(short)
    assert forms.exact(one, given) == kept(whole)
    assert given == kept(short)
