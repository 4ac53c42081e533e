"""Tasks: the three lists of an inbox, one task with its form, and everything a person does with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from api.context import Call
from api.fields import About, Id, Json, Listing
from api.forms import Question, questions
from api.routes import Noun
from engine import errors, inbox
from engine.deadlines import Explanation
from engine.guidance import Guidance
from engine.inbox import Completed, Counts, Fact, TaskItem, TaskView
from engine.pages import Page
from engine.people import Person

noun = Noun("inbox", "Tasks: what waits for you, and doing it.")


@dataclass(frozen=True, slots=True)
class Task:
    """A task, ready to be answered."""

    item: TaskItem
    element: Annotated[str, About("Its id in the diagram.", "decide")]
    state: Annotated[str, About("open, completed or cancelled.", "open")]
    process: str
    release: int
    assignee: Annotated[str | None, About("The name of whoever has it.")]
    form_id: Annotated[str | None, About("The form it is answered on.", "consent")]
    facts: Annotated[tuple[Fact, ...], About("What you need to know: earlier answers.")]
    guidance: Annotated[Guidance | None, About("What the law and local procedures say. Markdown.")]
    questions: Annotated[tuple[Question, ...], About("The form, as things stand.")]
    answers: Annotated[Json, About("Your draft.")]
    clock: Annotated[Explanation | None, About("Why it is due when it is.")]
    check_answers: Annotated[bool, About("Whether a person should be shown their answers once more.")]
    can: Annotated[tuple[str, ...], About("What you may do with it now.")]


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to a form, by the keys of its questions."""

    answers: Annotated[Json, About("Answers by key.", {"purpose_clear": "yes"})]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to pass a task to."""

    to: Annotated[Id, About("The id of a person; see /tasks/{task_id}/candidates.")]


# Lists -----------------------------------------------------------------------------------------------------


@noun.get("/inbox", "task:read")
def counts(call: Call) -> Counts:
    """How much waits for you. Counting stops at 100."""
    return inbox.counts(call.db, call.by, now=call.clock.now)


@noun.get("/inbox/mine", "task:read")
def mine(call: Call) -> Page[TaskItem]:
    """The open tasks you have, overdue first, then soonest due."""
    return inbox.mine(call.db, call.by, now=call.clock.now, cursor=call.cursor, limit=call.limit)


@noun.get("/inbox/to_claim", "task:read")
def to_claim(call: Call) -> Page[TaskItem]:
    """The open tasks that wait for one of your roles, overdue first, then soonest due."""
    return inbox.to_claim(call.db, call.by, now=call.clock.now, cursor=call.cursor, limit=call.limit)


@noun.get("/inbox/completed", "task:read")
def completed(call: Call) -> Page[TaskItem]:
    """The tasks you have completed, newest first."""
    return inbox.completed(call.db, call.by, now=call.clock.now, cursor=call.cursor, limit=call.limit)


# One task --------------------------------------------------------------------------------------------------


@noun.get("/tasks/{task_id}", "task:read")
def task(call: Call, task_id: str) -> Task:
    """A task with its form, its guidance and what you need to know to answer it."""
    return _task(inbox.task(call.db, call.by, task_id, call.clock))


def _task(found: TaskView) -> Task:
    return Task(
        item=found.item,
        element=found.element,
        state=found.state,
        process=found.process,
        release=found.release,
        assignee=found.assignee,
        form_id=found.form_id,
        facts=found.facts,
        guidance=found.guidance,
        questions=questions(found.form, found.answers, found.context),
        answers=dict[str, Any](found.answers),
        clock=found.clock,
        check_answers=found.check_answers,
        can=tuple(sorted(found.can)),
    )


@noun.post(
    "/tasks/{task_id}/claim",
    "task:claim",
    status=204,
    refuses=(errors.AlreadyClaimed, errors.DeclarationNeeded, errors.FourEyes, errors.TaskGone),
)
def claim(call: Call, task_id: str) -> None:
    """Take a waiting task. The first of a sealed case is taken with a declaration."""
    inbox.claim(call.db, call.by, task_id, call.clock)


@noun.post("/tasks/{task_id}/release", "task:release", status=204, refuses=(errors.TaskGone,))
def release(call: Call, task_id: str) -> None:
    """Give a task back to everybody who may do it."""
    inbox.release(call.db, call.by, task_id, call.clock)


@noun.get("/tasks/{task_id}/candidates", "task:reassign")
def candidates(call: Call, task_id: str) -> Listing[Person]:
    """The people you could pass the task to."""
    return Listing(tuple(inbox.candidates(call.db, call.by, task_id, call.clock)))


@noun.post(
    "/tasks/{task_id}/reassign",
    "task:reassign",
    status=204,
    refuses=(errors.TaskGone, errors.FourEyes),
    example={"to": "grace"},
)
def reassign(call: Call, task_id: str, body: Colleague) -> None:
    """Pass a task to somebody else who may do it."""
    inbox.reassign(call.db, call.by, task_id, body.to, call.clock)


_EXAMPLE = {"answers": {"immediate_risk": "no", "crime_suspected": "no"}}


@noun.put(
    "/tasks/{task_id}/draft",
    "task:save_draft",
    status=204,
    refuses=(errors.TaskGone,),
    example=_EXAMPLE,
)
def save_draft(call: Call, task_id: str, body: Answers) -> None:
    """Keep unfinished answers. They are not checked."""
    inbox.save_draft(call.db, call.by, task_id, body.answers, call.clock)


@noun.post(
    "/tasks/{task_id}/complete",
    "task:complete",
    refuses=(errors.TaskGone, errors.ClaimFirst, errors.FourEyes, errors.Stale, errors.Incident),
    example=_EXAMPLE,
)
def complete(call: Call, task_id: str, body: Answers) -> Completed:
    """Answer a task, for good, and let its process go on.

    Take it first. Wrong answers are refused together, one problem for each, and nothing is changed.
    """
    return inbox.complete(call.db, call.by, task_id, body.answers, call.clock)
