"""Checks arithmetic and logic."""

from feel.arithmetic import OPERATIONS, negate
from feel.check.comparing import hint, operand
from feel.check.samples import SAMPLES
from feel.check.scope import Scope, inferred, infers, plainly
from feel.syntax import And, Arithmetic, InstanceOf, Literal, Negation, Node, Or
from feel.types import ANY, BOOLEAN, Type, no_type
from feel.values import kind_of


@infers(Arithmetic)
def arithmetic(node: Arithmetic, scope: Scope) -> Type:
    kind = operand(node.first, scope)
    for operator, part in node.rest:
        right = operand(part, scope)
        if operator == "/" and isinstance(part, Literal) and part.value == 0:
            scope.note(part, "Expected another number than 0 after /.")
        kind = _operation(node, operator, kind, right, scope)
    return kind


def _operation(node: Node, operator: str, left: Type, right: Type, scope: Scope) -> Type:
    kinds = {left.name, right.name}
    if not kinds <= {*SAMPLES, "Null"}:
        return ANY
    first, second = SAMPLES.get(left.name), SAMPLES.get(right.name)
    operation = OPERATIONS.get((operator, type(first), type(second)))
    if operation is not None:
        return Type(kind_of(operation(first, second)))
    message = f"Expected values that {operator} can join, but got {plainly(left)} and {plainly(right)}."
    return scope.note(node, message + _joining_hint(operator, kinds))


def _joining_hint(operator: str, kinds: set[str]) -> str:
    if kinds == {"number", "string"} and operator == "+":
        return " string(…) makes a text of a number."
    if operator in ("+", "-") and kinds & {"date", "date and time"} and kinds & {"number", "string"}:
        return ' Write @"P5D" for five days.'
    return hint(kinds) if kinds == {"list", "number"} else ""


@infers(Negation)
def negation(node: Negation, scope: Scope) -> Type:
    kind = operand(node.operand, scope)
    if kind.name in {*SAMPLES, "Null"} and negate(SAMPLES.get(kind.name)) is None:
        return scope.note(node, f"Expected a number or duration after -, but got {plainly(kind)}.")
    return kind


@infers(InstanceOf)
def instance_of(node: InstanceOf, scope: Scope) -> Type:
    inferred(node.value, scope)
    fault = no_type(node.type)
    if fault is not None:
        scope.note(node, fault)
    return BOOLEAN


def _logic(node: And | Or, scope: Scope) -> Type:
    for part in node.parts:
        must_be_true_or_false(part, inferred(part, scope), scope)
    return BOOLEAN


infers(And)(_logic)
infers(Or)(_logic)


def must_be_true_or_false(node: Node, kind: Type, scope: Scope) -> None:
    if kind != ANY and kind != BOOLEAN:
        scope.note(node, f"Expected something true or false, but this is {plainly(kind)}.")
