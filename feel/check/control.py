"""Checks conditions, loops and functions."""

from feel.check.operators import must_be_true_or_false
from feel.check.scope import Scope, bounded, inferred, infers, joined, plainly, unclear
from feel.syntax import For, FunctionLiteral, If, Iterator, Quantified
from feel.types import ANY, BOOLEAN, Type, list_of


@infers(If)
def condition(node: If, scope: Scope) -> Type:
    must_be_true_or_false(node.condition, inferred(node.condition, scope), scope)
    return joined([inferred(node.then, scope), inferred(node.otherwise, scope)])


@infers(For)
def loop(node: For, scope: Scope) -> Type:
    inner = _through(node.iterators, scope.within({"partial": Type("list")}))
    kind = inferred(node.body, inner)
    return Type("list") if unclear(kind) else bounded(list_of(kind))


@infers(Quantified)
def quantified(node: Quantified, scope: Scope) -> Type:
    inner = _through(node.iterators, scope)
    must_be_true_or_false(node.condition, inferred(node.condition, inner), inner)
    return BOOLEAN


def _through(iterators: list[Iterator], scope: Scope) -> Scope:
    for iterator in iterators:
        kind = inferred(iterator.domain, scope)
        if iterator.until is not None:
            for end, of in ((iterator.domain, kind), (iterator.until, inferred(iterator.until, scope))):
                if not unclear(of) and of.name not in ("number", "date"):
                    scope.note(
                        end, f"Expected a number or a date to count from or to, but this is {plainly(of)}."
                    )
        elif kind.name in ("number", "boolean", "string"):
            scope.note(iterator.domain, f"Expected a list to go through, but this is {plainly(kind)}.")
        item = kind if iterator.until is not None else (kind.of or ANY)
        scope = scope.within({iterator.name: item})
    return scope


@infers(FunctionLiteral)
def function_literal(node: FunctionLiteral, scope: Scope) -> Type:
    result = inferred(node.body, scope.within(dict(node.parameters)))
    return bounded(Type("function", result, parameters=tuple(kind for _, kind in node.parameters)))
