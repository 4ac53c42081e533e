"""The inbox: what waits for whom, and what a person does with it.

`lists` reads; `task` shows one, with its `facts` and `context`; `claiming` and `completing` are the commands.
"""

from engine.inbox.claiming import claim, reassign, release
from engine.inbox.completing import Completed, complete, save_draft
from engine.inbox.facts import Fact
from engine.inbox.lists import Counts, TaskItem, completed, counts, mine, to_claim
from engine.inbox.task import TaskView, candidates, record_of, task

__all__ = [
    "Completed",
    "Counts",
    "Fact",
    "TaskItem",
    "TaskView",
    "candidates",
    "claim",
    "complete",
    "completed",
    "counts",
    "mine",
    "reassign",
    "record_of",
    "release",
    "save_draft",
    "task",
    "to_claim",
]
