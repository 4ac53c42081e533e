"""What a person can rely on to share, who may rely on it, and what each asks to be shown.

Three questions, all of which need an answer: the basis in data protection law, the power to share, and what
lifts confidentiality. General processing and law enforcement are told apart everywhere: Schedule 8 is never
offered to a school or the NHS.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Regime = Literal["general", "law_enforcement"]
Controller = Literal["public_authority", "private_or_voluntary", "competent_authority"]

_GENERAL: Final[frozenset[Controller]] = frozenset({"public_authority", "private_or_voluntary"})
_PUBLIC: Final[frozenset[Controller]] = frozenset({"public_authority"})
_PRIVATE: Final[frozenset[Controller]] = frozenset({"private_or_voluntary"})
_POLICE: Final[frozenset[Controller]] = frozenset({"competent_authority"})

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


ARTICLE_6: Final = (
    Basis(
        "consent",
        "Consent",
        "UK GDPR Article 6(1)(a)",
        "Early help and voluntary services, where the person truly has a choice.",
        _GENERAL,
        "B",
        "The consent record.",
        warning="May be withdrawn at any time. Do not ask for it if you would share anyway.",
    ),
    Basis(
        "legal_obligation",
        "Legal obligation",
        "UK GDPR Article 6(1)(c)",
        "Section 47 enquiries, court orders, section 17 requests, other requests with statutory force.",
        _GENERAL,
        "B",
        "The enactment or order.",
    ),
    Basis(
        "vital_interests",
        "Vital interests",
        "UK GDPR Article 6(1)(d)",
        "Life or death, and the person cannot consent.",
        _GENERAL,
        "B",
    ),
    Basis(
        "public_task",
        "Public task",
        "UK GDPR Article 6(1)(e)",
        "The usual basis of councils, schools, the NHS, and police outside law enforcement.",
        _PUBLIC,
        "V:G9 V:G10",
        "The task's basis in law.",
    ),
    Basis(
        "recognised_legitimate_interest",
        "Recognised legitimate interest",
        "UK GDPR Article 6(1)(ea), inserted by Data (Use and Access) Act 2025 section 70",
        "Safeguarding vulnerable people, crime, emergencies, answering a public body's request.",
        _PRIVATE,
        "V:L11 V:L11b",
        "Why it is necessary. No balancing test.",
        warning="Whether section 70 is in force was not checked; a governance lead confirms it first.",
    ),
    Basis(
        "legitimate_interests",
        "Legitimate interests",
        "UK GDPR Article 6(1)(f)",
        "Charities and independent providers.",
        _PRIVATE,
        "V:L11",
        "The balancing test.",
    ),
)

ARTICLE_9: Final = (
    Basis(
        "explicit_consent",
        "Explicit consent",
        "UK GDPR Article 9(2)(a)",
        "The person has said so.",
        _GENERAL,
        "V:L6b",
    ),
    Basis(
        "social_protection",
        "Employment or social protection law",
        "UK GDPR Article 9(2)(b); Data Protection Act 2018 Schedule 1 paragraph 1",
        "A duty under social protection law.",
        _GENERAL,
        "V:L6b",
        policy_document=True,
    ),
    Basis(
        "vital_interests_9",
        "Vital interests",
        "UK GDPR Article 9(2)(c)",
        "Life or death, and the person cannot consent.",
        _GENERAL,
        "V:L6b",
    ),
    Basis(
        "legal_claims",
        "Legal claims",
        "UK GDPR Article 9(2)(f)",
        "Courts and legal claims.",
        _GENERAL,
        "V:L6b",
    ),
    Basis(
        "health_or_social_care",
        "Health or social care",
        "UK GDPR Article 9(2)(h); Data Protection Act 2018 Schedule 1 paragraph 2",
        "Care of the person, by somebody bound to secrecy.",
        _GENERAL,
        "V:L6b",
    ),
    Basis(
        "statutory_purpose",
        "Substantial public interest: statutory and government purposes",
        "UK GDPR Article 9(2)(g); Data Protection Act 2018 Schedule 1 paragraph 6",
        "A function given by law.",
        _GENERAL,
        "V:L6b",
        policy_document=True,
    ),
    Basis(
        "unlawful_acts",
        "Substantial public interest: preventing or detecting unlawful acts",
        "UK GDPR Article 9(2)(g); Data Protection Act 2018 Schedule 1 paragraph 10",
        "Preventing or detecting crime where asking for consent would prejudice it.",
        _GENERAL,
        "V:L6b",
        policy_document=True,
        warning="No policy document is needed when telling a competent authority.",
    ),
    Basis(
        "safeguarding",
        "Substantial public interest: safeguarding of children and individuals at risk",
        "UK GDPR Article 9(2)(g); Data Protection Act 2018 Schedule 1 paragraph 18",
        "Protecting a child or an adult at risk, without consent.",
        _GENERAL,
        "V:L6",
        "All four limbs.",
        policy_document=True,
        warning="If consent was given this is the wrong condition.",
    ),
    Basis(
        "economic_well_being",
        "Substantial public interest: economic well-being of individuals at risk",
        "UK GDPR Article 9(2)(g); Data Protection Act 2018 Schedule 1 paragraph 19",
        "Protecting an adult at risk from economic harm.",
        _GENERAL,
        "V:L6b",
        policy_document=True,
    ),
)

# Article 10: convictions and allegations need official authority or a Schedule 1 condition.
ARTICLE_10: Final = (
    Basis(
        "official_authority",
        "Official authority",
        "UK GDPR Article 10",
        "Processing under the control of official authority.",
        _PUBLIC,
        "V:L6b",
    ),
    *(basis for basis in ARTICLE_9 if basis.code in ("statutory_purpose", "unlawful_acts", "safeguarding")),
)

PART_3: Final = (
    Basis(
        "law_enforcement_task",
        "Necessary for a law enforcement task",
        "Data Protection Act 2018 section 35(2)(b)",
        "Preventing, investigating, detecting or prosecuting crime; threats to public security.",
        _POLICE,
        "V:L5",
        regime="law_enforcement",
    ),
    Basis(
        "law_enforcement_consent",
        "Consent for a law enforcement purpose",
        "Data Protection Act 2018 section 35(2)(a)",
        "Rarely: the person has a real choice.",
        _POLICE,
        "V:L5",
        "The consent record.",
        regime="law_enforcement",
    ),
)

SCHEDULE_8: Final = (
    Basis(
        "safeguarding_law_enforcement",
        "Safeguarding of children and individuals at risk (law enforcement)",
        "Data Protection Act 2018 Schedule 8 paragraph 4 with sections 35(5) and 42",
        "Sensitive processing to protect a child or an adult at risk, strictly necessary for the purpose.",
        _POLICE,
        "V:L7 V:L5",
        "All four limbs; strictly necessary.",
        policy_document=True,
        regime="law_enforcement",
        warning="S1 prints two of the four limbs and offers it to everybody. Others use "
        "Schedule 1 paragraph 18.",
    ),
)

# Limbs -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Limb:
    code: str
    question: str
    choices: tuple[tuple[str, str], ...]  # code and wording; one of them is enough


SAFEGUARDING_LIMBS: Final = (
    Limb(
        "protects",
        "What is it necessary for?",
        (
            ("from_harm", "Protecting somebody from neglect or physical, mental or emotional harm"),
            ("well_being", "Protecting somebody's physical, mental or emotional well-being"),
        ),
    ),
    Limb(
        "person",
        "Whom does it protect?",
        (
            ("under_18", "Somebody under 18"),
            (
                "adult_at_risk",
                "An adult at risk: needs care and support, is experiencing or at risk of harm, and "
                "because of "
                "those needs cannot protect themselves",
            ),
        ),
    ),
    Limb(
        "without_consent",
        "Why without consent?",
        (
            ("cannot_be_given", "In the circumstances the person cannot give it"),
            ("not_reasonable", "We cannot reasonably be expected to obtain it"),
            ("would_prejudice", "Asking would prejudice the protection"),
        ),
    ),
    Limb(
        "public_interest",
        "Is it necessary for reasons of substantial public interest?",
        (("yes", "Yes, for the reasons given"),),
    ),
)
LIMBS_SOURCE: Final = (
    "Data Protection Act 2018 Schedule 1 paragraph 18(1) to (4) [V:L6]; the same in Schedule 8 paragraph "
    "4 [V:L7]. "
    "It may protect one person or a type of person."
)


def unmet_limbs(answers: Mapping[str, object]) -> tuple[str, ...]:
    """The limbs of the safeguarding condition that the answers do not show. All four are needed.

    >>> unmet_limbs({"protects": "from_harm", "person": "under_18"})
    ('without_consent', 'public_interest')
    """
    return tuple(
        limb.code
        for limb in SAFEGUARDING_LIMBS
        if answers.get(limb.code) not in {code for code, _ in limb.choices}
    )


def offered(bases: tuple[Basis, ...], controller: Controller) -> tuple[Basis, ...]:
    """Those of a list that a controller of this kind may choose."""
    return tuple(basis for basis in bases if controller in basis.controllers)


# Powers and confidentiality --------------------------------------------------------------------------------


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

# Why there is or is no consent. Refused and withdrawn are not by themselves one of the three reasons of
# paragraph 18(1)(c), which is why the choice is kept and never collapsed to "no".
CONSENT: Final[dict[str, str]] = {
    "given": "Consent is given",
    "refused": "Consent was asked for and refused",
    "withdrawn": "Consent was given and has been withdrawn",
    "expired": "Consent was given and has expired",
    "cannot_be_given": "The person cannot consent",
    "not_sought_unsafe": "Not asked: asking would put a child or somebody else at more risk",
    "not_sought_unreasonable": "Not asked: it is not reasonable to obtain it, for example because it is "
    "urgent",
}
CONSENT_AS_LIMB: Final[dict[str, str]] = {
    "cannot_be_given": "cannot_be_given",
    "not_sought_unreasonable": "not_reasonable",
    "not_sought_unsafe": "would_prejudice",
}
