"""Function literals and calls."""

from feel.calls import call
from feel.evaluator.registry import Code, compiled, compiles
from feel.run import Frame
from feel.syntax import Call, FunctionLiteral, Name, size
from feel.values import Function, HostFunction, Parameter, Signature, Value, kind_of
from feel.work import Work

_FUNCTIONS = (Function, HostFunction)


@compiles(FunctionLiteral)
def function_literal(node: FunctionLiteral) -> Code:
    """Remembers the frame it was made in. An external function is never run: FEEL does not reach outside."""
    body, cost = compiled(node.body), size(node.body)
    names = [name for name, _ in node.parameters]
    parameters = tuple(Parameter(name, (kind,)) for name, kind in node.parameters)

    def make(frame: Frame) -> Function:
        def run_body(run: Work, *values: Value) -> Value:
            run.charge(cost)
            if node.external:
                run.note(
                    node.start, node.end, "Expected a function in FEEL, but this one lies outside of it."
                )
                return None
            return body(Frame(dict(zip(names, values, strict=True)), frame, frame.run))

        return Function("this function", (Signature(parameters, run_body),))

    return make


@compiles(Call)
def invocation(node: Call) -> Code:
    function, names, place = compiled(node.function), node.names, (node.start, node.end)
    arguments = [compiled(argument) for argument in node.arguments]
    called = node.function.name if isinstance(node.function, Name) else None

    def invoke(frame: Frame) -> Value:
        found = target = function(frame)
        if type(target) not in _FUNCTIONS:
            # A variable may carry the name of a function (`count`, `date`): the function can still be called.
            target = frame.run.function(called) if called else None
            if target is None:
                return _no_function(frame, node, found)
        return call(target, [argument(frame) for argument in arguments], names, frame.run, place)

    return invoke


def _no_function(frame: Frame, node: Call, found: Value) -> None:
    if found is not None:
        frame.run.note(node.start, node.end, f"Expected a function to call, but it is a {kind_of(found)}.")
