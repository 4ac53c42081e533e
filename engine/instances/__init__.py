"""Runs commands on process instances: the third and fourth beat (change, record) of every command.

The caller has loaded and locked the case (`lock`), and asked whether the person may. What the command
changed, its rows in the inbox, its timers, subscriptions and incidents, and its events are written here.
`saving` takes one instance one command further; `hand_overs` takes what it sends to where that belongs.
"""

from engine.instances.beginning import NewCase, new_case, new_instance
from engine.instances.hand_overs import begin, catch_up, run, send_on
from engine.instances.loading import COLUMNS, LOCKED, Running, lock, running

__all__ = [
    "COLUMNS",
    "LOCKED",
    "NewCase",
    "Running",
    "begin",
    "catch_up",
    "lock",
    "new_case",
    "new_instance",
    "run",
    "running",
    "send_on",
]
