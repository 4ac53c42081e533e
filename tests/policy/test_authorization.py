"""Who may do what, for every role, action, situation and relation to the case, as one table people can read.

`authorization_matrix.txt` holds the answers. After a change that is meant, write it anew with
`HANDRAIL_FREEZE=1 python -m pytest tests/policy/test_authorization.py` and read the difference.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from policy.authorization import (
    ACTIONS,
    CASE_PEOPLE,
    GRANTS,
    GUARDS,
    REASONS,
    RELATIONS,
    Action,
    Actor,
    Target,
    decide,
    sees,
)
from policy.roles import ROLES

MATRIX = Path(__file__).with_name("authorization_matrix.txt")
ME, OTHER, HERE, ELSEWHERE, AREA = "me", "other", "here", "elsewhere", "area"

TIES = {
    "nobody": (),
    "lead": ("lead",),
    "member": ("member",),
    "adviser": ("adviser",),
    "denied": ("denied",),
    "lead, denied": ("lead", "denied"),
    "break_glass": ("break_glass",),
}
_TASK = Target("task", AREA, role="dsl", organisation_id=HERE)
_OWN = replace(_TASK, role=None, assignee=ME)
SITUATIONS = {
    "case": {
        "a case": Target("case", AREA),
        "a sealed case": Target("case", AREA, sealed=True),
        "a case, and the diagram asks an adviser": Target("case", AREA, who=frozenset({"adviser"})),
        "a case of another area": Target("case", "far away"),
    },
    "record": {
        "somebody else's record": Target("record", AREA, author=OTHER),
        "their own record": Target("record", AREA, author=ME),
        "their own record of a sealed case": Target("record", AREA, author=ME, sealed=True),
        "a record of another area": Target("record", "far away", author=ME),
    },
    "task": {
        "a task that waits for a designated lead here": _TASK,
        "a task that a colleague has": replace(_TASK, assignee=OTHER),
        "a task for a designated lead here, theirs": replace(_TASK, assignee=ME),
        "a task they completed": replace(_TASK, assignee=ME, completed_by=ME),
        "a task a colleague completed": replace(_TASK, assignee=OTHER, completed_by=OTHER),
        "a waiting task that checks their own work": replace(_TASK, four_eyes=frozenset({ME})),
        "a task of theirs that checks their own work": replace(_TASK, assignee=ME, four_eyes=frozenset({ME})),
        "a waiting task of a sealed case": replace(_TASK, sealed=True),
        "a task of theirs in a sealed case": replace(_TASK, sealed=True, assignee=ME),
        "a task for one person, theirs": _OWN,
        "a task for one person, not theirs": replace(_OWN, assignee=OTHER),
        "a task without a role that waits": replace(_OWN, assignee=None),
        "a task whose organisation was not found": replace(_TASK, organisation_id=None),
        "a task of another area": replace(_TASK, area_id="far away"),
    },
    "incident": {
        "an incident": Target("incident", AREA),
        "an incident of a sealed case": Target("incident", AREA, sealed=True),
        "an incident of another area": Target("incident", "far away"),
    },
    "definition": {
        "a draft of somebody else": Target("definition", AREA, author=OTHER, four_eyes=frozenset({OTHER})),
        "their own draft": Target("definition", AREA, author=ME, four_eyes=frozenset({ME})),
        "a definition of another area": Target("definition", "far away"),
    },
    "area": {
        "what somebody else proposed": Target("area", AREA, four_eyes=frozenset({OTHER})),
        "what they proposed": Target("area", AREA, four_eyes=frozenset({ME})),
        "another area": Target("area", "far away"),
    },
    "organisation": {
        "an organisation, for a process that practitioners start": Target(
            "organisation", AREA, role="practitioner", organisation_id=HERE
        ),
        "an organisation, for a process that nobody starts": Target(
            "organisation", AREA, organisation_id=HERE
        ),
        "an organisation of another area": Target(
            "organisation", "far away", role="practitioner", organisation_id=HERE
        ),
    },
    "person": {
        "themselves": Target("person", AREA, author=ME),
        "somebody else": Target("person", AREA, author=OTHER),
        "somebody of another area": Target("person", "far away", author=OTHER),
    },
}
_WITH_TIES = {"case", "record", "task", "incident"}


def _people() -> Iterator[tuple[str, Actor]]:
    yield "no role", Actor(ME, AREA)
    for place, suffix in ((HERE, ""), (ELSEWHERE, " elsewhere")):
        for role in ROLES:
            held = frozenset({(place, role)})
            yield role + suffix, Actor(ME, AREA, frozenset({place}), held)


PEOPLE = tuple(_people())


# The table -------------------------------------------------------------------------------------------------


def _answer(actor: Actor, action: str, target: Target) -> str:
    decision = decide(actor, action, target)
    if decision:
        return f"yes ({decision.reason})"
    return f"no ({decision.reason})" if sees(actor, target) else f"not found ({decision.reason})"


def _line(action: str, target: Target) -> str:
    """Every person's answer, the commonest last."""
    groups: dict[str, list[str]] = {}
    for name, actor in PEOPLE:
        groups.setdefault(_answer(actor, action, target), []).append(name)
    *few, (most, _) = sorted(groups.items(), key=lambda group: (len(group[1]), group[0]))
    rest = "everybody" if not few else "everybody else"
    return "; ".join([*(f"{', '.join(names)}: {answer}" for answer, names in few), f"{rest}: {most}"])


