"""Reads, vets, normalises and compares BPMN files, before the executor sees them. Imports no executor."""

from engine.diagrams.beginnings import CASE_CLOSED, OPTIONAL, SUBJECTS, beginnings
from engine.diagrams.comparison import Change, compare
from engine.diagrams.model import Diagram, Element, Flow, Process
from engine.diagrams.normalise import normalised
from engine.diagrams.reading import read
from engine.diagrams.report import Report, check
from engine.diagrams.steps import OutlineStep, outline
from engine.diagrams.vetting import vet
from engine.diagrams.vetting.view import Known

__all__ = [
    "CASE_CLOSED",
    "OPTIONAL",
    "SUBJECTS",
    "Change",
    "Diagram",
    "Element",
    "Flow",
    "Known",
    "OutlineStep",
    "Process",
    "Report",
    "beginnings",
    "check",
    "compare",
    "normalised",
    "outline",
    "read",
    "vet",
]
