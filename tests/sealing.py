"""Seals every case there is, for tests of what people then see."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, select, update

from engine.audit.record import Ledger
from engine.database import transaction
from engine.tables import case


def seal(engine: Engine, now: datetime) -> None:
    with transaction(engine) as db:
        for row in db.execute(select(case)).all():
            ledger = Ledger(row.area_id, row.id, (row.head_seq, row.head_hash), now, None)
            db.execute(update(case).where(case.c.id == row.id).values(sealed=True))
            ledger.add("case.sealed")
            ledger.write(db)
