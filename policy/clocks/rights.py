"""Clocks of people's rights, of keeping and deleting, of breaches, and of the service's own oversight."""

from __future__ import annotations

from typing import Final

from policy.clocks.clock import Clock
from policy.clocks.proposals import OURS
from policy.clocks.steps import STEPS

_DPA_54 = "Data Protection Act 2018 section 54 (Part 3)"
_DPA_65 = "Data Protection Act 2018 section 65 (Part 3)"
_DPA_67 = "Data Protection Act 2018 section 67 (Part 3); UK GDPR Article 33, from memory, says the same"
_DPA_39 = "Data Protection Act 2018 section 39(2) (Part 3) asks for periodic review; the number: " + OURS
_RIGHTS, _KEEP, _BREACH, _DPIA = "subject rights", "retention review", "breach", "impact assessment"
_DPO = "the data protection officer is told"
_IDENTITY = "while proof of identity that was asked for is awaited"
_UNTIL_IDENTIFIED = f"{_IDENTITY} (UK GDPR Article 12(6), from memory; not checked)"
_UNTIL_IDENTIFIED_LE = f"{_IDENTITY} (Data Protection Act 2018 sections 52(4) and 54)"
_GDPR_36 = "UK GDPR Article 36(2), from memory; not checked"

RIGHTS: Final = (
    Clock(
        "subject_access",
        "Answer a person's request for their own information (general processing)",
        "months",
        1,
        "the request, or proof of identity if that is later",
        _DPO,
        "UK GDPR Article 12(3), from memory; not checked",
        "B",
        _RIGHTS,
        "T25",
        "shorter",
        pauses=_UNTIL_IDENTIFIED,
    ),
    Clock(
        "subject_access_extended",
        "Answer a complex request for one's own information (general processing)",
        "months",
        3,
        "the request, or proof of identity if that is later",
        _DPO,
        "UK GDPR Article 12(3), from memory; not checked: one month, extended by two with reasons",
        "B",
        _RIGHTS,
        "",
        "shorter",
        pauses=_UNTIL_IDENTIFIED,
    ),
    Clock(
        "subject_access_law_enforcement",
        "Answer a person's request for their own information (law enforcement)",
        "months",
        1,
        "the latest of the request, what is needed to identify them, and the fee",
        _DPO,
        _DPA_54,
        "V:L5",
        _RIGHTS,
        "T25",
        "shorter",
        "Regulations may set up to three months; none was seen.",
        _UNTIL_IDENTIFIED_LE,
    ),
    Clock(
        "retention_review",
        "Review whether the record is still needed",
        "months",
        12,
        "the last review",
        "the records reviewer is told; the record stays",
        _DPA_39,
        "D",
        _KEEP,
        "T26",
        note="How long each kind of record is kept is set for each kind, not by this clock.",
    ),
    Clock(
        "breach_report",
        "Tell the Information Commissioner of a breach, unless it is no risk",
        "hours",
        72,
        "becoming aware of the breach",
        "the data protection officer is told; the reasons for delay are recorded and go with the report",
        _DPA_67,
        "V:L5",
        _BREACH,
        "T27",
        "shorter",
    ),
    Clock(
        "commissioner_advice",
        "Receive the Information Commissioner's advice on a remaining high risk",
        "calendar days",
        42,
        "the Commissioner is consulted",
        _DPO,
        _DPA_65,
        "V:L5",
        _DPIA,
        note="Six weeks; the Commissioner may extend it by a month.",
    ),
    Clock(
        "commissioner_advice_extension",
        "Receive the Information Commissioner's advice, extended",
        "months",
        1,
        "the first six weeks end",
        _DPO,
        _DPA_65,
        "V:L5",
        _DPIA,
    ),
    Clock(
        "commissioner_advice_general",
        "Receive the Information Commissioner's advice on a remaining high risk (general processing)",
        "calendar days",
        56,
        "the Commissioner is consulted",
        _DPO,
        _GDPR_36,
        "B",
        _DPIA,
        note="Eight weeks; the Commissioner may extend it by six.",
    ),
    Clock(
        "commissioner_advice_general_extension",
        "Receive the Information Commissioner's advice, extended (general processing)",
        "calendar days",
        42,
        "the first eight weeks end",
        _DPO,
        _GDPR_36,
        "B",
        _DPIA,
    ),
    *STEPS,
    Clock(
        "wrong_data_notify",
        "Tell everybody who holds wrong or wrongly shared information",
        "calendar days",
        0,
        "it is known",
        _DPO,
        "Data Protection Act 2018 sections 38(5)(c) and 48(9) (Part 3): without delay; the number: " + OURS,
        "V:L5 D",
        _BREACH,
    ),
    Clock(
        "impact_assessment_review",
        "Review the impact assessment of a regular flow",
        "months",
        12,
        "it was signed",
        _DPO,
        OURS,
        "D",
        _DPIA,
    ),
    Clock(
        "emergency_access_review",
        "Review somebody's emergency look at a case",
        "hours",
        72,
        "the case was opened in an emergency",
        "the senior information risk owner is told",
        OURS,
        "D",
        "emergency access",
    ),
    Clock(
        "incident_resolved",
        "Put a stopped process right",
        "hours",
        4,
        "the process stopped",
        "the operator and the lead of the case are told",
        OURS,
        "D",
        "any",
    ),
)
