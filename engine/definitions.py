"""Releases: the diagrams, decisions, forms and guidance of an area, as they stood together at one moment.

A release is immutable and known by its content. A process instance stays on the release it was started on,
with everything that release holds, so an old case is never shown a new form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from sqlalchemy import Connection, bindparam, func, insert, select

from engine import diagrams, forms
from engine.audit.record import area_ledger
from engine.decisions import SUFFIX, Decisions, read_decisions
from engine.diagrams import governance
from engine.errors import DiagramRefused, InvalidInput, NotFound, Problem
from engine.execution import RESERVED
from engine.guidance import Guidance, read_guidance
from engine.identifiers import new_id
from engine.operations import OPERATIONS
from engine.spiff.bundle import Bundle
from engine.spiff.bundle import compile as compile_bundle
from engine.tables import file, release, release_file
from feel.types import Type
from policy.clocks import CLOCKS, PAUSING
from policy.roles import ROLES

KEPT_FROM_FORMS = frozenset(RESERVED) - {"edition"}  # a start form works out which edition a case follows
_SUFFIXES = (".bpmn", ".form", ".md", ".dmn")


@dataclass(frozen=True, slots=True)
class Release:
    """One release: its id, its number in the area, and the content hash of each path."""

    id: str
    number: int
    files: Mapping[str, str]

    def paths(self, suffix: str) -> list[str]:
        return sorted(path for path in self.files if path.endswith(suffix))


@dataclass(frozen=True, slots=True)
class StartableProcess:
    """A process that a person may start from a page: what to call it and which form opens it.

    `offers` say what may have happened that it is for, `under` which heading they stand, `elsewhere` what
    somebody can do who may not start it; `guidance` names the page shown beside the form.
    """

    process: str
    title: str
    help: str
    form: str
    roles: frozenset[str]
    offers: tuple[str, ...]
    under: str
    elsewhere: str
    guidance: str


# Publishing ------------------------------------------------------------------------------------------------


def shipped() -> dict[str, bytes]:
    """The files in `workflows/`, by their path in it."""
    return dict(_walk(resources.files("workflows"), ""))


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_SUFFIXES):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found


def publish(
    db: Connection, area_id: str, files: Mapping[str, bytes], *, by: str | None, now: datetime, note: str = ""
) -> Release:
    """Make these files the area's current release. The same content again is the same release.

    Raises DiagramRefused, with a problem for each element, when a diagram cannot be run as drawn, a decision
    cannot be made or a form not be asked as written, or a record that a process requires could be gone round.
    What a person (`by`) publishes must also be all that the governance rules ask.
    """
    drawn = {path: content for path, content in files.items() if path.endswith(".bpmn")}
    decided = read_decisions(files)
    problems = [*diagrams.vet(drawn, known(files, decided)), *decided.problems, *_unaskable(files)]
    if not problems:
        problems = _ungoverned(db, area_id, drawn, known(files, decided), by)
    if problems:
        raise DiagramRefused(f"{len(problems)} things must be put right first.", problems=tuple(problems))
    hashes = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    whole = hashlib.sha256("\n".join(f"{p} {h}" for p, h in sorted(hashes.items())).encode()).hexdigest()
    ledger = area_ledger(db, area_id, now, by)
    before = db.execute(_BY_HASH, {"a": area_id, "h": whole}).scalar()
    if before:
        return load(db, before)
    _store_files(db, {hashes[path]: content for path, content in files.items()})
    number = (db.execute(_LAST_NUMBER, {"a": area_id}).scalar() or 0) + 1
    release_id = new_id()
    row = {"id": release_id, "area_id": area_id, "number": number, "hash": whole, "note": note}
    db.execute(insert(release), row | {"published_at": now, "published_by": by})
    db.execute(insert(release_file), _versions(db, area_id, release_id, hashes))
    ledger.add("release.published", payload={"number": number, "hash": whole})
    ledger.write(db)
    return load(db, release_id)


_BY_HASH = select(release.c.id).where(release.c.area_id == bindparam("a"), release.c.hash == bindparam("h"))
_LAST_NUMBER = select(func.max(release.c.number)).where(release.c.area_id == bindparam("a"))


def _ungoverned(
    db: Connection, area_id: str, drawn: Mapping[str, bytes], names: diagrams.Known, by: str | None
) -> list[Problem]:
    """Why diagrams that run may not be published all the same."""
    read = [_diagram(source, path) for path, source in drawn.items()]
    try:
        last = current(db, area_id)
    except NotFound:
        before = []
    else:
        before = [_diagram(content(db, last, path), path) for path in last.paths(".bpmn")]
    asked = governance.objections(read, names) if by is not None else []
    return list(dict.fromkeys([*governance.bypasses(read, names, before), *asked]))


def known(files: Mapping[str, bytes], decided: Decisions) -> diagrams.Known:
    """The names that the diagrams among these files may use; `decided` are the decisions among them."""
    return diagrams.Known(
        forms=_names(files, "forms/", ".form"),
        guidance=_names(files, "guidance/", ".md"),
        roles=ROLES,
        clocks=CLOCKS,
        pausing=PAUSING,
        operations=OPERATIONS,
        decisions=decided.names,
        answers=_answers(files),
    )


def _answers(files: Mapping[str, bytes]) -> dict[str, Mapping[str, Type]]:
    """What may be answered to each form. One that cannot be asked is refused by itself."""
    found = {}
    for name in _names(files, "forms/", ".form"):
        try:
            found[name] = forms.answer_types(forms.load(files[f"forms/{name}.form"]))
        except InvalidInput:
            continue
    return found


def _unaskable(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Forms that cannot be loaded, or whose answers would say which case it is."""
    for name in sorted(_names(files, "forms/", ".form")):
        path = f"forms/{name}.form"
        try:
            form = forms.load(files[path])
        except InvalidInput as error:
            for each in error.problems or (Problem("", error.message),):
                at = f" (at “{each.element}”)" if each.element else ""
                yield Problem(path, f"{each.message}{at}")
        else:
            for key in sorted(form.writes & KEPT_FROM_FORMS):
                yield Problem(
                    path, f"Expected answers of its own, but “{key}” is what a case says of itself."
                )


