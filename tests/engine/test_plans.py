"""No statement of the engine looks through the rows of everybody's cases to find those of one.

SQLite plans without having counted, as in a new database, where an index on the area alone looks as good as
one on the case.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.sql import Delete, Select, Update

import engine as ours
from engine.tables import metadata

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

OF_CASES = {name for name, table in metadata.tables.items() if {"case_id", "chain"} & set(table.c.keys())}
ALIASES = {"sender", "other", "told", "tie", "of_case"}
EVERYBODYS = OF_CASES | ALIASES | {"case", "document_content", "idempotency", "session"}
A_WHOLE_AREA = re.compile(
    r"(?:SCAN (\w+)(?: USING .*)?|SEARCH (\w+) USING .*\(area_id=\?(?: AND process=\?)?\))$"
)
MEANT = {
    "engine.audit.chain._ALL": "reads every history back",
    "engine.incidents.looking._ITEMS": "only executed with more conditions",
    "engine.incidents.looking._OPEN": "lists what nobody has resolved yet, which is little",
    "engine.incidents.resolving._OF_INSTANCE": "looks through what nobody has resolved yet",
    "engine.instances.LOCKED": "only executed with more conditions",
    "engine.migration.planning._IN_USE": "counts the instances of a process, for a page of governance",
    "engine.timers._NEXT": "takes the first of an index in its order",
}


def statements() -> Iterator[tuple[str, Any]]:
    """Everything that stands prebuilt in a module of the engine, under the name it was given first."""
    seen: set[int] = set()
    for module in pkgutil.walk_packages(ours.__path__, "engine."):
        found = import_module(module.name)
        for name, value in vars(found).items():
            if isinstance(value, Select | Update | Delete) and id(value) not in seen:
                seen.add(id(value))
                yield f"{module.name}.{name}", value


def plan(engine: Engine, statement: Any) -> list[str]:
    """How SQLite would find the rows, with any values for what is given each time."""
    compiled = statement.compile(engine)
    values = {
        key: (["x", "y"] if bind.expanding else 1) if bind.required else bind.value
        for key, bind in compiled.binds.items()
    }
    state = compiled.construct_expanded_state(values)
    with engine.connect() as db:
        rows = db.exec_driver_sql(f"EXPLAIN QUERY PLAN {state.statement}", state.positional_parameters)
        return [row[3] for row in rows]


def test_every_row_is_found_by_an_index_that_says_which(engine: Engine) -> None:
    wide = {}
    for name, statement in statements():
        found = [each for step in plan(engine, statement) for each in A_WHOLE_AREA.findall(step)]
        tables = {table for each in found for table in each if table} & EVERYBODYS
        if tables:
            wide[name] = tables

    assert wide.keys() == MEANT.keys(), wide
