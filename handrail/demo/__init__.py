"""The demonstration: a fictional partnership in a living county, with a case of every process under way.

`load` creates the people and publishes the processes; `load_cases` lets the people work.
"""

from handrail.demo.cases import load_cases
from handrail.demo.partnership import ORGANISATIONS, PEOPLE, DemoPerson, Organisation, load

__all__ = ["ORGANISATIONS", "PEOPLE", "DemoPerson", "Organisation", "load", "load_cases"]
