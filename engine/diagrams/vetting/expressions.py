"""Every place of a diagram that may hold an expression, and whether FEEL or fixed text stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import feel
from engine.diagrams.model import Element, Expression
from engine.diagrams.vetting import languages, times
from engine.diagrams.vetting.view import HOST_FUNCTIONS, View
from engine.errors import Problem
from engine.execution import COUNTER, RESERVED

MAX_LENGTH = 4_000
MAX_AMOUNT = 100_000  # in one file: more would take longer to read than anybody should wait
SHOWN = 120
KEPT_NAMES = {*RESERVED, COUNTER} - {"edition"}  # a called process may be given an edition to follow
LOGIC, VALUE, FIXED = "logic", "value", "fixed"
_DEADLINE = re.compile(r'\bdeadline\s*\(\s*"([^"]*)"')
_VARIABLE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands. `use`: logic must be FEEL; a value may be fixed text; fixed is text."""

    owner: str
    where: str  # plain words that follow "in the"
    use: str
    expression: Expression


def unreadable(view: View) -> Iterator[Problem]:
    """Every expression is FEEL that can be read; where FEEL cannot stand, the text is fixed."""
    checked: dict[str, list[str]] = {}
    amount = 0
    for place in places(view):
        text = place.expression.text
        if len(text) > MAX_LENGTH:
            where = _where(view, place)
            yield Problem(
                place.owner, f"Expected at most {MAX_LENGTH:,} characters in {where}, but there are more."
            )
            continue
        feel_text = place.expression.feel if place.use != FIXED else None
        if feel_text is not None and feel_text not in checked:
            amount += len(feel_text)
            if amount > MAX_AMOUNT:
                yield Problem(
                    "", f"Expected at most {MAX_AMOUNT:,} characters of FEEL in one file, but there are more."
                )
                return
            checked[feel_text] = wrong_feel(feel_text)
        messages = _not_feel(view, place) if feel_text is None else checked[feel_text]
        for message in messages:
            where = "" if feel_text is None else f" It stands in {_where(view, place)}: `{shown(text)}`."
            yield Problem(place.owner, message + where)


def _where(view: View, place: Place) -> str:
    return f"the {place.where} of {view.diagram.words(place.owner)}"


def unknown_clocks(view: View) -> Iterator[Problem]:
    """`deadline("…")` names a clock of this service."""
    clocks = view.known.clocks
    if clocks is None:
        return
    for place in places(view):
        for name in _DEADLINE.findall(place.expression.feel or ""):
            if name not in clocks:
                words = view.diagram.words(place.owner)
                yield Problem(
                    place.owner, f'Expected a clock of this service, but {words} names "{shown(name)}".'
                )


def wrong_times(view: View) -> Iterator[Problem]:
    """Fixed times are written as ISO 8601 says."""
    for node in view.elements:
        for where, text, kind in _fixed_times(node):
            if text and not text.startswith("=") and not times.READERS[kind](text):
                example = times.EXAMPLES[kind]
                yield Problem(
                    node.id, f"Expected {example} {where} {node.words}, but it says `{shown(text)}`."
                )


def _fixed_times(node: Element) -> Iterator[tuple[str, str, str]]:
    """Where a fixed time stands, its text, and the kind it must be of."""
    for event in node.events:
        if event.kind == "timer" and event.expression and not _is_foreign(event.expression):
            yield "in", event.expression.text, event.timer
    yield "as due date of", node.extensions.due, "timeDate"
    yield "as follow-up date of", node.extensions.follow_up, "timeDate"


def wrong_targets(view: View) -> Iterator[Problem]:
    """A mapping has a value and the name of a variable."""
    for node in view.elements:
        for word, mappings in (("input", node.extensions.inputs), ("output", node.extensions.outputs)):
            for value, target in mappings:
                if not value or not _VARIABLE.fullmatch(target):
                    what = f"{word} mapping `{shown(target)}` of {node.words}"
                    yield Problem(node.id, f"Expected a value and the name of a variable in the {what}.")


def reserved_names(view: View) -> Iterator[Problem]:
    """Nothing writes a variable that the case gives its processes, or that numbers the instances."""
    for node in view.elements:
        for where, name in _written(node):
            if name.partition(".")[0] in KEPT_NAMES:
                yield Problem(
                    node.id,
                    f"Expected another variable in the {where} of {node.words}: `{name[:60]}` belongs to the "
                    "case, and is never written. Choose another name.",
                )


def _written(node: Element) -> Iterator[tuple[str, str]]:
    """Where a variable is written, and its name."""
    said, loop = node.extensions, node.loop
    yield from (("input mapping", target) for _, target in said.inputs)
    yield from (("output mapping", target) for _, target in said.outputs)
    yield "result variable", said.result
    if loop is not None:
        yield "input element", loop.element
        yield "output collection", loop.output_collection


