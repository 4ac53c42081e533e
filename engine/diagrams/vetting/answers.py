"""A text that an expression compares with an answer is one of the options that the form gives.

A variable is known here when forms write it and nothing else does: the forms of this file, of the processes
that call it, and of those called that hand everything back. And where an activity is done several times, no
answer has the name of what tells its instances apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from engine.diagrams.model import Diagram, Element
from engine.diagrams.vetting import expressions
from engine.diagrams.vetting.family import called_process
from engine.diagrams.vetting.view import HOST_FUNCTIONS, View
from engine.errors import Problem
from engine.execution import COUNTER, COUNTS
from engine.forms.answer_types import impossible
from feel.types import ANY, Type

Types = dict[str, Type]
_NAME = re.compile(r"=\s*([^\W\d]\w*)\s*")


def never_answered(view: View) -> Iterator[Problem]:
    """Nothing waits for an answer that cannot be given."""
    forms = view.known.answers
    if not forms:
        return
    types = _variables(view, forms)
    amount = 0
    for place in expressions.places(view):
        text = place.expression.feel
        if not text or place.use == expressions.FIXED or len(text) > expressions.MAX_LENGTH:
            continue
        amount += len(text)
        if amount > expressions.MAX_AMOUNT:
            return
        owner = view.diagram.elements.get(place.owner)
        own = forms.get(_form(owner), {}) if owner is not None else {}
        for message in impossible(text, {**types, **own}, HOST_FUNCTIONS):
            words = view.diagram.words(place.owner)
            where = f"It stands in the {place.where} of {words}: `{expressions.shown(text)}`."
            yield Problem(place.owner, f"{message} {where}")


def _variables(view: View, forms: Mapping[str, Mapping[str, Type]]) -> Types:
    """What forms write, by name; a name that something else writes too is not among them."""
    types: Types = {}
    for diagram in _reaching(view):
        for node in diagram.elements.values():
            for name, kind in _written(node, forms.get(_form(node), {})):
                types[name] = kind if name not in types else _either(types[name], kind)
    return {name: kind for name, kind in types.items() if kind != ANY}


def _form(node: Element) -> str:
    return node.extensions.form or node.extensions.properties.get("handrail:form", "")


def _written(node: Element, answers: Mapping[str, Type]) -> Iterator[tuple[str, Type]]:
    """The variables that a node writes: its answers, unless mappings take them; all else may be anything."""
    said = node.extensions
    for source, target in said.outputs:
        mapped = _NAME.fullmatch(source)
        yield target.partition(".")[0], answers.get(mapped[1], ANY) if mapped else ANY
    if not said.outputs:
        yield from answers.items()
    for _, target in said.inputs:
        yield target.partition(".")[0], ANY
    loop = node.loop
    for name in (said.result, loop.element if loop else "", loop.output_collection if loop else ""):
        if name:
            yield name, ANY


def _either(one: Type, other: Type) -> Type:
    """A value of one type or of the other, when both list what it may be."""
    if one.name != other.name:
        return ANY
    if one.of is not None and other.of is not None:
        return Type(one.name, _either(one.of, other.of))
    if one.values is None or other.values is None:
        return ANY
    return Type(one.name, values=one.values | other.values)


def _reaching(view: View) -> list[Diagram]:
    """The diagrams whose variables may be in reach of this one's expressions."""
    found, waiting = [], [view.diagram]
    while waiting:
        diagram = waiting.pop()
        if diagram in found:
            continue
        found.append(diagram)
        for other in view.family.diagrams:
            down = any(called in diagram.processes for called in _calls(other, "Parent"))
            up = any(called in other.processes for called in _calls(diagram, "Child"))
            waiting += [other] if down or up else []
    return found


def _calls(diagram: Diagram, handing: str) -> Iterator[str]:
    """The processes that a diagram calls, and gives all its variables or gets all of theirs."""
    for node in diagram.of_kind("callActivity"):
        said = node.extensions.attributes.get(f"calledElement/propagateAll{handing}Variables")
        if handing == "Parent" or said != "false":
            yield called_process(node)


# Done several times ----------------------------------------------------------------------------------------


def lost_answers(view: View) -> Iterator[Problem]:
    """No answer is called like what an activity is given each time: one would hide or lose the other."""
    forms = view.known.answers
    for node in view.elements if forms else ():
        given = _given(node)
        for task in _asked(view.elements, node) if given else ():
            for name in sorted(given & (forms or {}).get(_form(task), {}).keys()):
                yield Problem(
                    task.id,
                    f"Expected another key for the answer `{name[:60]}` to {task.words}: {node.words} is "
                    "done several times, and is given a value of that name each time. The answer would be "
                    "lost.",
                )


def _given(node: Element) -> set[str]:
    """The names that tell the times apart, and those that are not handed back."""
    loop = node.loop
    if loop is None:
        return set()
    names = {COUNTER}
    if loop.kind != "standard":
        names |= {loop.element} - {""}
        names |= set(COUNTS) if loop.condition or loop.throws else set()
        names |= (
            set() if loop.output_collection else {to.partition(".")[0] for _, to in node.extensions.inputs}
        )
    return names


def _asked(elements: Iterable[Element], node: Element) -> Iterator[Element]:
    """The activity, and everything drawn inside it."""
    inside = {node.id}
    yield node
    for element in elements:  # in the order of the file: what is around comes first
        if element.scope in inside:
            inside.add(element.id)
            yield element
