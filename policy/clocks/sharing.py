"""Clocks of deciding whether to share: immediate danger, consent, advice, Caldicott review, requests."""

from __future__ import annotations

from typing import Final

from policy.clocks.clock import Clock, Kind

_OURS = "Handrail's own proposal, 2026"
_S0_TIMELY = "Children's MARS Information Sharing Guidance, August 2022, principle Timely"
_S0_DANGER = "Children's MARS Information Sharing Guidance, August 2022, Being alert to signs, last paragraph"
_S0_RECORD = "Children's MARS Information Sharing Guidance, August 2022, principle Record"
_S0_FLOW = "Children's MARS Information Sharing Guidance, August 2022, When and how to share information"


def _clock(
    name: str,
    title: str,
    length: tuple[int, Kind],
    starts: str,
    expiry: str,
    *,
    source: str = _OURS,
    process: str = "share information",
    catalogue: str = "",
    note: str = "",
) -> Clock:
    """A clock whose length is our proposal, even where a source asks for the thing itself to be timely."""
    amount, kind = length
    return Clock(name, title, kind, amount, starts, expiry, source, "D", process, catalogue, note=note)


def _timely(source: str) -> str:
    return f"{source}, which gives no number; the number: {_OURS}"


_LEAD = "the designated safeguarding lead is told"
_MANAGER = "the line manager is told"
_SAME_DAY: tuple[int, Kind] = (0, "calendar days")