def _situation(action: str, target: Target) -> Iterator[str]:
    """One line for each relation to the case; relations with the same answers share it."""
    if target.kind not in _WITH_TIES:
        yield _line(action, target)
        return
    lines: dict[str, list[str]] = {}
    for tie, relation in TIES.items():
        lines.setdefault(_line(action, replace(target, relation=frozenset(relation))), []).append(tie)
    for line, ties in lines.items():
        yield f"[{' | '.join(ties)}] {line}" if len(ties) < len(TIES) else f"[any relation] {line}"


def block(action: str) -> str:
    """All answers about one action."""
    rule = ACTIONS[action]
    lines = [f"{action}: {rule.meaning}"]
    for situation, target in SITUATIONS[rule.kind].items():
        lines.append(f"  {situation}")
        lines.extend(f"    {line}" for line in _situation(action, target))
    return "\n".join(lines) + "\n"


def matrix() -> str:
    return "\n".join(block(action) for action in ACTIONS)


def test_every_answer_is_the_frozen_one():
    if os.environ.get("HANDRAIL_FREEZE"):
        MATRIX.write_text(matrix(), "utf-8")

    assert MATRIX.read_text("utf-8") == matrix()


# Each rule counts ------------------------------------------------------------------------------------------


@contextmanager
def _planted(table: dict, name: str, wrong: object) -> Iterator[None]:
    """A mistake in one rule, for as long as it takes to look."""
    right = table[name]
    table[name] = wrong
    try:
        yield
    finally:
        table[name] = right


FROZEN = {action: block(action) for action in ACTIONS}


@pytest.mark.parametrize("action", ACTIONS)
def test_a_lost_grant_is_noticed(action):
    rule = ACTIONS[action]

    for grant in rule.grants:
        fewer = tuple(each for each in rule.grants if each != grant)
        with _planted(ACTIONS, action, replace(rule, grants=fewer)):
            assert block(action) != FROZEN[action], f"{action} without {grant} went unnoticed"


@pytest.mark.parametrize("action", ACTIONS)
def test_an_added_grant_is_noticed(action):
    rule = ACTIONS[action]
    for grant in set(GRANTS) - set(rule.grants):
        with _planted(ACTIONS, action, replace(rule, grants=(grant, *rule.grants))):
            changed = block(action) != FROZEN[action]

        assert changed == _can_hold(grant, rule), f"{action} with {grant} went unnoticed"


def _can_hold(grant: str, rule: Action) -> bool:
    """Whether the grant says anything at all about things of this kind that no guard refuses."""
    return any(
        GRANTS[grant](actor, tied) and not any(refuses(actor, rule, tied) for refuses in GUARDS.values())
        for target in SITUATIONS[rule.kind].values()
        for relation in (TIES.values() if rule.kind in _WITH_TIES else ((),))
        for tied in (replace(target, relation=frozenset(relation)),)
        for _, actor in PEOPLE
    )


@pytest.mark.parametrize(
    "action", [each for each, rule in ACTIONS.items() if rule.kind in ("task", "definition", "area")]
)
def test_lost_or_added_four_eyes_are_noticed(action):
    """Only tasks, drafts and proposals say whose work they check."""
    rule = ACTIONS[action]

    with _planted(ACTIONS, action, replace(rule, four_eyes=not rule.four_eyes)):
        assert block(action) != FROZEN[action]


@pytest.mark.parametrize("guard", GUARDS)
def test_a_lost_guard_is_noticed(guard):
    with _planted(GUARDS, guard, lambda actor, action, target: False):
        assert any(block(action) != FROZEN[action] for action in ACTIONS)


