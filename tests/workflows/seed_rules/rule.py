"""A rule of a document, with what keeps it and what proves that."""

from __future__ import annotations

from dataclasses import dataclass

MARS = "Children's MARS Information Sharing Guidance, August 2022"
PROCEDURES = "Local procedures, Information Sharing, 24 September 2024"


@dataclass(frozen=True)
class Rule:
    id: str
    source: str
    heading: str
    says: str
    elements: tuple[str, ...]
    walks: tuple[str, ...]
    tests: tuple[str, ...]


def under(source: str, heading: str, *rows: tuple[str, ...]) -> tuple[Rule, ...]:
    """Rules of one heading: id, what it says, elements, walks and maybe tests, with a blank between."""
    return tuple(
        Rule(id, source, heading, says, tuple(elements.split()), tuple(walks.split()), tuple(tests))
        for id, says, elements, walks, *tests in rows
    )
