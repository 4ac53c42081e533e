"""The commands of those who draw diagrams: check, rehearse. They need no settings and no database."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from engine import diagrams, forms
from engine.errors import HandrailError, InvalidInput
from engine.operations import OPERATIONS
from engine.rehearsal import Rehearsal
from engine.spiff.parser import refusals
from engine.spiff.timers import instant
from feel.types import Type
from handrail import rehearse as rehearsing
from policy.clocks import CLOCKS, PAUSING
from policy.roles import ROLES


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Say in plain words what is wrong with diagrams and decisions. Exit status 1 when any is refused."""
    report = diagrams.check(files, _known(files), refusals)
    click.echo(report.json() if as_json else report.text())
    if report.refused:
        context.exit(1)


def _known(files: tuple[Path, ...]) -> diagrams.Known:
    """The names that are known without a database; forms only where they lie beside the files."""
    paths = {path for file in files for path in (file.parent / "forms").glob("*.form")}
    known = diagrams.Known(roles=ROLES, clocks=CLOCKS, pausing=PAUSING, operations=OPERATIONS, processes=None)
    if not paths:
        return known
    return replace(known, forms={path.stem for path in paths}, answers=dict(_answers(paths)))


def _answers(paths: set[Path]) -> Iterator[tuple[str, Mapping[str, Type]]]:
    """What may be answered to each form that can be asked."""
    for path in paths:
        with suppress(InvalidInput):
            yield path.stem, forms.answer_types(forms.load(path.read_bytes()))


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--restore", is_flag=True, help="Save and restore everything between every two commands.")
@click.option("--now", default="", help="When the rehearsal begins, such as 2026-03-03T09:30.")
@click.pass_context
def rehearse(context: click.Context, files: tuple[Path, ...], restore: bool, now: str) -> None:
    """Run diagrams in memory: commands as JSON lines on standard input, an answer to each on standard output.

    Exit status 1 when the files are refused; the first line then says why.
    """
    out = sys.stdout.buffer
    try:
        rehearsal = Rehearsal(rehearsing.deployed(files), begin(now))
    except HandrailError as error:
        out.write(rehearsing.said(rehearsing.refusal(error)))
        context.exit(1)
    for answer in rehearsing.answers(rehearsal, sys.stdin.buffer, restore):
        out.write(answer)
        out.flush()


def begin(now: str) -> datetime:
    """When a rehearsal begins: the real time unless somebody says otherwise."""
    try:
        return instant(now) if now else datetime.now(UTC)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--now") from error
