"""What people answer in walks of breaches, rights, keeping, impact assessment and consent."""

from __future__ import annotations

from typing import Any, Final

Answers = dict[str, Any]
AT: Final = "2026-03-03T09:00:00Z"
LATER: Final = "2026-03-10T09:00:00Z"
SAID: Final = "Said in a walk."


def _said(*keys: str, **more: Any) -> Answers:
    return {**dict.fromkeys(keys, SAID), **more}


def _without(answers: Answers, *keys: str) -> Answers:
    return {key: value for key, value in answers.items() if key not in keys}


# Breach ----------------------------------------------------------------------------------------------------

_BREACH: Final = _said(
    "breach_what",
    "breach_about",
    breach_danger_now="no",
    breach_aware_at=AT,
    breach_kind="wrong_recipient",
    breach_regime="general",
)
_UNDERTAKING: Final = _said("undertaking_what", undertaking_known_at=AT, undertaking_scheme="csor")
_TOLD: Final = {"people_told_reasons": SAID, "people_told_safely": True}
_BREACHES: Final[dict[str, dict[str, Answers]]] = {
    "start_breach": {
        "wrong_recipient": _BREACH,
        "danger": {
            **_BREACH,
            "breach_danger_now": "yes",
            "breach_danger": SAID,
            "breach_where": SAID,
        },
        "undertaking": {**_BREACH, "breach_kind": "undertaking"},
        "wrong_data": {**_BREACH, "breach_kind": "wrong_data"},
    },
    "breach_contain": {
        "yes": _said("containment", contained="yes", others_hold_it="no"),
        "held": _said("containment", "containment_left", contained="partly", others_hold_it="yes"),
        "no": _said("containment", "containment_left", contained="no", others_hold_it="yes"),
    },
    "breach_notify": {
        "told": {
            "notified": [{"notified_who": SAID, "notified_about": "destroy", "notified_at": AT}],
            "notified_answer": SAID,
        }
    },
    "breach_assess": {
        risk: _said("breach_effects", "breach_people", "breach_risk_reasons", breach_risk=risk)
        for risk in ("high", "risk", "unlikely")
    },
    "breach_report_decision": {
        answer: _said("breach_report_reasons", breach_report=answer) for answer in ("yes", "no")
    },
    "breach_report_check": {
        answer: _said("report_check_reasons", report_check=answer) for answer in ("agree", "report")
    },
    "breach_reported": {
        "in_time": _said("commissioner_reference", commissioner_told_at=AT, report_complete="complete"),
        "late": _said(
            "commissioner_reference", "report_delay", commissioner_told_at=LATER, report_complete="to_follow"
        ),
    },
    "breach_overdue": {"late": _said("breach_late_why", "breach_late_plan")},
    "breach_tell": {
        answer: {**_TOLD, "people_told_breach": answer}
        for answer in ("told", "public", "protected", "removed", "unsafe")
    },
    "breach_log": {"log": _said("breach_remedy", "breach_reference", "breach_reasons")},
    "start_undertaking_breach": {"broken": _UNDERTAKING},
    "undertaking_harm": {
        "child": _said(
            "undertaking_harm_reasons", undertaking_child_harm="yes", undertaking_subject_harm="no"
        ),
        "subject": _said(
            "undertaking_harm_reasons", undertaking_child_harm="no", undertaking_subject_harm="yes"
        ),
        "nobody": _said(
            "undertaking_harm_reasons", undertaking_child_harm="no", undertaking_subject_harm="no"
        ),
    },
    "undertaking_protect": {"steps": _said("undertaking_steps", undertaking_care_told="told")},
    "undertaking_outcome": {
        answer: _said(
            "undertaking_legal", "undertaking_reasons", undertaking_action=answer, undertaking_no_more=True
        )
        for answer in ("proceedings", "warning", "advice", "none")
    },
}

# Keeping ---------------------------------------------------------------------------------------------------

