"""Powers and duties to share, and what lifts confidentiality. Neither replaces a basis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Gateway:
    """A power or a duty to share. It does not replace a basis in data protection law."""

    code: str
    name: str
    force: Literal["power", "duty"]
    to: str
    evidence: str
    note: str = ""


GATEWAYS: Final = (
    Gateway(
        "section_47",
        "Children Act 1989 section 47",
        "duty",
        "The local authority that enquires",
        "V:L12",
        "The duty to help with enquiries, section 47(9) to (11), is background knowledge [B].",
    ),
    Gateway("section_27", "Children Act 1989 section 27", "duty", "Authorities that co-operate", "B"),
    Gateway(
        "partners_request",
        "Children Act 2004 section 16H",
        "duty",
        "Safeguarding partners who ask",
        "B",
        "Equivalent wording was read only for child death partners [V:L13b].",
    ),
    Gateway(
        "section_115",
        "Crime and Disorder Act 1998 section 115",
        "power",
        "Police, councils, probation, health bodies, and those acting for them",
        "V:L4 S1",
        "Never a duty. Lifts neither data protection nor confidentiality. The current list of "
        "authorities is a "
        "setting [B].",
    ),
    Gateway(
        "section_16",
        "Police, Crime, Sentencing and Courts Act 2022 section 16",
        "power",
        "Authorities of the serious violence duty",
        "V:L1 S1",
        "Not for patient information, nor for personal information of a health or social care authority.",
    ),
    Gateway(
        "section_17",
        "Police, Crime, Sentencing and Courts Act 2022 section 17",
        "duty",
        "The local policing body that asks, for its own monitoring",
        "V:L1",
        "The same four exclusions as section 16.",
    ),
    Gateway(
        "section_327a",
        "Criminal Justice Act 2003 section 327A",
        "duty",
        "A member of the public who can protect a child",
        "V:L10",
        "A duty to consider, with a presumption to disclose.",
    ),
    Gateway(
        "police_common_law", "Police power at common law", "power", "Anybody", "S1 V:D1", "To prevent crime."
    ),
    Gateway("court_order", "Order of a court", "duty", "Whoever the order names", "B"),
    Gateway("implied_statutory", "Another statute, named", "power", "As the statute says", "B", "Name it."),
)

CONFIDENTIALITY: Final[dict[str, str]] = {
    "consent": "The person consents",
    "overwhelmingly_in_their_interest": "It is overwhelmingly in the person's own interest",
    "public_interest": "The public interest in sharing outweighs the interest in confidentiality",
    "court_order": "A court orders it",
    "legal_obligation": "Another legal obligation requires it",
    "statutory_exemption": "A statute lifts the duty",
}
CONFIDENTIALITY_SOURCE: Final = (
    "Children's MARS Information Sharing Guidance, August 2022, Myth busting guide [S0]; UK Caldicott "
    "Guardian "
    "Council manual, sharing and legal [V:K4]"
)
