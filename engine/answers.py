"""Answers to a form, checked: what may be kept of them, or every problem by its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine import forms
from engine.errors import InvalidInput, Problem


def checked(
    form: forms.Form | None, answers: Mapping[str, Any], context: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """What is kept of the answers. Raises InvalidInput with a problem for each that is not as expected.

    `context`: the variables that the form's conditions may look at, and `names` of the people in the case.
    """
    if form is None:
        if answers:
            raise InvalidInput("Expected no answers: nothing is asked here.")
        return {}
    submission = forms.submit(form, answers, context, now=now)
    if submission.errors:
        problems = tuple(Problem(path, message) for path, message in submission.errors.items())
        raise InvalidInput("Some answers are not as expected.", problems=problems)
    return forms.exact(form, submission.kept)
