"""What people answer in a walk of the child sex offender disclosure scheme; the rest is in `answers.py`."""

from __future__ import annotations

from typing import Any, Final

Answers = dict[str, Any]
AT: Final = "2026-03-03T09:00:00Z"
SAID: Final = "Said in a walk."


def _said(*keys: str, **more: Any) -> Answers:
    return {**dict.fromkeys(keys, SAID), **more}


def _ticked(*keys: str, **more: Any) -> Answers:
    return {**dict.fromkeys(keys, True), **more}


_APPLICATION: Final = {
    **_said("applicant_name", "applicant_address", "applicant_contact", "applicant_safe_contact"),
    **_said("subject_name", "application_reason"),
    **_ticked("false_information_warned", "applicant_told_process", "no_conflict"),
    "application_immediate_risk": "no",
    "applied_at": AT,
    "means_of_contact": "telephone",
    "applicant_dob": "1961-02-03",
    "applicant_contact_way": "mobile",
    "applicant_child_relationship": "grandparent",
    "subject_relationship": "neighbour",
    "children": [{"child_name": SAID, "child_subject_relationship": SAID, "child_access": SAID}],
}
_CHECKED: Final = {
    **dict.fromkeys(("check_pnc", "check_visor", "check_pnd", "check_local"), "relevant"),
    **_ticked("checks_no_conflict", "checks_private", checks_found=SAID, checks_danger="no"),
}
_SCOPE: Final = {
    "scope_person": "yes",
    "scope_child": "yes",
    "scope_contact": "yes",
    "scope_other": "none",
    "scope": "yes",
    "scope_reasons": SAID,
    "csor_cannot_wait": "no",
}
_PROOF: Final = _said(
    "id_document",
    "address_document",
    "relationship_document",
    identity_proved="yes",
    relationship_proved="yes",
)
_RISK: Final = {
    **_said("convictions_detail", "risk_reasons", "disclosure_risks", "proposed_words"),
    "child_sex_convictions": "yes",
    "mappa_managed": "registered",
    "risk_found": "yes",
    "risk_level": "high",
    "risk_proposal": "disclose",
}
_NO_RISK: Final = {
    **_said("risk_reasons", "disclosure_risks"),
    "child_sex_convictions": "nothing",
    "mappa_managed": "no",
    "risk_found": "no",
    "risk_proposal": "not_disclose",
}
_TESTS: Final = {
    **_said("test_necessary_why", "test_pressing_why", "test_proportionate_why"),
    **dict.fromkeys(("test_necessary", "test_pressing", "test_proportionate", "presumption"), "yes"),
}
_NO_PRESUMPTION: Final = {**_TESTS, "presumption": "not_applicable"}
_RECIPIENT: Final = _said(
    "recipient_name",
    "recipient_why",
    "approved_words",
    recipient_relationship="parent",
    recipient_is_applicant="no",
    child_interest="yes",
)
_DISCLOSE: Final = _said(
    "decision_reasons",
    "decision_panel",
    "decision_policy_document",
    disclosure_decision="disclose",
    decision_power="police_common_law",
    decision_section_35="law_enforcement_task",
    decision_schedule_8="safeguarding_law_enforcement",
)
_NOT_DISCLOSE: Final = _said(
    "decision_reasons", "decision_panel", "other_protection", disclosure_decision="not_disclose"
)
_WARNED: Final = {
    **_ticked(*(f"warned_{each}" for each in ("in_person", "purpose", "confidential", "legal", "explained"))),
    **_said("warned_by", "undertaking_witness"),
}
_CHANGED: Final = {"recheck_changed": "yes", "recheck_found": SAID}
_LATE: Final = ("why", "safe", "by")

