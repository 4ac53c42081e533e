"""Clocks of consent, of advice and of Caldicott review."""

from __future__ import annotations

from typing import Final

from policy.clocks.proposals import LEAD, MANAGER, S0_FLOW, S0_TIMELY, SAME_DAY, proposed, timely

ADVICE: Final = (
    # Consent
    proposed(
        "consent_seek_urgent",
        "Seek consent, or say why not, when it is urgent",
        (1, "hours"),
        "consent is needed",
        f"{LEAD}; waiting for consent must not put a child at risk",
        source=timely(S0_TIMELY),
        process="consent",
    ),
    proposed(
        "consent_seek_routine",
        "Seek consent, or say why not",
        (2, "working days"),
        "consent is needed",
        MANAGER,
        process="consent",
    ),
    proposed(
        "consent_reconfirm",
        "Confirm that the person still consents",
        (12, "months"),
        "consent is given",
        "the practitioner is asked to confirm it; nothing more is shared on it unconfirmed",
        process="consent",
        catalogue="T03",
    ),
    proposed(
        "withdrawal_stop",
        "Stop what has not been sent, after consent is withdrawn",
        (1, "hours"),
        "consent is withdrawn",
        LEAD,
        process="consent",
    ),
    proposed(
        "withdrawal_tell",
        "Tell those who already received it that consent is withdrawn",
        (1, "working days"),
        "consent is withdrawn",
        MANAGER,
        process="consent",
    ),
    # Advice
    proposed(
        "advice_urgent",
        "Give urgent advice",
        (1, "hours"),
        "advice is asked for",
        "the deputy is asked; the practitioner may go on and records it",
        process="advice",
        catalogue="T04",
    ),
    proposed(
        "advice_routine",
        "Give advice",
        (2, "working days"),
        "advice is asked for",
        "the deputy is asked; the practitioner may go on and records it",
        process="advice",
        catalogue="T04",
    ),
    proposed(
        "advice_outcome",
        "Record what was done with the advice",
        SAME_DAY,
        "advice is given",
        MANAGER,
        source=timely(S0_FLOW),
        process="advice",
    ),
    # Caldicott review
    proposed(
        "caldicott_triage",
        "Say whether the request is for the Caldicott Guardian",
        (1, "working days"),
        "the request is received",
        "the Caldicott Guardian is told",
        process="Caldicott review",
    ),
    proposed(
        "caldicott_urgent",
        "Decide an urgent Caldicott review",
        (4, "hours"),
        "the request is complete",
        "the deputy is asked, then the senior information risk owner; where a child is at risk, share and "
        "review afterwards",
        process="Caldicott review",
        catalogue="T05",
    ),
    proposed(
        "caldicott_routine",
        "Decide a Caldicott review",
        (5, "working days"),
        "the request is complete",
        "the deputy is asked, then the senior information risk owner",
        process="Caldicott review",
        catalogue="T05",
    ),
    proposed(
        "caldicott_ratify",
        "Review afterwards what was shared to protect a child",
        (1, "working days"),
        "the information is shared",
        "the deputy is asked, then the senior information risk owner",
        process="Caldicott review",
    ),
    proposed(
        "caldicott_challenge",
        "Settle a challenge to the Guardian's decision",
        (2, "working days"),
        "the decision is challenged",
        "the senior information risk owner is told",
        process="Caldicott review",
    ),
)
