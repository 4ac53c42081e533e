"""From syntax to something that runs: each node becomes a small function of a frame."""

from feel.evaluator import access, control, functions, literals, operators, tests
from feel.evaluator.registry import Code, compiled

GROUPS = (access, control, functions, literals, operators, tests)

__all__ = ["GROUPS", "Code", "compiled"]
