"""Asks `policy.authorization` about cases, tasks and records as stored, and scopes every list the same way.

What a person may not know of is not found; what they may know of but not do is refused with a reason.
`loading` reads what deciding needs, `requiring` decides, `scoping` does so for lists, and `answerers` finds
where a task waits.
"""

from engine.access.answerers import ASKED, answering, is_here, responsible
from engine.access.loading import (
    FOUR_EYES,
    NOT_BY,
    RELATIONS_TO_CASE,
    OfCase,
    OfDocument,
    OfRecord,
    OfTask,
    load,
    task_target,
)
from engine.access.requiring import (
    WHO,
    require,
    require_case,
    require_document,
    require_record,
    require_task,
)
from engine.access.scoping import may_know, not_denied, visible_cases, visible_tasks, waiting_tasks

__all__ = [
    "ASKED",
    "FOUR_EYES",
    "NOT_BY",
    "RELATIONS_TO_CASE",
    "WHO",
    "OfCase",
    "OfDocument",
    "OfRecord",
    "OfTask",
    "answering",
    "is_here",
    "load",
    "may_know",
    "not_denied",
    "require",
    "require_case",
    "require_document",
    "require_record",
    "require_task",
    "responsible",
    "task_target",
    "visible_cases",
    "visible_tasks",
    "waiting_tasks",
]
