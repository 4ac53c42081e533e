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


_PATTERN = "Expected a pattern that can be read and does not match the empty text."
_THOUSANDS = "Write 1000 without a comma, or put a space after the comma if these are two."
MORE = {
    "risk": one_of("Not known", "low"),
    "age": NUMBER,
    "name": STRING,
    "urgent": BOOLEAN,
    "consent": BOOLEAN,
    "received": DATE,
    "opened": feel.parse_type("date and time"),
    "scores": list_of(NUMBER),
    "notes": list_of(STRING),
    "children": list_of(context_of(name=STRING, age=NUMBER)),
    "wait": feel.parse_type("days and time duration"),
    "twice": feel.parse_type("function<number> -> number"),
}


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("not urgent", "not urgent", "Write not(urgent), or put quotes round it if it is a text."),
        ("urgent AND consent", "urgent AND consent", "Write and, in small letters."),
        ("urgent = yes", "yes", "Write true."),
        ("urgent = False", "False", "Write false."),
        ("received = NULL", "NULL", "Write null."),
        (
            "Age > 3",
            "Age",
            "Expected a known name, but there is nothing called Age. Did you mean age?",
        ),
        ('today - received > @"P1D"', "today", "today is a function: write today()."),
        ("count > 3", "count", "count is a function: write count(…)."),
        (
            'contains(notes, "a")',
            'contains(notes, "a")',
            "Expected contains(string: string, match: string), but it gets a list of texts, text. "
            "list contains(…) looks into a list.",
        ),
        ('list contains("a", notes)', '"a"', "Expected a list to look into first, but this is text."),
        (
            'list contains(scores, "3")',
            '"3"',
            "Expected to compare values of one kind, but got a number and text. Numbers have no quotes.",
        ),
        (
            'age in ["7"]',
            '"7"',
            "Expected to compare values of one kind, but got a number and text. Numbers have no quotes.",
        ),
        (
            'wait > duration("P1M")',
            'wait > duration("P1M")',
            "Expected to compare values of one kind, but got a duration in days and a duration in months. "
            "Months differ in their days.",
        ),
        (
            "received < now()",
            "received < now()",
            "Expected to compare values of one kind, but got a date and a date and time. "
            "date(…) makes a date of a date and time.",
        ),
        (
            "received + 5",
            "received + 5",
            'Expected values that + can join, but got a date and a number. Write @"P5D" for five days.',
        ),
        ("age > null", "age > null", "Expected values with an order, but nothing (null) has none."),
        ("age / 0", "0", "Expected another number than 0 after /."),
        ("children[0]", "0", "Expected a position such as 1 or -1: no list has this one."),
        ("risk = Not known", "Not known", 'Not known needs quotes ("Not known") if it is a text.'),
        ("children.length", "children.length", "Write count(…) for how many a list holds."),
        (
            "max(1,000, 5)",
            "000",
            _THOUSANDS,
        ),
        ("age in [17..0]", "[17..0]", "Expected the lower end first: nothing lies between these two."),
        (
            "age between 17 and 0",
            "age between 17 and 0",
            "Expected the lower end first: nothing lies between these two.",
        ),
        (
            "for i in 1..notes return i",
            "notes",
            "Expected a number or a date to count from or to, but this is a list of texts.",
        ),
        ("[urgent..consent]", "urgent", "Expected an end with an order, but true or false has none."),
        (
            "sum(notes)",
            "sum(notes)",
            "Expected values that sum(…) can take together, but it gets a list of texts.",
        ),
        (
            "before(age, name)",
            "before(age, name)",
            "Expected values that before(…) can take together, but it gets a number and text.",
        ),
        ('matches(name, "[")', '"["', "Expected a pattern that can be read."),
        (
            'split(name, "a*")',
            '"a*"',
            _PATTERN,
        ),
        ("age(3)", "age(3)", "Expected a function to call, but age is a number."),
        ("twice()", "twice()", "Expected 1 value in the brackets, but got 0."),
        ('twice("a")', '"a"', "Expected a number here, but got text."),
        ("(function(x) x)(1, 2)", "(function(x) x)(1, 2)", "Expected 1 value in the brackets, but got 2."),
        (
            'day of week(received) = "Sundy"',
            '"Sundy"',
            '"Sundy" is not one of the values of day of week(…). Did you mean "Sunday"?',
        ),
        (
            "scores instance of list",
            "scores instance of list",
            "Expected a known type, but there is no list without what it holds, such as list<Any>.",
        ),
        (
            'opened > @"2026-04-07T17:00:00"',
            '@"2026-04-07T17:00:00"',
            'Write a moment with its time zone, such as @"2026-04-07T17:00:00@Europe/London".',
        ),
        (
            'opened in [@"2026-04-07T17:00:00Z"..date and time("2026-04-08T17:00:00")]',
            'date and time("2026-04-08T17:00:00")',
            'Write a moment with its time zone, such as @"2026-04-07T17:00:00@Europe/London".',
        ),
        ('time("17:00")', 'time("17:00")', "Expected a time of day, such as 17:00:00."),
        (
            'duration("5 days")',
            'duration("5 days")',
            "Expected a duration, such as P5D for five days or P6M for six months.",
        ),
    ],
)
def test_a_slip_is_shown_where_it_stands(text, at, message):
    (problem,) = feel.check(text, MORE)

    assert (text[problem.position : problem.position + problem.length], problem.message) == (at, message)


@pytest.mark.parametrize(
    "text",
    [
        'contains(children[age > 3].name, "A")',
        'upper case(children[name = "Ada"][1].name)',
        'wait > duration("P1D")',
        'duration("P1M") > @"P2M"',
        'list contains(notes, "a")',
        "name in notes",
        '"a" in ("a", "b")',
        'some kind in ["x", "y"] satisfies kind in ("x", "y", "z")',
        '(if urgent then "x" else "y") in ["x", "z"]',
        "age in [0..17]",
        "age between 0 and 17",
        "max(1, 200)",
        "max(scores) > age",
        'string join(notes, ", ")',
        "before(age, [1..3])",
        "sort(notes)",
        "all(for n in scores return n > 3)",
        'matches(name, "^[A-Z]")',
        "{count: 3, r: count(notes)}.r",
        "twice(age) + 1",
        "children.age",
        "if urgent then 1 else null",
        'day of week(received) in ("Saturday", "Sunday")',
        "scores instance of list<number>",
        "urgent in (consent)",
        'opened > @"2026-04-07T17:00:00@Europe/London"',
        '@"2026-04-07T17:00:00" < @"2026-04-07T18:00:00"',
        'time(now()) > time("17:00:00")',
    ],
)
def test_what_is_sound_is_left_alone(text):
    assert feel.check(text, MORE) == []


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
        ("> 1,500", NUMBER, _THOUSANDS),
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
