"""Whether the whole history still holds together."""

from __future__ import annotations

from api.context import Call
from api.routes import Noun
from engine import access
from engine.audit import chain
from engine.audit.chain import Report
from policy.authorization import Target

noun = Noun("audit", "The proof that nothing was changed afterwards.")


@noun.get("/history/check", "history:verify")
def verify(call: Call) -> Report:
    """Read every chain of the history back, link by link. For auditors and operators."""
    access.require(call.db, call.by, "history:verify", Target("area", call.by.area_id))
    return chain.verify(call.db)
