"""Who may do what: one table of actions, one pure function, default deny.

An action is allowed when no guard refuses it and one of its grants holds. Guards come first, so being denied
a case beats every grant. Leaving a case ends everything but one's own tasks and records; being denied ends
those too. The engine loads an `Actor` and a `Target`; nothing here reads a database or the time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["area", "organisation", "person", "definition", "incident", "case", "task", "record"]

RELATIONS: Final[dict[str, str]] = {
    "lead": "answers for the case; adds people to it",
    "member": "may read the whole case",
    "adviser": "was asked about one thing: sees only their own tasks",
    "denied": "must not see the case, whatever else they are (a declared conflict of interest, for example)",
    "break_glass": "looked in an emergency. Prepared, and grants nothing yet",
}

_NOBODY: Final[frozenset[str]] = frozenset()
CASE_PEOPLE: Final = frozenset({"lead", "member"})
PART_OF_CASE: Final = frozenset({"lead", "member", "adviser"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, with what they hold at this moment (read from the database for every request)."""

    person_id: str
    area_id: str
    organisations: frozenset[str] = _NOBODY  # every organisation in which they hold a role
    roles: frozenset[tuple[str, str]] = frozenset()  # (organisation id, role code)
    assurance: int = 1  # how surely they were identified, 1 to 3

    def holds(self, role: str, organisation_id: str | None = None) -> bool:
        """Whether they hold the role, at that organisation or (without one) at any."""
        if organisation_id is not None:
            return (organisation_id, role) in self.roles
        return any(held == role for _, held in self.roles)


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked for. Only what the kind needs is filled in."""

    kind: Kind
    area_id: str
    relation: frozenset[str] = _NOBODY  # the actor's relations to the case that hold now
    sealed: bool = False
    role: str | None = None  # of a task; of case:open, the role that may start the process
    organisation_id: str | None = None  # answers for the task; of case:open, the organisation itself
    assignee: str | None = None  # person who has the task
    completed_by: str | None = None  # person who completed the task
    author: str | None = None  # who wrote the record, drafted the release, or is the person asked about
    four_eyes: frozenset[str] = _NOBODY  # people whose own work this checks
    who: frozenset[str] = CASE_PEOPLE  # of case:message, the relations the diagram allows


@dataclass(frozen=True, slots=True)
class Decision:
    allowed: bool
    reason: str  # one of REASONS

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True, slots=True)
class Action:
    meaning: str
    kind: Kind
    grants: tuple[str, ...]  # names in GRANTS, any of which is enough
    four_eyes: bool = False  # nobody may do it to their own work
    unjoined: bool = False  # also to a task of a sealed case that waits for them, before they are part of it


# Grants ----------------------------------------------------------------------------------------------------


def _pool(actor: Actor, target: Target) -> bool:
    """Holds the task's role where the task is; without a role, works on the case."""
    if target.role is None:
        return not target.relation.isdisjoint(CASE_PEOPLE)
    return (target.organisation_id or "", target.role) in actor.roles


def _waiting(actor: Actor, target: Target) -> bool:
    return target.assignee is None and target.completed_by is None and _pool(actor, target)


def _holder(actor: Actor, target: Target) -> bool:
    """Has the task, and still the standing it needs: a role taken away counts at once."""
    if target.assignee != actor.person_id:
        return False
    return not target.relation.isdisjoint(PART_OF_CASE) if target.role is None else _pool(actor, target)


def _starter(actor: Actor, target: Target) -> bool:
    return target.role is not None and (target.organisation_id or "", target.role) in actor.roles


def _role(code: str) -> Callable[[Actor, Target], bool]:
    return lambda actor, target: actor.holds(code)  # noqa: ARG005  (a grant takes both)


