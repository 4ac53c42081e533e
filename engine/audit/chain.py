"""The hash chain that makes the history of a case tamper-evident, and the check that reads it back.

Each event's hash covers the one before it, so nothing can be changed, removed or put in between unnoticed.
The head of a case's chain is kept in the case row, which every command on the case locks first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import orjson
from sqlalchemy import Connection, select

from engine.tables import area, case, event

_SIGNED = ("actor_id", "actor_role", "instance_id", "task_id", "element", "payload")


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spare space. Refuses what JSON cannot hold exactly."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def first_hash(chain: str) -> str:
    """What the first event of a chain is linked to."""
    return hashlib.sha256(b"chain|" + chain.encode()).hexdigest()


def next_hash(previous: str, row: Mapping[str, Any]) -> str:
    """The hash of an event row (keys as the `event` table's columns), hexadecimal SHA-256."""
    at = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    parts = [previous, row["area_id"], row["chain"], str(row["seq"]), at, row["kind"]]
    parts += ["" if row[name] is None else str(row[name]) for name in _SIGNED]
    # The lengths keep two fields from being moved into one another.
    text = "".join(f"{len(part.encode())}:{part}" for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain is broken. `seq` is the first event that does not follow."""

    chain: str
    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check of every chain."""

    chains: int
    events: int
    faults: tuple[Fault, ...]


def verify(db: Connection) -> Report:
    """Read every chain back, link by link, and compare its end with the head that the case keeps."""
    heads = dict(_heads(db))
    faults: list[Fault] = []
    ends: dict[tuple[str, str], tuple[int, str]] = {}
    events = 0
    broken: set[tuple[str, str]] = set()
    for found in db.execution_options(yield_per=1000).execute(_ALL).mappings():
        events += 1
        row = dict(found)
        key = (row["area_id"], row["chain"])
        seq, previous = ends.get(key, (0, first_hash(row["chain"])))
        fault = _fault(row, seq, previous)
        if fault and key not in broken:
            broken.add(key)
            faults.append(fault)
        ends[key] = (row["seq"], row["hash"])
    faults += _head_faults(heads, ends, broken)
    return Report(chains=len(heads), events=events, faults=tuple(faults))


_ALL = select(event).order_by(event.c.area_id, event.c.chain, event.c.seq)


def _fault(row: Mapping[str, Any], seq: int, previous: str) -> Fault | None:
    if row["seq"] != seq + 1:
        return Fault(row["chain"], seq + 1, "an event is missing")
    if row["hash"] != next_hash(previous, row):
        return Fault(row["chain"], row["seq"], "an event was changed")
    return None


def _heads(db: Connection) -> Iterator[tuple[tuple[str, str], tuple[int, str]]]:
    for row in db.execute(select(case.c.area_id, case.c.id, case.c.head_seq, case.c.head_hash)):
        yield (row.area_id, row.id), (row.head_seq, row.head_hash)
    for own in db.execute(select(area.c.id, area.c.head_seq, area.c.head_hash)):
        if own.head_seq:
            yield (own.id, own.id), (own.head_seq, own.head_hash)


def _head_faults(
    heads: Mapping[tuple[str, str], tuple[int, str]],
    ends: Mapping[tuple[str, str], tuple[int, str]],
    broken: set[tuple[str, str]],
) -> Iterator[Fault]:
    for key, head in heads.items():
        if key not in broken and ends.get(key) != head:
            yield Fault(key[1], head[0], "the end of the history does not match the case")
    for key in ends.keys() - heads.keys():
        yield Fault(key[1], 1, "a history belongs to no case")