_RECORD: Final = {
    "record_reference": "R-1",
    "record_class": "police_intelligence",
    "record_last_contact_on": "2015-06-01",
    "csa_related": "no",
}
_DESCRIBED: Final = {name: value for name, value in _RECORD.items() if name != "record_reference"}
_DECIDED: Final = {"retention_reasons": SAID}
_KEEPING: Final[dict[str, dict[str, Answers]]] = {
    "start_retention_review": {
        "over": _RECORD,
        "running": {**_RECORD, "record_last_contact_on": "2025-06-01"},
        "not_set": {**_RECORD, "record_class": "other"},
        "sexual_abuse": {**_RECORD, "csa_related": "yes"},
        "not_known": {**_RECORD, "csa_related": "not_known"},
        "looked_after": {**_RECORD, "record_class": "looked_after", "record_born_on": "2010-05-01"},
        "child": {**_RECORD, "record_class": "disclosure_scheme", "record_born_on": "2018-05-01"},
        "grown_up": {**_RECORD, "record_class": "disclosure_scheme", "record_born_on": "2000-05-01"},
    },
    "retention_record": {
        "over": _DESCRIBED,
        "running": {**_DESCRIBED, "record_last_contact_on": "2025-06-01"},
        "sexual_abuse": {**_DESCRIBED, "csa_related": "yes"},
    },
    "retention_holds": {"no": {"on_hold": "no"}, "yes": {"on_hold": "yes", "hold_what": SAID}},
    "retention_needed": {answer: _said("needed_why", still_needed=answer) for answer in ("no", "yes")},
    "retention_decision": {
        "dispose": {**_DECIDED, "retention_choice": "dispose"},
        "keep": {**_DECIDED, "retention_choice": "keep"},
        "keep_departing": {**_DECIDED, "retention_choice": "keep", "retention_departed": SAID},
        "indefinitely": {
            **_said("retention_reasons", "retention_departed", "indefinite_why"),
            "retention_choice": "keep_indefinitely",
        },
        "anonymise": {**_DECIDED, "retention_choice": "anonymise"},
        "transfer": {**_DECIDED, "retention_choice": "transfer", "retention_departed": SAID},
    },
    "retention_second": {
        answer: _said("second_reasons", second_agrees=answer, second_holds=True) for answer in ("yes", "no")
    },
    "retention_carry_out": {
        "erased": {
            "disposed_how": "erased",
            "disposed_at": AT,
            "disposed_copies": SAID,
            "audit_kept": True,
        }
    },
    "retention_hold_set": {"inquiry": _said("hold_set_by", "hold_set_why")},
    "retention_held": {"held": {"held_reasons": SAID, "held_stopped": True}},
    "retention_review_now": {"asked": {"review_now_why": SAID}},
}

# Impact assessment -----------------------------------------------------------------------------------------

