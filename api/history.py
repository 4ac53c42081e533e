"""What happened in a case, in plain words."""

from __future__ import annotations

from api.context import Call
from api.routes import Noun
from engine import history
from engine.history import Entry
from engine.pages import Page

noun = Noun("history", "What happened in a case, and who did it.")


@noun.get("/cases/{case_id}/history", "history:read")
def timeline(call: Call, case_id: str) -> Page[Entry]:
    """Everything that happened in the case, newest first."""
    return history.timeline(call.db, call.by, case_id, cursor=call.cursor, limit=call.limit)
