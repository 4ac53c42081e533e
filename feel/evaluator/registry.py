"""Which function compiles which kind of node."""

from collections.abc import Callable
from typing import Any

from feel.run import Frame
from feel.syntax import Node
from feel.values import Value

Code = Callable[[Frame], Value]
Compiler = Callable[[Any], Code]

_COMPILERS: dict[type[Node], Compiler] = {}


def compiles(kind: type[Node]) -> Callable[[Compiler], Compiler]:
    def register(compiler: Compiler) -> Compiler:
        _COMPILERS[kind] = compiler
        return compiler

    return register


def compiled(node: Node) -> Code:
    """The code of a node. Running it gives the node's value in a frame."""
    return _COMPILERS[type(node)](node)