_FLOW: Final = {
    **_said("flow_name", "flow_why", "flow_data"),
    "flow_parties": [{"party_name": SAID, "party_part": "both"}],
    "flow_health": "no",
    "flow_regime": "general",
    "share_waiting": "no",
}
_CONSULTED: Final = _said("consulted_with", "consulted_reference", consulted_at=AT)
_ASSESSMENT: Final[dict[str, dict[str, Answers]]] = {
    "start_impact_assessment": {
        "flow": _FLOW,
        "health": {**_FLOW, "flow_health": "yes"},
        "law_enforcement": {**_FLOW, "flow_regime": "law_enforcement"},
        "share_waiting": {**_FLOW, "share_waiting": "yes"},
    },
    "share_flow": {"flow": {name: value for name, value in _FLOW.items() if name != "share_waiting"}},
    "impact_systematic": {
        "regular": _said("flow_kind_reasons", flow_kind="regular"),
        "one_off": _said("flow_kind_reasons", flow_kind="one_off"),
        "covered": _said("flow_kind_reasons", "flow_covered_by", flow_kind="covered"),
    },
    "impact_screen": {
        "high": _said("high_risk_reasons", flow_features=["large_scale"], high_risk="yes"),
        "not_high": _said("high_risk_reasons", flow_features=[], high_risk="no"),
    },
    "impact_describe": {
        "described": _said(
            "impact_description", "impact_necessity", "impact_basis", "impact_told", "impact_asked"
        )
    },
    "impact_risks": {
        "risks": {
            "impact_risk_list": [
                {
                    **_said("risk_what", "risk_measure"),
                    "risk_likelihood": "medium",
                    "risk_severity": "high",
                    "risk_left": "low",
                }
            ]
        }
    },
    "impact_advice": {
        "sound": _said("impact_advice_text", impact_advice_is="sound", residual_high="no"),
        "high_remains": _said("impact_advice_text", impact_advice_is="sound", residual_high="yes"),
        "back": _said("impact_advice_text", impact_advice_is="back"),
    },
    "impact_guardian": {
        view: _said("guardian_view_reasons", guardian_view=view)
        for view in ("supports", "conditions", "not_supported")
    },
    "commissioner_consult": {"consulted": _CONSULTED},
    "commissioner_answer": {
        answer: _said("commissioner_advice_text", commissioner_answer=answer)
        for answer in ("go_on", "change", "infringes", "extended")
    },
    "commissioner_late": {"asked_again": _said("commissioner_late_plan")},
    "impact_accept": {
        "accept": _said("goes_ahead_reasons", goes_ahead="accept"),
        "against_the_guardian": _said("goes_ahead_reasons", "guardian_departed", goes_ahead="accept"),
        "change": _said("goes_ahead_reasons", goes_ahead="change"),
        "stop": _said("goes_ahead_reasons", goes_ahead="stop"),
    },
    "impact_agreement": {
        "signed": {
            **_said("agreement_reference", "register_reference", "agreement_reasons"),
            "signatures": [{**_said("signature_party", "signature_name"), "signature_on": "2026-03-02"}],
            "all_signed": True,
        }
    },
    "impact_review": {
        result: _said("review_reasons", review_result=result) for result in ("ended", "holds", "changed")
    },
    "flow_changed": {"changed": _said("flow_changed_what")},
}

# Rights ----------------------------------------------------------------------------------------------------

