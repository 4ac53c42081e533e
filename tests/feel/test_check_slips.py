"""Slips in conditions are told where they stand, and what only looks like one is left alone."""

import pytest

import feel
from feel.types import BOOLEAN, DATE, NUMBER, STRING, context_of, list_of, one_of

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
