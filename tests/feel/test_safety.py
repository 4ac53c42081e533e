"""Nothing escapes, nothing hangs, and only FeelError is ever raised."""

import os

import pytest

import feel
from tests.feel import fuzz

DOUBLED = "{a: [1, 1], " + ", ".join(f"a{n + 1}: [a{n or ''}, a{n or ''}]" for n in range(60)) + "}"
"""Small in memory, and endless when gone through: each list holds the one before it twice."""

SIZE = int(os.environ.get("HANDRAIL_FUZZ") or 800)


def test_a_duration_has_no_more_digits_than_a_number():
    assert feel.evaluate('string(@"P1D" * 1E6000)') is None
    assert feel.evaluate('sum([@"P999999999999999999D" * 100, @"P999999999999999999D" * 100])') is None
    assert feel.evaluate('string(@"P999999999999999999D" + @"P1D")') == "P1000000000000000000D"


def test_random_and_hostile_expressions_do_no_harm():
    for seed in range(SIZE):
        fuzz.trial(fuzz.text_of(seed))


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..1000000000 return i",
        "for i in 1..100000, j in 1..100000 return i * j",
        "some i in 1..1000000000 satisfies i < 0",
        "for x in [1..1000000000] return x",
        "{f: function(n) f(n), r: f(1)}.r",
        "{f: function(g) g(g), r: f(f)}.r",
        "{a: [1, 1], " + ", ".join(f"a{i}: concatenate({p}, {p})" for i, p in
            enumerate(["a", *(f"a{n}" for n in range(60))])) + "}.a60",
        "{s: \"aaaaaaaaaaaaaaaa\", " + ", ".join(f"s{i}: {p} + {p}" for i, p in
            enumerate(["s", *(f"s{n}" for n in range(60))])) + "}.s60",
        DOUBLED + ".a60",
        DOUBLED + ".a60 = " + DOUBLED + ".a60",
        "string(for i in 1..20000 return 1E6000)",
        "string(" + DOUBLED + ".a60)",
        "count(flatten(" + DOUBLED + ".a60))",
        DOUBLED + ".a60 instance of " + "list<" * 30 + "Any" + ">" * 30,
        "{p: function(x: " + "list<" * 30 + "list" + ">" * 30 + ") 1, r: p(" + DOUBLED + ".a60)}.r",
        "(" * 5000 + "1" + ")" * 5000,
        "-" * 5000 + "1",
        "[1..[" * 2000,
        "1" * 30_000,
        'matches(string join(for i in 1..20000 return "a"), "' + "(.{1000})" * 40 + '")',
    ],
)  # fmt: skip
def test_too_much_work_is_refused(text):
    with pytest.raises(feel.FeelError):
        feel.to_json(feel.evaluate(text, budget=feel.Budget(steps=200_000)))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("(", ")"), ("[", "]"), ("[1..", "]"), ("x[", "]"), ("{a: ", "}"), ("not(", ")"), ("1 in (", ")"),
     ("1 in (< (", "))"), ("-", ""), ("if true then ", " else 1"), ("for x in ", " return 1"),
     ("some x in ", " satisfies true"), ("function(x) ", "")],
)  # fmt: skip
def test_whatever_stands_inside_one_another_is_counted(opening, closing):
    with pytest.raises(feel.TooMuchWork, match="at most 40 levels"):
        feel.parse(opening * 60 + "1" + closing * 60)

    feel.parse(opening * 15 + "1" + closing * 15)


def test_long_chains_are_not_deep():
    assert feel.evaluate(" + ".join(["1"] * 2500)) == 2500
    assert feel.evaluate(" and ".join(["true"] * 2000)) is True


def test_a_pattern_that_explodes_elsewhere_is_linear_here():
    assert feel.evaluate('matches(s, "^(a+)+$")', {"s": "a" * 5000 + "b"}) is False


@pytest.mark.parametrize(
    "name", ["__class__", "__init__", "format", "real", "as_tuple", "keys", "year.__class__"]
)
@pytest.mark.parametrize("value", ["text", 1, True, [1], {"a": 1}, None])
def test_python_attributes_are_out_of_reach(name, value):
    found = feel.evaluate(f"x.{name}", {"x": value})

    assert found is None or found == [None]


def test_a_budget_of_time_is_kept():
    with pytest.raises(feel.TooMuchWork, match="within 0.01 seconds"):
        feel.evaluate(
            "for i in 1..100000 return count(for j in 1..100 return i * j)",
            budget=feel.Budget(steps=10**12, seconds=0.01),
        )


def test_data_nested_beyond_reason_is_refused():
    deep = []
    for _ in range(5000):
        deep = [deep]

    for attempt in (lambda: feel.evaluate("x = 1", {"x": deep}), lambda: feel.unary_tests("1", deep)):
        with pytest.raises(feel.TooMuchWork):
            attempt()


def test_types_that_double_at_each_step_are_checked_in_time():
    steps = ", ".join(f"a{n + 1}: {{x: a{n or ''}, y: [a{n or ''}], z: function(q) a}}" for n in range(60))

    assert feel.check("{a: {k: 1}, " + steps + ", r: [a60, a60, a60.x]}.r[1].x = [a60]", {}) != []
