"""Answers put together for reading."""

from __future__ import annotations

from engine.forms import Row
from web.rows import Group, Part, grouped


def row(label: str, *lines: str) -> Row:
    return Row(label, lines, key="", id="")


def test_the_questions_of_one_row_stand_together() -> None:
    rows = [
        row("Recipient 1: Name", "Nadia"),
        row("Recipient 1: Role", "Duty"),
        row("Recipient 2: Name", "Sam"),
    ]

    assert grouped(rows) == [
        Group("Recipient 1", (Part("Name", ("Nadia",)), Part("Role", ("Duty",)))),
        Group("Recipient 2", (Part("Name", ("Sam",)),)),
    ]


def test_a_question_on_its_own_stays_on_its_own() -> None:
    rows = [row("Why", "a"), row("Why", "b"), row("Time: when", "c")]

    assert grouped(rows) == [
        Group("Why", (Part("", ("a",)),)),
        Group("Why", (Part("", ("b",)),)),
        Group("Time: when", (Part("", ("c",)),)),
    ]
