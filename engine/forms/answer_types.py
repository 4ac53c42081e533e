"""What the answers to a form may be, where it lists them: the types that a condition is checked against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import feel
from engine.forms.components import Component, Form
from feel.types import ANY, list_of, one_of

_ONE = ("radio", "select")
_SOME = ("checklist", "taglist")


def answer_types(form: Form) -> Mapping[str, feel.Type]:
    """A type for each answer: one of its options, or several, where the form lists texts; else any."""
    chosen = {each.path[0]: _type_of(each) for each in form.walk() if len(each.path) == 1}
    unclear = form.writes & _inside(form)
    return {name: ANY if name in unclear else chosen.get(name, ANY) for name in form.writes}


def never_shown(form: Form) -> Iterator[tuple[Component, str]]:
    """Conditions that wait for an answer which cannot be given, each with what is wrong."""
    types = answer_types(form)
    for component in form.walk():
        if component.hide is not None:
            text = component.hide.expression.text
            yield from ((component, message) for message in impossible(text, types))


def impossible(text: str, types: Mapping[str, feel.Type], functions: Iterable[str] = ()) -> list[str]:
    """What is wrong with an expression only because of what these answers may be."""
    everywhere = {problem.message for problem in feel.check(text, functions=functions)}
    found = feel.check(text, types, functions=functions, others=True)
    said = [problem.message for problem in found if problem.message not in everywhere]
    return [message.replace("one of the values of", "one of the answers to") for message in said]


def _inside(form: Form) -> frozenset[str]:
    """The answers that are kept inside others, which may have the same name."""
    holders = (each for each in form.walk() if each.path and each.components)
    return frozenset(child.path[0] for each in holders for child in each.walk() if child.path)


def _type_of(component: Component) -> feel.Type:
    choices = component.choices
    if choices is None or choices.key or choices.expression is not None:
        return ANY
    values = [choice.value for choice in choices.fixed]
    if not values or not all(isinstance(value, str) for value in values):
        return ANY
    if component.type in _ONE:
        return one_of(*values, "")  # what nobody has answered may be compared with nothing
    return list_of(one_of(*values)) if component.type in _SOME else ANY
