"""When a process begins by itself: the timers of its start events. They run outside every instance."""

from __future__ import annotations

from datetime import datetime

from engine.errors import DiagramRefused, Problem
from engine.execution import Clock

from . import definitions as d
from . import timers
from .bundle import Bundle
from .script import Expressions, Stuck


def begins(bundle: Bundle, event: str, since: Clock, count: int) -> datetime | None:
    """When a start event's timer goes off for the `count`th time (from 0), set at `since.now`. None: never.

    Raises DiagramRefused when the diagram gives no time.
    """
    drawn = d.definitions(bundle.spec.task_specs[event].event_definition)
    definition = next(one for one in drawn if isinstance(one, d.Timer))
    try:
        value = Expressions(since).environment.evaluate(definition.expression, {})
        return _occurrence(definition.form, timers.moment(value), since.now, count)
    except (ValueError, Stuck) as error:
        raise DiagramRefused(problems=(Problem(event, str(error)),)) from error


def _occurrence(form: str, value: object, since: datetime, count: int) -> datetime | None:
    if form == "cycle":
        cycle = timers.cycle(str(value))
        first = cycle.first(since)
        return None if first is None else cycle.later(first, count)
    if count:
        return None
    if form == "date":
        return timers.instant(timers.moment(value))
    return timers.duration(str(value)).after(since)