@pytest.mark.parametrize(
    ("grant", "always"),
    [(each, way) for each in GRANTS for way in (True, False) if (each, way) != ("everyone", True)],
)
def test_a_grant_that_always_or_never_holds_is_noticed(grant, always):
    using = [action for action, rule in ACTIONS.items() if grant in rule.grants]
    assert using, f"nothing uses {grant}"

    with _planted(GRANTS, grant, lambda actor, target: always):
        assert any(block(action) != FROZEN[action] for action in using)


# Rules worth reading ---------------------------------------------------------------------------------------

DSL = Actor(ME, AREA, frozenset({HERE}), frozenset({(HERE, "dsl")}))
EVERY_ROLE = Actor(ME, AREA, frozenset({HERE}), frozenset((HERE, role) for role in ROLES))


def test_an_unknown_action_is_refused():
    assert decide(EVERY_ROLE, "case:anything", Target("case", AREA)).reason == "unknown_action"


def test_an_action_is_refused_for_a_thing_of_another_kind():
    assert decide(EVERY_ROLE, "task:claim", Target("case", AREA)).reason == "wrong_target"


@pytest.mark.parametrize(
    "action", [each for each, rule in ACTIONS.items() if rule.kind in ("case", "record", "task")]
)
def test_being_denied_beats_everything(action):
    """All roles, lead and member of the case, has the task, wrote the record."""
    everything = frozenset({"lead", "member", "adviser", "denied"})
    target = Target(
        ACTIONS[action].kind,
        AREA,
        everything,
        role="dsl",
        organisation_id=HERE,
        assignee=ME,
        author=ME,
        completed_by=ME,
    )

    assert decide(EVERY_ROLE, action, target).reason == "denied"
    assert not sees(EVERY_ROLE, target)


@pytest.mark.parametrize("action", [each for each, rule in ACTIONS.items() if rule.kind == "case"])
def test_no_role_opens_a_case(action):
    assert not decide(EVERY_ROLE, action, Target("case", AREA))


def test_an_adviser_reads_their_own_task_and_not_the_case():
    adviser = frozenset({"adviser"})

    assert decide(DSL, "task:read", replace(_TASK, relation=adviser, assignee=ME))
    assert not decide(DSL, "task:read", replace(_TASK, relation=adviser, assignee=OTHER))
    assert not decide(DSL, "case:read", Target("case", AREA, adviser))


def test_a_role_taken_away_takes_the_task_with_it():
    mine = replace(_TASK, assignee=ME, relation=frozenset({"adviser"}))

    assert decide(DSL, "task:complete", mine)
    assert not decide(Actor(ME, AREA), "task:complete", mine)


def test_nobody_checks_their_own_work_even_as_lead_of_the_case():
    own = replace(_TASK, relation=CASE_PEOPLE, assignee=ME, four_eyes=frozenset({ME}))

    assert decide(EVERY_ROLE, "task:claim", own).reason == "four_eyes"
    assert decide(EVERY_ROLE, "task:complete", own).reason == "four_eyes"


@pytest.mark.parametrize("role", ["operator", "auditor", "governance_editor", "governance_approver"])
def test_who_runs_the_service_reads_no_case(role):
    actor = Actor(ME, AREA, frozenset({HERE}), frozenset({(HERE, role)}))

    assert not decide(actor, "case:read", Target("case", AREA))
    assert not sees(actor, Target("case", AREA))
    assert not decide(actor, "task:read", _TASK)


def test_break_glass_grants_nothing_yet():
    broken = frozenset({"break_glass"})

    for action, rule in ACTIONS.items():
        if rule.kind in ("case", "task"):
            assert not decide(Actor(ME, AREA), action, Target(rule.kind, AREA, broken))


def test_every_reason_has_a_sentence_and_every_relation_a_meaning():
    used = {reason for reason in REASONS if reason not in GRANTS and reason not in GUARDS}

    assert set(GRANTS) | set(GUARDS) <= set(REASONS)
    assert used == {"unknown_action", "wrong_target", "no_grant"}
    assert {each for relation in TIES.values() for each in relation} == set(RELATIONS)


def test_every_action_is_a_noun_and_a_verb_with_a_meaning():
    for action, rule in ACTIONS.items():
        noun, verb = action.split(":")
        assert noun.isidentifier() and verb.isidentifier()
        assert rule.meaning.endswith(".")
        assert set(rule.grants) <= set(GRANTS)
