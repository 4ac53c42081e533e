"""Reads a `.form` file and refuses, with reasons, what Handrail cannot ask or check.

What is only about looks (layout, colours), and properties it does not know, are left alone: the file is
kept as it came.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from engine.errors import InvalidInput, Problem
from engine.forms import limits
from engine.forms.answer_types import never_shown
from engine.forms.compiling import Compiler
from engine.forms.components import REPEATED, Component, Form, Path
from engine.forms.kinds import KINDS

NEWEST = 19  # schemaVersion of form-js 1.23


@lru_cache(maxsize=512)
def load(content: bytes) -> Form:
    """The form in a file. Raises InvalidInput with one problem for each thing that is wrong."""
    source = _json(content)
    compiler = Compiler()
    components = compiler.components(source.get("components", []), depth=1)
    owned = _owned(components)
    _refuse([*_version(source), *compiler.problems, *_clashes(components), *_unclear(components, owned)])
    form = Form(
        id=str(source.get("id") or ""),
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        components=components,
        reads=frozenset(compiler.names) - owned,
        writes=owned,
        asks=owned - _locked(components),
    )
    _refuse(Problem(component.id, message) for component, message in never_shown(form))
    return form


def _refuse(problems: Iterable[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise InvalidInput(
            "Expected a form that Handrail can ask and check, but found problems.", problems=found
        )


def _locked(components: tuple[Component, ...]) -> frozenset[str]:
    every = [each for component in components for each in component.walk()]
    return frozenset(each.path[0] for each in every if each.path and (each.disabled or each.readonly))


def _json(content: bytes) -> dict[str, Any]:
    if len(content) > limits.FORM_BYTES:
        raise InvalidInput(f"Expected a form of at most {limits.FORM_BYTES:,} bytes, but this one is larger.")
    try:
        source = json.loads(content.decode("utf-8-sig"), parse_constant=_no_such_number)
    except (ValueError, RecursionError) as error:
        raise InvalidInput("Expected a form-js form as JSON, but this is not readable as JSON.") from error
    if not isinstance(source, dict) or not isinstance(source.get("components", []), list):
        raise InvalidInput("Expected a form-js form: a JSON object with a list of components.")
    return source


def _no_such_number(name: str) -> float:
    raise ValueError(name)


def _version(source: dict[str, Any]) -> list[Problem]:
    version = source.get("schemaVersion", NEWEST)
    if isinstance(version, int) and not isinstance(version, bool) and 0 < version <= NEWEST:
        return []
    return [Problem("schemaVersion", f"Expected a schemaVersion of at most {NEWEST} (form-js 1).")]


def _owned(components: tuple[Component, ...]) -> frozenset[str]:
    """The variables the answers become: the first part of each path."""
    owned: set[str] = set()
    for component in components:
        if component.path:
            owned.add(component.path[0])
        else:
            owned |= _owned(component.components)
    return frozenset(owned)


def _unclear(
    components: tuple[Component, ...], known: frozenset[str], own: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """A bare name in a repeating group means the form's answer, never the row's: say which one is meant."""
    for component in components:
        for name in sorted((component.names & own) - known):
            yield Problem(component.id, f"Expected this.{name}, to mean the answer in the same row.")
        inside = _owned(component.components) if component.type == "dynamiclist" else own
        yield from _unclear(component.components, known, inside)


def _clashes(components: tuple[Component, ...]) -> list[Problem]:
    """Two answers may not be kept in the same place, nor one inside another."""
    places = _places(components, ())
    problems: list[Problem] = []
    taken: dict[Path, Component] = {}
    inner: set[Path] = set()
    for path, component in places:
        holders = [path[:end] for end in range(1, len(path)) if path[end] != REPEATED]
        if path in taken or path in inner or any(holder in taken for holder in holders):
            problems.append(
                Problem(component.id, f"Expected a key of its own, but “{'.'.join(path)}” is already used.")
            )
            continue
        taken[path] = component
        inner.update(path[:end] for end in range(1, len(path)))
    return problems


def _places(components: tuple[Component, ...], prefix: Path) -> list[tuple[Path, Component]]:
    """Where each keyed component and each list keeps its answer. Row numbers are `*`; lists precede rows."""
    found: list[tuple[Path, Component]] = []
    for component in components:
        path = prefix + component.path
        if component.type == "dynamiclist":
            found += [(path, component), *_places(component.components, (*path, REPEATED))]
        elif KINDS[component.type].container:
            found += _places(component.components, path)
        elif component.path:
            found.append((path, component))
    return found
