"""What happened in a case, in plain words, and whether the whole history still holds together."""

from __future__ import annotations

from api.context import Call
from api.routes import Noun
from engine import access, history
from engine.audit import chain
from engine.audit.chain import Report
from engine.history import Entry
from engine.pages import Page
from policy.authorization import Target

noun = Noun("audit", "What happened, who did it, and the proof that nothing was changed afterwards.")


@noun.get("/cases/{case_id}/history", "history:read")
def timeline(call: Call, case_id: str) -> Page[Entry]:
    """Everything that happened in the case, newest first."""
    return history.timeline(call.db, call.by, case_id, cursor=call.cursor, limit=call.limit)


@noun.get("/history/check", "history:verify")
def verify(call: Call) -> Report:
    """Read every chain of the history back, link by link. For auditors and operators."""
    access.require(call.db, call.by, "history:verify", Target("area", call.by.area_id))
    return chain.verify(call.db)
