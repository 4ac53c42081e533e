"""How large a form and its answers may be. Everything here is refused before any other work is done."""

from __future__ import annotations

from typing import Any

from engine.errors import InvalidInput, TooLarge

FORM_BYTES = 500_000
FORM_COMPONENTS = 500
FORM_DEPTH = 8
OPTIONS = 1_000
TEMPLATE_CHARACTERS = 20_000
FILLED_CHARACTERS = 50_000  # of one template, with its answers in

ANSWER_CHARACTERS = 1_000_000  # of all answers together
ANSWER_VALUES = 20_000
ANSWER_DEPTH = 20
ROWS = 100
LINE_CHARACTERS = 2_000  # of a textfield whose form sets no limit
TEXT_CHARACTERS = 100_000  # of a textarea, likewise
NUMBER = 9_007_199_254_740_991  # 2^53 - 1: the largest that every reader of JSON keeps exactly
UNKNOWN_NAMED = 10  # unknown keys named in one answer


def weigh(answers: object) -> None:
    """Raises TooLarge or InvalidInput. Cost is bounded by the limits, not by what was sent."""
    characters = values = 0
    waiting: list[tuple[Any, int]] = [(answers, 1)]
    while waiting:
        value, depth = waiting.pop()
        values += 1
        if depth > ANSWER_DEPTH:
            raise InvalidInput(f"Expected answers nested at most {ANSWER_DEPTH} deep, but these go deeper.")
        characters += len(value) if isinstance(value, str) else 0
        children = _children(value)
        characters += (
            sum(len(name) for name in value if isinstance(name, str)) if isinstance(value, dict) else 0
        )
        _refuse_too_many(values + len(waiting) + len(children), characters)
        waiting.extend((child, depth + 1) for child in children)


def _children(value: object) -> list[Any]:
    if isinstance(value, dict):
        _refuse_too_many(len(value), 0)
        return list(value.values())
    if isinstance(value, list):
        _refuse_too_many(len(value), 0)
        return value
    return []


def _refuse_too_many(values: int, characters: int) -> None:
    if values > ANSWER_VALUES:
        raise TooLarge(f"Expected at most {ANSWER_VALUES:,} answers, but more were sent.")
    if characters > ANSWER_CHARACTERS:
        raise TooLarge(f"Expected at most {ANSWER_CHARACTERS:,} characters of answers, but more were sent.")
