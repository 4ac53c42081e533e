"""What a person answers on the page is what is kept, and keeping it again changes nothing."""

import json
import os
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from engine import forms

from .made import YES_NO, Post, field, form, shown_when

EXAMPLES = int(os.environ.get("HANDRAIL_FUZZ", "100"))
fuzz = settings(max_examples=EXAMPLES, deadline=None, derandomize="HANDRAIL_FUZZ" not in os.environ)

FORM = form(
    field("textfield", "line"),
    field("textarea", "words", validate={"maxLength": 500}),
    field("number", "age", decimalDigits=2),
    field("checkbox", "sure"),
    field(
        "radio", "pick", values=[*YES_NO, {"label": "Neither", "value": False}, {"label": "3", "value": 3}]
    ),
    field("checklist", "ticks", values=["a", "b", 1, {"label": "Obj", "value": {"x": [1]}}]),
    field("datetime", "day", subtype="date"),
    field("datetime", "at", subtype="datetime"),
    field("datetime", "time", subtype="time"),
    {
        "type": "group",
        "path": "inner",
        "components": [field("textfield", "word", **shown_when("sure")), field("number", "n.deep")],
    },
    {
        "type": "dynamiclist",
        "path": "kids",
        "components": [
            field("textfield", "name"),
            field("checkbox", "seen"),
            field("datetime", "born", subtype="date", **shown_when("this.seen")),
            {"type": "dynamiclist", "path": "homes", "components": [field("textfield", "road")]},
        ],
    },
    {"type": "expression", "key": "count_of_kids", "expression": "=count(kids)"},
)

LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=30).map(str.strip)
DAY = st.none() | st.dates().map(str)
EARLIEST, LATEST = map(datetime.fromisoformat, ("1900-01-01", "9999-12-30"))
MOMENT = st.datetimes(EARLIEST, LATEST).map(lambda one: one.isoformat(timespec="minutes") + "Z")
ROW = st.fixed_dictionaries(
    {
        "name": LINE,
        "seen": st.booleans(),
        "born": DAY,
        "homes": st.lists(st.fixed_dictionaries({"road": LINE}), max_size=2),
    }
)
ANSWERS = st.fixed_dictionaries(
    {
        "line": LINE,
        "words": st.lists(LINE, max_size=3).map("\n".join).map(str.strip),
        "age": st.none() | st.integers(-1000, 1000) | st.integers(-999, 999).map(lambda cents: cents / 100),
        "sure": st.booleans(),
        "pick": st.sampled_from([None, "yes", "no", False, 3]),
        "ticks": st.lists(st.sampled_from(["a", "b", 1, {"x": [1]}]), unique_by=repr),
        "day": DAY,
        "at": st.none() | MOMENT,
        "time": st.none() | st.times().map(lambda one: one.isoformat(timespec="minutes")),
        "inner": st.fixed_dictionaries(
            {"word": LINE, "n": st.fixed_dictionaries({"deep": st.none() | st.integers(0, 9)})}
        ),
        "kids": st.lists(ROW, max_size=3),
    }
)


def posted(fields):
    """What a browser sends for a page: nothing for hidden questions, nothing for boxes left alone."""
    sent = Post()
    for one in forms.walk(fields):
        if one.type == "dynamiclist":
            sent[f"{one.name}-rows"] = [str(len(one.rows))]
        elif one.parts:
            sent |= {part.name: [part.value] for part in one.parts}
        elif one.options:
            chosen = [option.posted for option in one.options if option.chosen]
            if chosen:
                sent[one.name] = chosen
        elif one.subtype == "time":
            sent[one.name] = [_time(one)]
        elif one.name and one.type in ("textfield", "textarea", "number"):
            sent[one.name] = [one.text.replace("\n", "\r\n")]
    return sent


def _time(one):
    return one.text


@fuzz
@given(ANSWERS)
def test_kept_answers_are_kept_again_unchanged(answers):
    once = forms.submit(FORM, answers, {})
    again = forms.submit(FORM, once.kept, {})

    assert once.valid, once.errors
    assert again.kept == once.kept and again.valid
    assert json.loads(json.dumps(once.kept)) == once.kept


@fuzz
@given(ANSWERS)
def test_a_page_drawn_filled_in_and_sent_keeps_the_same(answers):
    direct = forms.submit(FORM, answers, {})
    sent = posted(forms.view(FORM, answers, {}))
    by_page = forms.submit(FORM, forms.from_post(FORM, sent), {})

    assert by_page.valid, by_page.errors
    assert _instants(by_page.kept) == _instants(direct.kept)


def _instants(kept):
    """The page writes London offsets; the same instant is meant."""
    at = kept["at"] and datetime.fromisoformat(kept["at"])
    ticks = sorted(kept["ticks"], key=repr)  # a page sends them in the order of the form
    return kept | {
        "ticks": ticks,
        "at": at.timestamp() if at else None,
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*FORM.writes, "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@fuzz
@given(st.dictionaries(st.sampled_from([*FORM.writes, "unknown"]), JSON, max_size=6))
def test_any_json_is_answered_with_errors_for_paths_and_never_with_a_crash(answers):
    submission = forms.submit(FORM, answers, {})
    fields = forms.view(FORM, answers, {}, errors=submission.errors)
    forms.summary(FORM, answers, {})

    drawn = {one.path for one in forms.walk(fields)}
    assert set(submission.kept) <= FORM.writes
    assert {path for path in submission.errors if path in drawn} <= submission.visible | {""}


@fuzz
@given(st.dictionaries(st.text(max_size=20), st.lists(st.text(max_size=10), max_size=3), max_size=8))
def test_any_post_is_read(values):
    answers = forms.from_post(FORM, Post(values))

    forms.submit(FORM, answers, {})
    forms.edited(FORM, answers, Post(values))
