"""From an HTML post to answers."""

import pytest
from werkzeug.datastructures import MultiDict

from engine import forms

from .made import YES_NO, Post, field, form, post


def answers(component, **values):
    return forms.from_post(form(component), post(**values))


@pytest.mark.parametrize(
    ("component", "values", "answer"),
    [
        (field("textfield", "a"), {"a": "  padded "}, "padded"),
        (field("textarea", "a"), {"a": "one\r\ntwo"}, "one\ntwo"),
        (field("number", "a"), {"a": "12"}, 12),
        (field("number", "a"), {"a": "1,000.5"}, 1000.5),
        (field("number", "a"), {"a": ""}, None),
        (field("number", "a"), {"a": "twelve"}, "twelve"),
        (field("number", "a", serializeToString=True), {"a": "1.50"}, "1.50"),
        (field("checkbox", "a"), {"a": "true"}, True),
        (field("checkbox", "a"), {}, False),
        (field("radio", "a", values=YES_NO), {"a": "yes"}, "yes"),
        (field("radio", "a", values=YES_NO), {}, None),
        (field("checklist", "a", values=YES_NO), {"a": ["yes", "no"]}, ["yes", "no"]),
        (field("checklist", "a", values=YES_NO), {}, []),
        (field("taglist", "a", values=YES_NO), {"a": ["", "no"]}, ["no"]),
    ],
)
def test_a_post_becomes_json(component, values, answer):
    assert answers(component, **values) == {"a": answer}


def test_options_that_are_no_text_are_posted_as_json_and_kept_as_they_are():
    one = form(
        field("radio", "a", values=[{"label": "No", "value": False}, {"label": "Two", "value": {"n": 2}}])
    )

    assert forms.submit(one, forms.from_post(one, post(a="false")), {}).kept == {"a": False}
    assert forms.submit(one, forms.from_post(one, post(a='{"n":2}')), {}).kept == {"a": {"n": 2}}


def test_an_option_computed_from_answers_can_be_posted():
    one = form(field("radio", "a", valuesExpression="=[1, 2]"))

    assert forms.submit(one, forms.from_post(one, post(a="2")), {}).kept == {"a": 2}


def test_groups_and_rows_have_names_with_hyphens():
    one = form(
        {"type": "group", "path": "g", "components": [field("textfield", "b"), field("textfield", "c.d")]},
        {
            "type": "dynamiclist",
            "path": "kids",
            "components": [field("textfield", "name"), field("checkbox", "seen")],
        },
    )
    given = post(
        g__b="1", g__c__d="2", kids__0__name="A", kids__2__name="C", kids__2__seen="true", csrf_token="x"
    )

    assert forms.from_post(one, given) == {
        "g": {"b": "1", "c": {"d": "2"}},
        "kids": [{"name": "A", "seen": False}, {"seen": False}, {"name": "C", "seen": True}],
    }


def test_a_row_of_unticked_boxes_is_still_a_row():
    one = form({"type": "dynamiclist", "path": "kids", "components": [field("checkbox", "seen")]})

    assert forms.from_post(one, post(kids__rows="2")) == {"kids": [{"seen": False}, {"seen": False}]}
    assert forms.from_post(one, post(kids__rows="0")) == {"kids": []}


def test_locked_and_computed_answers_are_not_read_from_a_post():
    one = form(field("textfield", "d", disabled=True), {"type": "expression", "key": "e", "expression": "=1"})

    assert forms.from_post(one, post(d="mine", e="mine")) == {}


LIST = form(
    {
        "type": "dynamiclist",
        "path": "kids",
        "components": [
            field("textfield", "name"),
            {"type": "dynamiclist", "path": "homes", "components": [field("textfield", "road")]},
        ],
    },
    {
        "type": "dynamiclist",
        "path": "fixed",
        "allowAddRemove": False,
        "components": [field("textfield", "x")],
    },
)
TWO = {"kids": [{"name": "A", "homes": [{"road": "1"}]}, {"name": "B", "homes": []}], "fixed": [{"x": "y"}]}


def test_neither_button_means_no_edit():
    assert forms.edited(LIST, TWO, post(kids__0__name="A")) is None


def test_rows_can_be_added_and_removed():
    assert len(forms.edited(LIST, TWO, post(_add="kids"))["kids"]) == 3
    assert forms.edited(LIST, TWO, post(_remove="kids-0"))["kids"] == TWO["kids"][1:]
    assert len(forms.edited(LIST, TWO, post(_add="kids-1-homes"))["kids"][1]["homes"]) == 1
    assert forms.edited(LIST, TWO, post(_remove="kids-0-homes-0"))["kids"][0]["homes"] == []
    assert len(TWO["kids"]) == 2, "the answers given are left alone"


@pytest.mark.parametrize(
    "button",
    [
        {"_remove": "kids-7"}, {"_remove": "kids"}, {"_remove": "kids-x"}, {"_remove": "name-0"},
        {"_add": "fixed"}, {"_remove": "fixed-0"}, {"_add": "kids-9-homes"}, {"_add": "-"},
        {"_remove": "---"}, {"_add": "name"},
    ],
)  # fmt: skip
def test_a_button_that_the_page_never_had_changes_nothing(button):
    assert forms.edited(LIST, TWO, Post({name: [value] for name, value in button.items()})) == TWO


def test_rows_stop_at_the_limit():
    full = {"kids": [{"name": "", "homes": []}] * 100, "fixed": []}

    assert len(forms.edited(LIST, full, post(_add="kids"))["kids"]) == 100


def test_werkzeugs_own_dictionary_is_read():
    one = form(field("checklist", "a", values=YES_NO), field("textfield", "t"))

    assert forms.from_post(one, MultiDict([("a", "yes"), ("a", "no"), ("t", "x")])) == {
        "a": ["yes", "no"],
        "t": "x",
    }
