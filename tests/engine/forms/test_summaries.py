"""Check-your-answers rows."""

from engine import forms

from .made import YES_NO, field, form, shown_when


def rows(*components, answers, context=None):
    return [(row.label, row.value) for row in forms.summary(form(*components), answers, context or {})]


def test_answers_are_said_in_the_words_of_the_form():
    assert rows(
        field("radio", "a", "Is it safe?", values=YES_NO),
        field("checklist", "b", "Told", values=[{"label": "The police", "value": "p"}, "School"]),
        field("checkbox", "c", "I checked"),
        field("number", "d", "Cost", appearance={"prefixAdorner": "£", "suffixAdorner": "each"}),
        field("datetime", "e", "When", subtype="datetime"),
        field("textarea", "f", "Why"),
        field("textfield", "g", "More"),
        answers={
            "a": "yes", "b": ["School", "p"], "c": True, "d": 2.5, "e": "2026-07-01T13:10Z", "f": "one\ntwo",
        },
    ) == [
        ("Is it safe?", "Yes"),
        ("Told", "School\nThe police"),
        ("I checked", "Yes"),
        ("Cost", "£2.5 each"),
        ("When", "1 July 2026 at 2:10pm"),
        ("Why", "one\ntwo"),
        ("More", "Not answered"),
    ]  # fmt: skip


def test_a_form_can_word_its_own_row_and_mark_how_sensitive_it_is():
    component = field(
        "textfield", "a", "Why is that?", properties={"summary": "Reason", "sensitivity": "special"}
    )
    (row,) = forms.summary(form(component), {"a": "x"}, {})

    assert (row.label, row.key, row.id, row.sensitivity) == ("Reason", "a", "a", "special")


def test_what_was_not_asked_is_not_listed():
    assert rows(
        field("radio", "a", "A", values=YES_NO),
        field("textfield", "b", "B", **shown_when('a = "yes"')),
        {"type": "text", "text": "words"},
        answers={"a": "no", "b": "typed"},
    ) == [("A", "No")]


def test_rows_of_a_repeating_group_say_which_one():
    nested = {
        "type": "dynamiclist",
        "path": "homes",
        "label": "Home",
        "components": [field("textfield", "road", "Road")],
    }
    assert rows(
        {
            "type": "dynamiclist",
            "path": "kids",
            "label": "Children",
            "properties": {"row": "Child"},
            "components": [field("textfield", "name", "Name"), nested],
        },
        answers={"kids": [{"name": "A", "homes": [{"road": "R"}]}, {"name": "B", "homes": []}]},
    ) == [("Child 1: Name", "A"), ("Child 1: Home 1: Road", "R"), ("Child 2: Name", "B")]


def test_a_computed_answer_is_listed_when_it_is_given_a_name():
    computed = {"type": "expression", "key": "n", "expression": "=a * 2"}

    assert rows(field("number", "a", "A"), computed, answers={"a": 2}) == [("A", "2")]
    named = computed | {"properties": {"summary": "Twice"}}
    assert rows(field("number", "a", "A"), named, answers={"a": 2})[1] == ("Twice", "4")


def test_an_answer_of_an_earlier_task_or_a_calculated_one_cannot_be_changed_here():
    computed = {"type": "expression", "key": "n", "expression": "=1", "properties": {"summary": "One"}}
    one = form(field("textfield", "a"), field("textfield", "b", readonly=True), computed)

    assert [row.locked for row in forms.summary(one, {"a": "x"}, {"b": "y"})] == [False, True, True]


def test_a_day_that_is_only_shown_is_said_in_words_and_one_that_is_typed_stays_as_typed():
    one = form(field("textfield", "until", readonly=True), field("textfield", "note"))

    summary = forms.summary(one, {"note": "2020-05-30"}, {"until": "2020-05-30"})
    assert [row.value for row in summary] == ["30 May 2020", "2020-05-30"]
