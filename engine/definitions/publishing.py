"""Publishing: files become a release once nothing in them could mislead anybody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib import resources
from importlib.resources.abc import Traversable

from sqlalchemy import Connection, bindparam, func, insert, select

from engine import diagrams, forms
from engine.audit.record import area_ledger
from engine.decisions import Decisions, read_decisions
from engine.definitions import releases
from engine.definitions.releases import Release, current, load, read_diagram
from engine.diagrams import governance
from engine.errors import DiagramRefused, InvalidInput, NotFound, Problem
from engine.execution import RESERVED
from engine.identifiers import new_id
from engine.operations import OPERATIONS
from engine.spiff.parser import refusals
from engine.tables import file, release, release_file
from feel.types import Type
from policy.clocks import CLOCKS, PAUSING
from policy.roles import ROLES

KEPT_FROM_FORMS = frozenset(RESERVED) - {"edition"}  # a start form works out which edition a case follows
_SUFFIXES = (".bpmn", ".form", ".md", ".dmn")


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
    names = known(files, decided)
    problems = [*diagrams.vet(drawn, names), *decided.problems, *_unaskable(files)]
    problems = problems or _not_executed(drawn)
    if not problems:
        problems = _ungoverned(db, area_id, drawn, names, by)
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


def _not_executed(drawn: Mapping[str, bytes]) -> list[Problem]:
    """What the executor refuses of files that the vetting let through."""
    return [problem for path, source in drawn.items() for problem in refusals(read_diagram(source, path))]


def _ungoverned(
    db: Connection, area_id: str, drawn: Mapping[str, bytes], names: diagrams.Known, by: str | None
) -> list[Problem]:
    """Why diagrams that run may not be published all the same."""
    read = [read_diagram(source, path) for path, source in drawn.items()]
    try:
        before = releases.drawn(db, current(db, area_id))
    except NotFound:
        before = ()
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
