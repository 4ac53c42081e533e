"""Every path of asking for consent, and of consent that lasts, in one line."""

from __future__ import annotations

from datetime import date

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.test_forms import problems, shown
from tests.workflows.walking import walk, walked

ASKED = "whether_to_ask -> ask_for_consent"


@pytest.mark.parametrize(
    "route", ["anyway", "not_sought_unsafe", "not_sought_unreasonable", "cannot_be_given"]
)
def test_whoever_is_not_asked_is_not_asked_and_the_reason_is_kept(route):
    assert walk("consent", {}, whether_to_ask=route) == "whether_to_ask -> consent_not_asked"
    assert problems("consent_route", {"consent_route": route}) == {"consent_reason"}


@pytest.mark.parametrize("route", ["not_sought_unsafe", "not_sought_unreasonable", "cannot_be_given"])
def test_the_reasons_for_not_asking_are_kept_apart(route):
    assert walked("consent", {}, whether_to_ask=route).variable("consent_status") == route


@pytest.mark.parametrize("answer", ["given", "refused", "withdrawn"])
def test_what_they_said_is_kept(answer):
    walk_ = walked("consent", {}, ask_for_consent=answer)
    assert walk_.said == f"{ASKED} -> consent_settled"
    assert walk_.variable("consent_status") == answer


@pytest.mark.parametrize(
    ("urgency", "days"),
    [("urgent", date(2026, 3, 3)), ("routine", date(2026, 3, 5)), (None, date(2026, 3, 5))],
)
def test_asking_has_its_limit(urgency, days):
    (task, *_) = walked("consent", {"urgency": urgency}).tasks
    assert task.due.date() == days


def test_consent_needs_its_scope_footing_method_and_evidence():
    needed = set(ANSWERS["consent_answer"]["given"]) - {"consent_status"}
    assert problems("consent_answer", {"consent_status": "given"}) == needed
    assert "consent_scope" not in shown("consent_answer", {"consent_status": "refused"})


def test_lasting_consent_is_handed_to_its_own_process():
    walk_ = walked("consent", {}, ask_for_consent="lasting")
    assert walk_.said == f"{ASKED} -> keep_consent -> consent_settled"
    (thrown,) = walk_.thrown
    assert thrown.name == "consent_given"
    assert set(thrown.variables) == {"consent_person", "consent_scope", "consent_recipients", "edition"}


def kept(**choices):
    return walked("consent_kept", {"consent_scope": "?"}, event="consent_lasts", **choices)


OVER = "end_consent -> consent_over"


def test_it_is_confirmed_every_twelve_months():
    walk_ = kept(confirm_consent=("yes", "no"), end_consent="expired")
    once = "twelve_months -> confirm_consent"
    assert walk_.said == f"{once} -> {once} -> {OVER}"
    assert walk_.clock.now.date() == date(2028, 3, 3)


def test_consent_that_cannot_be_confirmed_is_shared_on_no_more():
    assert (
        kept(confirm_consent="not_reached", end_consent="expired").said
        == f"twelve_months -> confirm_consent -> {OVER}"
    )
    answers = {**ANSWERS["consent_ended"]["expired"], "nothing_more_shared": False}
    assert problems("consent_ended", answers) == {"nothing_more_shared"}


def test_it_may_be_withdrawn_at_any_time():
    walk_ = kept(meanwhile={"twelve_months": "consent_withdrawn"})
    assert walk_.said == f"kept_withdrawn -> {OVER}"
    assert walk_.clock.now.date() == date(2026, 3, 3)


def test_it_may_be_withdrawn_while_it_is_being_confirmed():
    walk_ = kept(meanwhile={"confirm_consent": "consent_withdrawn"})
    assert walk_.said == f"twelve_months -> withdrawn_meanwhile -> {OVER}"


def test_those_who_have_it_are_told_that_it_ended():
    answers = {**ANSWERS["consent_ended"]["withdrawn"], "ended_told": []}
    assert problems("consent_ended", answers) == {"ended_told_missing"}
