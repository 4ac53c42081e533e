"""Whatever is sent is answered quickly and in plain words."""

import time
from contextlib import contextmanager

import pytest

from engine import forms
from engine.errors import HandrailError, InvalidInput, TooLarge

from .made import YES_NO, Post, field, form

EVERYTHING = form(
    field("textfield", "line", validate={"pattern": "^(a+)+$"}),
    field("textarea", "words"),
    field("number", "age"),
    field("checkbox", "sure"),
    field("radio", "pick", values=YES_NO),
    field("checklist", "ticks", values=YES_NO),
    field("datetime", "day", subtype="date"),
    {"type": "group", "path": "inner", "components": [field("textfield", "word")]},
    {
        "type": "dynamiclist",
        "path": "kids",
        "components": [field("textfield", "name"), field("checkbox", "seen")],
    },
)


@contextmanager
def within(seconds):
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


def nested(depth):
    inner: object = "x"
    for _ in range(depth):
        inner = {"word": inner}
    return inner


def test_ten_megabytes_of_text_are_refused():
    with within(0.5), pytest.raises(TooLarge, match="characters"):
        forms.submit(EVERYTHING, {"words": "x" * 10_000_000}, {})


def test_a_text_longer_than_any_answer_is_refused_by_its_question():
    assert "characters or fewer" in forms.submit(EVERYTHING, {"words": "x" * 100_001}, {}).errors["words"]
    assert "characters or fewer" in forms.submit(EVERYTHING, {"line": "x" * 2_001}, {}).errors["line"]


def test_a_hundred_thousand_unknown_keys_are_refused():
    with within(1), pytest.raises(TooLarge, match="answers"):
        forms.submit(EVERYTHING, {f"k{number}": 1 for number in range(100_000)}, {})


def test_unknown_keys_are_named_only_so_often():
    assert len(forms.submit(EVERYTHING, {f"k{number}": 1 for number in range(1_000)}, {}).errors) == 10


@pytest.mark.parametrize("depth", [30, 900, 100_000])
def test_deep_nesting_is_refused(depth):
    with within(1), pytest.raises(InvalidInput, match="deep"):
        forms.submit(EVERYTHING, {"inner": nested(depth)}, {})


def test_too_many_rows_are_refused():
    assert "100 entries" in forms.submit(EVERYTHING, {"kids": [{}] * 101}, {}).errors["kids"]
    with within(1), pytest.raises(TooLarge):
        forms.submit(EVERYTHING, {"kids": [{}] * 1_000_000}, {})


def test_a_slow_pattern_is_not_slow():
    with within(0.5):
        assert forms.submit(EVERYTHING, {"line": "a" * 1_900 + "b"}, {}).errors


WRONG = [None, True, 5, -1.5, "x", "", [], ["x"], [["x"]], {}, {"a": 1}, [{}], [None], 10**400, float("nan")]


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_any_json_anywhere_is_answered(wrong):
    for key in ("line", "words", "age", "sure", "pick", "ticks", "day", "inner", "kids"):
        submission = forms.submit(EVERYTHING, {key: wrong}, {})
        assert all(isinstance(message, str) for message in submission.errors.values())
        forms.view(EVERYTHING, {key: wrong}, {}, errors=submission.errors)
        forms.summary(EVERYTHING, {key: wrong}, {})


def test_a_hundred_thousand_posted_names_are_read_quickly():
    hostile = Post({f"kids-{number}-name": ["x"] for number in range(100_000)})
    hostile |= {"-" * 999: ["x"], "kids-rows": ["999"], "kids-²-name": ["x"], "day-day": ["9" * 10_000]}
    with within(2):
        answers = forms.from_post(EVERYTHING, hostile)

    assert len(answers["kids"]) == 101
    assert "100 entries" in forms.submit(EVERYTHING, answers, {}).errors["kids"]


def test_names_made_of_numbers_only_cost_little():
    hostile = Post(
        {"-".join(["1"] * 400): ["x"] for _ in range(1)} | {f"{n}" + "-1" * 300: ["x"] for n in range(2_000)}
    )
    with within(2):
        forms.from_post(EVERYTHING, hostile)


@pytest.mark.parametrize(
    "typed", ["1e999999", "9" * 400, "0x10", "١٢", "--5", "1e5", "Infinity", "NaN", "1_000"]
)
def test_odd_numbers_are_no_numbers(typed):
    answers = forms.from_post(EVERYTHING, Post({"age": [typed]}))

    assert "age" in forms.submit(EVERYTHING, answers, {}).errors


def test_a_refusal_says_what_was_expected():
    with pytest.raises(HandrailError, match="^Expected"):
        forms.submit(EVERYTHING, {"words": "x" * 2_000_000}, {})