ANSWERS: Final[dict[str, dict[str, Answers]]] = {
    "csor_application": {
        "application": _APPLICATION,
        "danger": {
            **_APPLICATION,
            "application_immediate_risk": "yes",
            "application_danger": SAID,
            "application_where": SAID,
        },
    },
    "csor_initial_checks": {
        "relevant": {
            **_CHECKED,
            "checks_concern": "no",
        },
        "concern": {**_CHECKED, "checks_concern": "yes"},
        "danger": {**_CHECKED, "checks_danger": "yes", "danger_what": SAID},
    },
    "csor_checks_late": {"late": _said(*(f"checks_late_{each}" for each in _LATE))},
    "csor_interview_late": {"late": _said(*(f"interview_late_{each}" for each in _LATE))},
    "csor_scope": {
        "yes": _SCOPE,
        "cannot_wait": {**_SCOPE, "csor_cannot_wait": "yes", "cannot_wait_why": SAID},
        "no": {
            **{name: value for name, value in _SCOPE.items() if name != "csor_cannot_wait"},
            "scope_other": "employment",
            "scope": "no",
        },
    },
    "csor_interview": {
        "in_person": {
            **_said("interview_present", "interview_account", interviewed_at=AT, interview_how="in_person"),
            **_ticked(
                *(
                    f"interview_{each}"
                    for each in ("understands", "undertaking", "false_warned", "nothing_said")
                )
            ),
        }
    },
    "csor_proof": {
        "proved": _PROOF,
        "not_identity": {**_PROOF, "identity_proved": "no", "not_proved_why": SAID},
        "not_relationship": {**_PROOF, "relationship_proved": "no", "not_proved_why": SAID},
    },
    "csor_safety_advice": {
        "no_concern": {
            "advice_on": ["signs", "online"],
            "advice_at": AT,
            "scope_explained": "goes_on",
            "child_concern": "no",
        },
        "concern": {
            "advice_on": ["emergency"],
            "advice_at": AT,
            "scope_explained": "yes",
            "child_concern": "yes",
            "child_concern_why": SAID,
        },
    },
    "csor_partners": {
        "three": {
            "partner_requests": [
                {"partner": role, "partner_about": f"About, for {role}", "partner_question": SAID}
                for role in ("csc_screening", "mash_health", "mash_education")
            ],
            "mappa_consulted": "not_managed",
        }
    },
    "csor_partner_return": {
        "held": _said("partner_content", "partner_who", partner_holds="yes", partner_kind="fact"),
        "nothing": {"partner_holds": "no", "partner_who": SAID},
    },
    "csor_chase_partner": {
        "without": _said("chase_said", "chase_why", chase_result="without"),
        "wait": {"chase_said": SAID, "chase_result": "wait"},
        "escalate": {"chase_said": SAID, "chase_result": "escalate"},
    },
    "partner_silence": {
        "yes": _ticked(
            "silence_nothing_secret", silence_result="yes", silence_issue=SAID, silence_officer=SAID
        ),
        "no": {"silence_result": "no", "silence_why_not": SAID},
    },
    "csor_hub": {
        "told": {
            **_ticked("csor_hub_nothing_secret", csor_hub_tell="yes"),
            **_said("csor_hub_concern", "csor_hub_caution", "csor_hub_officer"),
            "csor_hub_children": [
                {"csor_hub_child": "Maya", "csor_hub_dob": "2018-05-01", "csor_hub_where": SAID}
            ],
        },
        "told_before": {"csor_hub_tell": "no", "csor_hub_told_before": SAID},
    },
    "csor_hub_late": {"late": _said(*(f"csor_hub_late_{each}" for each in _LATE))},
    "csor_child_found": {"found": {"csor_child_found_what": SAID}},
    "csor_urgent": {
        answer: _said("urgent_authority_reasons", "urgent_protection", urgent_authorised=answer)
        for answer in ("yes", "no")
    },
    "csor_risk": {
        "convicted": _RISK,
        "intelligence": {**_RISK, "child_sex_convictions": "no"},
        "none": _NO_RISK,
    },
    "csor_review": {
        "sound": {"review_own_eyes": True, "review_result": "sound", "review_reasons": SAID},
        "back": _said("review_question", "review_reasons", review_own_eyes=True, review_result="back"),
    },
    "csor_recheck": {
        "no": {"recheck_changed": "no", "recheck_found": SAID},
        "nothing_new": {**_CHANGED, "recheck_danger": "no", "recheck_concern": "no"},
        "concern": {**_CHANGED, "recheck_danger": "no", "recheck_concern": "yes"},
        "danger": {**_CHANGED, "recheck_danger": "yes", "danger_what": SAID},
    },
    "csor_views": {
        why: {"subject_views_sought": why, "subject_views_reasons": SAID}
        for why in ("not_sought_risk", "not_sought_urgent", "not_sought_prejudice", "sought")
    },
    "csor_invite_views": {
        "in_person": {
            "views_invited_at": AT,
            "views_invited_how": "in_person",
            "views_invited_words": SAID,
            "views_applicant_hidden": True,
        }
    },
    "csor_views_answer": {"given": {"subject_views_given": "yes", "subject_views": SAID}},
    "csor_weigh_views": {"none": {"subject_views_effect": "none", "subject_views_weight": SAID}},
    "csor_tests": {
        "met": _TESTS,
        "met_without_presumption": _NO_PRESUMPTION,
        "not_met": {**_NO_PRESUMPTION, "test_pressing": "no"},
    },
    "csor_recipient": {
        "parent": _RECIPIENT,
        "applicant": {**_RECIPIENT, "recipient_is_applicant": "yes"},
        "not_in_interest": {**_RECIPIENT, "child_interest": "no"},
    },
    "csor_decision": {
        "disclose": _DISCLOSE,
        "not_disclose": _NOT_DISCLOSE,
        "against_presumption": {**_NOT_DISCLOSE, "presumption_departed": SAID},
    },
    "csor_plan_visit": {"safe": _said("visit_officers", "visit_where", visit_with="nobody")},
    "csor_undertaking": {
        "signed": {**_WARNED, "undertaking": "signed", "undertaking_where_kept": SAID},
        "refused": {**_WARNED, "undertaking": "refused", "undertaking_refusal": SAID},
        "not_heard": {**_WARNED, "undertaking": "not_heard", "undertaking_refusal": SAID},
    },
    "csor_tell": {
        "told": {
            **_ticked("told_nothing_written", "told_warned_again"),
            **_said("told_who", "told_by", "told_where", "told_words", "told_reaction", "told_support"),
            "told_at": AT,
        }
    },
    "csor_not_signed": {
        "tell_all_the_same": {"undertaking_decision": "tell_all_the_same", "undertaking_reasons": SAID},
        "another_protector": _said(
            "undertaking_reasons",
            "other_recipient_name",
            "other_recipient_why",
            undertaking_decision="another_protector",
        ),
        **{
            way: _said("undertaking_reasons", "undertaking_protection", undertaking_decision=way)
            for way in ("safeguarding_route", "not_disclose")
        },
    },
    "csor_urgent_paperwork": {"no": {"paperwork_missing": SAID, "paperwork_changes": "no"}},
    "csor_inform_subject": {
        "not_told": {"subject_told": "not_told", "subject_told_reasons": SAID},
        "told": _said(
            "subject_told_reasons", "subject_told_by", subject_told="told", subject_applicant_hidden=True
        ),
    },
    "csor_tell_applicant": {
        "dealt_with": {
            "applicant_told": "dealt_with",
            "applicant_told_how": "telephone",
            "applicant_told_words": SAID,
            "applicant_told_neutral": True,
        },
        "nothing": {
            "applicant_told": "nothing",
            "applicant_told_how": "not_told",
            "applicant_told_neutral": True,
        },
    },
    "csor_record": {
        outcome: _said(
            "outcome_reasons",
            "outcome_safety",
            outcome=outcome,
            outcome_sealed=True,
            outcome_review="2027-03-03",
        )
        for outcome in ("disclosed", "out_of_scope", "not_proved", "not_disclosed", "not_told")
    },
    "csor_breach_watch": {
        "kept": {"undertaking_kept": "kept", "watch_found": SAID},
        "watch_on": {"undertaking_kept": "watch_on", "watch_found": SAID},
        "broken": {"undertaking_kept": "broken", "breach_what": SAID},
    },
    "csor_breach": {
        "proceedings": _said(
            "breach_safety", "breach_action_reasons", breach_action="proceedings", breach_data="no"
        )
    },
    "csor_close": {
        "complete": {"close_clocks": "yes", "close_records": "yes", "close_child": "yes", "close_note": SAID}
    },
    "csor_overdue": {"late": _said("overdue_reasons", "overdue_by")},
    "csor_interim_plan": {"plan": _said("overdue_plan", "overdue_plan_who", overdue_applicant_told="yes")},
    "csor_remind": {"holds": {"remind_reason": SAID, "remind_plan_holds": "yes"}},
}
