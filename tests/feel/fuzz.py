"""Random and hostile expressions: only FeelError may come out, nothing may hang, no value may be strange.

`python -m tests.feel.fuzz 10000000` is the long run; the tests do a short one (HANDRAIL_FUZZ sets its size).
"""

import gc
import random
import sys
import time
from datetime import UTC, date, datetime
from decimal import Decimal

import feel
from feel.builtins import BUILT_IN
from feel.types import BOOLEAN, NUMBER, STRING, Type, list_of
from feel.values import PLAIN_TYPES

SMALL = feel.Budget(steps=20_000, seconds=0.5, calls=30)
SLOWEST = 3.0
"""Seconds of computing that one expression may ever take, read, checked and run in each way."""

CONTEXT = {
    "n": 17, "f": 1.5, "s": "text", "b": True, "nothing": None, "xs": [1, 2, 3, None, "a"],
    "d": date(2026, 4, 7),
    "m": datetime(2026, 4, 7, 9, 30, tzinfo=UTC), "c": {"a": 1, "b c": {"d-e": [2, 3]}},
    "rows": [{"k": 1}, {"k": 2}],
    "cost-benefit": 5, "Full Name": "Ada", "big": Decimal("9E+6144"), "alien": object(),
}  # fmt: skip
DECLARED = {"n": NUMBER, "s": STRING, "b": BOOLEAN, "xs": list_of(NUMBER), "c": Type("Any")}

ATOMS = [
    *CONTEXT, "0", "1", "-1", "2.5", "1E6000", "99999999999999999999", '"a"', '""', '"(a+)+$"', "true",
    "false", "null",
    '@"2026-04-07"', '@"P1D"', '@"-P999999999Y"', '@"23:59:59@Europe/London"', '@"999999999-12-31T00:00:00Z"',
    "?", "item", "partial", "[]", "{}", "__class__", "c.__class__.__mro__", "s.__init__", '"\\uD800"',
    "abs", "n.n",
]  # fmt: skip
OPERATORS = ["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in", "==", ".", ".."]
SHAPES = [
    "({0})", "[{0}, {1}]", "[{0}..{1}]", "]{0}..{1}[", "({0}..{1})", "{{a: {0}, b: a, c: {1}}}",
    "{0}[{1}]", "{0}.{3}",
    "if {0} then {1} else {2}", "for x in {0} return {1}", "for x in {0}, y in {1} return {2}",
    "-{0}", "not({0})",
    "for i in {0}..{1} return partial", "some x in {0} satisfies {1}", "every x in {0} satisfies x = {1}",
    "{0} between {1} and {2}", "{0} in ({1}, < {2})", "{0} instance of list<number>", "{0} instance of {3}",
    "(function(x, y) {0})({1}, {2})", "{{g: function(x) g(x), h: g({0})}}.h", "function(x: number) {0}",
    "for i in 1..99999999 return {0}", "string({0})", "[{0}, {0}, {0}]", "@\"{3}\"", "{0} + {0} + {0} + {0}",
]  # fmt: skip
PAIRS = [
    ("1 in [", "]"), ("1 in (", ")"), ("[", "]"), ("{a: ", "}"), ("abs(", ")"), ("[1, 2][", "]"),
    ("not(", ")"), ("if ", " then 1 else 2"), ("for x in ", " return x"), ("(function(x) ", ")(1)"),
    ("some x in [1] satisfies ", " = 1"), ("1 between 0 and ", " and 2"), ("[1, ", ", 2]"),
    ("concatenate([1], ", ")"), ("xs[", "]"),
]  # fmt: skip
SOUP = "()[]{},:.<>=+-*/?@\"'\\ \n\tabcxyz0123456789 and or not in if then else for return é🐎\u200b\x00"


def expression(rng: random.Random, depth: int = 0) -> str:
    """A text that mostly follows the grammar."""
    choice = rng.random()
    if depth > 4 or choice < 0.25:
        return rng.choice(ATOMS)
    if choice < 0.5:
        return f"{expression(rng, depth + 1)} {rng.choice(OPERATORS)} {expression(rng, depth + 1)}"
    parts = [expression(rng, depth + 1) for _ in range(3)]
    if choice < 0.75:
        return f"{rng.choice(FUNCTIONS)}({', '.join(parts[: rng.randrange(4)])})"
    return rng.choice(SHAPES).format(*parts, rng.choice(("k", "a", "year", "days", "b c", "P1D", "x.y")))


