"""The register's own partnership on a real database of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from engine.operations import OPERATIONS
from tests.engine.incidents.register import Register, World


@pytest.fixture
def world(engine: Engine, clock: Any) -> Iterator[World]:
    register = Register()
    OPERATIONS["fetch"] = register
    yield World(engine, clock, register).build()
    del OPERATIONS["fetch"]
