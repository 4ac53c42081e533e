"""Between a form in the browser and `engine.forms`: what was posted, what to draw, where the errors are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask import Response, jsonify
from werkzeug.datastructures import MultiDict

from engine import forms
from engine.errors import InvalidInput
from engine.forms import ErrorLink, Field, Submission, walk

Posted = MultiDict[str, str]
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A form as a page draws it: its fields, what is wrong with them, and which were not asked before."""

    fields: Sequence[Field]
    links: tuple[ErrorLink, ...] = ()
    appeared: tuple[ErrorLink, ...] = ()

    @property
    def asked(self) -> str:
        return forms.asked(self.fields)


def drawn(
    form: forms.Form,
    answers: Mapping[str, Any],
    context: Mapping[str, Any],
    errors: Mapping[str, str],
    appeared: frozenset[str] = frozenset(),
) -> Drawn:
    """The form filled in, with its errors. `appeared`: paths of questions that the answers brought up."""
    fields = forms.view(form, answers, context, errors=errors)
    new = {field.path: field.label for field in walk(fields) if field.path in appeared and not field.locked}
    return Drawn(fields, links_of(fields, errors), links_of(fields, new))


def links_of(
    fields: Sequence[Field], messages: Mapping[str, str], others: Mapping[str, str] = NOTHING
) -> tuple[ErrorLink, ...]:
    """A link to the first input of each question that something is said about. `others`: ids by path."""
    ids = {field.path: field.id for field in walk(fields) if field.path} | dict(others)
    return tuple(
        ErrorLink(path, f"#{ids.get(path, 'main-content')}", message) for path, message in messages.items()
    )


def not_asked(submission: Submission, posted: Posted) -> frozenset[str]:
    """The paths of questions that were not on the page and are to be answered now."""
    return forms.appeared(submission, posted.get("_asked", ""))


def problems(error: InvalidInput) -> dict[str, str]:
    """The problems of a refused command, by path."""
    return {problem.element: problem.message for problem in error.problems}


# Which questions a script shows ----------------------------------------------------------------------------


def shown(of: Mapping[str, forms.Form], posted: Posted, context: Mapping[str, Any]) -> Response:
    """Which questions these answers bring up. The forms are named as the template names their questions."""
    places: list[str] = []
    names: list[str] = []
    for prefix, form in of.items():
        fields = forms.view(form, forms.from_post(form, posted), context)
        places += _places(fields, prefix)
        names.append(forms.asked(fields))
    return jsonify(shown=places, asked=" ".join(names))


def _places(fields: Sequence[Field], prefix: str) -> Iterator[str]:
    """Where each visible field stands among all fields, which is what the template calls it: `form.2.0`."""
    for number, field in enumerate(fields):
        place = f"{prefix}.{number}"
        if field.visible:
            yield place
        yield from _places(field.fields, place)
        for row in field.rows:
            yield from _places(row.fields, f"{place}.{row.index}")
