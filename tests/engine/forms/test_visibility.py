"""Which questions are asked."""

from datetime import UTC, datetime

import pytest

from engine import forms

from .made import YES_NO, field, form, shown_when


def asked(form_, answers, context=None):
    return {path for path in forms.submit(form_, answers, context or {}).visible}


@pytest.mark.parametrize(
    ("condition", "hidden"),
    [
        ("yes", True),
        ("no", False),
        ("nothing", True),
        ("not(yes)", False),
        ("not(no)", True),
        ("not(nothing)", False),
        ("listed", False),
        ("not(listed)", True),
        ("[true]", False),
        ("= true", False),
        ("!= null", False),
        ("true", True),
    ],
)
def test_a_condition_is_asked_as_form_js_asks_it(condition, hidden):
    one = form(field("textfield", "a", conditional={"hide": f"={condition}"}))
    known = {"yes": True, "no": False, "nothing": None, "listed": [True]}

    assert asked(one, {}, known) == (set() if hidden else {"a"})


def test_today_is_the_day_of_london():
    one = form(field("textfield", "a", conditional={"hide": '=today() = date("2026-07-01")'}))
    night, evening = (datetime(2026, 6, 30, hour, 30, tzinfo=UTC) for hour in (23, 22))

    assert [set(forms.submit(one, {}, {}, now=now).visible) for now in (night, evening)] == [set(), {"a"}]


def kept(form_, answers, context=None):
    submission = forms.submit(form_, answers, context or {})
    assert submission.errors == {}
    return submission.kept


WHY = form(
    field("radio", "risk", values=YES_NO),
    field("textarea", "why", validate={"required": True}, **shown_when('risk = "yes"')),
)


def test_a_hidden_answer_is_dropped_and_not_required():
    assert kept(WHY, {"risk": "no", "why": "typed, then changed my mind"}) == {"risk": "no"}


def test_a_shown_question_is_required():
    assert set(forms.submit(WHY, {"risk": "yes"}, {}).errors) == {"why"}


@pytest.mark.parametrize(
    "condition",
    ['"text"', "5", "false", "risk", "nobody_knows", "nobody_knows < 5", 'contains(nobody_knows, "a")'],
)
def test_a_condition_that_is_neither_true_nor_waiting_for_an_answer_hides_nothing(condition):
    one = form(field("textfield", "risk"), field("textfield", "a", conditional={"hide": f"={condition}"}))

    assert "a" in asked(one, {})


@pytest.mark.parametrize("condition", ["age < 5", "age > 5", "age < 5 and age > 1", "age + 1 > 5"])
def test_a_condition_on_a_question_nobody_has_answered_waits_for_it(condition):
    one = form(field("number", "age"), field("textfield", "a", conditional={"hide": f"={condition}"}))

    assert asked(one, {}) == {"age"}


def test_a_condition_may_ask_whether_the_process_knows_something_at_all():
    one = form(field("textfield", "a", conditional={"hide": "=earlier = null"}))

    assert asked(one, {}, {}) == set()
    assert asked(one, {}, {"earlier": "x"}) == {"a"}


def test_a_hidden_answer_steers_nothing():
    chain = form(
        field("radio", "a", values=YES_NO),
        *(
            field("radio", key, values=YES_NO, **shown_when(f'{before} = "yes"'))
            for before, key in zip("abcdef", "bcdefg", strict=True)
        ),
    )
    everything = dict.fromkeys("abcdefg", "yes")

    assert asked(chain, everything) == set("abcdefg")
    assert asked(chain, everything | {"a": "no"}) == {"a"}
    assert asked(chain, everything | {"c": "no"}) == {"a", "b", "c"}


def test_questions_that_hide_each_other_are_both_asked():
    pair = form(
        field("textfield", "a", conditional={"hide": '=b != null and b != ""'}),
        field("textfield", "b", conditional={"hide": '=a != null and a != ""'}),
    )

    assert asked(pair, {"a": "x", "b": "y"}) == {"a", "b"}
    assert asked(pair, {"a": "x"}) == {"a"}


def test_inside_a_group_conditions_see_the_whole_form():
    group = form(
        {
            "type": "group",
            "path": "consent",
            "components": [
                field("radio", "given", values=YES_NO),
                field("textfield", "why_not", **shown_when('consent.given = "no"')),
            ],
        }
    )

    assert kept(group, {"consent": {"given": "yes", "why_not": "x"}}) == {"consent": {"given": "yes"}}
    assert kept(group, {"consent": {"given": "no", "why_not": "x"}}) == {
        "consent": {"given": "no", "why_not": "x"}
    }


