"""What people write who know a spreadsheet, another language or plain English: each is told what to write."""

import pytest

import feel
from feel.parser import parse_type, parse_unary_tests

OPEN_COMMENT = "Expected the comment to be closed with */, but the text ends first."
AFTER_AT = 'Expected a date, time or duration after @, such as @"2026-04-07".'
NAMED = "Expected all arguments to be named, or none of them."
NO_ELSE = "Expected “else” with the value for all other cases, but the text ends."

SLIPS = [
    # Signs.
    ("!urgent", 0, 1, "Write not(…), not !."),
    ('risk <> "high"', 5, 2, "Write !=, not <>."),
    ("age => 3", 4, 2, "Write >=, not =>."),
    ("age =< 3", 4, 2, "Write <=, not =<."),
    ("age > = 3", 4, 3, "Write >= without a space."),
    ("age < = 3", 4, 3, "Write <= without a space."),
    ("age ≥ 3", 4, 1, "Write >=, not ≥."),
    ("age ≤ 3", 4, 1, "Write <=, not ≤."),
    ("age ≠ 3", 4, 1, "Write !=, not ≠."),
    ("age × 3", 4, 1, "Write *, not ×."),
    ("age ÷ 3", 4, 1, "Write /, not ÷."),
    ("age – 3", 4, 1, "Write -, not –."),
    ("age — 3", 4, 1, "Write -, not —."),
    ("age ^ 2", 4, 1, "Write **, not ^."),
    ("max(1; 2)", 5, 1, "Write a comma, not ;."),
    ("urgent & consent", 7, 1, "Write and (or + between texts), not &."),
    ("urgent | consent", 7, 1, "Write or, not |."),
    ("urgent || consent", 7, 2, "Write or, not ||."),
    ("share > 50%", 10, 1, "Write the number alone, not %."),
    ("cost > £50", 7, 1, "Write the number alone, not £."),
    ('age < 18 ? "child" : "adult"', 9, 1, "Write if … then … else …, not ? and :."),
    # Comments and texts that are not closed.
    ("/* open", 0, 2, OPEN_COMMENT),
    ("age > 3 /* open", 8, 2, OPEN_COMMENT),
    ('age > 3 /* say "hello', 8, 2, OPEN_COMMENT),
    ('risk = "open', 7, 5, 'Expected a closing quote ("), but the text ends first.'),
    ('risk = "open \nand urgent', 7, 5, 'Expected a closing quote ("), but the text ends first.'),
    # Words for signs and functions.
    ('risk is "high"', 5, 2, "Write = to compare, not is."),
    ('risk IS "high"', 5, 2, "Write = to compare, not IS."),
    ("age is null", 4, 2, "Write = to compare, not is."),
    ('if risk is "high" then 1 else 2', 8, 2, "Write = to compare, not is."),
    ('lower case(risk) is "high"', 17, 2, "Write = to compare, not is."),
    ('risk equals "high"', 5, 6, "Write = to compare, not equals."),
    ('risk is equal to "high"', 5, 11, "Write = to compare, not is equal to."),
    ('risk is not "high"', 5, 6, "Write != to compare, not is not."),
    ("age is at least 3.5", 4, 11, "Write >= to compare, not is at least."),
    ('name contains "Ada"', 5, 8, 'Write contains(name, "Ada"), or list contains(…) for a list.'),
    ('child.name contains "A"', 11, 8, 'Write contains(child.name, "A"), or list contains(…) for a list.'),
    ('children[1].name contains "A"', 17, 8, 'Write contains(…, "A"), or list contains(…) for a list.'),
    ('agencies has "police"', 9, 3, 'Write contains(agencies, "police"), or list contains(…) for a list.'),
    ('name like "A%"', 5, 4, "Write contains(name, …) with the part to find, not like."),
    ('name starts with "A"', 5, 11, 'Write starts with(name, "A").'),
    # Durations.
    ("received + 5 days", 11, 6, 'Write a duration as @"P5D".'),
    ("age > 18 years", 6, 8, 'Write a duration as @"P18Y".'),
    ("6 months", 0, 8, 'Write a duration as @"P6M".'),
    ("3 weeks", 0, 7, 'Write a duration as @"P21D".'),
    ("2 hours", 0, 7, 'Write a duration as @"PT2H".'),
    ("1 minute", 0, 8, 'Write a duration as @"PT1M".'),
    ("2.5 days", 0, 8, 'Write a duration in whole numbers, such as @"PT36H".'),
    ("0" * 5000 + "5 weeks", 0, 5007, 'Write a duration in whole numbers, such as @"PT36H".'),
    ('received + @"5 days"', 11, 9, AFTER_AT),
    ('@"foo"', 0, 6, AFTER_AT),
    # Keywords in capitals.
    ('risk = "high" AND urgent', 14, 3, "Write and, in small letters."),
    ('risk = "high" OR urgent', 14, 2, "Write or, in small letters."),
    ('urgent AND "high" = risk', 7, 3, "Write and, in small letters."),
    ('if risk = "high" Then 1 else 2', 17, 4, "Write then, in small letters."),
    ("if a THEN b.c else d", 5, 4, "Write then, in small letters."),
    ("if a = 1 then 2 ELSE 3", 16, 4, "Write else, in small letters."),
    ("if a then b ELSE c.d", 12, 4, "Write else, in small letters."),
    ('If risk = "high" then 1 else 2', 0, 2, "Write if, in small letters."),
    ('IF risk = "high" THEN 1 ELSE 2', 0, 2, "Write if, in small letters."),
    ("Some c in children satisfies c.age > 3", 0, 4, "Write some, in small letters."),
    ("some c IN children satisfies c.age > 3", 7, 2, "Write in, in small letters."),
    ("some c in children Satisfies c.age > 3", 19, 9, "Write satisfies, in small letters."),
    ("age IN [1..3]", 4, 2, "Write in, in small letters."),
    ("age BETWEEN 3.5 and 5", 4, 7, "Write between, in small letters."),
    ("age between 3 AND 5", 14, 3, "Write and, in small letters."),
    # Other words for keywords.
    ("age between 3 to 5", 14, 2, "Write and, not to."),
    ("if a = 1 then b elseif c = 1 then 3 else 4", 16, 6, "Write else if, not elseif."),
    ("if a then b otherwise c", 12, 9, "Write else, not otherwise."),
    ("some c in children where c.age > 3", 19, 5, "Write satisfies, not where."),
    ("some c in children such that c.age > 3", 19, 9, "Write satisfies, not such that."),
    ("for c in children do c.age", 18, 2, "Write return, not do."),
    ("for c of children return c", 6, 2, "Write in, not of."),
    # Keywords that are missing.
    ("if a = 1 then 2", 15, 1, NO_ELSE),
    ("if a = 1 then 2 else if b = 1 then 3", 36, 1, NO_ELSE),
    ("if a = 1 2", 9, 1, "Expected “then” after the condition of if, but found 2."),
    ("age between 3", 13, 1, "Expected “and” with the upper end of between, but the text ends."),
    ("for c in children", 17, 1, "Expected “return” with what to give back, but the text ends."),
    ("some c in children", 18, 1, "Expected “satisfies” with the condition, but the text ends."),
    ("for c children return c", 4, 1, "Expected a name and “in”, but found c."),
    # Entries and arguments.
    ("{a = 1}", 3, 1, "Write : after the name of an entry, not =."),
    ("{a b: 1, cost-benefit = 2}", 22, 1, "Write : after the name of an entry, not =."),
    ('{"a" = 1}', 5, 1, "Write : after the name of an entry, not =."),
    ("{a}", 2, 1, "Expected “:” after the name of the entry, but found }."),
    ('{"a" b}', 5, 1, "Expected “:” after the name of the entry, but found b."),
    ("{1: 2}", 1, 1, "Expected the name of an entry, but found 1."),
    ("substring(name, start position: 1)", 16, 14, NAMED),
    ('f(a: 1, "two")', 8, 5, NAMED),
]


