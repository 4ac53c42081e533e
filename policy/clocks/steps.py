"""The clocks of single steps: rights, keeping, breaches, assessments, consent. All are our own proposals."""

from __future__ import annotations

from typing import Final

from policy.clocks.clock import Kind
from policy.clocks.proposals import SAME_DAY, proposed

_DPO = "the data protection officer is told"
_SIRO = "the senior information risk owner is told"
_RIGHTS, _KEEP, _BREACH, _DPIA = "subject rights", "retention review", "breach", "impact assessment"

Step = tuple[str, str, tuple[int, Kind], str, str, str]  # name, title, length, starts, expiry, process

_STEPS: Final[tuple[Step, ...]] = (
    # Impact assessment
    (
        "impact_screening",
        "Say whether a flow needs an impact assessment",
        (5, "working days"),
        "it is described",
        _DPO,
        _DPIA,
    ),
    (
        "impact_draft",
        "Describe a flow and its risks",
        (20, "working days"),
        "an assessment is needed",
        _DPO,
        _DPIA,
    ),
    (
        "impact_advice",
        "Advise on an impact assessment",
        (10, "working days"),
        "it is drafted",
        _SIRO,
        _DPIA,
    ),
    (
        "impact_accept",
        "Accept the remaining risk, or not",
        (10, "working days"),
        "the advice is given",
        _DPO,
        _DPIA,
    ),
    (
        "impact_agreement",
        "Sign the information sharing agreement",
        (20, "working days"),
        "it is to go ahead",
        _DPO,
        _DPIA,
    ),
    # Rights
    (
        "rights_identity",
        "Say whether it is clear who asks",
        (2, "working days"),
        "the request, or the answer, is received",
        _DPO,
        _RIGHTS,
    ),
    (
        "rights_identity_wait",
        "Ask again for what shows who somebody is",
        (14, "calendar days"),
        "they were asked",
        "they are asked again; the request stays open",
        _RIGHTS,
    ),
    (
        "rights_find",
        "Find what is held about somebody",
        (10, "calendar days"),
        "it is clear who asks",
        _DPO,
        _RIGHTS,
    ),
    (
        "rights_harm_view",
        "Say whether giving it would cause serious harm",
        (3, "working days"),
        "the professional is asked",
        _DPO,
        _RIGHTS,
    ),
    (
        "rights_review",
        "Look as a second person at what is held back",
        (2, "working days"),
        "it is decided",
        _DPO,
        _RIGHTS,
    ),
    (
        "rights_late",
        "Say why an answer is late, and give what can be given",
        (1, "working days"),
        "the limit has passed",
        _SIRO,
        _RIGHTS,
    ),
    (
        "sealed_search",
        "Search what is sealed, and weigh it",
        (14, "calendar days"),
        "the request is received",
        "the police supervisors are told",
        _RIGHTS,
    ),
    # Keeping
    (
        "retention_step",
        "Take the next step of a retention review",
        (20, "working days"),
        "the step before is done",
        "the records reviewer is told; the record stays",
        _KEEP,
    ),
    (
        "retention_dispose",
        "Dispose of a record, once two people agree",
        (20, "working days"),
        "the second person agrees",
        "the records reviewer is told; the record stays",
        _KEEP,
    ),
    (
        "retention_hold",
        "Stop a disposal on which a hold is set",
        (1, "hours"),
        "the hold is asked for",
        _DPO,
        _KEEP,
    ),
    # Breach
    ("breach_contain", "Contain a breach", (4, "hours"), "it is reported", _DPO, _BREACH),
    (
        "breach_tell",
        "Tell the people affected of a high risk",
        (1, "working days"),
        "a high risk is found",
        _SIRO,
        _BREACH,
    ),
    (
        "breach_late",
        "Say why a breach is not reported or decided on in time",
        (4, "hours"),
        "72 hours are past",
        _SIRO,
        _BREACH,
    ),
    (
        "breach_log",
        "Log a breach",
        (5, "working days"),
        "everybody is told who is to be",
        _DPO,
        _BREACH,
    ),
    (
        "undertaking_breach",
        "Say who is in danger from a broken undertaking",
        (4, "hours"),
        "the police know of it",
        "the police supervisors are told",
        _BREACH,
    ),
    (
        "undertaking_protect",
        "Protect those in danger from a broken undertaking",
        SAME_DAY,
        "danger is found",
        "the police supervisors are told",
        _BREACH,
    ),
    (
        "undertaking_outcome",
        "Decide what is done about a broken undertaking",
        (20, "working days"),
        "nobody is in danger any more",
        "the police supervisors are told",
        _BREACH,
    ),
    # Consent
    (
        "consent_confirm",
        "Ask whether somebody still consents",
        (10, "working days"),
        "twelve months are over",
        "the practitioner is reminded; nothing more is shared on it",
        "consent",
    ),
)

STEPS: Final = tuple(
    proposed(name, title, length, starts, expiry, process=process)
    for name, title, length, starts, expiry, process in _STEPS
)
