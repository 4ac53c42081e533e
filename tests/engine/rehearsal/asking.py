"""`handrail rehearse` without its process: commands in, answers out, saved and restored in between."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from engine.errors import DiagramRefused, Problem
from engine.rehearsal import Rehearsal, deploy
from handrail.rehearse import answers

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


class Rehearsed:
    """Some files, deployed. Every answer must be `ok`, unless it is asked for by `refused`."""

    def __init__(self, *files: bytes, start: dict[str, Any] | None = None) -> None:
        named = {f"{number}.bpmn": content for number, content in enumerate(files)}
        self.rehearsal = Rehearsal(deploy(named), NOW)
        if start is not None:
            self.do("start", variables=start)

    def ask(self, do: str, **fields: Any) -> dict[str, Any]:
        line = json.dumps({"do": do, **fields}).encode()
        (said,) = answers(self.rehearsal, [line])
        self.rehearsal = self.rehearsal.restored()
        found: dict[str, Any] = json.loads(said)
        return found

    def do(self, do: str, **fields: Any) -> Any:
        said = self.ask(do, **fields)
        assert said.pop("ok"), said
        return said

    def complete(self, task: str, **variables: Any) -> Rehearsed:
        self.do("complete", task=task, variables=variables)
        return self

    def message(self, name: str, correlation: dict[str, Any] | None = None, **variables: Any) -> str:
        said = self.do("message", name=name, correlation=correlation or {}, variables=variables)
        return str(said["message"])

    def open(self) -> list[str]:
        return sorted(task["element"] for task in self.do("tasks")["tasks"])

    @property
    def state(self) -> Any:
        return self.do("state")


def refusal(*files: bytes) -> tuple[Problem, ...]:
    """Why the files are refused; empty when they are not."""
    try:
        Rehearsed(*files)
    except DiagramRefused as refused:
        return refused.problems
    return ()
