"""Which answers are accepted, and what is said when they are not."""

from datetime import UTC, datetime

import pytest

from engine import forms
from engine.errors import InvalidInput

from .made import YES_NO, field, form, shown_when


def error(component, answer, context=None, **more):
    submission = forms.submit(form(component), {component["key"]: answer}, context or {}, **more)
    return submission.errors.get(component["key"])


def rule(type_="textfield", label="Reasons", **validate):
    return field(type_, "a", label, validate=validate)


@pytest.mark.parametrize(
    ("component", "message"),
    [
        (rule("textarea", required=True), "Enter reasons"),
        (rule(label="NHS number", required=True), "Enter NHS number"),
        (rule(label="Why now?", required=True), "Enter an answer to “Why now?”"),
        (rule(label="Describe the concern", required=True), "Describe the concern"),
        (rule("number", "Age", required=True), "Enter age"),
        (rule("checkbox", "I have told them", required=True), "Select “I have told them” to continue"),
        (rule("radio", "Purpose", required=True) | {"values": YES_NO}, "Select purpose"),
        (
            rule("checklist", "Is it safe?", required=True) | {"values": YES_NO},
            "Select an answer to “Is it safe?”",
        ),
        (rule("datetime", "Date of birth", required=True), "Enter date of birth"),
    ],
)
def test_a_missing_answer_is_asked_for_in_plain_words(component, message):
    assert forms.submit(form(component), {}, {}).errors == {"a": message}


def test_a_form_can_word_its_own_error():
    component = rule(required=True) | {"properties": {"error": "Select whether the child is safe"}}

    assert error(component, "") == "Select whether the child is safe"


@pytest.mark.parametrize("blank", ["", " ", "\n\t", None])
def test_spaces_are_no_answer(blank):
    assert error(rule(required=True), blank) == "Enter reasons"


def test_an_error_never_repeats_the_answer():
    secret = "Zebedee@Secretville"
    for component in (
        rule(maxLength=3),
        rule(pattern="^x$"),
        rule(validationType="phone"),
        field("number", "a", "Age"),
        field("datetime", "a", "Date"),
        field("radio", "a", "Pick", values=YES_NO),
        field("textfield", "a", "About {{a}}", validate={"maxLength": 2}),
    ):
        assert "Secretville" not in error(component, secret), component


@pytest.mark.parametrize(
    ("validate", "good", "bad", "message"),
    [
        ({"minLength": 3}, "abc", "ab ", "Reasons must be 3 characters or more"),
        ({"maxLength": 3}, " abc ", "abcd", "Reasons must be 3 characters or fewer"),
        ({"maxLength": "=if true then 2 else 9"}, "ab", "abc", "Reasons must be 2 characters or fewer"),
        ({"pattern": "^[A-Z]{2}$"}, "AB", "ab", "Reasons must be in the format asked for"),
        ({"pattern": "b", "patternErrorMessage": "Needs a b"}, "abc", "acc", "Needs a b"),
        (
            {"validationType": "email"},
            "a.b+c@x-y.org",
            "a@b@c",
            "Reasons must be an email address, like name@example.com",
        ),
    ],
)
def test_text_rules(validate, good, bad, message):
    assert error(rule(**validate), good) is None
    assert error(rule(**validate), bad) == message
    assert error(rule(**validate), "") is None


@pytest.mark.parametrize(
    "good", ["01724 296 296", "+44 808 157 0192", "(01724) 296-296", "0044 1724 296296", "101"]
)
def test_a_phone_number_may_be_written_as_people_write_it(good):
    assert error(rule(validationType="phone"), good) is None


@pytest.mark.parametrize("bad", ["12", "phone", "+44", "01724", "0" * 40])
def test_what_is_no_phone_number_is_refused(bad):
    assert "phone number" in error(rule(validationType="phone"), bad)


@pytest.mark.parametrize(
    ("settings", "good", "bad", "message"),
    [
        ({"validate": {"min": 0}}, 0, -1, "Age must be 0 or more"),
        ({"validate": {"max": 17.5}}, 17.5, 17.51, "Age must be 17.5 or less"),
        ({"validate": {"max": "=limit"}}, 3, 4, "Age must be 3 or less"),
        ({"validate": {"max": "=nothing"}}, 10**9, "x", "Age must be a number, like 3"),
        ({"decimalDigits": 0}, 3.0, 3.5, "Age must be a whole number"),
        ({"decimalDigits": 2}, 0.29, 0.291, "Age must have at most 2 decimal places"),
        ({"increment": 0.1}, 0.3, 0.35, "Age must be a multiple of 0.1"),
    ],
)
def test_number_rules(settings, good, bad, message):
    component = field("number", "a", "Age", **settings)

    assert error(component, good, {"limit": 3}) is None
    assert error(component, bad, {"limit": 3}) == message


