"""What an expression gives, and how values cross the border between Python and FEEL."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

import feel


@pytest.mark.parametrize(
    ("text", "context", "value"),
    [
        ('risk = "high" and age < 18', {"risk": "high", "age": 17}, True),
        ("Full Name", {"Full Name": "Ada"}, "Ada"),
        ("cost-benefit * 2", {"cost-benefit": 3}, Decimal(6)),
        ("client’s age + 1", {"client’s age": 3}, Decimal(4)),
        ("answers.ok? and what if?", {"answers": {"ok?": True}, "what if?": False}, False),
        ("rows[ok? = 1].n", {"rows": [{"ok?": 1, "n": 2}]}, [Decimal(2)]),
        ("cost-benefit", {"cost": 5, "benefit": 3}, Decimal(2)),
        ("Terms and Conditions", {"Terms and Conditions": "yes"}, "yes"),
        ("some x in rows satisfies x.a = 2", {"rows": [{"a": 1}, {"a": 2}]}, True),
        ('born + duration("P18Y")', {"born": date(2010, 2, 28)}, date(2028, 2, 28)),
        ("0.1 + 0.2 = 0.3", {}, True),
        ("missing", {}, None),
        ("a.b.c", {"a": {"b": 1}}, None),
    ],
)
def test_an_expression_gives_its_value(text, context, value):
    assert feel.evaluate(text, context) == value


LOCAL = datetime(2026, 4, 7, 9, 30, tzinfo=UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, Decimal("1.5"), "text", [Decimal(1), [None]], {"a": {"b": "c"}}),
        *(date(2026, 4, 7), time(9, 30), LOCAL, LOCAL.replace(tzinfo=UTC)),
        *(feel.YearsAndMonths(14), feel.DaysAndTime(5 * 10**9)),
    ],
)
def test_a_value_comes_out_as_it_went_in(value):
    assert feel.evaluate("x", {"x": value}) == value


def test_numbers_go_in_as_decimals():
    assert feel.evaluate("x + y", {"x": 0.1, "y": 2}) == Decimal("2.1")


def test_what_feel_has_no_value_for_is_null():
    assert feel.evaluate("x", {"x": object()}) is None


def test_problems_say_where_and_why_but_never_show_a_value():
    value, problems = feel.evaluate_with_problems("1 + (name - 1)", {"name": "Secret"})

    assert value is None
    assert problems[0] == feel.Problem(4, 10, "Expected values that - can join, but got string and number.")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("if missing then 1 else 2", "Expected a condition to be true or false, but it is null."),
        ("true and 1", "Expected true or false, but got number."),
        ("missing = 1", "Expected a known name, but there is nothing called missing."),
        ('1 < "a"', "Expected values that can be compared, but got number and string."),
        ("1 / 0", "Expected a result from /, but there is none (division by zero, or too large)."),
        ('[1]["a"]', "Expected a condition, but it is a string."),
        ("{a: 1}.b", "Expected context to have b, but it has no such part."),
        ("for x in null return x", "Expected a list to go through, but got null."),
        ('date("foo")', "Expected date(…) to have a result, but these values have none."),
        ("sqrt(-1)", "Expected sqrt(…) to have a result, but these values have none."),
        ('number("")', "Expected number(…) to have a result, but these values have none."),
        ("[1, 2][0]", "Expected a position such as 1 or -1, but no list has this one."),
        ("[1, 2][item + 0.5]", "Expected a position such as 1 or -1, but no list has this one."),
        ("[][0]", "Expected a position such as 1 or -1, but no list has this one."),
        ('max(1, "a")', "Expected max(…) to have a result, but these values have none."),
        ('sum([1, null, "a"])', "Expected sum(…) to have a result, but these values have none."),
        ('median("a")', "Expected median(…) to have a result, but these values have none."),
        ("all(true, 1)", "Expected all(…) to have a result, but these values have none."),
        ("sublist([1], 3)", "Expected sublist(…) to have a result, but these values have none."),
        (
            '"a" in [1..3]',
            "Expected a value that can be compared with what follows in, but got string.",
        ),
        (
            '@"2020-01-01T00:00:00Z" - @"2020-01-01T00:00:00"',
            "Expected both moments to have an offset, or neither, but only one has.",
        ),
        (
            "substring(1, 2)",
            "Expected substring(string: string, start position: number, length?: number), "
            "but it got (number, number).",
        ),
    ],
)
def test_what_goes_wrong_is_told(text, message):
    problems = feel.evaluate_with_problems(text)[1]

    assert problems[-1].message == message


OVER_LISTS = ("min", "max", "sum", "mean", "median", "product", "stddev")


@pytest.mark.parametrize(
    "text",
    [
        *("string(null)", 'get value({}, "a")', "(function() null)()", "null"),
        *("[1, 2][9]", "[1, 2][-3]", "[1, 2][item + 8]", "[][1]", "[][-1]", "[][1 + 1]", "[].a[1]"),
        *("index of([1, 2], 3)[1]", "null[1]", "[][1].a", "all([true, null])", "any(null, false)"),
        *(f"{name}([])" for name in OVER_LISTS),
        *(f"{name}(null)" for name in (*OVER_LISTS, "mode")),
        *(f"{name}([1, null])" for name in (*OVER_LISTS, "mode")),
        *("min([null, null])", "max(null, 3)", "sum(null, null)", "stddev([1])", 'min("a", null)'),
    ],
)
def test_null_that_is_the_answer_is_no_problem(text):
    assert feel.evaluate_with_problems(text) == (None, [])


@pytest.mark.parametrize("condition", ["item > 1", "age > 18", "contains(item, 1)", "item[0].a.b < 2"])
def test_of_nothing_no_condition_goes_wrong(condition):
    assert feel.evaluate_with_problems(f"[][{condition}]") == ([], [])


def test_a_host_function_is_called_by_its_name():
    asked = []

    def deadline(name, start=None):
        asked.append((name, start))
        return date(2026, 4, 8)

    assert feel.evaluate('deadline("advice_urgent") + @"P1D"', functions={"deadline": deadline}) == date(
        2026, 4, 9
    )
    assert asked == [("advice_urgent", None)]


def test_a_host_function_called_wrongly_is_null_with_a_problem():
    functions = {"deadline": lambda clock: clock}

    for text in ("deadline()", 'deadline("a", "b")', 'deadline(name: "a")'):
        value, problems = feel.evaluate_with_problems(text, functions=functions)
        assert value is None
        assert [problem.message for problem in problems] == [
            "Expected deadline(…) to get the arguments that it takes, but it got others."
        ]


def test_a_fault_inside_a_host_function_is_the_hosts():
    with pytest.raises(TypeError, match="unsupported operand"):
        feel.evaluate("broken(1)", functions={"broken": lambda number: number + "a"})


def test_now_is_what_the_host_says():
    moment = datetime(2026, 4, 7, 9, 30, tzinfo=UTC)

    assert feel.evaluate("now()", now=moment) == moment
    assert feel.evaluate("today()", now=moment) == date(2026, 4, 7)


def test_now_stands_still_during_an_evaluation():
    assert feel.evaluate("now() - now()") == feel.DaysAndTime(0)


@pytest.mark.parametrize(
    ("tests", "value", "passes"),
    [
        ("-", 1, True),
        ("< 5, [7..9)", 8, True),
        ("< 5, [7..9)", 9, False),
        ('not("a", "b")', "c", True),
        ('"a", "b"', "b", True),
        ("? > 3 and ? < 5", 4, True),
        ("> 5", "text", None),
    ],
)
def test_unary_tests_look_at_the_input(tests, value, passes):
    assert feel.unary_tests(tests, value) is passes


def test_names_are_those_from_outside():
    text = "for c in children, n in [1] return {t: c.age + margin, u: t}.u + count(more[x > 1])"

    assert feel.names(text) == {"children", "margin", "more", "x"}


def test_a_function_in_a_context_knows_its_own_name():
    assert feel.names("{f: function(n) f(n - step), g: 1 + g}") == {"step", "g"}


def test_json_has_whole_numbers_floats_and_iso_texts():
    value = feel.evaluate('[1, 1.5, @"2026-04-07", @"PT36H", {a: null}]')

    assert feel.to_json(value) == [1, 1.5, "2026-04-07", "P1DT12H", {"a": None}]


def test_json_has_no_number_beyond_a_float():
    with pytest.raises(feel.FeelError, match="Expected a number up to"):
        feel.to_json(feel.evaluate("[10 ** 400]"))


def test_nobody_has_given_an_answer_that_is_true():
    """Else a row for those who said yes would be met by those who were never asked."""
    assert feel.unary_tests("true", None) is False
    assert feel.unary_tests("agreed", None, {"agreed": True}) is False
    assert feel.unary_tests("not(false)", None) is True
    assert feel.unary_tests("age > 3", None, {"age": 4}) is True


def test_nothing_lies_in_no_range():
    """Else "age in [0..17]" would be true of everybody whose age is not known."""
    assert feel.evaluate("age in [0..17]", {"age": None}) is None
