"""Mistakes are found before anything runs, and told in words a diagram's author knows."""

import itertools
import time

import pytest

import feel
from feel.types import BOOLEAN, DATE, NUMBER, STRING, context_of, list_of, one_of

DECLARED = {
    "risk": STRING,
    "age": NUMBER,
    "urgent": BOOLEAN,
    "received": DATE,
    "child": context_of(name=STRING, age=NUMBER),
    "children": list_of(context_of(name=STRING, age=NUMBER)),
    "answers": feel.Type("Any"),
}


def messages(text, **options):
    return [problem.message for problem in feel.check(text, DECLARED, **options)]


@pytest.mark.parametrize(
    "text",
    [
        'risk = "immediate" and age < 18',
        'if urgent then received + @"P1D" else null',
        'some c in children satisfies c.age < 18 and starts with(c.name, "A")',
        "children[age < 18].name",
        "children[1].age + count(children)",
        "age in (< 3, [7..9])",
        "answers.whatever.deep = 3",
        "for c in children return c.age * 2",
        '{a: 1, b: a + age}.b > 2 and risk in ("a", "b")',
        "sort(children, function(x, y) x.age < y.age)[1].name",
        'string join(children.name, ", ")',
        "received < today()",
        "not(urgent)",
        "substring(string: risk, start position: 2)",
        "max(1, 2, age)",
        "risk != null",
        "{f: function(n) if n <= 1 then 1 else n * f(n - 1), r: f(5)}.r",
    ],
)
def test_a_sound_expression_has_no_problems(text):
    assert messages(text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('date("2026-02-30") < received', "Expected a day that there is, such as 2026-04-07."),
        (
            'matches(risk + "a", "a") or matches("a", "[")',
            "Expected matches(…) to have a result, but these values have none.",
        ),
        (
            "{f: function() zebra, zebra: 2, r: f()}.r",
            'Expected a known name, but there is nothing called zebra. A text needs quotes: "zebra".',
        ),
        ('risk == "immediate"', "Use one = to compare, not two."),
        ("urgent && urgent", "Write and, not &&."),
        ("risk = 'immediate'", 'Texts go in double quotes ("…"), not single ones.'),
        ("risk = immediate", 'immediate needs quotes ("immediate") if it is a text.'),
        ("risk = rysk", 'rysk needs quotes ("rysk") if it is a text, or did you mean risk?'),
        ("agee > 3", "Expected a known name, but there is nothing called agee. Did you mean age?"),
        (
            'age > "3"',
            "Expected to compare values of one kind, but got a number and text. Numbers have no quotes.",
        ),
        (
            'received > "2026-04-07"',
            'Expected to compare values of one kind, but got a date and text. Write @"2026-04-07".',
        ),
        ("urgent > urgent", "Expected values with an order, but true or false has none."),
        ("age and urgent", "Expected something true or false, but this is a number."),
        (
            'risk + 1 = "x"',
            "Expected values that + can join, but got text and a number. string(…) makes a text of a number.",
        ),
        ("child.agee", "Expected one of name, age, but there is no agee."),
        ("age.years", "Expected something with parts, but a number has no years."),
        (
            "children[agee > 3]",
            "Expected a known name, but there is nothing called agee. Did you mean age?",
        ),
        (
            "starts with(risk)",
            "Expected starts with(string: string, match: string), but it gets text.",
        ),
        (
            'contains(age, "1")',
            "Expected contains(string: string, match: string), but it gets a number, text.",
        ),
        ("lenght(risk)", "Expected a known name, but there is nothing called lenght."),
        ("if risk then 1 else 2", "Expected something true or false, but this is text."),
        (
            'age in (< "3")',
            "Expected to compare values of one kind, but got a number and text. Numbers have no quotes.",
        ),
        ("-risk", "Expected a number or duration after -, but got text."),
        ("age > 3 and", "Expected a value, but the text ends."),
        ('risk = "open', 'Expected a closing quote ("), but the text ends first.'),
        ("[1, 2", "Expected “]” to close the list, but the text ends."),
    ],
)
def test_a_mistake_is_explained(text, message):
    assert messages(text) == [message]


def test_a_slow_machine_finds_the_same_mistakes(monkeypatch):
    monkeypatch.setattr("feel.run._LOOK_AT_CLOCK_EVERY", 0)
    monkeypatch.setattr("feel.run.monotonic", itertools.count(step=3600).__next__)

    assert messages('replace("abc", "a*", "b")') == [
        "Expected replace(…) to have a result, but these values have none."
    ]


def test_a_problem_shows_the_place():
    (problem,) = feel.check("urgent and risk = immediate", DECLARED)

    assert (problem.position, problem.length) == (18, 9)


def test_functions_that_the_host_lends_are_known():
    assert messages('deadline("advice_urgent") > now()', functions=["deadline"]) == []
    assert messages('deadline("advice_urgent") > now()') != []


def test_a_condition_must_be_true_or_false():
    assert messages("age + 1", wanted=BOOLEAN) == [
        "Expected the whole to be true or false, but it is a number."
    ]


def test_without_declarations_any_variable_may_exist():
    assert feel.check("anything.at.all > 3") == []
    assert feel.check("number + 1 in (count, today)") == []
    assert feel.check("for i in 1..count return i in [mode, 5] and day of week(date) = any") == []
    assert feel.check("max(parcels[weight > 3].length) > 2") == []
    assert len(feel.check("starts with(anything)")) == 1


