"""A dataclass is a strict reader and a JSON Schema at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

import pytest

from api.fields import Id, Json, Many, Text, Whole
from api.readers import named, reader
from api.schemas import schema, schema_name
from engine.pages import Page


@dataclass(frozen=True)
class Child:
    """A child."""

    name: Annotated[str, Text("Full name.", longest=20)]
    born: date | None = None


@dataclass(frozen=True)
class Referral:
    """A referral."""

    kind: Literal["new", "again"]
    children: Annotated[tuple[Child, ...], Many("Who it is about.", fewest=1, most=2)]
    answers: Json
    pages: Annotated[int, Whole(least=1, most=9)] = 1
    urgent: bool = False
    case_id: Id | None = None


GOOD: dict[str, Any] = {"kind": "new", "children": [{"name": "A", "born": "2014-03-09"}], "answers": {"x": 1}}


def read(value: Any) -> tuple[Any, list[tuple[str, str]]]:
    problems: list[tuple[str, str]] = []
    return reader(Referral)(value, "", problems), problems


def test_a_good_body_becomes_a_frozen_value():
    value, problems = read(GOOD)

    assert problems == []
    assert value == Referral("new", (Child("A", date(2014, 3, 9)),), {"x": 1})


@pytest.mark.parametrize(
    ("change", "where", "words"),
    [
        ({"kind": "old"}, "kind", "Expected one of new, again."),
        ({"kind": 1}, "kind", "Expected one of new, again."),
        ({"children": {}}, "children", "Expected a list, but got an object."),
        ({"children": []}, "children", "Expected 1 to 2 items, but got 0."),
        ({"children": [{"name": 7}]}, "children[0].name", "Expected a text, but got a number."),
        (
            {"children": [{"name": ""}]},
            "children[0].name",
            "Expected a text of 1 to 20 characters, but got 0.",
        ),
        ({"children": [{}]}, "children[0].name", "Expected this field, but it is missing."),
        (
            {"children": [{"name": "A", "born": "9/3/2014"}]},
            "children[0].born",
            "Expected a date such as 2014-03-09.",
        ),
        (
            {"children": [{"name": "A", "born": "20140309xx"}]},
            "children[0].born",
            "Expected a date such as 2014-03-09.",
        ),
        ({"answers": []}, "answers", "Expected a JSON object, but got a list."),
        ({"answers": None}, "answers", "Expected a JSON object, but got null."),
        ({"pages": True}, "pages", "Expected a whole number, but got true or false."),
        ({"pages": 1.5}, "pages", "Expected a whole number, but got a number."),
        ({"pages": 10}, "pages", "Expected a number from 1 to 9."),
        ({"urgent": "yes"}, "urgent", "Expected true or false, but got a text."),
        ({"case_id": "../etc"}, "case_id", "Expected a text that matches [A-Za-z0-9_-]+."),
        ({"age": 9}, "age", "Expected only these fields: kind, children, answers, pages, urgent, case_id."),
    ],
)
def test_what_is_wrong_is_named_with_what_was_expected(change: dict[str, Any], where: str, words: str):
    value, problems = read(GOOD | change)

    assert (value, problems) == (None, [(where, words)])


def test_every_problem_is_told_at_once():
    _, problems = read({"kind": 1, "children": [{"name": 7}, 3], "extra": 1})

    assert [where for where, _ in problems] == ["extra", "answers", "kind", "children[0].name", "children[1]"]


def test_an_unknown_field_that_is_no_plain_name_is_not_echoed():
    _, problems = read(GOOD | {"Sam Smith, born 2014": 1})

    assert problems[0][0] == "(a field)"


def test_a_body_that_is_no_object_says_what_was_expected():
    assert read([])[1] == [
        ("", "Expected a JSON object with kind, children, answers, pages, urgent, case_id, but got a list.")
    ]


def test_the_schema_refuses_what_the_reader_refuses():
    schemas: dict[str, Any] = {}

    assert schema(Referral, schemas) == {"$ref": "#/components/schemas/Referral"}
    assert schemas["Referral"]["additionalProperties"] is False
    assert schemas["Referral"]["required"] == ["kind", "children", "answers"]
    assert schemas["Referral"]["properties"]["kind"] == {"type": "string", "enum": ["new", "again"]}
    assert schemas["Referral"]["properties"]["children"]["minItems"] == 1
    assert schemas["Child"]["properties"]["born"] == {
        "anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]
    }


def test_a_page_is_named_after_what_it_holds():
    schemas: dict[str, Any] = {}
    schema(Page[Child], schemas)

    assert schema_name(Page[Child]) == "PageOfChild"
    assert schemas["PageOfChild"]["properties"]["items"]["items"] == {"$ref": "#/components/schemas/Child"}


def test_a_type_that_json_cannot_hold_is_refused_when_the_route_is_declared():
    with pytest.raises(TypeError):
        reader(bytes)


@pytest.mark.parametrize("value", [1, 1.5, "x", [], {}, True, None])
def test_words_for_a_value_never_hold_the_value(value: Any):
    assert repr(value) not in named(value)
