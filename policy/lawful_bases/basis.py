"""What an entry of a pick list is, and who may choose it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Regime = Literal["general", "law_enforcement"]
Controller = Literal["public_authority", "private_or_voluntary", "competent_authority"]

GENERAL: Final[frozenset[Controller]] = frozenset({"public_authority", "private_or_voluntary"})
PUBLIC: Final[frozenset[Controller]] = frozenset({"public_authority"})
PRIVATE: Final[frozenset[Controller]] = frozenset({"private_or_voluntary"})
POLICE: Final[frozenset[Controller]] = frozenset({"competent_authority"})

REGIMES: Final[dict[Regime, str]] = {
    "general": "UK GDPR Articles 6, 9 and 10 with Data Protection Act 2018 Part 2 and Schedule 1",
    "law_enforcement": "Data Protection Act 2018 Part 3 (sections 29 to 81) and Schedule 8: only competent "
    "authorities, only for law enforcement purposes",
}
CONTROLLERS: Final[dict[Controller, str]] = {
    "public_authority": "School, NHS body, council, or police outside law enforcement",
    "private_or_voluntary": "Charity, independent provider, business",
    "competent_authority": "Police, probation, prison or youth offending team, for a law enforcement purpose",
}


@dataclass(frozen=True, slots=True)
class Basis:
    """Something a person can choose from a list."""

    code: str
    name: str
    law: str  # document, year, paragraph
    use: str  # when it fits
    controllers: frozenset[Controller]
    evidence: str
    needs: str = ""  # what must be named or shown besides
    policy_document: bool = False  # an appropriate policy document must be in place
    regime: Regime = "general"
    warning: str = ""


def offered(bases: tuple[Basis, ...], controller: Controller) -> tuple[Basis, ...]:
    """Those of a list that a controller of this kind may choose."""
    return tuple(basis for basis in bases if controller in basis.controllers)
