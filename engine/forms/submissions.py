"""Checks answers and says what is kept: one error for each answer that cannot be accepted, in form order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.errors import InvalidInput
from engine.forms import filling, limits, visibility, wording
from engine.forms.checks import Setting, check, row_count
from engine.forms.components import Component, Form, Path
from engine.forms.fields import ErrorLink, Submission
from engine.forms.filling import Filled
from engine.forms.kinds import KINDS
from engine.forms.scopes import NAMES
from engine.forms.trees import get, put
from engine.forms.visibility import Instance, Settled
from engine.forms.wording import Wrong


def submit(
    form: Form, answers: Mapping[str, Any], context: Mapping[str, Any], *, now: datetime | None = None
) -> Submission:
    """Raises TooLarge or InvalidInput only when the answers as a whole cannot be looked at."""
    if not isinstance(answers, Mapping):
        raise InvalidInput("Expected the answers as a JSON object, with the keys of the form.")
    limits.weigh(answers)
    filled = filling.fill(form, answers, context)
    settled = visibility.settle(form, filled.tree, context, now)
    wrong = _told_apart(_judge(filled, settled, Setting(context, people(context))), settled)
    unknown = filling.unknown(form, answers)
    return Submission(
        kept=visibility.answered(form, filled.tree, settled),
        errors={".".join(one.path): problem.message for one, problem in wrong} | unknown,
        visible=frozenset(".".join(one.path) for one in settled.visible() if _is_question(one)),
        links=(*(_link(one, problem) for one, problem in wrong), *_unknown_links(unknown)),
    )


def people(context: Mapping[str, Any]) -> tuple[str, ...]:
    """The names that de-identified answers may not hold."""
    given = context.get(NAMES)
    return tuple(name for name in given if isinstance(name, str)) if isinstance(given, list | tuple) else ()


def appeared(submission: Submission, asked: str) -> frozenset[str]:
    """Paths of questions that were not on the page (`_asked`) and are to be answered now."""
    names = frozenset(asked.split())
    return frozenset(path for path in submission.visible if path.replace(".", "-") not in names)


def _judge(filled: Filled, settled: Settled, setting: Setting) -> list[tuple[Instance, Wrong]]:
    """Accepted answers are put back into the tree as they are kept."""
    wrong: list[tuple[Instance, Wrong]] = []
    for one in settled.visible():
        try:
            _judge_one(one, filled, setting)
        except Wrong as problem:
            wrong.append((one, problem))
    return wrong


def _told_apart(wrong: list[tuple[Instance, Wrong]], settled: Settled) -> list[tuple[Instance, Wrong]]:
    """Lines of an error summary never read alike: those that would get their question and their row added."""
    counts = Counter(problem.message for _, problem in wrong)
    lists = {one.path: one.component for one in settled.instances if one.component.type == "dynamiclist"}
    return [
        (one, problem if counts[problem.message] == 1 else _placed(one, problem, lists))
        for one, problem in wrong
    ]


def _placed(one: Instance, problem: Wrong, lists: Mapping[Path, Component]) -> Wrong:
    holder = lists.get(one.row[:-1]) if one.row else None
    row = wording.row(holder, int(one.row[-1]) + 1) if holder else ""
    return Wrong(wording.placed(one.component, problem.message, row), problem.part)


def _judge_one(one: Instance, filled: Filled, setting: Setting) -> None:
    component, path = one.component, one.path
    if path in filled.wrong and _has_path(one):
        raise filled.wrong[path]
    if component.type == "dynamiclist":
        _judge_rows(one, filled)
    elif KINDS[component.type].keyed and component.type != "expression":
        value = get(filled.tree, path)
        if visibility.locked(one):
            _judge_locked(one, filled, value, setting)
        else:
            _put(filled.tree, path, check(one, value, setting))


def _judge_rows(one: Instance, filled: Filled) -> None:
    rows = get(filled.tree, one.path)
    for number in range(len(rows)):
        if (place := (*one.path, str(number))) in filled.wrong:
            raise filled.wrong[place]
    if not one.component.disabled:
        row_count(one.component, len(rows))


def _judge_locked(one: Instance, filled: Filled, value: Any, setting: Setting) -> None:
    """What was sent for a locked answer must be what stands there."""
    if one.path in filled.given and value != filling.own_value(one.component, one.path, setting.context):
        raise Wrong(wording.LOCKED)


def _put(tree: dict[str, Any], path: Path, value: Any) -> None:
    holder = get(tree, path[:-1])
    if isinstance(holder, dict):
        put(holder, path[-1:], value)


def _is_question(one: Instance) -> bool:
    """Computed answers are never on a page, so nobody is asked for them."""
    return _has_path(one) and one.component.type != "expression"


def _has_path(one: Instance) -> bool:
    return bool(one.component.path)


def _link(one: Instance, problem: Wrong) -> ErrorLink:
    return ErrorLink(".".join(one.path), "#" + first_id(one, problem.part), problem.message)


def first_id(one: Instance, part: str = "") -> str:
    """The id of the first input, or of the small input `part`."""
    name = "-".join(one.path)
    if one.component.type != "datetime" or one.component.subtype == "time":
        return name
    return f"{name}-{part or 'day'}"


def _unknown_links(unknown: dict[str, str]) -> list[ErrorLink]:
    return [ErrorLink(path, "", message) for path, message in unknown.items()]
