"""The named operations that a service task may ask for. A diagram names one; it never brings its own code.

Each takes the task's inputs and gives its outputs, as plain data. There is none yet that a process needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.errors import Incident
from engine.execution import OpenedJob

Operation = Callable[[Mapping[str, Any]], Mapping[str, Any]]

OPERATIONS: Final[dict[str, Operation]] = {}


def perform(job: OpenedJob) -> Mapping[str, Any]:
    """Do what a service task asks. Raises Incident for an operation that nobody knows, or that fails."""
    operation = OPERATIONS.get(job.operation)
    if operation is None:
        raise Incident(f"Expected one of Handrail's operations, but {job.element} asks for {job.operation}.")
    try:
        return operation(job.inputs)
    except Incident:
        raise
    except Exception as error:  # what an operation did not foresee must not undo what people did
        kind = type(error).__name__  # its message may quote what somebody wrote
        raise Incident(f"Expected “{job.operation}” to be done, but it failed ({kind}).") from error
