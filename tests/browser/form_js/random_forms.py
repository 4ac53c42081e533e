"""Forms and answers at random, of the kind a browser could send: right types, options that are offered.

Left out, because there Handrail differs from form-js on purpose:

* answers of spaces only: Handrail calls them missing;
* UK phone numbers such as 01724 296 296: Handrail takes them;
* chains of more than two conditions: form-js looks two questions far, Handrail to the end;
* `x in [1..5]` of nothing: null here, as DMN says, false in form-js, which also
  reads a following `and` into the range.
"""

from __future__ import annotations

import string
from random import Random
from typing import Any

OPTIONS = [{"label": text.upper(), "value": text} for text in ("yes", "no", "later", "never")]
WORDS = [
    "",
    "a",
    "ab",
    "yes",
    "Zoë",
    "A1 2BC",
    "x@example.org",
    "a@b",
    "+441724296296",
    "phone",
    "AB12",
    "l" * 40,
]
DAYS = [None, "2026-11-21", "2024-02-29", "1999-01-01"]


def random_form(chance: Random) -> dict[str, Any]:
    """A form-js schema."""
    steering = [
        _field(chance, kind, f"s{place}")
        for place, kind in enumerate(("radio", "checkbox", "number", "textfield"))
    ]
    conditions = [condition for field in steering for condition in _conditions(field)]
    middle = [_maybe_hidden(chance, _field(chance, "radio", f"m{place}"), conditions) for place in range(2)]
    further = conditions + [condition for field in middle for condition in _conditions(field)]
    fields = [
        _maybe_hidden(chance, _field(chance, _kind(chance), f"f{place}"), further) for place in range(6)
    ]
    parts = [*steering, *middle, *fields, _group(chance, conditions), _rows(chance, conditions), _sum()]
    return {"type": "default", "schemaVersion": 19, "id": "random", "components": parts}


def random_answers(chance: Random, schema: dict[str, Any]) -> dict[str, Any]:
    return _answers(chance, schema["components"])


def _kind(chance: Random) -> str:
    return chance.choice(
        ["textfield", "textarea", "number", "radio", "select", "checklist", "taglist", "checkbox", "datetime"]
    )


def _field(chance: Random, kind: str, key: str) -> dict[str, Any]:
    field: dict[str, Any] = {"type": kind, "key": key, "id": key, "label": key}
    validate: dict[str, Any] = {"required": True} if chance.random() < 0.4 else {}
    if kind in ("radio", "select", "checklist", "taglist"):
        field["values"] = OPTIONS
    if kind == "datetime":
        field["subtype"] = "date"
    if kind == "number":
        _number_rules(chance, field, validate)
    if kind in ("textfield", "textarea"):
        _text_rules(chance, validate)
    return field | ({"validate": validate} if validate else {})


def _number_rules(chance: Random, field: dict[str, Any], validate: dict[str, Any]) -> None:
    if chance.random() < 0.5:
        validate["min"] = chance.choice([0, 2.5, "=1 + 1", "=s2", "=null"])
    if chance.random() < 0.5:
        validate["max"] = chance.choice([10, "7.5", "=2 * 4", '=if s0 = "yes" then 5 else 50'])
    if chance.random() < 0.5:
        field["decimalDigits"] = chance.choice([0, 1, 2])
    if chance.random() < 0.3:
        field["increment"] = chance.choice(["0.5", "2"])


def _text_rules(chance: Random, validate: dict[str, Any]) -> None:
    rule = chance.choice(["", "minLength", "maxLength", "pattern", "email", "phone"])
    if rule in ("minLength", "maxLength"):
        validate[rule] = chance.choice([2, 5, "=1 + 2", '=if s0 = "yes" then 1 else 3'])
    if rule == "pattern":
        validate["pattern"] = chance.choice(["^[A-Z]", "\\d", "^[a-z]{1,3}$", "^(yes|no)$"])
    if rule in ("email", "phone"):
        validate["validationType"] = rule


def _conditions(field: dict[str, Any]) -> list[str]:
    """When something else is hidden, by the answer to this."""
    key = field["key"]
    return {
        "radio": [
            f'={key} = "yes"',
            f'={key} != "yes"',
            f'=not({key} = "no")',
            f'={key} in ("yes", "later")',
        ],
        "checkbox": [f"={key}", f"=not({key})", f"={key} = true"],
        "number": [f"={key} > 3", f"={key} = null", f"={key} >= 1 and {key} <= 5"],
        "textfield": [
            f'={key} = ""',
            f'={key} != ""',
            f'=contains({key}, "a")',
            f"=string length({key}) > 2",
        ],
    }[field["type"]]


def _maybe_hidden(chance: Random, field: dict[str, Any], conditions: list[str]) -> dict[str, Any]:
    if chance.random() < 0.25:
        return field
    condition = chance.choice(conditions)
    if chance.random() < 0.25:
        condition = f"={condition[1:]} and ({chance.choice(conditions)[1:]})"
    return field | {"conditional": {"hide": condition}}


def _group(chance: Random, conditions: list[str]) -> dict[str, Any]:
    inner = [_field(chance, "checkbox", "g0"), _field(chance, _kind(chance), "g1")]
    inner[1]["conditional"] = {"hide": chance.choice(["=group.g0", "=not(group.g0)"])}
    group = {"type": "group", "id": "group", "path": "group", "components": inner}
    return _maybe_hidden(chance, group, conditions) if chance.random() < 0.5 else group


def _rows(chance: Random, conditions: list[str]) -> dict[str, Any]:
    inner = [
        _field(chance, "radio", "r0"),
        _field(chance, _kind(chance), "r1"),
        _maybe_hidden(chance, _field(chance, _kind(chance), "r2"), conditions),
    ]
    own = ['=this.r0 = "yes"', '=this.r0 != "yes"', "=i[1] = 1", '=parent.s0 = "no"']
    inner[1]["conditional"] = {"hide": chance.choice(own)}
    rows = {"type": "dynamiclist", "id": "rows", "path": "rows", "label": "Rows", "components": inner}
    return _maybe_hidden(chance, rows, conditions) if chance.random() < 0.5 else rows


def _sum() -> dict[str, Any]:
    return {
        "type": "expression",
        "id": "total",
        "key": "total",
        "expression": "=s2 + 1",
        "computeOn": "change",
    }


def _answers(chance: Random, components: list[dict[str, Any]]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for component in components:
        if component["type"] == "group":
            answers["group"] = _answers(chance, component["components"])
        elif component["type"] == "dynamiclist":
            answers["rows"] = [_answers(chance, component["components"]) for _ in range(chance.randint(0, 3))]
        elif component["type"] != "expression":
            answers[component["key"]] = _answer(chance, component["type"])
    return answers


def _answer(chance: Random, kind: str) -> Any:
    values = [option["value"] for option in OPTIONS]
    if kind in ("radio", "select"):
        return chance.choice([None, "yes", *values])
    if kind in ("checklist", "taglist"):
        return chance.sample(values, chance.randint(0, 3))
    if kind == "checkbox":
        return chance.random() < 0.5
    if kind == "number":
        return chance.choice([None, 0, 1, 2, 4, 6.5, 0.25, -3, 7.125, 100])
    if kind == "datetime":
        return chance.choice(DAYS)
    return chance.choice([*WORDS, "".join(chance.choices(string.ascii_letters, k=4))])
