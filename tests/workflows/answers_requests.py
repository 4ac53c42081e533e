"""What people answer in a walk of another agency's request, and of a professional disagreement."""

from __future__ import annotations

from typing import Any, Final

Answers = dict[str, Any]
AT: Final = "2026-03-03T09:00:00Z"
SAID: Final = "Said in a walk."


def _said(*keys: str, **more: Any) -> Answers:
    return {**dict.fromkeys(keys, SAID), **more}


_REQUEST: Final = {
    **_said("request_from", "request_organisation", "request_contact", "concern"),
    **_said("request_items", "request_purpose"),
    "requester_kind": "council",
    "request_relied_on": "nothing",
    "health_or_care": "no",
    "request_subject_aware": "no",
    "urgency": "routine",
    "request_received_at": AT,
}
_POLICE: Final = _said("request_necessity", "request_proportionality", requester_kind="police")
_BARE: Final = {name: value for name, value in _REQUEST.items() if name != "request_purpose"}
_CHECKED: Final = {
    "request_acknowledged_at": AT,
    "request_verified": "called_back",
    "request_purpose": SAID,
}
_DISPUTE: Final = {
    **_said("disagreement_issue", "disagreement_agency", "disagreement_harm", "disagreement_evidence"),
    **_said("disagreement_wanted", "disagreement_their_view"),
    "disagreement_about": "threshold",
    "other_party": "other",
    "disagreement_urgency": "standard",
    "disagreement_conduct": "no",
}
_STAGE: Final = _said("stage_opposite", "stage_our_view", "stage_their_view", stage_discussed_at=AT)


def _weighed(clarity: str, consent: str = "no", **more: Any) -> Answers:
    return {"harm_clarity": clarity, "request_consent": consent, **more}


ANSWERS: Final[dict[str, dict[str, Answers]]] = {
    "start_partner_request": {
        "council": _REQUEST,
        "police": {**_REQUEST, **_POLICE},
        "police_bare": {**_BARE, "requester_kind": "police"},
        "police_health": {**_REQUEST, **_POLICE, "health_or_care": "yes"},
        "health_cannot_wait": {**_REQUEST, "health_or_care": "yes", "urgency": "cannot_wait"},
        "urgent": {**_REQUEST, "urgency": "urgent"},
        "by_a_day": {**_REQUEST, "request_needed_by": "2026-03-05"},
        "policing_body": {
            **_REQUEST,
            "requester_kind": "local_policing_body",
            "request_relied_on": "section_17",
            "request_authority": SAID,
        },
        "court": {
            **_REQUEST,
            "requester_kind": "court",
            "request_relied_on": "court_order",
            "request_authority": SAID,
        },
        "person": {**_REQUEST, "requester_kind": "person"},
        "hub": {**_REQUEST, "requester_kind": "hub"},
    },
    "check_request": {
        "ready": {**_CHECKED, "request_ready": "yes"},
        "police_ready": {
            **_CHECKED,
            **_said("request_necessity", "request_proportionality"),
            "request_ready": "yes",
        },
        "ask": {**_CHECKED, "request_ready": "ask"},
        "not_verified": {**_CHECKED, "request_verified": "not_verified", "request_ready": "stop"},
    },
    "request_more": {
        "answered": _said("request_more_asked", "request_more_answer", request_more_answered="yes"),
        "silent": {"request_more_asked": SAID, "request_more_answered": "no"},
    },
    "request_route": {
        **{route: {"route_chosen": route} for route in ("decide", "caldicott", "section_17")},
        **{route: {"route_chosen": route} for route in ("subject_access", "hub")},
        "court_order": {"route_chosen": "court_order", "route_legal_advice": SAID},
        "departed": {"route_chosen": "decide", "route_departed": SAID},
    },
    "request_pass_on": {
        "passed": _said("passed_to", "passed_reasons", passed_at=AT, passed_told="yes"),
    },
    "weigh_request": {
        "clear": _weighed("clear"),
        "again": _weighed("clear", request_new_facts=SAID),
        "subtle": _weighed("subtle"),
        "consented": _weighed("clear", "yes", request_consent_detail=SAID),
    },
    "request_decision": {
        "supply": _said("request_decision_reasons", "request_less", request_decision="supply"),
        "supply_again": _said(
            "request_decision_reasons",
            "request_less",
            "request_reconsider_of",
            request_decision="supply",
        ),
        "supply_part": _said(
            "request_decision_reasons", "request_less", "request_not_supplied", request_decision="supply_part"
        ),
        "decline": _said("request_decision_reasons", "request_would_change", request_decision="decline"),
    },
    "request_supply": {
        "sent": {
            "supply_items": [{"supply_item": SAID, "supply_item_kind": "fact", "supply_item_source": SAID}],
            "supply_sent_to": SAID,
            "supply_channel": "secure_email",
            "supply_sent_at": AT,
            "request_looked_through": True,
            "request_quality": True,
            "request_informed": "yes",
        }
    },
    "request_refusal": {
        "discussed": {
            "request_refusal_discussed": "yes",
            "request_refusal_said": SAID,
            "requester_disagrees": "no",
        },
        "disagrees": {
            "request_refusal_discussed": "yes",
            "request_refusal_said": SAID,
            "requester_disagrees": "yes",
        },
    },
    "request_look_again": {
        "stands": {"request_changed": "no", "request_stands_why": SAID},
        "changed": {"request_changed": "yes", "request_changed_what": SAID},
    },
    "request_overdue": {
        each: _said(
            "request_overdue_why",
            "request_overdue_safe",
            "request_overdue_who",
            request_overdue_told=True,
            request_overdue_escalate=further,
        )
        for each, further in (("waits", "no"), ("further", "yes"))
    },
    # disagreement
    "start_disagreement": {
        "standard": _DISPUTE,
        "police": {**_DISPUTE, "other_party": "police", "disagreement_urgency": "high"},
        "information": {**_DISPUTE, "disagreement_about": "information"},
        "health_information": {**_DISPUTE, "disagreement_about": "health_information"},
        "immediate": {**_DISPUTE, "disagreement_urgency": "immediate"},
    },
    "describe_disagreement": {"described": _DISPUTE},
    "choose_stage": {
        "top": {"first_stage": "5", "first_stage_why": SAID},
        "heads": {"first_stage": "3", "first_stage_why": SAID},
    },
    "harm_now": {"now": {"harm_now_what": SAID}},
    "settle_stage": {
        "agreed": {**_STAGE, "stage_result": "agreed", "stage_outcome": SAID},
        "not_agreed": {**_STAGE, "stage_result": "not_agreed", "stage_dissent": SAID},
        "decided": {**_STAGE, "stage_result": "decided", "stage_outcome": SAID},
    },
    "stage_late": {
        "take_up": _said("stage_late_why", "stage_late_safe", stage_late_result="take_up"),
        "wait": _said("stage_late_why", "stage_late_safe", stage_late_result="wait"),
    },
    "record_disagreement": {
        "agreed": _said(
            "disagreement_outcome",
            "disagreement_reasons",
            "disagreement_learning",
            disagreement_result="agreed",
            disagreement_both_told="yes",
            disagreement_child_record=True,
        )
    },
}