GRANTS: Final[dict[str, Callable[[Actor, Target], bool]]] = {
    "everyone": lambda actor, target: True,  # noqa: ARG005 - as all grants
    "lead": lambda actor, target: "lead" in target.relation,  # noqa: ARG005 - as all grants
    "member": lambda actor, target: "member" in target.relation,  # noqa: ARG005 - as all grants
    "asked_relation": lambda actor, target: not target.relation.isdisjoint(target.who),  # noqa: ARG005 - as all grants
    "waiting": _waiting,
    "pool": _pool,
    "holder": _holder,
    "completer": lambda actor, target: target.completed_by == actor.person_id,
    "author": lambda actor, target: target.author == actor.person_id,
    "starter": _starter,
    "operator": _role("operator"),
    "auditor": _role("auditor"),
    "governance_editor": _role("governance_editor"),
    "governance_approver": _role("governance_approver"),
}

# Actions ---------------------------------------------------------------------------------------------------

ACTIONS: Final[dict[str, Action]] = {
    "case:open": Action("Open a case and start its process.", "organisation", ("starter",)),
    "case:read": Action(
        "Read the case: who is involved, what waits, what was done.", "case", ("lead", "member")
    ),
    "case:message": Action("Tell the running process something new.", "case", ("asked_relation",)),
    "case:add_member": Action("Let somebody else read the case.", "case", ("lead",)),
    "case:remove_member": Action("End somebody's part in the case.", "case", ("lead",)),
    "case:deny": Action("Keep somebody out of the case, whatever else they are.", "case", ("lead",)),
    "case:seal": Action("Hide that the case exists.", "case", ("lead",)),
    "case:add_subject": Action("Add a child or adult the case is about.", "case", ("lead", "member")),
    "case:break_glass": Action("Read a case in an emergency without being part of it.", "case", ()),
    "history:read": Action("Read what happened in the case, and who looked.", "case", ("lead", "member")),
    "diagram:read": Action("See where the case stands in its diagram.", "case", ("lead", "member")),
    "record:read": Action("Read or print one record.", "record", ("lead", "member", "author")),
    "record:correct": Action("Write a corrected version of a record.", "record", ("author",)),
    "document:add": Action("Attach a document to the case.", "case", ("lead", "member")),
    "document:add_to_task": Action("Attach a document to one's own task.", "task", ("holder",)),
    "document:read": Action("Open a document.", "record", ("lead", "member", "author")),
    "document:withdraw": Action("Let nobody open a document any more.", "record", ("lead", "author")),
    "task:read": Action(
        "Read one task: its question, and what is needed to answer it.",
        "task",
        ("holder", "completer", "waiting", "lead", "member"),
    ),
    "task:glance": Action(
        "See that a task waits, and by when.",
        "task",
        ("holder", "completer", "waiting", "lead", "member"),
        unjoined=True,
    ),
    "task:declare": Action(
        "Say whether one has to do with anybody in the case.", "task", ("waiting", "holder"), unjoined=True
    ),
    "task:claim": Action("Take a waiting task.", "task", ("pool",), four_eyes=True, unjoined=True),
    "task:release": Action("Put a task back.", "task", ("holder",)),
    "task:reassign": Action("Give a task to somebody else who may do it.", "task", ("holder", "lead")),
    "task:save_draft": Action("Keep unfinished answers.", "task", ("holder",), four_eyes=True),
    "task:complete": Action("Answer a task, for good.", "task", ("holder",), four_eyes=True),
    "definition:read": Action("Read diagrams, forms and guidance in force.", "definition", ("everyone",)),
    "definition:draft": Action("Draft a change to diagrams and forms.", "definition", ("governance_editor",)),
    "definition:publish": Action(
        "Put a drafted change in force.", "definition", ("governance_approver",), four_eyes=True
    ),
    "definition:migrate": Action(
        "Move running instances to another release.", "definition", ("governance_approver",)
    ),
    "settings:propose": Action("Propose a local value for a clock.", "area", ("governance_editor",)),
    "settings:approve": Action(
        "Approve a local value for a clock.", "area", ("governance_approver",), four_eyes=True
    ),
    "history:verify": Action("Check that the history is whole.", "area", ("auditor", "operator")),
    "incident:read": Action("See what stopped, without personal data.", "incident", ("operator",)),
    "incident:resolve": Action("Let a stopped process go on.", "incident", ("operator",)),
    "person:list": Action("See colleagues' names, jobs and roles.", "area", ("everyone",)),
    "person:read": Action("See one colleague's name, job and roles.", "person", ("everyone",)),
    "token:issue": Action("Issue a token for the API, for oneself.", "person", ("author",)),
    "token:revoke": Action("Withdraw a token for the API.", "person", ("author", "operator")),
}

