"""Asking for advice without saying who it is about."""

import pytest

from engine import forms
from engine.forms.identification import names_somebody

from .made import field, form

NAMES = ("Thomas Will Ågren-O’Brien", "Li Na", "Hope Ward")


@pytest.mark.parametrize(
    "text",
    [
        "Thomas was seen",
        "thomas",
        "THOMAS'S mother",
        "Mrs Agren said",
        "the o'brien family",
        "O’Brien",
        "Tho\u00admas",
        "\u200bThomas\u200b",
        "said Li",
        "Will was there",
        "Hope was there",
        "at the Ward house",
        "Ågren",
    ],
)
def test_a_name_is_found_however_it_is_written(text):
    assert names_somebody(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "the child will be seen",
        "we hope so",
        "on the ward",
        "listed",
        "a thomasina",
        "the nanny",
        "",
        "12345",
        "nation",
    ],
)
def test_ordinary_words_are_no_names(text):
    assert not names_somebody(text, NAMES)


def ask(deidentified, text, context):
    one = form(field("textarea", "ask", "Your question", properties={"deidentified": deidentified}))
    return forms.submit(one, {"ask": text}, {"names": NAMES, **context}).errors.get("ask")


def test_a_deidentified_question_may_not_name_anyone_unless_its_condition_allows_it():
    condition = '=identity_needed = "yes"'

    assert "must not name anyone" in ask(condition, "Thomas is ill", {})
    assert "Thomas" not in ask(condition, "Thomas is ill", {})
    assert ask(condition, "Thomas is ill", {"identity_needed": "yes"}) is None
    assert ask(condition, "The child is ill", {}) is None
    assert ask("false", "Thomas is ill", {"identity_needed": "yes"})


def test_other_questions_may_name_people():
    one = form(field("textarea", "ask"))

    assert forms.submit(one, {"ask": "Thomas"}, {"names": NAMES}).valid