FUNCTIONS = sorted(BUILT_IN)


def hostile(rng: random.Random) -> str:
    """A text cut, doubled, mixed or nested beyond reason."""
    text = expression(rng)
    (kind,) = rng.choices(range(7), (5, 5, 5, 2, 2, 1, 3))  # three of them are slow
    if kind == 0:
        return text[: rng.randrange(len(text) + 1)]
    if kind == 1:
        place = rng.randrange(len(text) + 1)
        return text[:place] + rng.choice(SOUP) + text[place:]
    if kind == 2:
        return "".join(rng.choice(SOUP) for _ in range(rng.randrange(60)))
    if kind == 3:
        bracket = rng.choice(("(", "[", "{a:", "-", "not(", "if ", "[1..", "x[", "1 in (", "function(x) "))
        return bracket * rng.choice((3, 3, 60, 60, 60, 900)) + text
    if kind == 4:
        return f" {rng.choice(OPERATORS)} ".join([text] * rng.choice((2, 2, 20, 20, 200)))
    if kind == 6:
        opening, closing = rng.choice(PAIRS)
        depth = rng.choice((2, 5, 12, 19, 39))
        return opening * depth + text[:400] + closing * depth
    return f"{{a: [{text}], " + ", ".join(f"a{i}: concatenate(a, a)" for i in range(40)) + "}.a39"


def trial(text: str) -> None:
    """Reads, checks and runs one text in every way. Raises AssertionError, or whatever escapes."""
    begun = time.process_time()
    for way in (_evaluated, _tested, _checked):
        try:
            value = way(text)
        except feel.FeelError as error:
            assert 0 <= error.position <= len(text) + 1
        else:
            assert_plain(value)
    taken = time.process_time() - begun
    assert taken < SLOWEST, f"{taken:.1f} s"


def _evaluated(text: str) -> object:
    return feel.evaluate(text, CONTEXT, budget=SMALL)


def _tested(text: str) -> object:
    return feel.unary_tests(text, 3, CONTEXT, budget=SMALL)


def _checked(text: str) -> object:
    problems = feel.check(text, DECLARED)
    assert all(isinstance(problem.message, str) for problem in problems)
    return None


_PYTHON = (*PLAIN_TYPES, date, datetime, type(datetime(2026, 1, 1, tzinfo=UTC).time()))


def assert_plain(value: object) -> None:
    """Only FEEL's own kinds of value come out, and no infinite number."""
    waiting = [value]
    for _ in range(10_000):
        if not waiting:
            return
        inner = waiting.pop()
        if isinstance(inner, dict):
            waiting.extend(inner.values())
        elif isinstance(inner, list):
            waiting.extend(inner)
        else:
            assert isinstance(inner, _PYTHON), type(inner)
            assert not isinstance(inner, Decimal) or inner.is_finite()


def text_of(seed: int) -> str:
    rng = random.Random(seed)
    return expression(rng) if rng.random() < 0.7 else hostile(rng)


TIDY = 5_000  # expressions between two collections: a fifth faster than when Python chooses, at some 100 MB


def main(count: int, start: int = 0) -> None:
    gc.freeze()
    gc.disable()
    begun = time.monotonic()
    for seed in range(start, start + count):
        try:
            trial(text_of(seed))
        except BaseException:  # said with its seed, and raised again
            sys.stdout.write(f"seed {seed}: {text_of(seed)[:500]!r}\n")
            raise
        if seed % TIDY == 0:
            gc.collect()
        if seed % 100_000 == 0:
            sys.stdout.write(f"{seed - start} done, {time.monotonic() - begun:.0f} s\n")
            sys.stdout.flush()
    sys.stdout.write(f"{count} expressions, no escape, {time.monotonic() - begun:.0f} s\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