_REQUEST: Final = _said(
    "rights_request",
    "requester_name",
    "rights_contact",
    rights_received_at=AT,
    right="access",
    requester_is="self",
    regime="general",
)
_THIRD: Final = {"third_party": SAID, "third_decision": "redact", "third_reasons": SAID}
_HELD_BACK: Final = _said("exemption_reasons", gives="part", exemptions=["crime"], serious_harm_claimed="no")
_ANSWERED: Final = _said("answer_reasons", answered_at=LATER, answer_complaint=True, answer_safe=True)
_WEIGHED: Final = _said(
    "sealed_reasons", sealed_gives="part", sealed_grounds=["crime"], sealed_tell="neither"
)
_RIGHTS: Final[dict[str, dict[str, Answers]]] = {
    "start_rights_request": {
        "access": _REQUEST,
        "parent": {**_REQUEST, "requester_is": "parent", "rights_about": SAID},
        "law_enforcement": {**_REQUEST, "regime": "law_enforcement"},
        **{
            right: {**_REQUEST, "right": right}
            for right in ("rectification", "erasure", "restriction", "objection")
        },
    },
    "rights_identity": {
        "yes": {"identity_known": "yes"},
        "for_another": {"identity_known": "yes", "authority_seen": SAID},
        "ask": {"identity_known": "ask", "identity_doubt": SAID, "identity_asked_at": AT},
    },
    "rights_await_identity": {
        "proved": _said("identity_outcome_note", identity_outcome="proved", identity_at=LATER),
        "not_proved": _said("identity_outcome_note", identity_outcome="not_proved"),
        "withdrawn": _said("identity_outcome_note", identity_outcome="withdrawn"),
    },
    "rights_chase_identity": {"again": _said("identity_chased_note", identity_chased_at=LATER)},
    "rights_not_taken": {
        because: _said("not_taken_reasons", not_taken_because=because, not_taken_told=True)
        for because in ("not_proved", "withdrawn")
    },
    "rights_find": {
        answer: _said("rights_found", searched=["case_records"], live_case=answer) for answer in ("no", "yes")
    },
    "rights_second_key": {
        answer: {"second_key_returned": answer} for answer in ("nothing_to_add", "material")
    },
    "rights_third_parties": {
        "nobody": {"others_in_it": "no"},
        "redact": {"others_in_it": "yes", "third_parties": [_THIRD], "third_ask": "no"},
        "ask": {
            "others_in_it": "yes",
            "third_parties": [{**_THIRD, "third_decision": "ask"}],
            "third_ask": "yes",
        },
    },
    "rights_exemptions": {
        "all": {"gives": "all"},
        "part": _HELD_BACK,
        "law_enforcement": _without(_HELD_BACK, "serious_harm_claimed"),
        "child_abuse_data": {**_HELD_BACK, "exemptions": ["child_abuse_data"]},
        **{
            f"harm_{adviser}": {
                **_HELD_BACK,
                "gives": "none",
                "exemptions": ["serious_harm"],
                "serious_harm_claimed": "yes",
                "harm_adviser": adviser,
            }
            for adviser in ("caldicott_guardian", "csc_manager", "dsl")
        },
    },
    "rights_harm_view": {
        answer: _said("serious_harm_reasons", serious_harm_likely=answer) for answer in ("yes", "no")
    },
    "rights_change": {
        answer: _said("change_reasons", change_decision=answer)
        for answer in ("done", "part", "refused", "restricted")
    },
    "rights_tell_recipients": {"told": {"change_told": [{"change_told_who": SAID, "change_told_at": LATER}]}},
    "rights_review": {
        answer: _said("rights_review_reasons", rights_review_is=answer) for answer in ("agree", "back")
    },
    "rights_answer": {
        "given": {**_ANSWERED, "answer_says": "given"},
        "neither": {**_ANSWERED, "answer_says": "neither", "answer_neutral": True},
        "changed": {**_ANSWERED, "answer_says": "changed"},
    },
    "more_time_needed": {"complex": {"more_time_why": SAID}},
    "rights_tell_more_time": {
        "in_time": {"more_time_told_at": LATER, "more_time_in_time": "yes"},
        "late": {"more_time_told_at": LATER, "more_time_in_time": "no", "more_time_late": SAID},
    },
    "rights_late": {"late": _said("rights_late_why", "rights_late_plan")},
    "sealed_search": {answer: _said("sealed_searched", sealed_held=answer) for answer in ("no", "yes")},
    "sealed_weigh": {
        "part": _WEIGHED,
        "none": {**_WEIGHED, "sealed_gives": "none"},
        "all": _said("sealed_reasons", sealed_gives="all"),
    },
    "sealed_second": {
        answer: _said("sealed_second_reasons", sealed_agrees=answer) for answer in ("yes", "back")
    },
}

# Consent ---------------------------------------------------------------------------------------------------

_CONSENT: Final = _said(
    "consent_person",
    "consent_scope",
    "consent_recipients",
    "consent_evidence",
    "consent_explained_by",
    consent_status="given",
    consent_capacity="adult_capacity",
    consent_method="recorded_verbal",
    consent_lasting="no",
    consent_free=True,
)
_CONSENTS: Final[dict[str, dict[str, Answers]]] = {
    "consent_route": {
        "ask": {"consent_route": "ask"},
        **{
            route: {"consent_route": route, "consent_reason": SAID}
            for route in ("anyway", "not_sought_unsafe", "not_sought_unreasonable", "cannot_be_given")
        },
    },
    "consent_answer": {
        "given": _CONSENT,
        "lasting": {**_CONSENT, "consent_lasting": "yes"},
        **{
            status: _said("consent_person", "consent_reason", consent_status=status)
            for status in ("refused", "withdrawn")
        },
    },
    "consent_reconfirm": {
        answer: _said("still_consents_note", still_consents=answer) for answer in ("yes", "no", "not_reached")
    },
    "consent_ended": {
        status: {
            "consent_status": status,
            "nothing_more_shared": True,
            "ended_told": [{"ended_told_who": SAID, "ended_told_at": AT}],
            "ended_basis": SAID,
        }
        for status in ("withdrawn", "expired")
    },
}

ANSWERS: Final[dict[str, dict[str, Answers]]] = {
    **_BREACHES,
    **_KEEPING,
    **_ASSESSMENT,
    **_RIGHTS,
    **_CONSENTS,
}