def places(view: View) -> Iterator[Place]:
    for flow in view.diagram.flows.values():
        if flow.condition is not None and flow.source in view.following:
            yield Place(flow.id, "condition", LOGIC, flow.condition)
    for message in view.diagram.messages.values():
        yield Place(message.id, "correlation key", LOGIC, Expression(message.extensions.correlation))
        yield Place(message.id, "name", FIXED, Expression(message.name))
    for each in view.diagram.correlations:
        for path in each.paths.values():
            yield Place(each.id, "message path", VALUE, Expression(path))
    for process in view.diagram.processes.values():
        for path in process.bindings.values():
            yield Place(process.id, "correlation subscription", VALUE, Expression(path))
    for node in view.elements:
        yield from (place for place in _of_node(node) if place.expression.text)


def _of_node(node: Element) -> Iterator[Place]:
    said = node.extensions
    for word, use, text in (
        ("assignee", VALUE, said.assignee),
        ("candidate groups", VALUE, said.role),
        ("due date", VALUE, said.due),
        ("follow-up date", VALUE, said.follow_up),
        ("priority", VALUE, said.priority),
        ("form", FIXED, said.form),
        ("task type", FIXED, said.operation),
        ("called process", FIXED, said.called_process or node.called),
        ("called decision", FIXED, said.called_decision),
        ("correlation key", LOGIC, said.correlation),
    ):
        yield Place(node.id, word, use, Expression(text))
    for value, target in said.inputs:
        yield Place(node.id, f"input mapping {target[:60]}", VALUE, Expression(value))
    for value, target in said.outputs:
        yield Place(node.id, f"output mapping {target[:60]}", VALUE, Expression(value))
    for name, value in said.properties.items():
        yield Place(node.id, f"property {name[:60]}", VALUE, Expression(value))
    if node.kind in ("adHocSubProcess", "complexGateway"):
        yield Place(node.id, "condition", LOGIC, Expression(node.text))
    yield from _of_events(node)
    yield from _of_loop(node)


def _of_events(node: Element) -> Iterator[Place]:
    for event in node.events:
        if event.expression is not None:
            use = VALUE if event.kind == "timer" else LOGIC
            yield Place(node.id, "time" if event.kind == "timer" else "condition", use, event.expression)


def _of_loop(node: Element) -> Iterator[Place]:
    loop = node.loop
    if loop is None:
        return
    for word, use, expression in (
        ("number of instances", VALUE, loop.cardinality),
        ("loop condition" if loop.kind == "standard" else "completion condition", LOGIC, loop.condition),
        ("input collection", LOGIC, Expression(loop.collection)),
        ("output element", LOGIC, Expression(loop.output_element)),
        ("input element", FIXED, Expression(loop.element)),
        ("output collection", FIXED, Expression(loop.output_collection)),
    ):
        if expression is not None:
            yield Place(node.id, word, use, expression)
    for condition, _ in loop.throws:
        if condition is not None:
            yield Place(node.id, "condition of an event of the instances", LOGIC, condition)


def wrong_feel(text: str) -> list[str]:
    """What is wrong with FEEL, in plain words, and a translation where it is another language in disguise."""
    try:
        problems = feel.check(text, None, functions=HOST_FUNCTIONS)
    except feel.FeelError as error:
        return [str(error)]
    if not problems:
        return []
    message = problems[0].message.rstrip(".") + "."
    suggestion = languages.translated(text)
    return [f"{message} In FEEL: {suggestion}." if suggestion and suggestion != f"={text}" else message]


def _not_feel(view: View, place: Place) -> list[str]:
    """Why text without `=`, or with it where it must be fixed, is refused here; nothing when it may stand."""
    text = place.expression.text
    if place.use == FIXED:
        if not text.startswith("="):
            return []
        return [f"Expected fixed text in {_where(view, place)}, but `{shown(text)}` is an expression."]
    if not text or (place.use == VALUE and not _is_foreign(place.expression)):
        return []
    language = languages.foreign(text, place.expression.language)
    suggestion = languages.translated(text)
    write = f"In FEEL: {suggestion}" if suggestion else "Write it in FEEL, starting with `=`."
    if language:
        return [f"Expected FEEL in {_where(view, place)}, but `{shown(text)}` is {language}. {write}"]
    return [
        f"Expected FEEL that starts with `=` in {_where(view, place)}, but it says `{shown(text)}`. {write}"
    ]


def _is_foreign(expression: Expression | None) -> bool:
    """Fixed text is free; only the marks of another engine's expressions are not."""
    return expression is not None and bool(re.search(r"[$#]\{", expression.text))


def shown(text: str) -> str:
    """Short enough for a message, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else flat[: SHOWN - 1] + "…"
