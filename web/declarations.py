"""The page before the first task of a sealed case: does one have to do with anybody in it?"""

from __future__ import annotations

from flask import request

from engine import declarations
from web.routes import Answer, Page, Redraw, Visit, action, go, page, pages

blueprint = pages("declarations")


@blueprint.get("/tasks/<task_id>/declaration")
@action("task:declare")
def ask(visit: Visit, task_id: str) -> Answer:
    return _page(visit, task_id, None)


@blueprint.post("/tasks/<task_id>/declaration/people")
@action("task:declare")
def people(visit: Visit, task_id: str) -> Answer:
    """The same page with the names, once somebody has said that they need them for this."""
    return _page(visit, task_id, declarations.names(visit.db, visit.by, task_id, visit.clock))


@blueprint.post("/tasks/<task_id>/declaration")
@action("task:declare")
def declare(visit: Visit, task_id: str) -> Answer:
    said = request.form.get("relationship")
    if said == "none":
        declarations.declare_none(visit.db, visit.by, task_id, visit.clock, visit.key)
        return go("inbox.show_task", task_id=task_id, said="You have claimed this task.")
    if said == "some":
        declarations.declare(visit.db, visit.by, task_id, visit.clock, visit.key)
        return go("inbox.show", said="Thank you. Somebody else will do it, and you are kept out of the case.")
    raise Redraw(_page(visit, task_id, None, "Select whether you have to do with anybody in the case"))


def _page(visit: Visit, task_id: str, names: tuple[str, ...] | None, error: str = "") -> Page:
    return page(
        "declaration.html",
        status=422 if error else 200,
        asked=declarations.asked(visit.db, visit.by, task_id),
        names=names,
        error=error,
        links=[{"message": error, "href": "#relationship"}] if error else [],
    )