def test_the_whole_is_one_of_the_values_wanted():
    assert messages('"hihg"', wanted=one_of("high", "low")) == [
        '"hihg" is not one of the values of the whole. Did you mean "high"?'
    ]
    assert messages("null", wanted=BOOLEAN) == [
        "Expected the whole to be true or false, but it is nothing (null)."
    ]
    assert messages('["a"]', wanted=list_of(NUMBER)) == [
        "Expected the whole to be a list of numbers, but it is a list of texts."
    ]


@pytest.mark.parametrize(
    ("cell", "kind", "message"),
    [
        (
            "today()",
            NUMBER,
            'Expected to compare values of one kind, but got a number and a date. Write @"2026-04-07".',
        ),
        (
            "2026-04-07",
            DATE,
            'Expected to compare values of one kind, but got a date and a number. Write @"2026-04-07".',
        ),
        ("today", DATE, "today is a function: write today()."),
        (
            "-3",
            STRING,
            "Expected to compare values of one kind, but got text and a number. Numbers have no quotes.",
        ),
        ("> 1,500", NUMBER, "Write 1000 without a comma, or put a space after the comma if these are two."),
        ("[10..7]", NUMBER, "Expected the lower end first: nothing lies between these two."),
        ("yes", BOOLEAN, "Write true."),
        ("Not knwon", one_of("Not known", "low"), 'Not knwon needs quotes ("Not knwon") if it is a text.'),
        ("7-10", NUMBER, "Write [7..10] for a range: - takes one from the other."),
    ],
)
def test_a_cell_that_can_never_be_met_is_told(cell, kind, message):
    assert [one.message for one in feel.check_unary_tests(cell, DECLARED, input_type=kind)] == [message]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("age + 1", NUMBER),
        ("10 - 3", NUMBER),
        ("urgent", feel.Type("Any")),
        ("? > 3 and ? < age", NUMBER),
        ("not(3, 4)", NUMBER),
        ("age > 3", STRING),
        ("null", NUMBER),
        ("100, 200", NUMBER),
        ("true", BOOLEAN),
        ("> today()", DATE),
    ],
)
def test_a_sound_cell_is_left_alone(cell, kind):
    assert feel.check_unary_tests(cell, DECLARED, input_type=kind) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("anything = True", "Write true."),
        ("anything = NULL", "Write null."),
        ("not anything and more", "Write not(anything), or put quotes round it if it is a text."),
        ('kind = "a" and one OR two', "Write or, in small letters."),
        ('one = yes OR two = "b"', "Write or, in small letters."),
    ],
)
def test_without_declarations_slips_are_still_told(text, message):
    assert [problem.message for problem in feel.check(text)] == [message]
    assert feel.check('Every Day = "a" or In = 3 or notable = 4') == []


def test_cells_of_tables_are_checked_against_their_input():
    assert feel.check_unary_tests("< 5, [7..9]", DECLARED, input_type=NUMBER) == []
    assert len(feel.check_unary_tests('"low"', DECLARED, input_type=NUMBER)) == 1


LISTED = {
    "risk": one_of("low", "high", "immediate"),
    "agencies": list_of(one_of("police", "school")),
    "child": context_of(kind=one_of("a", "b")),
    "children": list_of(context_of(kind=one_of("a", "b"))),
    "urgent": BOOLEAN,
}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('risk = "hihg"', '"hihg" is not one of the values of risk. Did you mean "high"?'),
        ('"hihg" != risk', '"hihg" is not one of the values of risk. Did you mean "high"?'),
        ('risk in ("low", "hihg")', '"hihg" is not one of the values of risk. Did you mean "high"?'),
        (
            'risk in ["x", "low"]',
            '"x" is not one of the values of risk. They are "high", "immediate", "low".',
        ),
        (
            'list contains(agencies, "polic")',
            '"polic" is not one of the values of agencies. Did you mean "police"?',
        ),
        ('agencies[1] = "schol"', '"schol" is not one of the values of agencies. Did you mean "school"?'),
        ('child.kind = "c"', '"c" is not one of the values of child.kind. They are "a", "b".'),
        ('children[kind = "c"]', '"c" is not one of the values of kind. They are "a", "b".'),
        (
            'some c in children satisfies c.kind = "c"',
            '"c" is not one of the values of c.kind. They are "a", "b".',
        ),
        ("risk = child.kind", "Expected two texts that can be the same, but they have no value in common."),
    ],
)
def test_a_text_is_one_of_those_listed(text, message):
    assert [problem.message for problem in feel.check(text, LISTED)] == [message]


@pytest.mark.parametrize(
    "text",
    [
        'risk = "high" or risk = null',
        'risk = (if urgent then "immediate" else "none")',
        'risk + "x" = "lowx"',
        'starts with(risk, "hi")',
        'upper case(risk) = "HIGH"',
        'some a in agencies satisfies a = "police"',
        'risk in ("low", "high")',
    ],
)
def test_other_texts_may_be_compared_with_anything(text):
    assert feel.check(text, LISTED) == []


@pytest.mark.parametrize(("depth", "inside"), [(19, "1"), (14, "1, " * 2000 + "1")])
def test_lists_inside_tests_are_looked_at_once(depth, inside):
    begun = time.process_time()
    feel.check("1 in [" * depth + inside + "]" * depth)

    assert time.process_time() - begun < 2


def test_beside_the_declared_names_others_may_exist():
    assert feel.check('other = "x" and risk = "low"', LISTED, others=True) == []
    assert len(feel.check('other = "x"', LISTED)) == 1
