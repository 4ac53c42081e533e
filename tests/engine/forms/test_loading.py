"""What may be a form, and what is refused with which reason."""

from pathlib import Path

import pytest

from engine import forms
from engine.errors import InvalidInput
from engine.forms.kinds import KINDS, REFUSED

from .made import YES_NO, content, field, form, shown_when


def refusals(*components, **more):
    with pytest.raises(InvalidInput) as refused:
        form(*components, **more)
    return {problem.element: problem.message for problem in refused.value.problems}


@pytest.mark.parametrize("type_", sorted(REFUSED))
def test_types_that_handrail_does_not_ask_are_refused_with_what_to_use_instead(type_):
    assert REFUSED[type_] in refusals({"type": type_, "id": "one"})["one"]


def test_an_unknown_type_is_refused():
    assert "type of component" in refusals({"type": "hologram", "id": "one"})["one"]


def test_every_known_type_loads():
    extras = {
        "radio": {"values": YES_NO},
        "select": {"values": YES_NO},
        "checklist": {"values": YES_NO},
        "taglist": {"values": YES_NO},
        "expression": {"expression": "=1"},
        "dynamiclist": {"path": "list"},
    }
    loaded = form(*({"type": name, "key": f"{name}_key", **extras.get(name, {})} for name in KINDS))

    assert [component.type for component in loaded.components] == list(KINDS)


def test_a_newer_schema_version_is_refused():
    assert "19" in refusals(field("textfield", "a"), schemaVersion=20)["schemaVersion"]


def test_bad_feel_is_refused_where_it_stands():
    found = refusals(
        field("textfield", "a", conditional={"hide": "=a = = 1"}),
        field("textfield", "b", validate={"maxLength": "=1 +"}),
        {"type": "expression", "key": "c", "expression": "=("},
        field("textfield", "d", "Hello {{1 +}}"),
    )

    assert set(found) == {"a", "b", "c", "d"}


def test_a_condition_without_its_equals_sign_is_refused_since_form_js_would_ignore_it():
    assert "starts with =" in refusals(field("textfield", "a", conditional={"hide": 'b = "x"'}))["a"]


@pytest.mark.parametrize("pattern", ["(?=look)", "(a)\\1", "(", 7])
def test_a_pattern_that_re2_cannot_compile_is_refused(pattern):
    assert "pattern" in refusals(field("textfield", "a", validate={"pattern": pattern}))["a"]


@pytest.mark.parametrize(
    "components",
    [
        [field("textfield", "a"), field("number", "a")],
        [field("textfield", "a"), field("textfield", "a.b")],
        [field("textfield", "a.b"), field("textfield", "a")],
        [field("textfield", "a.b"), {"type": "group", "path": "a", "components": [field("textfield", "b")]}],
        [field("textfield", "a"), {"type": "dynamiclist", "path": "a", "components": []}],
        [
            {"type": "dynamiclist", "path": "a", "components": [field("textfield", "b")]},
            field("number", "a.b"),
        ],
        [{"type": "dynamiclist", "path": "a", "components": [field("textfield", "b"), field("number", "b")]}],
    ],
)
def test_two_answers_may_not_be_kept_in_one_place(components):
    assert "already used" in " ".join(refusals(*components).values())


def test_groups_may_share_a_path():
    one, two = ({"type": "group", "path": "a", "components": [field("textfield", key)]} for key in "bc")

    assert form(one, two).writes == {"a"}


@pytest.mark.parametrize("key", ["", None, "a-b", "1a", "_a", "a b", "a..b", "é", "a" * 65, 5])
def test_a_key_is_a_plain_name(key):
    assert "Expected a key" in " ".join(refusals(field("textfield", "x") | {"key": key}).values())


def test_options_need_values_of_their_own():
    assert "list of options" in refusals(field("radio", "a"))["a"]
    assert "of its own" in refusals(field("radio", "a", values=[*YES_NO, YES_NO[0]]))["a"]
    assert "default" in refusals(field("radio", "a", values=YES_NO, defaultValue="perhaps"))["a"]