SHARING: Final = (
    # Immediate danger
    _clock(
        "screen_now",
        "Say whether a crime is suspected or a child is at immediate risk",
        (15, "minutes"),
        "the case is opened",
        _LEAD,
        source=_timely(_S0_DANGER),
        process="immediate danger",
    ),
    _clock(
        "immediate_danger_tell",
        "Tell the police and children's social care",
        (15, "minutes"),
        "immediate danger is ticked",
        f"{_LEAD}; the task stays",
        source=_timely(_S0_DANGER),
        process="immediate danger",
    ),
    _clock(
        "immediate_danger_confirmed",
        "Confirm that the police have been told of the immediate danger",
        (15, "minutes"),
        "immediate danger is ticked",
        f"{_LEAD} at once; the decision to share goes on",
        source=_timely(_S0_DANGER),
        process="immediate danger",
        catalogue="T01",
    ),
    # The flowchart's questions
    _clock(
        "share_purpose",
        "Say what the sharing is for",
        _SAME_DAY,
        "the question is asked",
        _MANAGER,
        source=_timely(_S0_FLOW),
    ),
    _clock(
        "decide_share_urgent",
        "Answer one question of an urgent decision to share",
        (4, "hours"),
        "the question is asked",
        _LEAD,
        source=_timely(_S0_TIMELY),
    ),
    _clock(
        "decide_share_routine",
        "Answer one question of a decision to share",
        (5, "working days"),
        "the question is asked",
        _MANAGER,
        source=_timely(_S0_TIMELY),
    ),
    _clock(
        "identity_protection",
        "Check that nobody's identity is given away who could be harmed",
        _SAME_DAY,
        "the information is ready to send",
        _MANAGER,
        source=_timely("Information Sharing, HM Government, 2024, golden rule 5"),
    ),
    _clock(
        "dsl_decision_urgent",
        "Designated safeguarding lead decides or advises on urgent subtle harm or neglect",
        (1, "hours"),
        "the lead is asked",
        "the line manager is told; the practitioner may go on",
    ),
    _clock(
        "dsl_decision_routine",
        "Designated safeguarding lead decides or advises on subtle harm or neglect",
        (2, "working days"),
        "the lead is asked",
        _MANAGER,
    ),
    # Consent
    _clock(
        "consent_seek_urgent",
        "Seek consent, or say why not, when it is urgent",
        (1, "hours"),
        "consent is needed",
        f"{_LEAD}; waiting for consent must not put a child at risk",
        source=_timely(_S0_TIMELY),
        process="consent",
    ),
    _clock(
        "consent_seek_routine",
        "Seek consent, or say why not",
        (2, "working days"),
        "consent is needed",
        _MANAGER,
        process="consent",
    ),
    _clock(
        "consent_reconfirm",
        "Confirm that the person still consents",
        (12, "months"),
        "consent is given",
        "the practitioner is asked to confirm it; nothing more is shared on it unconfirmed",
        process="consent",
        catalogue="T03",
    ),
    _clock(
        "withdrawal_stop",
        "Stop what has not been sent, after consent is withdrawn",
        (1, "hours"),
        "consent is withdrawn",
        _LEAD,
        process="consent",
    ),
    _clock(
        "withdrawal_tell",
        "Tell those who already received it that consent is withdrawn",
        (1, "working days"),
        "consent is withdrawn",
        _MANAGER,
        process="consent",
    ),
    # Advice
    _clock(
        "advice_urgent",
        "Give urgent advice",
        (1, "hours"),
        "advice is asked for",
        "the deputy is asked; the practitioner may go on and records it",
        process="advice",
        catalogue="T04",
    ),
    _clock(
        "advice_routine",
        "Give advice",
        (2, "working days"),
        "advice is asked for",
        "the deputy is asked; the practitioner may go on and records it",
        process="advice",
        catalogue="T04",
    ),
    _clock(
        "advice_outcome",
        "Record what was done with the advice",
        _SAME_DAY,
        "advice is given",
        _MANAGER,
        source=_timely(_S0_FLOW),
        process="advice",
    ),
    # Caldicott review
    _clock(
        "caldicott_triage",
        "Say whether the request is for the Caldicott Guardian",
        (1, "working days"),
        "the request is received",
        "the Caldicott Guardian is told",
        process="Caldicott review",
    ),
    _clock(
        "caldicott_urgent",
        "Decide an urgent Caldicott review",
        (4, "hours"),
        "the request is complete",
        "the deputy is asked, then the senior information risk owner; where a child is at risk, share and "
        "review afterwards",
        process="Caldicott review",
        catalogue="T05",
    ),
    _clock(
        "caldicott_routine",
        "Decide a Caldicott review",
        (5, "working days"),
        "the request is complete",
        "the deputy is asked, then the senior information risk owner",
        process="Caldicott review",
        catalogue="T05",
    ),
    _clock(
        "caldicott_ratify",
        "Review afterwards what was shared to protect a child",
        (1, "working days"),
        "the information is shared",
        "the deputy is asked, then the senior information risk owner",
        process="Caldicott review",
    ),
    _clock(
        "caldicott_challenge",
        "Settle a challenge to the Guardian's decision",
        (2, "working days"),
        "the decision is challenged",
        "the senior information risk owner is told",
        process="Caldicott review",
    ),
    # Sending and telling
    _clock(
        "share_send_urgent",
        "Send what is to be shared, urgently",
        (1, "hours"),
        "the decision to share is made",
        _LEAD,
        source=_timely(_S0_TIMELY),
    ),
    _clock(
        "share_send_routine",
        "Send what is to be shared",
        (1, "working days"),
        "the decision to share is made",
        _MANAGER,
        source=_timely(_S0_TIMELY),
    ),
    _clock(
        "receipt_urgent",
        "Confirm that urgent information arrived",
        (30, "minutes"),
        "the information is sent",
        "the recipient is chased by telephone",
        catalogue="T02",
    ),
    _clock(
        "receipt_routine",
        "Confirm that the information arrived",
        (1, "working days"),
        "the information is sent",
        "the recipient is chased",
        catalogue="T02",
    ),
    _clock(
        "inform_person",
        "Tell the person what was shared, unless that is unsafe",
        (2, "working days"),
        "the information is shared",
        _MANAGER,
        source=_timely(_S0_FLOW),
    ),
    # Records and refusals
    _clock(
        "decision_record",
        "Record the decision and its reasons, share or not",
        _SAME_DAY,
        "the decision is made",
        f"{_MANAGER}; the case stays open until it is recorded",
        source=_timely(_S0_RECORD),
    ),
    _clock(
        "refusal_discussion",
        "Discuss the refusal with whoever asked",
        (1, "working days"),
        "the refusal is recorded",
        _MANAGER,
        source=_timely(_S0_RECORD),
    ),
    _clock(
        "reconsider_urgent",
        "Reconsider a refusal on new, urgent information",
        (4, "hours"),
        "the new information arrives",
        _LEAD,
    ),
    _clock(
        "reconsider_routine",
        "Reconsider a refusal on new information",
        (5, "working days"),
        "the new information arrives",
        _MANAGER,
    ),
    # Requests from others
    _clock(
        "request_acknowledge",
        "Acknowledge a request",
        _SAME_DAY,
        "the request is received",
        _MANAGER,
        process="partner request",
    ),
    _clock(
        "request_urgent",
        "Answer an urgent request",
        (4, "hours"),
        "the request is received",
        "the requester is offered the disagreement process",
        process="partner request",
        catalogue="T06",
    ),
    _clock(
        "request_routine",
        "Answer a request",
        (5, "working days"),
        "the request is received",
        "the requester is offered the disagreement process",
        process="partner request",
        catalogue="T06",
        note="A date the requester needs it by comes first.",
    ),
)
