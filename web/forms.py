"""Between a form in the browser and `engine.forms`: what was posted, what to draw, where the errors are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, jsonify
from werkzeug.datastructures import MultiDict

from engine import forms
from engine.errors import InvalidInput
from engine.forms.fields import ErrorLink, Field, asked, walk

Posted = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A form as a page draws it."""

    fields: Sequence[Field]
    links: tuple[ErrorLink, ...] = ()
    appeared: bool = False  # the answers brought up questions that were not asked yet

    @property
    def asked(self) -> str:
        return asked(self.fields)

    def values(self) -> dict[str, Any]:
        """For the template."""
        return {"fields": self.fields, "links": self.links, "asked": self.asked, "appeared": self.appeared}


def drawn(form: forms.Form, answers: Mapping[str, Any], context: Mapping[str, Any]) -> Drawn:
    return Drawn(forms.view(form, answers, context))


def again(
    form: forms.Form, answers: Mapping[str, Any], context: Mapping[str, Any], errors: Mapping[str, str]
) -> Drawn:
    """The form with its errors, and a link to each for the summary."""
    fields = forms.view(form, answers, context, errors=errors)
    return Drawn(fields, links_of(fields, errors))


def links_of(fields: Sequence[Field], errors: Mapping[str, str]) -> tuple[ErrorLink, ...]:
    ids = {field.path: field.id for field in walk(fields) if field.path}
    return tuple(
        ErrorLink(path, f"#{ids.get(path, 'main-content')}", message) for path, message in errors.items()
    )


def problems(error: InvalidInput) -> dict[str, str]:
    """The problems of a refused command, by path."""
    return {problem.element: problem.message for problem in error.problems}


def shown(of: Sequence[forms.Form], posted: Posted, context: Mapping[str, Any]) -> Response:
    """Which questions these answers bring up, for the script that shows and hides them."""
    fields = [field for form in of for field in forms.view(form, forms.from_post(form, posted), context)]
    names = [field.name or field.id for field in walk(fields) if field.visible]
    return jsonify(shown=[name for name in names if name], asked=asked(fields))
