"""Fires what falls due, for as long as it is asked to. Any number may run; each timer fires once."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from engine import timers
from engine.execution import Clock

log = logging.getLogger("handrail.worker")

EVERY = 5.0  # seconds between looks; a clock is never late by more
_BATCH = 100


def work(engine: Engine, clock: Callable[[], Clock], stop: threading.Event, every: float = EVERY) -> None:
    """Look for due timers until `stop` is set. A database that is away is waited for, and said so."""
    while not stop.is_set():
        try:
            while timers.fire_due(engine, clock(), _BATCH) == _BATCH:
                continue
        except DBAPIError:
            log.warning("The database could not be reached. Trying again in %s seconds.", every)
        stop.wait(every)


class Orphaned(threading.Event):
    """Set as soon as the process that started this one is gone."""

    def __init__(self) -> None:
        super().__init__()
        self._parent = os.getppid()

    def is_set(self) -> bool:
        return super().is_set() or os.getppid() != self._parent
