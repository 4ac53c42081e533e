"""Stories as files, and what is said when one no longer fits the processes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from engine.deadlines import Deadlines
from handrail.demo.story import BadStory, Step, read
from handrail.demo.telling import OutOfStep, Telling

NOW = datetime(2026, 11, 25, 10, 20, tzinfo=UTC)
BEGINNING = """
title = "A worry"
told = "It is told."
about = [{ name = "Maya Fenn", part = "child", born = "2018-05-01" }]

[begins]
when = "1 hour ago"
who = "amira"
starts = "share_information"
at = "ashby-vale"
answers = { trigger = "own_concern", concern = "She is hungry on Mondays." }

"""
SCREEN = 'who = "amira"\ndoes = "screen"\nanswers = { immediate_risk = "no", crime_suspected = "no" }'
END = '\n[now]\nwaits = ["purpose"]\nfinds = { amira = "A task of yours." }\n'


def story_of(*steps: str) -> str:
    return BEGINNING + "\n".join(f"[[then]]\n{step}\n" for step in steps) + END


def told(engine: Engine, *steps: str) -> Telling:
    telling = Telling(engine, read("a_worry", story_of(*steps)), NOW, Deadlines(), NOW - timedelta(days=60))
    telling.tell()
    return telling


def test_a_story_is_read_as_it_is_written() -> None:
    story = read("a_worry", story_of(SCREEN, 'who = "tom"\ntakes = "lead_decides"'))

    assert (story.name, story.waits, dict(story.finds)) == (
        "a_worry",
        ("purpose",),
        {"amira": "A task of yours."},
    )
    assert [str(step) for step in story.steps] == [
        "amira starts share_information",
        "amira does screen",
        "tom takes lead_decides",
    ]
    assert story.steps[2] == Step("takes", "lead_decides", "tom")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "The story a_worry cannot be read"),
        (BEGINNING, "Expected about, begins, now, then, title, told; found about, begins, title, told"),
        (story_of(SCREEN).replace("waits", "ends"), r"Expected finds, waits in \[now\]; found ends, finds"),
        (story_of('who = "tom"'), "Expected one of attaches, .* in each step; found who"),
        (story_of(SCREEN + '\ntakes = "screen"'), "Expected one of .*; found answers, does, takes, who"),
        (story_of(SCREEN + '\nwhere = "here"'), "beside does; found answers, where, who"),
    ],
)
def test_a_story_that_is_not_written_as_stories_are_is_refused_by_name(text: str, said: str) -> None:
    with pytest.raises(BadStory, match=said) as refused:
        read("a_worry", text)
    assert "The story a_worry" in str(refused.value)


@pytest.mark.usefixtures("partnership")
def test_people_do_take_and_press_as_they_are_told(engine: Engine) -> None:
    asked = 'adviser = "dsl", advice_urgency = "routine", advice_identity_needed = "no"'
    words = 'advice_question = "Is it enough?", advice_summary = "A child in a coat that is too small."'
    telling = told(
        engine,
        SCREEN,
        f'who = "amira"\npresses = "advice_asked"\nanswers = {{ {asked}, {words} }}',
        'when = "0.5 hours ago"\nwho = "tom"\ntakes = "give_advice"',
    )

    assert telling.waits() == ["give_advice", "purpose"]
    assert telling.at == NOW


@pytest.mark.usefixtures("partnership")
@pytest.mark.parametrize(
    ("step", "said"),
    [
        (
            'who = "amira"\ndoes = "purposes"',
            "“amira does purposes”, but: No such task waits for them.",
        ),
        ('who = "tom"\ndoes = "purpose"', "“tom does purpose”, but: "),
        ('who = "nobody"\ndoes = "purpose"', "“nobody does purpose”, but: Sign in first."),
        ('who = "amira"\ndoes = "purpose"', "but: .* purpose_clear: "),
        ('who = "amira"\npresses = "nothing"', "“amira presses nothing”, but: "),
        ('goes_over_to = "mash_triage"', "“goes_over_to mash_triage”, but: "),
        ('when = "long ago"\nwho = "amira"\ntakes = "purpose"', "but: Expected a moment such as"),
    ],
)
def test_a_story_that_no_longer_fits_says_where_and_what_waits_instead(
    engine: Engine, step: str, said: str
) -> None:
    with pytest.raises(OutOfStep, match=said) as stopped:
        told(engine, SCREEN, step)
    assert str(stopped.value).startswith("Expected the story a_worry to go on with step 3, ")
    assert str(stopped.value).endswith("Open now: purpose.")