@pytest.mark.parametrize("bad", ["5", True, [5], {"a": 5}, 2**53, float("nan"), float("inf")])
def test_a_number_is_a_number(bad):
    assert error(field("number", "a"), bad)


def test_a_number_may_be_kept_as_text():
    component = field("number", "a", serializeToString=True, validate={"max": 20})

    assert forms.submit(form(component), {"a": "12.50"}, {}).kept == {"a": "12.50"}
    assert error(component, "21") and error(component, "twelve")


@pytest.mark.parametrize(
    ("type_", "bad"),
    [
        ("textfield", 5),
        ("textfield", ["x"]),
        ("textarea", {"x": 1}),
        ("textfield", "a\x00b"),
        ("textfield", "\ud800"),
        ("checkbox", "true"),
        ("checkbox", 1),
        ("datetime", 20261121),
    ],
)
def test_wrong_types_are_refused_not_converted(type_, bad):
    assert error(field(type_, "a"), bad)


@pytest.mark.parametrize("type_", ["radio", "select"])
@pytest.mark.parametrize("bad", ["perhaps", True, 1, ["yes"], {"value": "yes"}])
def test_only_an_offered_option_can_be_chosen(type_, bad):
    assert "options given" in error(field(type_, "a", values=YES_NO), bad)
    assert error(field(type_, "a", values=YES_NO), "no") is None


@pytest.mark.parametrize("type_", ["checklist", "taglist"])
@pytest.mark.parametrize("bad", ["yes", ["yes", "perhaps"], ["yes", "yes"], [["yes"]], {"yes": True}, [None]])
def test_only_offered_options_can_be_ticked_each_once(type_, bad):
    assert error(field(type_, "a", values=YES_NO), bad)
    assert error(field(type_, "a", values=YES_NO), ["no", "yes"]) is None


def test_options_keep_their_type():
    listed = [
        {"label": "None", "value": False},
        {"label": "One", "value": 1},
        {"label": "Text", "value": "one"},
    ]
    component = field(
        "radio", "a", values=[*listed, {"label": "More", "value": {"n": 2}}], validate={"required": True}
    )

    for value in (False, 1, "one", {"n": 2}):
        kept = forms.submit(form(component), {"a": value}, {}).kept["a"]
        assert kept == value and type(kept) is type(value)
    assert error(component, True) and error(component, 0)


def test_options_can_come_from_the_process():
    component = field("select", "a", valuesKey="people")
    context = {"people": ["Ann", {"label": "Ben B", "value": "ben"}, {"value": ""}, None]}

    assert error(component, "ben", context) is None
    assert error(component, "Ann", context) is None
    assert error(component, "Ben B", context)
    assert error(component, "ben", {})


def test_options_can_be_computed_from_other_answers():
    one = form(
        field("checklist", "told", values=["police", "school", "health"]),
        field("radio", "first", valuesExpression="=told"),
    )

    assert forms.submit(one, {"told": ["police"], "first": "police"}, {}).valid
    assert not forms.submit(one, {"told": ["police"], "first": "school"}, {}).valid


def test_keys_that_the_form_does_not_ask_are_refused_at_every_level():
    one = form(
        field("textfield", "a"),
        {"type": "group", "path": "g", "components": [field("textfield", "b")]},
        {"type": "dynamiclist", "path": "l", "components": [field("textfield", "c")]},
    )
    answers = {"a": "", "x": 1, "g": {"b": "", "y": 2}, "l": [{"c": ""}, {"z": 3}], "Tom Smith, 4 High St": 1}

    assert forms.submit(one, answers, {}).errors == dict.fromkeys(
        ("x", "g.y", "l.1.z", "?"), "This form does not ask for this"
    )


def test_groups_and_lists_must_be_groups_and_lists():
    one = form(
        {"type": "group", "path": "g", "components": [field("textfield", "b")]},
        {"type": "dynamiclist", "path": "l", "components": [field("textfield", "c")]},
        {"type": "dynamiclist", "path": "m", "components": [field("textfield", "d")]},
    )

    assert set(forms.submit(one, {"g": [], "l": {}, "m": ["x"]}, {}).errors) == {"g", "l", "m"}


def test_an_answer_not_sent_is_the_default_or_empty():
    one = form(
        field("textfield", "t"),
        field("textfield", "d", defaultValue="as usual"),
        field("number", "n"),
        field("checkbox", "c"),
        field("radio", "r", values=YES_NO),
        field("checklist", "l", values=YES_NO),
        field("datetime", "w"),
    )

    assert forms.submit(one, {}, {}).kept == {
        "t": "", "d": "as usual", "n": None, "c": False, "r": None, "l": [], "w": None,
    }  # fmt: skip


