"""Moving running instances to another release: planned, rehearsed without effect, done in batches, undone.

`planning` says where instances stand and proposes where each place goes; `moving` has the commands, and
`following` brings what lists are read from along.
`engine.spiff.migrate` decides whether an instance means the same afterwards, and refuses it by name if not.
"""

from engine.migration.moving import Batch, Refusal, Why, apply, apply_all, rehearse, undo
from engine.migration.planning import Change, MigrationPlan, PlanStep, ReleaseInUse, Step, plan, releases

__all__ = [
    "Batch",
    "Change",
    "MigrationPlan",
    "PlanStep",
    "Refusal",
    "ReleaseInUse",
    "Step",
    "Why",
    "apply",
    "apply_all",
    "plan",
    "rehearse",
    "releases",
    "undo",
]
