"""The demonstration: a fictional partnership in a living county, with a case of every process under way.

`load` creates the people and publishes the processes; `load_cases` lets the people work, as `stories/` tell.
"""

from handrail.demo.cases import finds, load_cases, stories
from handrail.demo.partnership import ORGANISATIONS, PEOPLE, DemoPerson, Organisation, load
from handrail.demo.story import chapters

__all__ = [
    "ORGANISATIONS",
    "PEOPLE",
    "DemoPerson",
    "Organisation",
    "chapters",
    "finds",
    "load",
    "load_cases",
    "stories",
]
