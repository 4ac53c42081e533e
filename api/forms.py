"""The questions of a form as a client draws or answers them. Answers are sent by their keys."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from api.fields import About
from engine import forms
from engine.forms import Field, Form, Option


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen: send `value`, show `text`."""

    value: Any
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class Question:
    """One part of a form.

    Only visible questions are answered. A `text` asks nothing: its `label` is there to be read. A `group` and
    each row of a `dynamiclist` hold questions of their own.
    """

    key: Annotated[str, About("Where the answer is kept, such as children.0.name.")]
    type: Annotated[
        str, About("The form-js type: textfield, textarea, radio, checklist, datetime …", "radio")
    ]
    label: str
    hint: str
    visible: Annotated[bool, About("Whether it is asked, given the answers so far.")]
    required: bool
    locked: Annotated[bool, About("Shown, never asked.")]
    value: Annotated[Any, About("The draft's answer, or the default.")]
    choices: tuple[Choice, ...]
    longest: Annotated[int | None, About("The most characters.")]
    questions: tuple[Question, ...]


def questions(
    form: Form | None, answers: Mapping[str, Any], context: Mapping[str, Any]
) -> tuple[Question, ...]:
    """The questions as things stand; none where nothing is asked."""
    return _questions(forms.view(form, answers, context)) if form is not None else ()


def _questions(fields: Iterable[Field]) -> tuple[Question, ...]:
    return tuple(_question(field) for field in fields)


def _question(field: Field) -> Question:
    inside = _questions(field.fields)
    for row in field.rows:
        inside += _questions(row.fields)
    return Question(
        key=field.path,
        type=field.type,
        label=field.label or plain(field.html),
        hint=field.hint,
        visible=field.visible,
        required=field.required,
        locked=field.locked,
        value=field.value,
        choices=tuple(_choice(option) for option in field.options),
        longest=field.max_length,
        questions=inside,
    )


def _choice(option: Option) -> Choice:
    return Choice(option.value, option.text, option.hint)


def plain(markup: str) -> str:
    """The words of a form's text, without their markup.

    >>> plain("<p>Read <b>this</b> &amp; sign</p>")
    'Read this & sign'
    """
    return html.unescape(re.sub(r"<[^>]*>", "", markup)).strip()
