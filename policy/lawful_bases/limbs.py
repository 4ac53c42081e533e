"""The safeguarding condition, limb by limb: Schedule 1 paragraph 18, and Schedule 8 paragraph 4 alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


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