def _names(files: Mapping[str, bytes], folder: str, suffix: str) -> frozenset[str]:
    return frozenset(
        path[len(folder) : -len(suffix)]
        for path in files
        if path.startswith(folder) and path.endswith(suffix)
    )


def _store_files(db: Connection, contents: Mapping[str, bytes]) -> None:
    known = set(db.execute(select(file.c.hash).where(file.c.hash.in_(contents))).scalars())
    rows = [{"hash": key, "bytes": content} for key, content in contents.items() if key not in known]
    if rows:
        db.execute(insert(file), rows)


def _versions(
    db: Connection, area_id: str, release_id: str, hashes: Mapping[str, str]
) -> list[dict[str, object]]:
    """Count, for each path, the different contents it has had in this area."""
    query = (
        select(release_file.c.path, release_file.c.hash, release_file.c.version)
        .join(release, release.c.id == release_file.c.release_id)
        .where(release.c.area_id == area_id)
    )
    seen: dict[str, dict[str, int]] = {}
    for path, content_hash, version in db.execute(query):
        seen.setdefault(path, {})[content_hash] = version
    return [
        {
            "release_id": release_id,
            "path": path,
            "hash": content_hash,
            "version": seen.get(path, {}).get(content_hash)
            or max(seen.get(path, {}).values(), default=0) + 1,
        }
        for path, content_hash in hashes.items()
    ]


# Reading ---------------------------------------------------------------------------------------------------


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


_BUNDLES: dict[tuple[str, str], Bundle] = {}


def bundle(db: Connection, of: Release, process: str) -> Bundle:
    """The compiled process with everything it calls, as this release has them."""
    key = (of.id, process)
    if key not in _BUNDLES:
        files = {path: content(db, of, path) for path in of.paths(".bpmn")}
        _BUNDLES[key] = compile_bundle(files, process)
    return _BUNDLES[key]


_DECISIONS: dict[str, Decisions] = {}  # by release


