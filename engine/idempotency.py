"""Keys that let a caller repeat a command safely: the first answer is kept, and given again.

The key is written in the transaction of the command it belongs to: it is known exactly when that is done. It
is taken first, so a repetition that comes while the first is still under way waits, and gets its answer.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, text, update

from engine.audit.chain import canonical
from engine.errors import IdempotencyConflict, InvalidInput
from engine.tables import idempotency

_SHORTEST, _LONGEST = 8, 64

_TAKE = text(
    "INSERT INTO idempotency (person_id, key, request_hash) VALUES (:p, :k, :h) ON CONFLICT DO NOTHING"
)
_OURS = (idempotency.c.person_id == bindparam("p"), idempotency.c.key == bindparam("k"))
_FIND = select(idempotency.c.request_hash, idempotency.c.response).where(*_OURS)
_KEEP = update(idempotency).where(*_OURS)


class Once:
    """One person's key for one request. Without a key it does nothing."""

    def __init__(self, db: Connection, person_id: str, key: str | None, *request: Any) -> None:
        if key is not None and not _SHORTEST <= len(key) <= _LONGEST:
            raise InvalidInput(f"Expected an Idempotency-Key of {_SHORTEST} to {_LONGEST} characters.")
        self.db, self.person_id, self.key = db, person_id, key
        self.request_hash = hashlib.sha256(canonical(request).encode()).hexdigest() if key else ""

    def answer(self) -> Any:
        """What was answered before, or None. Raises IdempotencyConflict when the request was another one."""
        if self.key is None:
            return None
        ours = {"p": self.person_id, "k": self.key}
        if self.db.execute(_TAKE, ours | {"h": self.request_hash}).rowcount:
            return None
        row = self.db.execute(_FIND, ours).one()
        if row.request_hash != self.request_hash:
            raise IdempotencyConflict
        return row.response

    def keep(self, response: Any, now: datetime) -> None:
        """Keep the answer, to be given again."""
        if self.key is not None:
            ours = {"p": self.person_id, "k": self.key}
            self.db.execute(_KEEP, ours | {"response": response, "at": now})
