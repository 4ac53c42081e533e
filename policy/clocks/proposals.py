"""How a clock is written whose length is our own proposal, and the words that such clocks share."""

from __future__ import annotations

from typing import Final

from policy.clocks.clock import Clock, Kind

OURS: Final = "Handrail's own proposal, 2026"
S0_TIMELY: Final = "Children's MARS Information Sharing Guidance, August 2022, principle Timely"
S0_DANGER: Final = (
    "Children's MARS Information Sharing Guidance, August 2022, Being alert to signs, last paragraph"
)
S0_RECORD: Final = "Children's MARS Information Sharing Guidance, August 2022, principle Record"
S0_FLOW: Final = (
    "Children's MARS Information Sharing Guidance, August 2022, When and how to share information"
)


def proposed(
    name: str,
    title: str,
    length: tuple[int, Kind],
    starts: str,
    expiry: str,
    *,
    source: str = OURS,
    process: str = "share information",
    catalogue: str = "",
    note: str = "",
) -> Clock:
    """A clock whose length is our proposal, even where a source asks for the thing itself to be timely."""
    amount, kind = length
    return Clock(name, title, kind, amount, starts, expiry, source, "D", process, catalogue, note=note)


def timely(source: str) -> str:
    return f"{source}, which gives no number; the number: {OURS}"


LEAD: Final = "the designated safeguarding lead is told"
MANAGER: Final = "the line manager is told"
SAME_DAY: tuple[int, Kind] = (0, "calendar days")