def test_a_disabled_answer_is_shown_but_not_kept_and_a_readonly_one_is_kept_as_it_stands():
    one = form(field("textfield", "d", disabled=True), field("textfield", "r", readonly=True))
    context = {"d": "was", "r": "was"}

    assert forms.submit(one, {}, context).kept == {"r": "was"}
    assert forms.submit(one, {"r": "was"}, context).valid
    assert set(forms.submit(one, {"r": "mine", "d": "mine"}, context).errors) == {"r", "d"}
    assert [one.value for one in forms.view(one, {}, context)] == ["was", "was"]


def test_an_answer_can_be_locked_by_a_condition():
    one = form(field("textfield", "r", readonly="=stage > 1"))

    assert forms.submit(one, {"r": "new"}, {"stage": 1, "r": "old"}).kept == {"r": "new"}
    locked = forms.submit(one, {"r": "new"}, {"stage": 2, "r": "old"})
    assert set(locked.errors) == {"r"}
    assert forms.submit(one, {"r": "old"}, {"stage": 2, "r": "old"}).kept == {"r": "old"}
    assert forms.submit(one, {}, {"stage": 2, "r": "old"}).kept == {"r": "old"}


def test_a_day_that_has_passed_can_be_refused():
    component = field("datetime", "a", "Review date", subtype="date", disallowPassedDates=True)
    now = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # already 2 July in London

    assert error(component, "2026-07-02", now=now) is None
    assert error(component, "2026-07-01", now=now) == "Review date must be today or in the future"


@pytest.mark.parametrize(
    ("subtype", "past", "to_come", "when"),
    [
        ("date", "2026-07-02", "2026-07-03", "today or in the past"),
        ("datetime", "2026-07-02T00:34:00+01:00", "2026-07-02T00:36:00+01:00", "in the past"),
        ("datetime", "2026-07-02T00:34", "2026-07-02T00:36", "in the past"),
    ],
)
def test_what_has_happened_cannot_be_still_to_come(subtype, past, to_come, when):
    component = field("datetime", "a", "Told", subtype=subtype, properties={"past": "true"})
    now = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # already 2 July in London

    assert error(component, past, now=now) is None
    assert error(component, to_come, now=now) == f"Told must be {when}"


def test_errors_come_in_the_order_of_the_form_with_where_to_click():
    one = form(
        rule("textarea", required=True),
        field("datetime", "day", "Day", subtype="date", validate={"required": True}),
        {
            "type": "dynamiclist",
            "path": "l",
            "components": [field("textfield", "c", validate={"required": True})],
        },
    )
    submission = forms.submit(one, {}, {})

    assert list(submission.errors) == ["a", "day", "l.0.c"]
    assert [link.href for link in submission.links] == ["#a", "#day-day", "#l-0-c"]
    assert all(submission.errors[link.path] == link.message for link in submission.links)


def test_a_question_that_only_just_appeared_can_be_told_from_one_left_empty():
    one = form(field("radio", "a", values=YES_NO), field("textfield", "b", **shown_when('a = "yes"')))
    asked = forms.asked(forms.view(one, {}, {}))

    assert asked == "a"
    assert forms.appeared(forms.submit(one, {"a": "yes"}, {}), asked) == {"b"}
    assert forms.appeared(forms.submit(one, {"a": "no"}, {}), asked) == frozenset()


@pytest.mark.parametrize("bad", [None, [], "text", 5])
def test_answers_are_an_object(bad):
    with pytest.raises(InvalidInput, match="JSON object"):
        forms.submit(form(field("textfield", "a")), bad, {})


def test_a_repeating_group_can_ask_for_at_least_and_at_most_some_rows():
    one = form(
        {
            "type": "dynamiclist",
            "path": "to",
            "label": "Recipients",
            "components": [field("textfield", "name")],
            "properties": {"min_rows": "1", "max_rows": "2"},
        }
    )

    assert forms.submit(one, {"to": []}, {}).errors == {"to": "Add at least 1 to “Recipients”"}
    assert forms.submit(one, {"to": [{}, {}]}, {}).valid
    assert forms.submit(one, {"to": [{}, {}, {}]}, {}).errors == {
        "to": "“Recipients” must have 2 entries or fewer"
    }


def test_errors_that_would_read_alike_say_which_question_and_which_row():
    own = {"validate": {"required": True}, "properties": {"error": "Choose an answer"}}
    one = form(
        field("radio", "a", "Is it safe?", values=YES_NO, **own),
        field("radio", "b", "Is it lawful?", values=YES_NO, **own),
        {
            "type": "dynamiclist",
            "path": "l",
            "label": "Children",
            "properties": {"row": "Child"},
            "components": [field("textfield", "name", "Name", validate={"required": True})],
        },
    )

    assert list(forms.submit(one, {"l": [{}, {}]}, {}).errors.values()) == [
        "Choose an answer (“Is it safe?”)",
        "Choose an answer (“Is it lawful?”)",
        "Enter name (Child 1)",
        "Enter name (Child 2)",
    ]
