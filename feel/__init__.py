"""FEEL, the expression language of DMN 1.5, in plain Python.

>>> import feel
>>> feel.evaluate('risk = "high" and age < 18', {"risk": "high", "age": 17})
True

Values go in and come out as Python's own: None, bool, Decimal, str, list, dict, date, time and datetime;
durations are `DaysAndTime` and `YearsAndMonths`. What goes wrong inside an expression is null, as the
standard says.
"""

from feel.budget import Budget
from feel.check import check, check_unary_tests
from feel.errors import FeelError, Problem, TooMuchWork
from feel.expression import (
    NO_INPUT,
    Expression,
    evaluate,
    evaluate_with_problems,
    names,
    parse,
    parse_tests,
    unary_tests,
)
from feel.parser import parse_type
from feel.spelling import to_json
from feel.temporal import DaysAndTime, YearsAndMonths
from feel.types import Type

__all__ = [
    "Budget",
    "DaysAndTime",
    "Expression",
    "FeelError",
    "NO_INPUT",
    "Problem",
    "TooMuchWork",
    "Type",
    "YearsAndMonths",
    "evaluate",
    "check",
    "check_unary_tests",
    "evaluate_with_problems",
    "names",
    "parse",
    "parse_tests",
    "parse_type",
    "to_json",
    "unary_tests",
]
