"""Patterns mean what XPath Functions and Operators 5.6.1 and the regular expressions of XML Schema say."""

import subprocess
import sys

import pytest

import feel
from feel.patterns import charge

FOUND = r"""
^[\w ]+$ | José
[\w] | é
^[\W]$ | _
^[\W]$ | !
[\d] | ٣
^[\D]$ | x
^[\S]$ | x
[\c] | -
^[^\i]$ | 1
^[^\W]$ | é
[\w-[x]] | y
^[\w-.]+$ | a-b.c
[\p{L}-[a]] | b
[\d-[3]] | ٥
[a-z-[b-d-[c]]] | c
^[\P{Lu}]$ | x
\p{IsCyrillic} | Ж
^\p{IsLatinExtended-A}$ | ő
^\p{IsGreek}$ | λ
^\P{IsBasicLatin}$ | é
[\p{IsLatin-1Supplement}] | é
^[\P{IsLatin-1Supplement}]$ | e
^\p{Cn}$ | ͸
^[^\p{C}]$ | a
^.{0,2000}$ | abc
^a:{2}$ | a::
^(?:ab){2,}?$ | ababab
^[\[\]\-^]+$ | [-]^
"""
NOT_FOUND = r"""
[\W] | é
[\w] | _
[\D] | ٣
[^\S] | x
^[\w-[x]]$ | x
[\d-[5]] | 5
[a-z-[b-d-[c]]] | b
\P{IsLatin-1Supplement} | é
\p{IsLatin-1Supplement} | e
^.{0,2000}$ | LONG
^(?:ab){1001}$ | LONG
"""
MEANINGLESS = r"""
(asd)[asd\0]
1[asd\0]
[a-\d]
[z-a]
[]
[^]
[a-[b]
[-[a]]
[[:alpha:]]
a{,2}
a{2,1}
a{x}
a{
{2}
a|{2}
a{2}{3}
a]
a}
\p{Greek}
\p{IsNowhere}
\p{L
\pL
[\pL]
\p{Cs}
\e
a\
(?i)a
(?=a)
(a){0,2000}
(\\(a)){0,2000}
a{99999}
"""


def rows(text):
    return [row.strip("\n").split(" | ") for row in text.strip("\n").split("\n")]


@pytest.mark.parametrize(("pattern", "text"), rows(FOUND))
def test_it_is_found(pattern, text):
    assert matches(text, pattern) is True


@pytest.mark.parametrize(("pattern", "text"), rows(NOT_FOUND))
def test_it_is_not_found(pattern, text):
    assert matches("ab" * 2000 if text == "LONG" else text, pattern) is False


def test_a_space_is_one_of_four_characters():
    assert [text for text in "\t\n\v\f\r \u00a0" if matches(text, r"^[\s]$") and matches(text, r"^\s$")] == [
        *"\t\n\r "
    ]


def test_private_use_lies_in_three_places():
    assert [matches(text, r"\p{IsPrivateUse}") for text in "\ue000\U000f0000x"] == [True, True, False]


@pytest.mark.parametrize("pattern", MEANINGLESS.strip().splitlines())
def test_what_has_no_meaning_is_null(pattern):
    assert matches("a", pattern) is None


@pytest.mark.parametrize(
    ("text", "pattern", "found"),
    [
        ("m", r"\p{Lu}", False),
        ("m", r"\P{Lu}", True),
        ("M", r"\p{Ll}", False),
        ("m", r"[\p{Lu}]", False),
        ("m", r"[\p{Lu}x]", False),
        ("X", r"[\p{Ll}x]", True),
        ("X", r"^[^x\d]$", False),
        ("Y", r"^[^x\d]$", True),
        ("\u212a", "k", True),
        ("\u212a", "[a-z]", True),
        ("\u212a", r"\p{IsBasicLatin}", False),
        ("I", "[A-Z-[io]]", False),
        ("i", "[A-Z-[IO]]", False),
        ("x", "[A-Z-[IO]]", True),
    ],
)
def test_the_flag_i_folds_letters_but_not_what_has_a_name(text, pattern, found):
    assert matches(text, pattern, "i") is found


@pytest.mark.parametrize("pattern", [r"\[ a [ ]", r"\p{ I s B a s i c L a t i n }a"])
def test_the_flag_x_drops_spaces_outside_classes(pattern):
    assert matches("[a " if "[" in pattern else "aa", pattern, "x") is True


def test_a_repeat_beyond_a_thousand_counts_right():
    for count, found in ((1000, False), (1001, True), (2500, True), (2501, False)):
        assert matches("a" * count, "^a{1001,2500}$") is found
    assert matches("a" * 1500, "^(?:a|b){1400,}?$") is True


def test_tables_are_made_at_the_first_need():
    code = "import feel.patterns, feel.patterns.escapes as sets; feel.patterns.find('é', r'[\\w]', ''); "
    code += "print(sets._categories.cache_info().currsize, sets.blocks.cache_info().currsize)"

    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert made.stdout.strip() == "0 0"


@pytest.mark.parametrize("half", ["\ud800", "a\udfff"])
def test_half_a_character_has_no_pattern(half):
    texts = {"half": half}

    assert [matches(half, "a"), matches("a", half)] == [None, None]
    assert feel.evaluate('[replace(half, "a", "b"), split(half, "a"), split("a", half)]', texts) == [None] * 3
    assert feel.evaluate('replace("a", "a", half)', texts) == half


def test_reading_large_patterns_is_counted():
    many = 'for i in 1..1000 return matches("a", "\\D{0,2000}" + string(i))'

    with pytest.raises(feel.TooMuchWork):
        feel.evaluate(many, budget=feel.Budget(steps=50_000))


@pytest.mark.parametrize("pattern", [r"a\D{0,500}", r"a(b){0,2000}", "a"])
def test_a_pattern_costs_the_same_each_time(pattern):
    """Whether it was read before, here or by another evaluation."""
    work = Counted()
    for _ in range(3):
        charge(work, pattern, "", 10)

    assert len({*work.charged}) == 1


class Counted:
    """How much each call of `charge` counted."""

    def __init__(self):
        self.charged = []

    def charge(self, steps):
        self.charged.append(steps)


def matches(text, pattern, flags=""):
    return feel.evaluate("matches(text, pattern, flags)", {"text": text, "pattern": pattern, "flags": flags})
