"""Keys that let a caller repeat a command safely: the first answer is kept, and given again.

The key is written in the transaction of the command it belongs to: it is known exactly when that is done.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from engine.audit.chain import canonical
from engine.errors import IdempotencyConflict, InvalidInput
from engine.tables import idempotency

_SHORTEST, _LONGEST = 8, 64

_FIND = select(idempotency.c.request_hash, idempotency.c.response).where(
    idempotency.c.person_id == bindparam("p"), idempotency.c.key == bindparam("k")
)
_KEEP = insert(idempotency)


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
        row = self.db.execute(_FIND, {"p": self.person_id, "k": self.key}).one_or_none()
        if row is None:
            return None
        if row.request_hash != self.request_hash:
            raise IdempotencyConflict
        return row.response

    def keep(self, response: Any, now: datetime) -> None:
        """Keep the answer, to be given again."""
        if self.key is not None:
            row = {"person_id": self.person_id, "key": self.key, "request_hash": self.request_hash}
            self.db.execute(_KEEP, row | {"response": response, "at": now})
