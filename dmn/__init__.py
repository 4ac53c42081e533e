"""DMN: decision models of version 1.1 to 1.5, evaluated in plain Python with `feel`.

model = dmn.read(path.read_bytes())
outcome = model.evaluate("Approval Status", {"Age": 18, "RiskCategory": "Medium"})
outcome.value, outcome.fired, outcome.problems
"""

from dmn.check import check
from dmn.errors import DmnError, Problem
from dmn.model import Model, Outcome, read
from dmn.trace import Fired

__all__ = ["DmnError", "Fired", "Model", "Outcome", "Problem", "check", "read"]
