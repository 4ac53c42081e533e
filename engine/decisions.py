"""Decisions: the DMN models of a release. Business-rule tasks ask them, and the history quotes their rules.

A decision is made from the variables in reach of the task that asks. It gives null when no rule applies; what
is wrong with it or with its inputs is an incident, never a value that nobody meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import dmn
import feel
from dmn.definitions import Decision, Service, namespace_of
from engine.errors import Incident, Problem
from policy.calendar import london_time

SUFFIX: Final = ".dmn"


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision gave, as plain JSON, and the rules that made it so, each once."""

    decision: str  # id
    name: str
    value: Any
    rules: tuple[dmn.Fired, ...]

    @property
    def why(self) -> str:
        """In words. Only what is written in the table: nothing that people wrote in a case."""
        if self.rules:
            return "; ".join(self._said(rule) for rule in self.rules)
        return "no rule applies" if self.value is None else "by default, or worked out without a rule"

    def _said(self, rule: dmn.Fired) -> str:
        place = f"rule {rule.rule}" + ("" if rule.decision == self.name else f" of {rule.decision}")
        reasons = " ".join(text for text in rule.annotations if text)
        return f"{place} ({reasons})" if reasons else place

    def facts(self) -> dict[str, Any]:
        """What the history keeps."""
        rules = [
            {
                "decision": rule.decision,
                "rule": rule.rule,
                "id": rule.rule_id,
                "annotations": list(rule.annotations),
            }
            for rule in self.rules
        ]
        return {"decision": self.name, "decision_id": self.decision, "why": self.why, "rules": rules}


@dataclass(frozen=True, slots=True)
class Decisions:
    """The models of one set of files, by the ids of what they decide. `faults`: what is wrong, by path."""

    models: Mapping[str, dmn.Model] = field(default_factory=dict)
    faults: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """The ids that a diagram may name."""
        return frozenset(self.models)

    @property
    def problems(self) -> list[Problem]:
        """What stops these files from being published."""
        return [problem for found in self.faults.values() for problem in found]

    def decide(self, decision: str, variables: Mapping[str, Any], now: datetime) -> Decided:
        """Make a decision. Raises Incident when it cannot be made, or could be null by mistake."""
        model = self.models.get(decision)
        if model is None:
            raise Incident(f"Expected the decision “{decision}” in this release, but it is not there.")
        name = model.definitions.nodes[decision].name
        if missing := model.missing(decision, variables):
            needs = ", ".join(f"“{each}”" for each in missing)
            raise Incident(f"Expected “{name}” to be given {needs}, but there is no such variable.")
        try:
            outcome = model.evaluate(decision, variables, now=london_time(now))
            value = feel.to_json(outcome.value)
        except feel.TooMuchWork as error:
            raise Incident(f"Expected “{name}” to be decided, but it took too much work.") from error
        except feel.FeelError as error:
            raise Incident(f"Expected “{name}” to be decided, but: {error.message}") from error
        if outcome.problems:
            raise Incident(_cause(name, outcome.problems))
        return Decided(decision, name, value, tuple(dict.fromkeys(outcome.fired)))


def _cause(name: str, problems: tuple[dmn.Problem, ...]) -> str:
    first = problems[0]
    place = "" if first.where in (name, "the model") else f"in {first.where}: "
    return f"Expected “{name}” to be decided, but it could not be: {place}{first.message}"


# Reading ---------------------------------------------------------------------------------------------------


def read_decisions(files: Mapping[str, bytes]) -> Decisions:
    """The decisions among these files; those that do not end in `.dmn` are passed over. Never raises."""
    tables = {path: content for path, content in files.items() if path.endswith(SUFFIX)}
    models: dict[str, dmn.Model] = {}
    faults: dict[str, tuple[Problem, ...]] = {}
    for path in sorted(tables):
        found = _read(path, tables)
        if isinstance(found, Problem):
            faults[path] = (found,)
            continue
        decided = _decided(found)
        wrong = [_told(path, problem) for problem in dmn.check(found)]
        wrong += [_twice(path, id) for id in decided if id in models]
        wrong += [_ambiguous(path, id) for id in decided if _first(found, id) != id]
        models |= {id: found for id in decided if id not in models}
        faults |= {path: tuple(wrong)} if wrong else {}
    return Decisions(models, faults)


def _read(path: str, tables: Mapping[str, bytes]) -> dmn.Model | Problem:
    """Only a file that imports is given the others: they are read again for it."""
    try:
        wanted = namespace_of(tables[path])[1]
        return dmn.read(tables[path], _importable(path, tables) if wanted else ())
    except (dmn.DmnError, feel.FeelError) as error:
        return Problem("", f"{path}: {error}")


def _importable(path: str, tables: Mapping[str, bytes]) -> Iterable[bytes]:
    """The other files, without those that are no DMN: each has a problem of its own."""
    for other, content in sorted(tables.items()):
        try:
            namespace_of(content)
        except dmn.DmnError:
            continue
        if other != path:
            yield content


def _decided(model: dmn.Model) -> list[str]:
    nodes = model.definitions.nodes.items()
    return [id for id, node in nodes if isinstance(node, Decision | Service)]


def _first(model: dmn.Model, id: str) -> str:
    """What the model makes when asked for this id: names count too, and the first one wins."""
    nodes = model.definitions.nodes
    return next(other for other in _decided(model) if id in (nodes[other].name, other))


_NO_CLOCKS: Final = (
    "Expected a decision that needs no clock. Give it the due date as an input: an input mapping of the task "
    "that asks may say =deadline(…)."
)


def _told(path: str, problem: dmn.Problem) -> Problem:
    asks_clock = "nothing called deadline" in problem.message
    return Problem(problem.where, f"{path}, {problem.where}: {_NO_CLOCKS if asks_clock else problem.message}")


def _twice(path: str, id: str) -> Problem:
    return Problem(id, f"{path}: Expected each decision id once, but another file has {id} too.")


def _ambiguous(path: str, id: str) -> Problem:
    return Problem(id, f"{path}: Expected {id} to be one decision, but another one has it as its name.")
