"""The states of consent, and which of them are a reason to do without it."""

from __future__ import annotations

from typing import Final

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
