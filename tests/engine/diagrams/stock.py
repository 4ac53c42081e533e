"""Gives one file to SpiffWorkflow as its documentation shows, under the same ear as Handrail's own tests.

Run as a program, in a process of its own, because what is tried here runs commands, or never ends. No command
really runs: it is heard, and then stopped. The file comes on standard input; the answer is a line of JSON.
"""

import json
import resource
import sys
from typing import Any

from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.util.task import TaskState

from .oracle import watched

SECONDS = 2  # of the processor: what Handrail promises to answer in
MEMORY = 2 * 2**30
ROUNDS = 20


class Stopped(BaseException):
    """A command was about to run."""


def stop(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "os.system":
        raise Stopped


def execute(content: bytes) -> dict[str, Any]:
    """Parse and run it, doing every task that waits. Tells what was completed, and whether all is over."""
    parser = SpiffBpmnParser()
    parser.add_bpmn_str(content)
    workflow = BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
    workflow.do_engine_steps()
    for _ in range(ROUNDS):
        for task in workflow.get_tasks(manual=True, state=TaskState.READY):
            task.run()
        workflow.refresh_waiting_tasks()
        workflow.do_engine_steps()
    completed = [task.task_spec.name for task in workflow.get_tasks(state=TaskState.COMPLETED)]
    return {"completed": completed, "over": workflow.is_completed()}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    content = sys.stdin.buffer.read()
    sys.addaudithook(stop)
    told: dict[str, Any] = {"completed": [], "over": False}
    with watched() as heard:
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime) + SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        try:
            told |= execute(content)
        except (Stopped, Exception) as error:
            told["error"] = type(error).__name__
    told["commands"] = [each for each in heard if each.startswith("os.system")]
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
