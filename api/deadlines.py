"""Clocks: what each gives people, what the partnership changed, who decided it and why."""

from __future__ import annotations

from api.context import Call
from api.fields import Listing
from api.routes import Noun
from engine.deadlines import ClockView, Deadlines

noun = Noun("deadlines", "Clocks: how long people have, and where each number comes from.")


@noun.get("/clocks", "definition:read")
def every(call: Call) -> Listing[ClockView]:
    """Every clock with its usual value, a local one, who decided it and why, the source and how sure it is.

    A clock for which a hub has a value of its own is there once more for each such hub.
    """
    deadlines = getattr(call.clock, "deadlines", None) or Deadlines()
    return Listing(tuple(deadlines.every()))