# Guards ----------------------------------------------------------------------------------------------------


def _other_area(actor: Actor, action: Action, target: Target) -> bool:  # noqa: ARG001 - as all guards
    return actor.area_id != target.area_id


def _denied(actor: Actor, action: Action, target: Target) -> bool:  # noqa: ARG001 - as all guards
    return "denied" in target.relation


def _sealed(actor: Actor, action: Action, target: Target) -> bool:
    """A sealed case does not exist for people who are not part of it, but for a task that waits for them."""
    if not target.sealed or target.kind == "incident" or not target.relation.isdisjoint(PART_OF_CASE):
        return False
    return not (action.unjoined and target.kind == "task" and _waiting(actor, target))


def _own_work(actor: Actor, action: Action, target: Target) -> bool:
    return action.four_eyes and actor.person_id in target.four_eyes


# In order; the name is the reason. A guard that says true ends the matter.
GUARDS: Final[dict[str, Callable[[Actor, Action, Target], bool]]] = {
    "other_area": _other_area,
    "denied": _denied,
    "sealed": _sealed,
    "four_eyes": _own_work,
}

REASONS: Final[dict[str, str]] = {
    "unknown_action": "There is no such action.",
    "wrong_target": "This action is not for a thing of this kind.",
    "other_area": "It belongs to another partnership.",
    "denied": "This person is kept out of the case.",
    "sealed": "The case is sealed and this person is not part of it.",
    "four_eyes": "It checks this person's own work, so somebody else must do it.",
    "no_grant": "Nothing this person is or holds allows it.",
    "everyone": "Everybody who is signed in may.",
    "lead": "They lead the case.",
    "member": "They are a member of the case.",
    "asked_relation": "The diagram allows it to their part in the case.",
    "waiting": "The task waits for a role they hold.",
    "pool": "The task is for a role they hold.",
    "holder": "They have the task.",
    "completer": "They completed the task.",
    "author": "It is their own.",
    "starter": "They hold the role that starts this process, at this organisation.",
    "operator": "They are an operator.",
    "auditor": "They are an auditor.",
    "governance_editor": "They are a governance editor.",
    "governance_approver": "They are a governance approver.",
}

_DECISIONS: Final = {reason: Decision(reason in GRANTS, reason) for reason in REASONS}


def decide(actor: Actor, action: str, target: Target) -> Decision:
    """Whether the actor may, and why. Unknown actions and everything not granted are refused."""
    rule = ACTIONS.get(action)
    if rule is None:
        return _DECISIONS["unknown_action"]
    if rule.kind != target.kind:
        return _DECISIONS["wrong_target"]
    for reason, refuses in GUARDS.items():
        if refuses(actor, rule, target):
            return _DECISIONS[reason]
    for grant in rule.grants:
        if GRANTS[grant](actor, target):
            return _DECISIONS[grant]
    return _DECISIONS["no_grant"]


def sees(actor: Actor, target: Target) -> bool:
    """Whether the actor may know that the thing exists. If not, the answer to everything is "not found"."""
    if any(GUARDS[name](actor, _LOOKING, target) for name in ("other_area", "denied", "sealed")):
        return False
    if target.kind == "task":
        return _sees_task(actor, target)
    if target.kind in ("case", "record"):
        return not target.relation.isdisjoint(PART_OF_CASE) or target.author == actor.person_id
    return target.kind != "incident" or actor.holds("operator")


_LOOKING: Final = Action("Know that it exists.", "case", (), unjoined=True)


def _sees_task(actor: Actor, target: Target) -> bool:
    """Colleagues of the same role see that somebody has a task; an adviser sees no task but their own."""
    own = actor.person_id in (target.assignee, target.completed_by)
    return own or _pool(actor, target) or not target.relation.isdisjoint(CASE_PEOPLE)
