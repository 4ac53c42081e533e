"""Tells a story: its people work and time passes, from long ago until now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Engine

from engine import people, timers
from engine.database import reading, transaction
from engine.deadlines import At, Deadlines
from engine.errors import HandrailError
from handrail.demo.deeds import DEEDS, Deed, does, handed_over, waiting
from handrail.demo.moments import answer, moment, nine_o_clock
from handrail.demo.story import Step, Story

PACE: Final = timedelta(minutes=6)  # between one step and the next


class OutOfStep(HandrailError):
    """A story of the demonstration does not fit the processes."""


@dataclass(slots=True)
class Telling:
    """One story on its way to `now`."""

    engine: Engine
    story: Story
    now: datetime
    deadlines: Deadlines
    at: datetime
    case_id: str = ""
    routine: Step | None = None  # what is done at nine whenever it has come up

    def tell(self) -> None:
        """Take every step, then let time pass until now. Raises OutOfStep, which names the step."""
        for number, step in enumerate(self.story.steps, start=1):
            try:
                self._take(step)
            except HandrailError as error:
                raise OutOfStep(self._told(number, step, error)) from error
        self._go_on(self.now)

    def _told(self, number: int, step: Step, error: HandrailError) -> str:
        details = "".join(f" {each.element}: {each.message}" for each in error.problems)
        return (
            f"Expected the story {self.story.name} to go on with step {number}, “{step}”, but: "
            f"{error.message}{details} Open now: {', '.join(self.waits()) or 'no task'}."
        )

    def waits(self) -> list[str]:
        """The elements at which tasks of the case are open, sorted."""
        with reading(self.engine) as db:
            return sorted(row.element for row in db.execute(waiting(self.case_id)))

    def _take(self, step: Step) -> None:
        self._go_on(moment(step.when, self.now) if step.when else min(self.at + PACE, self.now))
        if step.verb == "does_each_time":
            self.routine = step
        elif step.verb == "goes_over_to":
            with reading(self.engine) as db:
                self.case_id = handed_over(db, self.case_id, step.what)
        else:
            self._do(step, DEEDS[step.verb])

    def _do(self, step: Step, deed: Callable[[Deed], str]) -> None:
        answers = {name: answer(given, self.at, self.now) for name, given in step.answers.items()}
        with transaction(self.engine) as db:
            by, clock = people.actor(db, step.who, self.at), At(self.at, self.deadlines)
            self.case_id = deed(Deed(db, by, self.case_id, self.story.about, step, answers, clock))

    # Time

    def _go_on(self, at: datetime) -> None:
        """Time passes, never backwards; what falls due meanwhile happens when it falls due."""
        until = max(at, self.at)
        while (due := self._next_due()) is not None and due <= until:
            self.at = max(due, self.at)
            if not self._keep_up() and not timers.fire_due(self.engine, At(self.at, self.deadlines)):
                break
        self.at = until

    def _next_due(self) -> datetime | None:
        with reading(self.engine) as db:
            timer = timers.next_due(db)
        return min(filter(None, (timer, self._next_routine())), default=None)

    def _next_routine(self) -> datetime | None:
        if self.routine is None:
            return None
        with reading(self.engine) as db:
            tasks = db.execute(waiting(self.case_id)).all()
        return next(
            (nine_o_clock(task.opened_at) for task in tasks if task.element == self.routine.what), None
        )

    def _keep_up(self) -> bool:
        due = self._next_routine()
        if self.routine is None or due is None or due > self.at:
            return False
        self._do(self.routine, does)
        return True
