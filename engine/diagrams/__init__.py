"""Reads, vets, normalises and compares BPMN files, before the executor sees them. Imports no executor."""

from engine.diagrams.model import Diagram, Element
from engine.diagrams.reading import read

__all__ = ["Diagram", "Element", "read"]