def test_a_hidden_group_hides_everything_in_it():
    group = form(
        field("radio", "known", values=YES_NO),
        {
            "type": "group",
            **shown_when('known = "yes"'),
            "components": [field("textfield", "name", validate={"required": True})],
        },
    )

    assert kept(group, {"known": "no", "name": "x"}) == {"known": "no"}


ROWS = form(
    field("radio", "ages", values=YES_NO),
    {
        "type": "dynamiclist",
        "path": "children",
        "label": "Child",
        "components": [
            field("radio", "known", values=YES_NO),
            field("textfield", "name", **shown_when('this.known = "yes"')),
            field("number", "age", **shown_when('ages = "yes"')),
            field("textfield", "eldest", conditional={"hide": "=i[1] > 1"}),
            field("textfield", "note", conditional={"hide": '=parent.ages = "yes"'}),
        ],
    },
)


def test_in_a_repeating_group_conditions_see_their_own_row_and_the_form():
    rows = [{"known": "yes", "name": "A"}, {"known": "no", "name": "B"}]

    assert kept(ROWS, {"ages": "no", "children": rows})["children"] == [
        {"known": "yes", "name": "A", "eldest": "", "note": ""},
        {"known": "no", "note": ""},
    ]
    assert "age" in kept(ROWS, {"ages": "yes", "children": rows})["children"][0]


def test_conditions_see_the_process_variables():
    one = form(field("textfield", "a", **shown_when('purpose = "crime"')))

    assert asked(one, {}, {"purpose": "crime"}) == {"a"}
    assert asked(one, {}, {"purpose": "other"}) == set()


def test_an_answer_of_an_earlier_round_steers_nothing_until_it_is_given_again():
    assert asked(WHY, {}, {"risk": "yes"}) == {"risk"}


def test_a_question_called_like_a_function_is_still_a_question():
    one = form(
        field("textfield", "count"),
        field("textfield", "a", conditional={"hide": '=count = null or count = ""'}),
    )

    assert asked(one, {"count": "3"}) == {"count", "a"}
    assert asked(one, {}) == {"count"}


def test_expressions_are_computed_from_what_is_shown_whatever_was_sent():
    total = form(
        field("number", "a"),
        field("number", "b", **shown_when("a > 1")),
        {"type": "expression", "key": "sum", "expression": "=if b = null then a else a + b"},
        field("textfield", "big", **shown_when("sum > 10")),
    )

    assert kept(total, {"a": 2, "b": 20, "sum": 1, "big": "x"}) == {"a": 2, "b": 20, "sum": 22, "big": "x"}
    assert kept(total, {"a": 1, "b": 20, "big": "x"}) == {"a": 1, "sum": 1}


def test_an_expression_that_does_too_much_work_is_null():
    heavy = "=count(for a in 1..100000, b in 1..100000 return a)"
    one = form({"type": "expression", "key": "n", "expression": heavy}, field("textfield", "t"))

    assert kept(one, {"t": "x"}) == {"n": None, "t": "x"}


def test_expressions_do_not_see_the_names_of_the_people():
    one = form({"type": "expression", "key": "leak", "expression": "=names"})

    assert kept(one, {}, {"names": ["Ann Example"]}) == {"leak": None}


def test_a_hidden_box_counts_as_unticked_and_a_hidden_text_as_empty():
    one = form(
        field("radio", "a", values=YES_NO),
        field("checkbox", "sure", **shown_when('a = "yes"')),
        field("textfield", "name", **shown_when('a = "yes"')),
        field("textfield", "b", conditional={"hide": "=not(sure)"}),
        field("textfield", "c", conditional={"hide": '=name = ""'}),
    )

    assert asked(one, {"a": "no", "sure": True, "name": "x"}) == {"a"}
    assert asked(one, {"a": "yes", "sure": True, "name": "x"}) == {"a", "sure", "name", "b", "c"}


def test_a_hidden_group_counts_as_a_group_of_empty_answers():
    one = form(
        {
            "type": "group",
            "path": "g",
            "conditional": {"hide": "=true"},
            "components": [field("checkbox", "sure"), {"type": "dynamiclist", "path": "l", "components": []}],
        },
        field("textfield", "b", conditional={"hide": "=not(g.sure) and count(g.l) = 0"}),
    )

    assert asked(one, {"g": {"sure": True}}) == set()