def test_only_submit_buttons():
    assert "submit" in refusals({"type": "button", "id": "clear", "action": "reset"})["clear"]


def test_ids_are_used_once():
    assert "same one" in refusals(field("textfield", "a", id="x"), field("textfield", "b", id="x"))["b"]


@pytest.mark.parametrize(
    "bad",
    [b"", b"nonsense", b"[]", b'{"components": 5}', b"\xff\xfe", b'{"components": [NaN]}', b"[" * 100_000],
)
def test_what_is_no_form_is_refused(bad):
    with pytest.raises(InvalidInput):
        forms.load(bad)


@pytest.mark.parametrize("junk", [5, None, "text", [], {}, {"type": []}, {"type": "textfield", "key": {}}])
def test_a_component_that_is_no_component_is_refused(junk):
    assert refusals(junk)


@pytest.mark.parametrize(
    "more",
    [
        {"validate": 5},
        {"conditional": []},
        {"appearance": "x"},
        {"properties": None},
        {"layout": {"row": "Row_1", "columns": 8}},
        {"somethingOfTheEditors": {"a": [1]}},
    ],
)
def test_what_handrail_does_not_use_is_kept_and_does_no_harm(more):
    original = content(field("textfield", "a", **more))

    assert forms.load(original).content == original


def test_too_many_components_and_too_deep_groups_are_refused():
    assert "at most" in " ".join(refusals(*(field("textfield", f"k{n}") for n in range(501))).values())
    deep = field("textfield", "a")
    for _ in range(9):
        deep = {"type": "group", "components": [deep]}
    assert "deep" in " ".join(refusals(deep).values())


def test_a_form_is_loaded_once():
    one = content(field("textfield", "a"))

    assert forms.load(one) is forms.load(bytes(bytearray(one)))


def test_a_form_says_what_it_reads_and_writes():
    loaded = form(
        field("textfield", "why", conditional={"hide": '=purpose = "x" or other'}),
        field("textfield", "other", "About {{case_reference}}"),
        field("radio", "who", valuesKey="people"),
    )

    assert loaded.writes == {"why", "other", "who"}
    assert loaded.reads == {"purpose", "case_reference", "people"}


def test_inside_a_repeating_group_a_bare_name_of_the_row_is_refused_since_it_would_mean_the_form():
    rows = {
        "type": "dynamiclist",
        "path": "children",
        "components": [
            field("radio", "known", values=YES_NO),
            field("textfield", "name", conditional={"hide": '=known = "no"'}),
        ],
    }

    assert "this.known" in refusals(rows)["name"]


HOUSE = sorted(Path(__file__).parents[3].glob("workflows/forms/*.form"))


@pytest.mark.parametrize("path", HOUSE, ids=lambda path: path.stem)
def test_a_form_of_the_house_sent_empty_says_what_is_missing_where_it_can_be_clicked(path):
    loaded = forms.load(path.read_bytes())
    drawn = list(forms.walk(forms.view(loaded, {}, {})))
    submission = forms.submit(loaded, {}, {})

    ids = {one.id for one in drawn if one.visible}
    assert {link.href.removeprefix("#") for link in submission.links} <= ids
    assert len(set(submission.errors.values())) == len(submission.errors)
    assert len({one.id for one in drawn if one.id}) == len([one.id for one in drawn if one.id])


def test_a_question_never_waits_for_an_answer_that_cannot_be_given():
    share = field("radio", "share", values=YES_NO)

    said = refusals(share, field("textfield", "why", id="why", **shown_when('share = "yess"')))

    assert said["why"] == '"yess" is not one of the answers to share. Did you mean "yes"?'
    form(share, field("textfield", "why", **shown_when('share = "" or share = "yes"')))


def test_options_that_are_worked_out_may_be_anything():
    share = {"valuesExpression": '=["yes", "yess"]'}

    form(field("radio", "share", **share), field("textfield", "why", **shown_when('share = "yess"')))
