"""Runs diagrams in memory, on a clock that is moved by hand, through the steps that cases take too."""

from engine.rehearsal.deployment import Deployment, deploy
from engine.rehearsal.rehearsal import Rehearsal
from engine.rehearsal.stage import Standing, Task

__all__ = ["Deployment", "Rehearsal", "Standing", "Task", "deploy"]
