"""Cases: the unit of need to know. Several process instances may belong to one case.

`opening` is the command; `looking` and `lists` read; `subjects` and `members` say who has to do with it.
"""

from engine.cases.families import Relative
from engine.cases.lists import CaseItem, mine
from engine.cases.looking import CaseClock, CaseInstance, CaseTask, CaseView, Member, view
from engine.cases.members import add_member, leads, lock, own_open_tasks
from engine.cases.opening import Opened, open_case
from engine.cases.outcomes import CaseOutcome
from engine.cases.subjects import PARTS, Subject, subject_names
from engine.cases.views import record_view

__all__ = [
    "CaseClock",
    "PARTS",
    "CaseInstance",
    "CaseItem",
    "CaseOutcome",
    "CaseTask",
    "CaseView",
    "Member",
    "Opened",
    "Relative",
    "Subject",
    "add_member",
    "leads",
    "lock",
    "mine",
    "open_case",
    "own_open_tasks",
    "record_view",
    "subject_names",
    "view",
]