@pytest.mark.parametrize(("text", "position", "length", "message"), SLIPS)
def test_a_slip_is_told_with_what_to_write(text, position, length, message):
    with pytest.raises(feel.FeelError) as raised:
        feel.parse(text)

    error = raised.value
    assert (error.position, error.length, error.message) == (position, length, message)
    assert type(error) is feel.FeelError


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("<> 3", 0, "Write !=, not <>."),
        ("=> 3", 0, "Write >=, not =>."),
        ('is "high"', 0, "Write = to compare, not is."),
        ('contains "high"', 0, 'Write contains(…, "high"), or list contains(…) for a list.'),
        ('not("a" OR "b")', 8, "Write or, in small letters."),
    ],
)
def test_a_slip_in_a_cell_is_told_too(text, position, message):
    with pytest.raises(feel.FeelError) as raised:
        parse_unary_tests(text)

    assert (raised.value.position, raised.value.message) == (position, message)


def test_a_slip_in_a_type_is_told_too():
    with pytest.raises(feel.FeelError, match="^Write : after the name of an entry, not =.$"):
        parse_type("context<a = number>")

    with pytest.raises(feel.FeelError, match="^Expected the name of a type, but found >=.$"):
        parse_type(">= 3")


@pytest.mark.parametrize(
    "text",
    [
        "risk is",
        "urgent AND consent",
        "IF urgent THEN a ELSE b",
        "children where c + 5",
        "name contains Ada",
        "stage 5 days",
        "age IN (1, 2)",
        "{a/*b: 1}.a",
        "{elseif: 1, is: 2, do: 3}.is",
        "{where: 1, has: where}.has",
        "for do in [1] return do",
        "3 < age < 18",
        "? > 3",
    ],
)
def test_a_word_that_could_be_a_slip_is_still_a_name(text):
    feel.parse(text)


def test_a_long_operand_is_not_repeated():
    with pytest.raises(feel.FeelError) as raised:
        feel.parse("a" * 9000 + ' contains "' + "b" * 9000 + '"')

    assert raised.value.message == "Write contains(…, …), or list contains(…) for a list."
