"""A story: one case told as data, in a file of `stories/`. Who did what, when, and where it stands now.

A file says first what the story is and whom it is about; `[begins]` opens the case, each `[[then]]` is a
step, and `[now]` says where it ends.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Final

from engine.cases import Subject
from engine.errors import InvalidInput

FOLDER: Final = resources.files("handrail.demo") / "stories"
CHAPTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "Deciding whether to share": (
        "share_that_waits_for_the_lead",
        "share_that_waits_for_the_guardian",
        "request_that_is_overdue",
        "disagreement_at_the_second_stage",
    ),
    "The hub, child protection and moves": (
        "worry_that_reached_the_hub",
        "amber_contact_with_agencies_late",
        "child_to_be_seen_today",
        "move_that_nobody_acknowledged",
    ),
    "The disclosure schemes: Sarah’s Law, Clare’s Law and MAPPA": (
        "application_that_waits_for_the_review",
        "ask_that_waits_for_the_forum",
        "know_that_waits_for_the_balance",
        "referral_that_the_police_have",
        "undertaking_that_is_broken",
        "telling_that_waits_for_the_meeting",
    ),
    "The powers to share": (
        "charity_that_may_act_for_the_council",
        "patient_information_that_is_excluded",
        "request_of_the_commissioner_that_is_late",
        "question_of_the_commissioner_that_is_new",
    ),
    "Data protection and records": (
        "breach_at_hour_sixty",
        "answer_that_holds_something_back",
        "record_that_a_second_person_agrees_to_destroy",
        "flow_that_waits_for_the_guardian",
    ),
}
VERBS: Final = ("starts", "does", "does_each_time", "takes", "presses", "attaches", "goes_over_to")
_TOP: Final = frozenset({"title", "told", "about", "begins", "then", "now"})
_NOW: Final = frozenset({"waits", "finds"})
_BESIDE: Final = frozenset({"when", "who", "at", "note", "answers"})


class BadStory(InvalidInput):
    """A story is not written as stories are."""


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does. `verb` is one of VERBS; `what` a process, an element, a message or a file name."""

    verb: str
    what: str
    who: str = ""
    when: str = ""  # in the words of `moments`; without them, a little later than the step before
    at: str = ""  # the organisation at which a process starts
    note: str = ""  # what a document is about
    answers: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.who, self.verb, self.what)))


@dataclass(frozen=True, slots=True)
class Story:
    """One case, with those it is handed over to.

    At its end, on a weekday morning, tasks are open at the elements in `waits`. `finds` says who finds what
    of it; whoever is named first has one of those tasks, or may take it.
    """

    name: str
    title: str
    told: str
    about: tuple[Subject, ...]
    steps: tuple[Step, ...]
    waits: tuple[str, ...]
    finds: Mapping[str, str]


@cache
def chapters() -> Mapping[str, tuple[Story, ...]]:
    """All stories, by the heading of their chapter. Raises BadStory for one that cannot be read."""
    return {heading: tuple(map(_story, names)) for heading, names in CHAPTERS.items()}


def _story(name: str) -> Story:
    return read(name, (FOLDER / f"{name}.toml").read_text("utf-8"))


def read(name: str, text: str) -> Story:
    """The story in the text of a file. Raises BadStory."""
    try:
        told = tomllib.loads(text)
        _expect(told.keys() | {"then"} == _TOP, f"{_said(_TOP)}; found {_said(told)}")
        _expect(told["now"].keys() == _NOW, f"{_said(_NOW)} in [now]; found {_said(told['now'])}")
        return Story(
            name=name,
            title=told["title"],
            told=told["told"],
            about=tuple(Subject(each["name"], each["part"], each.get("born")) for each in told["about"]),
            steps=tuple(map(_step, (told["begins"], *told.get("then", ())))),
            waits=tuple(told["now"]["waits"]),
            finds=told["now"]["finds"],
        )
    except (BadStory, tomllib.TOMLDecodeError) as error:
        raise BadStory(f"The story {name} cannot be read. {error}") from error


def _step(given: Mapping[str, Any]) -> Step:
    verbs = [verb for verb in VERBS if verb in given]
    _expect(len(verbs) == 1, f"one of {_said(VERBS)} in each step; found {_said(given)}")
    (verb,) = verbs
    beside = {key: value for key, value in given.items() if key != verb}
    _expect(beside.keys() <= _BESIDE, f"only {_said(_BESIDE)} beside {verb}; found {_said(beside)}")
    return Step(verb, given[verb], **beside)


def _expect(is_so: bool, what: str) -> None:
    if not is_so:
        raise BadStory(f"Expected {what}.")


def _said(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))
