"""What may have happened, as the start page offers it: under headings, in the order of a working day."""

from __future__ import annotations

from collections.abc import Sequence

from engine.definitions import StartableProcess

HEADINGS = (
    "A worry about a child or an adult",
    "Somebody asks for information",
    "Colleagues and agencies",
    "Rights, arrangements and mistakes",
    "Something else",
)


def under_headings(processes: Sequence[StartableProcess]) -> list[tuple[str, list[StartableProcess]]]:
    """The processes by the heading their diagram names (`handrail:offered_under`), usual headings first.

    Under each they stand in the order of what they first offer.
    """
    found: dict[str, list[StartableProcess]] = {heading: [] for heading in HEADINGS}
    for each in sorted(processes, key=lambda each: each.offers):
        found.setdefault(each.under or HEADINGS[-1], []).append(each)
    return [(heading, offered) for heading, offered in found.items() if offered]
