"""From XML to decision tables. A table of another shape than its columns promise is broken: always null."""

from __future__ import annotations

from dmn.boxed import Boxed
from dmn.item_types import ANYTHING, listed
from dmn.reader import Element, Reader, reads, type_ref
from dmn.tables import AGGREGATIONS, POLICIES, RANKING, DecisionTable, Input, Output, Rule
from dmn.xml import child, children, name_of, text_of
from feel import FeelError


@reads("decisionTable")
def table(reader: Reader, element: Element, where: str) -> Boxed:
    made = DecisionTable(
        inputs=[],
        outputs=[_output(reader, column, where) for column in children(element, "output")],
        rules=[],
        policy=element.get("hitPolicy", "UNIQUE"),
        aggregation=element.get("aggregation", ""),
    )
    try:
        made.inputs = [_input(reader, column, where) for column in children(element, "input")]
        made.rules = [_rule(reader, rule, where) for rule in children(element, "rule")]
    except FeelError as error:
        # One input or cell that cannot be read could be the one that matters.
        made.broken = reader.keep(error, where)
        return made
    made.broken = _fault(made)
    if made.broken:
        reader.refused(made.broken, where)
    return made


def _fault(made: DecisionTable) -> str:
    """What is wrong with the shape of a table, or nothing."""
    names = [output.name for output in made.outputs]
    if made.policy not in POLICIES or made.aggregation not in AGGREGATIONS:
        return "Expected a hit policy and aggregation of DMN, but found another."
    if not names:
        return "Expected at least one output, but there is none."
    if len(names) > 1 and (not all(names) or len(set(names)) < len(names)):
        return "Expected each output to have a name of its own, but several share one or have none."
    if made.policy == "COLLECT" and made.aggregation and len(names) > 1:
        return f"Expected one output to aggregate, but there are {len(names)}."
    if made.policy in RANKING and not any(output.order for output in made.outputs):
        return f"Expected output values to rank by under {made.policy}, but no output lists any."
    faults = (_fault_of_rule(made, place, rule) for place, rule in enumerate(made.rules, start=1))
    return next((fault for fault in faults if fault), "")


def _fault_of_rule(made: DecisionTable, place: int, rule: Rule) -> str:
    """A rule without any input entries always applies (DMN 1.5, section 8.3.3)."""
    cells, results = len(rule.cells), len(rule.outputs)
    if cells not in (0, len(made.inputs)):
        return f"Expected rule {place} to have {len(made.inputs)} input entries, but it has {cells}."
    if results != len(made.outputs):
        return f"Expected rule {place} to have {len(made.outputs)} output entries, but it has {results}."
    return ""


def _input(reader: Reader, element: Element, where: str) -> Input:
    expression = child(element, "inputExpression")
    kind = reader.type_of(type_ref(expression)) if expression is not None else ANYTHING
    allowed = reader.limits(child(element, "inputValues"), where)
    label = element.get("label") or text_of(expression)
    return Input(label, reader.readable(expression), kind, allowed)


def _output(reader: Reader, element: Element, where: str) -> Output:
    kind = reader.type_of(type_ref(element))
    allowed = reader.limits(child(element, "outputValues"), where)
    default = child(element, "defaultOutputEntry")
    return Output(
        name=name_of(element),
        kind=kind,
        allowed=allowed,
        order=listed(allowed) or kind.ranks(),
        default=reader.text(default, where) if default is not None else None,
    )


def _rule(reader: Reader, element: Element, where: str) -> Rule:
    return Rule(
        id=element.get("id") or "",
        cells=[reader.tests(cell) for cell in children(element, "inputEntry")],
        outputs=[reader.text(cell, where) for cell in children(element, "outputEntry")],
        annotations=_annotations(element),
    )


def _annotations(element: Element) -> tuple[str, ...]:
    """The cells of the annotation columns; without any, the description, which dmn-js shows as annotation."""
    cells = tuple(text_of(cell) for cell in children(element, "annotationEntry"))
    said = text_of(child(element, "description"))
    return cells or ((said,) if said else ())
