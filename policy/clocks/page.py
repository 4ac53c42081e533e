"""The clock table as a page for people, `docs/clocks.md`. Print it with `python -m policy.clocks.page`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from policy import calendar, holidays
from policy.clocks import CLOCKS, EVIDENCE, KINDS, LENGTHENED, Clock, spell_out

_HEAD = """\
# Clocks

Every deadline Handrail knows. This page is written from the table in `policy/clocks/`; change the table, then
run `python -m policy.clocks.page > docs/clocks.md`.

A clock running out never closes or refuses anything. It raises, records and escalates.

A partnership may set its own value for any clock, by two people and with a reason; where law or statutory
guidance sets the limit, only a shorter one (`docs/operations.md` says how). A due date shows the usual value,
the local value, the source and how sure it is. A clock stands still only where its row says so.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join((_HEAD, *_kinds(), *_evidence(), *_tables())) + "\n"


def _kinds() -> Iterator[str]:
    yield "## What the amounts mean\n"
    yield from (f"* **{kind.capitalize()}.** {meaning}" for kind, meaning in KINDS.items())
    hub = calendar.HUB
    yield (
        f"\nThe hub is open from {hub.opens:%H:%M} to {hub.closes:%H:%M} London time on working days "
        f"unless a partnership sets other hours. Bank holidays are as published until "
        f"{holidays.published_until():%Y} and worked out from the standing rules after that.\n"
    )
    yield "## What a pause adds\n"
    yield from (f"* **{kind.capitalize()}.** {meaning}" for kind, meaning in LENGTHENED.items())
    yield ""


def _evidence() -> Iterator[str]:
    yield "## How sure a number is\n"
    yield from (f"* **{tag}**: {meaning}." for tag, meaning in EVIDENCE.items())


def _tables() -> Iterator[str]:
    for process in dict.fromkeys(clock.process for clock in CLOCKS.values()):
        yield f"\n## {process[0].upper()}{process[1:]}\n"
        yield "| Clock | By then | Time | From | When it runs out | Local value | Source and evidence |"
        yield "|---|---|---|---|---|---|---|"
        yield from (_row(clock) for clock in CLOCKS.values() if clock.process == process)


def _row(clock: Clock) -> str:
    number = f" ({clock.catalogue})" if clock.catalogue else ""
    note = f" {clock.note}" if clock.note else ""
    local = "any" if clock.local == "any" else "shorter only"
    pauses = f" It may stand still {clock.pauses}." if clock.pauses else ""
    source = f"{clock.source}. {clock.evidence}: {spell_out(clock.evidence)}.{note}{pauses}"
    cells = (
        f"`{clock.name}`{number}",
        clock.title,
        clock.length,
        clock.starts,
        clock.expiry,
        local,
        source,
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.write(page())