def decisions(db: Connection, of: Release) -> Decisions:
    """What this release can decide."""
    if of.id not in _DECISIONS:
        _DECISIONS[of.id] = read_decisions({path: content(db, of, path) for path in of.paths(SUFFIX)})
    return _DECISIONS[of.id]


def diagram_of(db: Connection, of: Release, process: str) -> diagrams.Diagram:
    """The diagram that holds this process."""
    for path in of.paths(".bpmn"):
        found = _diagram(content(db, of, path), path)
        if process in found.processes:
            return found
    raise NotFound(f"Expected a process called {process} in release {of.number}, but it is not there.")


@lru_cache(maxsize=256)
def _diagram(source: bytes, path: str) -> diagrams.Diagram:
    return diagrams.read(source, path)


def startable(db: Connection, of: Release) -> list[StartableProcess]:
    """The processes that a person may start, in the order of their titles."""
    found = []
    for path in of.paths(".bpmn"):
        found += _startable(_diagram(content(db, of, path), path))
    return sorted(found, key=lambda each: each.title)


def _startable(diagram: diagrams.Diagram) -> list[StartableProcess]:
    found = []
    for process in diagram.processes.values():
        properties = process.extensions.properties
        roles = properties.get("handrail:start_roles", "").split()
        form_id = _start_form(diagram, process.id)
        if roles and form_id:
            title = properties.get("handrail:title") or process.name
            found.append(
                StartableProcess(
                    process=process.id,
                    title=title,
                    help=process.documentation,
                    form=form_id,
                    roles=frozenset(roles),
                    offers=_offers(properties.get("handrail:offers", "")) or (title,),
                    under=properties.get("handrail:offered_under", ""),
                    elsewhere=properties.get("handrail:elsewhere", ""),
                    guidance=properties.get("handrail:guidance", ""),
                )
            )
    return found


def _offers(text: str) -> tuple[str, ...]:
    """What may have happened, one after the other with a bar between."""
    return tuple(offer for each in text.split("|") if (offer := each.strip()))


@dataclass(frozen=True, slots=True)
class Beginning:
    """A process that a message or signal of another one starts, at the start event with this id.

    `own_case`: in a case of its own, of the area's organisation of this kind where one is named.
    """

    process: str
    event: str
    own_case: bool
    organisation: str


_BEGINNINGS: dict[str, dict[tuple[str, str], tuple[Beginning, ...]]] = {}  # by release


def begun_by(db: Connection, of: Release, kind: str, name: str) -> tuple[Beginning, ...]:
    """The processes that a message or signal of this name starts, in the order of their files."""
    if of.id not in _BEGINNINGS:
        found: dict[tuple[str, str], tuple[Beginning, ...]] = {}
        for path in of.paths(".bpmn"):
            for what, start in diagrams.beginnings(_diagram(content(db, of, path), path)):
                found[what] = (*found.get(what, ()), _beginning(start))
        _BEGINNINGS[of.id] = found
    return _BEGINNINGS[of.id].get((kind, name), ())


def _beginning(start: diagrams.Element) -> Beginning:
    said = start.extensions.properties
    own_case = said.get("handrail:case") == "new"
    return Beginning(start.process, start.id, own_case, said.get("handrail:organisation", ""))


def is_sealed(db: Connection, of: Release, process: str) -> bool:
    """Whether a case in which this process runs is sealed."""
    properties = diagram_of(db, of, process).processes[process].extensions.properties
    return properties.get("handrail:sealed") == "true"


def catching(diagram: diagrams.Diagram, waiting: diagrams.Element) -> diagrams.Element:
    """The event drawn for what waits: of an event sub-process, its start event."""
    if not waiting.is_event_sub_process:
        return waiting
    starts = [each for each in diagram.nodes(waiting.id) if each.kind == "startEvent"]
    return starts[0] if starts else waiting


def _start_form(diagram: diagrams.Diagram, process: str) -> str:
    """The form of the process's own start event, or "" when it asks nothing."""
    starts = [each for each in diagram.of_kind("startEvent") if each.scope == process]
    return next((each.extensions.form for each in starts if each.extensions.form), "")
