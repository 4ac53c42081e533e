"""Incidents: instances that cannot go on until a person looks, and what an operator does about them.

An operator reads no case: `looking` names steps and variables, never what anybody wrote. `resolving` and
`correcting` are the commands; each says why, and leaves the instance where it is when it cannot be done.
"""

from engine.incidents.correcting import Correction, correct, corrections, digest
from engine.incidents.looking import IncidentItem, IncidentView, Variable, unresolved, view
from engine.incidents.resolving import Resolved, cancel, move_token, retry, skip

__all__ = [
    "Correction",
    "IncidentItem",
    "IncidentView",
    "Resolved",
    "Variable",
    "cancel",
    "correct",
    "corrections",
    "digest",
    "move_token",
    "retry",
    "skip",
    "unresolved",
    "view",
]
