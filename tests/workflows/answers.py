"""What people answer in a walk: each form's answers by the name of a choice.

The first that the form accepts is the usual one.
Every answer passes the real form, so a walk also proves that the form can be filled in.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, Final

Answers = dict[str, Any]
AT: Final = "2026-03-03T09:00:00Z"
SAID: Final = "Said in a walk."

_PURPOSE: Final[Answers] = {
    "purpose_clear": "yes",
    "purpose": "significant_harm",
    "purpose_detail": SAID,
    "compatible": "yes",
    "harm_clarity": "clear",
    "urgency": "routine",
}
_GIVEN: Final[Answers] = {
    "share_anyway": "no",
    "consent_status": "given",
    "consent_person": "The mother",
    "consent_capacity": "parental_responsibility",
    "consent_scope": SAID,
    "consent_recipients": SAID,
    "consent_method": "signed_form",
    "consent_evidence": SAID,
    "consent_explained_by": SAID,
    "consent_explained_on": "2026-03-02",
    "consent_free": True,
}
_LIMBS: Final[Answers] = {
    "protects": "from_harm",
    "person": "under_18",
    "without_consent": "would_prejudice",
    "public_interest": "yes",
    "limbs_shown": SAID,
    "policy_document": SAID,
}
_REASON: Final[Answers] = {
    "lawful_reason_found": "yes",
    "legal_gateway": "section_47",
    "legal_gateway_detail": SAID,
    "controller": "public_authority",
    "article_6": "public_task",
    "article_6_basis": SAID,
    "special_category": "yes",
    "article_9": "safeguarding",
    "offence_data": "no",
    **_LIMBS,
    "confidential": "no",
    "less_would_do": SAID,
    "necessary_and_proportionate": SAID,
    "safety_considered": SAID,
}
_GENERAL: Final = ("article_6", "article_6_basis", "article_9", "special_category", "offence_data")
_LAW_ENFORCEMENT: Final[Answers] = {
    **{name: value for name, value in _REASON.items() if name not in _GENERAL},
    "legal_gateway": "police_common_law",
    "controller": "competent_authority",
    "section_35": "law_enforcement_task",
    "law_enforcement_purpose": SAID,
    "sensitive_processing": "yes",
    "schedule_8": "safeguarding_law_enforcement",
}
_CALLED: Final[Answers] = {"police_log_no": "HP-1", "time_called": AT, "who_called": SAID}
_SEVEN: Final = ("purpose", "necessary", "minimum", "need_to_know", "aware", "law", "duty_to_share")
_MET: Final[Answers] = {f"caldicott_{each}": "met" for each in (*_SEVEN, "inform")}


def _no_consent(status: str) -> Answers:
    return {"share_anyway": "no", "consent_status": status, "consent_reason": SAID}


def _caldicott(decision: str, **more: Any) -> Answers:
    return {**_MET, "caldicott_decision": decision, "caldicott_reasons": SAID, **more}


def _review(able: str) -> Answers:
    asked = ("review_purpose", "review_items", "review_necessity", "review_if_not")
    return {**dict.fromkeys(asked, SAID), "review_consent": "inform_only", "guardian_able": able}


DANGER: Final[Answers] = {"danger_what": SAID, "danger_where": SAID}

ANSWERS: Final[dict[str, dict[str, Answers]]] = {
    "start_share": {
        "concern": {"trigger": "own_concern", "concern": SAID},
        "request": {
            "trigger": "request_received",
            "concern": SAID,
            "requester_name": SAID,
            "requester_organisation": SAID,
            "requester_asks": SAID,
            "requester_verified": "called_back",
        },
    },
    "screen": {
        "no": {"immediate_risk": "no", "crime_suspected": "no"},
        "child": {"immediate_risk": "yes", "crime_suspected": "no", **DANGER},
        "crime": {"immediate_risk": "no", "crime_suspected": "yes", **DANGER},
    },
    "purpose": {
        "yes": _PURPOSE,
        "no": {"purpose_clear": "no", "purpose_missing": SAID},
        "audit_flow": {
            "purpose_clear": "yes",
            "purpose": "learning_audit",
            "sharing_kind": "regular",
            "purpose_detail": SAID,
        },
        "one_audit": {**_PURPOSE, "purpose": "learning_audit", "sharing_kind": "single"},
        "subtle": {**_PURPOSE, "harm_clarity": "subtle"},
        "unclear_urgent": {**_PURPOSE, "harm_clarity": "unclear", "urgency": "urgent"},
        "urgent": {**_PURPOSE, "urgency": "urgent"},
        "cannot_wait": {**_PURPOSE, "urgency": "cannot_wait"},
        "subtle_cannot_wait": {**_PURPOSE, "harm_clarity": "subtle", "urgency": "cannot_wait"},
    },
    "consent": {
        "given": _GIVEN,
        "inform_only": {"share_anyway": "yes", "share_anyway_reason": SAID},
        **{
            status: _no_consent(status)
            for status in (
                "refused",
                "withdrawn",
                "expired",
                "cannot_be_given",
                "not_sought_unsafe",
                "not_sought_unreasonable",
            )
        },
    },
    "identifiable": {
        "yes": {"identifiable": "yes", "who_identifiable": SAID},
        "no": {"identifiable": "no", "reidentification_risk": SAID},
    },
    "lawful_reason": {
        "yes": _REASON,
        "no": {"lawful_reason_found": "no", "no_lawful_reason": SAID},
        "against_wishes": {**_REASON, "wishes": SAID},
        "health": {**_REASON, "confidential": "health_or_care", "confidentiality": "public_interest"},
        "law_enforcement": _LAW_ENFORCEMENT,
    },
    "lead_decides": {
        "share": {"lead_decision": "share", "lead_advice": SAID},
        "advise": {"lead_decision": "advise", "lead_advice": SAID},
        "do_not_share": {"lead_decision": "do_not_share", "lead_advice": SAID},
    },
    "how_much": {
        "fact_and_history": {
            "items": [
                {"item": "Bruise", "item_kind": "fact", "item_source": "Seen", "item_date": "2026"},
                {
                    "item": "Earlier referral",
                    "item_kind": "opinion",
                    "item_source": "File",
                    "item_date": "2019",
                    "item_historical": SAID,
                },
            ],
            "third_parties": SAID,
        }
    },
    "right_person": {
        "called_back": {
            "recipients": [
                {
                    "recipient": "A. Other",
                    "recipient_role": SAID,
                    "recipient_need": SAID,
                    "recipient_checked": "called_back",
                }
            ],
            "recipients_only": True,
        }
    },
    "protect_identities": {
        "nobody": {"identities_at_risk": "no"},
        "neighbour": {"identities_at_risk": "yes", "identities_hidden": SAID, "recipients_know": True},
    },
    "secure": {"email": {"channel": "secure_email", "channel_why": SAID, "channel_policy": "yes"}},
    "principles": {
        "met": {
            **{
                f"principle_{each}": "met"
                for each in ("necessary", "relevant", "adequate", "accurate", "timely", "secure", "record")
            },
            "third_party_impact": SAID,
        }
    },
    "send": {"all": {"sent_at": AT, "sent_by": SAID, "sent_all": "yes", "sent_warned": True}},
    "inform": {
        "after": {"informed": "informed_after", "informed_who": SAID},
        "unsafe": {"informed": "not_informed", "informed_reason": SAID},
    },
    "record_share": {
        decision: {
            "decision": decision,
            "share_reasons": SAID,
            "share_safety": SAID,
            "in_own_record": True,
            "review_at": "2027-03-03",
        }
        for decision in ("share_with_consent", "share_without_consent", "share_anonymised", "partial_share")
    },
    "receipt": {
        "confirmed": {"receipt": "confirmed", "receipt_from": SAID},
        "wrong_person": {"receipt": "wrong_person", "receipt_note": SAID},
    },
    "chase": {"telephone": {"chased_how": SAID, "chased_answer": SAID}},
    "record_not_share": {
        because: {
            "not_share_decision": "not_share",
            "not_share_because": because,
            "not_share_reasons": SAID,
            "not_share_safety": SAID,
            "in_own_record": True,
            "review_at": "2026-04-03",
        }
        for because in ("no_purpose", "no_lawful_reason", "lead_decided", "guardian_declined")
    },
    "discuss_refusal": {
        "yes": {"refusal_discussed": "yes", "refusal_discussed_with": SAID, "refusal_response": SAID}
    },
    "look_again": {
        "no": {"changed": "no", "close_reason": SAID},
        "yes": {"changed": "yes", "new_information": SAID},
    },
    "record_withdrawal": {"stopped": {"withdrawal_detail": SAID, "withdrawal_stopped": "yes"}},
    "tell_recipients": {
        "told": {
            "recipients_told": [{"told_who": SAID, "told_how": "telephone", "told_at": AT}],
            "withdrawal_effect": SAID,
            "withdrawal_person_told": SAID,
        }
    },
    # what is said from the case page
    "new_information": {"told": {"new_information": SAID}},
    "immediate_risk_raised": {"told": DANGER},
    "consent_withdrawn": {"all": {"withdrawn_by": SAID, "withdrawn_at": AT, "withdrawal_scope": "all"}},
    "advice_asked": {
        adviser: {
            "adviser": adviser,
            "advice_urgency": "urgent",
            "advice_question": SAID,
            "advice_summary": SAID,
            "advice_identity_needed": "no",
        }
        for adviser in ("dsl", "ig_lead", "caldicott_guardian", "line_manager", "police_supervisor")
    },
    # immediate danger
    "confirm_call": {"called": {"number_called": "999", **_CALLED}},
    "make_sure": {
        "called": {"lead_called": "lead", **{f"lead_{name}": value for name, value in _CALLED.items()}}
    },
    "police_told": {"acting": {"police_acting": SAID, "police_reference": SAID, "police_action": SAID}},
    "social_care_told": {"acting": {"care_acting": SAID, "care_reference": SAID, "care_action": SAID}},
    # advice
    "give_advice": {"given": {"advice_given": SAID, "advice_reasons": SAID}},
    "use_advice": {
        "followed": {"advice_used": "followed"},
        "departed": {"advice_used": "departed", "advice_departed_reasons": SAID},
    },
    # Caldicott review
    "request_review": {
        "guardian": _review("yes"),
        "own": _review("no_asking"),
        "away": _review("no_away"),
        "answered": {**_review("yes"), "review_answer": SAID},
    },
    "triage": {
        "for_guardian": {"triage": "for_guardian", "triage_reasons": SAID},
        "covered": {"triage": "covered", "triage_agreement": SAID, "triage_reasons": SAID},
        "not_confidential": {"triage": "not_confidential", "triage_reasons": SAID},
    },
    "caldicott_decision": {
        "approve": _caldicott("approve", recurring="no"),
        "approve_in_part": _caldicott(
            "approve_in_part", caldicott_part=SAID, caldicott_conditions=SAID, recurring="no"
        ),
        "approve_with_conditions": _caldicott(
            "approve_with_conditions",
            caldicott_conditions=SAID,
            recurring="yes",
            recurring_review="2026-09-01",
        ),
        "decline": _caldicott("decline"),
        "refer_back": _caldicott("refer_back", caldicott_question=SAID),
        "refer_to_siro": _caldicott("refer_to_siro"),
    },
    "siro_decision": {
        "approve": {"caldicott_decision": "approve", "caldicott_reasons": SAID},
        "decline": {"caldicott_decision": "decline", "caldicott_reasons": SAID},
    },
    # looked at afterwards
    "lead_looks": {
        "right": {"lead_view": "yes", "lead_view_reasons": SAID, "lead_contain": "no"},
        "contain": {
            "lead_view": "partly",
            "lead_view_reasons": SAID,
            "lead_contain": "yes",
            "lead_contain_what": SAID,
        },
    },
    "ratify": {
        "ratified": {"ratification": "ratified", "ratify_reasons": SAID},
        "contain": {"ratification": "contain", "ratify_reasons": SAID, "ratify_contain_what": SAID},
        "not_ratified": {"ratification": "not_ratified", "ratify_reasons": SAID, "ratify_contain_what": SAID},
    },
    "contain": {"done": {"contain_done": SAID}},
}
for beside in sorted(Path(__file__).parent.glob("answers_*.py")):
    ANSWERS.update(import_module(f"{__package__}.{beside.stem}").ANSWERS)
