"""Reads a release: its files as they were uploaded, and what was made of them once for good."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, bindparam, select

from engine import diagrams, forms
from engine.decisions import SUFFIX, Decisions, read_decisions
from engine.errors import NotFound
from engine.guidance import Guidance, read_guidance
from engine.spiff.bundle import Bundle
from engine.spiff.bundle import compile as compile_bundle
from engine.tables import file, release, release_file


@dataclass(frozen=True, slots=True)
class Release:
    """One release: its id, its number in the area, and the content hash of each path."""

    id: str
    number: int
    files: Mapping[str, str]

    def paths(self, suffix: str) -> list[str]:
        return sorted(path for path in self.files if path.endswith(suffix))


_RELEASES: dict[str, Release] = {}  # immutable once published, so they may be kept for ever
_FILES = select(release_file.c.path, release_file.c.hash).where(release_file.c.release_id == bindparam("r"))
_NUMBER = select(release.c.number).where(release.c.id == bindparam("r"))
_CURRENT = (
    select(release.c.id).where(release.c.area_id == bindparam("a")).order_by(release.c.number.desc()).limit(1)
)
_BYTES = select(file.c.bytes).where(file.c.hash == bindparam("h"))


def load(db: Connection, release_id: str) -> Release:
    """The release with this id."""
    if release_id not in _RELEASES:
        number = db.execute(_NUMBER, {"r": release_id}).scalar_one()
        files = {row.path: row.hash for row in db.execute(_FILES, {"r": release_id})}
        _RELEASES[release_id] = Release(release_id, number, files)
    return _RELEASES[release_id]


def current(db: Connection, area_id: str) -> Release:
    """The release that new cases start on. Raises NotFound before anything was published."""
    release_id = db.execute(_CURRENT, {"a": area_id}).scalar()
    if release_id is None:
        raise NotFound("Expected published processes, but this area has none yet.")
    return load(db, release_id)


_CONTENTS: dict[str, bytes] = {}  # by content hash


def content(db: Connection, of: Release, path: str) -> bytes:
    """The bytes of one file of a release, as they were uploaded. Raises NotFound."""
    key = of.files.get(path)
    if key is None:
        raise NotFound(f"Expected {path} in release {of.number}, but it is not there.")
    if key not in _CONTENTS:
        _CONTENTS[key] = db.execute(_BYTES, {"h": key}).scalar_one()
    return _CONTENTS[key]


def form(db: Connection, of: Release, form_id: str) -> forms.Form:
    """A form of a release."""
    return forms.load(content(db, of, f"forms/{form_id}.form"))


def guidance(db: Connection, of: Release, name: str | None) -> Guidance | None:
    """A page of guidance of a release, or None when the step has none."""
    return read_guidance(content(db, of, f"guidance/{name}.md")) if name else None


# What was worked out from it -------------------------------------------------------------------------------


P = ParamSpec("P")
T = TypeVar("T")


def per_release(
    work: Callable[Concatenate[Connection, Release, P], T],
) -> Callable[Concatenate[Connection, Release, P], T]:
    """Works a thing out once for each release, which never changes, and for each of the other arguments."""
    found: dict[Hashable, T] = {}

    @wraps(work)
    def once(db: Connection, of: Release, /, *rest: P.args, **named: P.kwargs) -> T:
        key = (of.id, rest, *named.items())
        if key not in found:
            found[key] = work(db, of, *rest, **named)
        return found[key]

    return once


@per_release
def bundle(db: Connection, of: Release, process: str) -> Bundle:
    """The compiled process with everything it calls, as this release has them."""
    return compile_bundle({path: content(db, of, path) for path in of.paths(".bpmn")}, process)


@per_release
def decisions(db: Connection, of: Release) -> Decisions:
    """What this release can decide."""
    return read_decisions({path: content(db, of, path) for path in of.paths(SUFFIX)})


@per_release
def drawn(db: Connection, of: Release) -> tuple[diagrams.Diagram, ...]:
    """Every diagram, in the order of their files."""
    return tuple(read_diagram(content(db, of, path), path) for path in of.paths(".bpmn"))


def diagram_of(db: Connection, of: Release, process: str) -> diagrams.Diagram:
    """The diagram that holds this process."""
    for diagram in drawn(db, of):
        if process in diagram.processes:
            return diagram
    raise NotFound(f"Expected a process called {process} in release {of.number}, but it is not there.")


@lru_cache(maxsize=256)  # most files of a release are those of the one before
def read_diagram(source: bytes, path: str) -> diagrams.Diagram:
    return diagrams.read(source, path)
