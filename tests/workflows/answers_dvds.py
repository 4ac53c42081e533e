"""What people answer in a walk of the domestic violence disclosure scheme; the rest is in `answers.py`."""

from __future__ import annotations

from typing import Any, Final

Answers = dict[str, Any]
AT: Final = "2026-03-03T09:00:00Z"
LATER: Final = "2027-03-03"
SAID: Final = "Said in a walk."


def _said(*keys: str, **more: Any) -> Answers:
    return {**dict.fromkeys(keys, SAID), **more}


def _ticked(*keys: str, **more: Any) -> Answers:
    return {**dict.fromkeys(keys, True), **more}


def _without(answers: Answers, *keys: str) -> Answers:
    return {key: value for key, value in answers.items() if key not in keys}


# How it comes ----------------------------------------------------------------------

_PEOPLE: Final = {
    **_said("a_name", "a_address", "b_name", "safe_when", "safe_codeword"),
    "safe_way": "call",
    "safe_voicemail": "no",
    "dvds_relationship": "living_together",
    "dv_children_known": "no",
    "dvds_danger_now": "no",
}
_CONTACT: Final = {
    **_PEOPLE,
    "contacted_at": AT,
    "dvds_prompt": SAID,
    "dvds_crime": "no",
    **_ticked("dvds_b_not_told", "dvds_no_conflict"),
}
_ASK: Final = {
    **_CONTACT,
    "dvds_route": "ask",
    "dvds_channel": "101",
    "applicant_is": "a",
    **_ticked("dvds_told_process", "dvds_false_warned"),
}
_C: Final = _said("c_name", "c_relationship", "c_safe", applicant_is="c", c_a_knows="no")
_KNOW: Final = {
    **_CONTACT,
    "dvds_route": "know",
    "dvds_channel": "officer",
    "indicator_kind": "incident",
    "indicator_grading": SAID,
}
_CHILD: Final = {"dv_children_known": "yes", "dv_children": [{"dv_child_name": SAID}]}
_DANGER: Final = {"dvds_danger_now": "yes", "dvds_danger_what": SAID}
_REFERRAL: Final = {
    **_PEOPLE,
    **_said("referral_reason", "referral_support"),
    "referral_a_knows": "no_unsafe",
    "referral_no_conflict": True,
}
_HUB: Final = {
    **_said("dv_hub_concern", "dv_hub_caution", "dv_hub_officer"),
    "dv_hub_children": [{"dv_hub_child": "Maya", "dv_hub_where": "At school"}],
    "dv_hub_nothing_secret": True,
}

# What is found and decided ----------------------------------------------------------------------

_CHECKS: Final = ("pnc", "pnd", "visor", "local", "history", "children")
_SCOPE: Final = {
    "scope_intimate": "yes",
    "scope_other_way": "none",
    "dvds_scope": "yes",
    "dvds_scope_reasons": SAID,
    "dvds_cannot_wait": "no",
}
_OUTSIDE: Final = {
    **_without(_SCOPE, "dvds_cannot_wait"),
    "scope_other_way": "employment",
    "dvds_scope": "no",
}
_MET: Final = {
    **_said("meeting_where", "meeting_account"),
    "met_at": AT,
    "meeting_result": "met",
    "meeting_given": ["emergency", "support"],
    "meeting_support_consent": "yes",
    **_ticked("meeting_nothing_said", "meeting_safe_again"),
}
_AGENCIES: Final = ("csc_screening", "mash_health", "idva")
_RISK: Final = {
    **_said("b_violence_detail", "dv_risk_reasons", "dv_risk_children", "dv_words_draft"),
    "b_violence": "convictions",
    "concern_found": "yes",
    "risk_band": "medium",
    "risk_imminent": "weeks",
    "dv_proposal": "disclose_a",
}
_NO_RISK: Final = {
    **_said("dv_risk_reasons", "dv_risk_children"),
    "b_violence": "nothing",
    "concern_found": "no",
    "risk_band": "standard",
    "risk_imminent": "not_soon",
    "dv_proposal": "no_disclosure",
}
_FORUM: Final = {
    "forum_kind": "panel",
    "forum_members": [
        {"forum_agency": each, "forum_organisation": "police", "forum_member_name": SAID}
        for each in ("health", "probation")
    ],
    "forum_no_conflict": True,
}
_PARTS: Final = ("pressing", "lawful", "necessary", "proportionate")
_TESTS: Final = {
    **{f"dv_{part}": "yes" for part in _PARTS},
    **{f"dv_{part}_why": SAID for part in _PARTS},
}
_DISCLOSE: Final = _said(
    "dvds_decision_reasons",
    "dvds_dissent",
    "dvds_policy_document",
    dvds_decision="disclose",
    dvds_power="police_common_law",
    dvds_schedule_8="safeguarding_law_enforcement",
)
_NOT_DISCLOSE: Final = _said(
    "dvds_decision_reasons", "dvds_dissent", "dvds_other_protection", dvds_decision="not_disclose"
)
_WARNED: Final = {
    **_ticked(*(f"dv_warned_{each}" for each in ("purpose", "confidential", "legal", "b"))),
    **_said("dv_warned_by", "dv_witness"),
}
_NEUTRAL: Final = {"dv_applicant_neutral": True, "dv_applicant_support": "yes"}
_IN_PERSON: Final = {"dv_applicant_how": "in_person", "dv_applicant_words": SAID, **_NEUTRAL}
_CLOSE: Final = {
    **_said("dv_close_next", "dv_close_note"),
    "dv_close_clocks": "yes",
    "dv_close_records": "yes",
    "dv_close_children": "none",
    "dv_close_b": "no",
}

ANSWERS: Final[dict[str, dict[str, Answers]]] = {
    "dvds_first_contact": {
        "ask": _ASK,
        "ask_for_another": {**_ASK, **_C},
        "know": _KNOW,
        "ask_child": {**_ASK, **_CHILD},
        "ask_danger": {**_ASK, **_DANGER},
        "ask_danger_child": {**_ASK, **_DANGER, **_CHILD},
    },
    "dvds_referral": {"asked": _REFERRAL, "danger": {**_REFERRAL, **_DANGER}},
    "dvds_referral_record": {
        "protect": _said("referral_power", "referral_reasons", "referral_safety", referral_ground="protect")
    },
    "dvds_hub": {"told": _HUB},
    "dvds_child_found": {"found": _HUB},
    "dvds_first_checks": {
        "relevant": {
            **{f"dv_check_{each}": "relevant" for each in _CHECKS},
            "first_checks_found": SAID,
            "first_risk": "medium",
            "first_danger": "no",
            **_ticked("first_checks_private", "first_checks_no_conflict"),
        }
    },
    "dvds_scope": {
        "yes": _SCOPE,
        "no": _OUTSIDE,
        "cannot_wait": {**_SCOPE, "dvds_cannot_wait": "yes", "dvds_cannot_wait_why": SAID},
    },
    "dvds_urgent": {
        way: _said("dvds_urgent_protection", "dvds_urgent_reasons", dvds_urgent_way=way)
        for way in ("yes", "no")
    },
    "dvds_late": {
        what: _said(
            "dvds_late_why", "dvds_late_safe", "dvds_late_by", dvds_late_what=what, dvds_late_risk="medium"
        )
        for what in ("checks", "meeting")
    },
    "dvds_meeting": {
        "met": _MET,
        "withdrawn": {"meeting_result": "withdrawn", "meeting_not_why": SAID},
        "not_reached": {"meeting_result": "not_reached", "meeting_not_why": SAID},
    },
    "dvds_proof": {
        "proved": _said("dvds_id_one", "dvds_id_two", "dvds_address_seen", dvds_proved="yes"),
        "not_proved": _said("dvds_address_seen", "dvds_not_proved_why", dvds_proved="no"),
    },
    "dvds_go_on": {way: {"dvds_on_anyway": way, "dvds_on_anyway_reasons": SAID} for way in ("yes", "no")},
    "dvds_usable": {"yes": {"usable": "yes", "usable_why": SAID}},
    "dvds_reach": {
        "yes": {"reach": "yes", "reach_how": SAID, "reach_knows": "nothing"},
        "not_now": {"reach": "not_now", "reach_how": SAID, "reach_knows": "nothing"},
    },
    "dvds_balance": {
        "less": {"balance": "less", "balance_reasons": SAID},
        "not_now": _said("balance_reasons", "balance_protection", balance="not_now"),
        "more": _said("balance_reasons", "balance_protection", balance="more"),
    },
    "dvds_dash": {
        risk: {"dash_how": "with_a", "dash_score": 9, "dash_risk": risk, "dash_why": SAID}
        for risk in ("medium", "high")
    },
    "dvds_partners": {
        "three": {
            "dvds_requests": [
                {
                    "dvds_partner": role,
                    "dvds_partner_about": f"About, for {role}",
                    "dvds_partner_question": SAID,
                }
                for role in _AGENCIES
            ]
        }
    },
    "dvds_partner_return": {
        "held": _said(
            "dvds_partner_content",
            "dvds_partner_who",
            dvds_partner_holds="yes",
            dvds_partner_kind="fact",
            dvds_partner_confidence="sure",
            dvds_partner_no_conflict=True,
        ),
        "nothing": {
            "dvds_partner_holds": "no",
            "dvds_partner_who": SAID,
            "dvds_partner_no_conflict": True,
        },
    },
    "dvds_chase_partner": {
        "without": _said("dvds_chase_said", "dvds_chase_why", dvds_chase_result="without"),
        "wait": {"dvds_chase_said": SAID, "dvds_chase_result": "wait"},
        "escalate": {"dvds_chase_said": SAID, "dvds_chase_result": "escalate"},
    },
    "dvds_risk": {"medium": _RISK, "high": {**_RISK, "risk_band": "high"}, "none": _NO_RISK},
    "dvds_review": {
        "sound": {"dv_review_own_eyes": True, "dv_review_result": "sound", "dv_review_reasons": SAID},
        "back": _said(
            "dv_review_question", "dv_review_reasons", dv_review_own_eyes=True, dv_review_result="back"
        ),
    },
    "dvds_marac": {"referred": _said("marac_ref", "idva_told", marac_at=AT, idva_may_contact="yes")},
    "dvds_idva": {"supported": _said("idva_plan", "idva_who", idva_reached="yes")},
    "dvds_idva_late": {
        "other": {"idva_late_said": SAID, "idva_late_result": "other"},
        "wait": {"idva_late_said": SAID, "idva_late_result": "wait"},
    },
    "dvds_forum": {
        "panel": _FORUM,
        "marac": {**_FORUM, "forum_kind": "marac"},
        "delegated": {"forum_kind": "delegated", "forum_consulted": SAID, "forum_no_conflict": True},
    },
    "dvds_member_view": {
        "disclose": {"member_view": "disclose", "member_reasons": SAID, "member_no_conflict": True}
    },
    "dvds_member_late": {
        "without": {"member_late_said": SAID, "member_late_result": "without"},
        "wait": {"member_late_said": SAID, "member_late_result": "wait"},
    },
    "dvds_views": {
        why: {"b_views": why, "b_views_reasons": SAID}
        for why in ("not_sought_risk", "not_sought_urgent", "not_sought_prejudice", "sought")
    },
    "dvds_invite_views": {
        "invited": _said("b_invited_words", "b_invited_safety", b_invited_at=AT, b_invited_hidden=True)
    },
    "dvds_views_answer": {"given": {"b_views_given": "yes", "b_views_said": SAID}},
    "dvds_weigh_views": {"none": {"b_views_effect": "none", "b_views_weight": SAID}},
    "dvds_four_tests": {
        "met": _TESTS,
        **{f"not_{part}": {**_TESTS, f"dv_{part}": "no"} for part in _PARTS},
    },
    "dvds_recipient": {
        "a": _said("told_is_why", "dv_approved_words", told_is="a"),
        "protector": _said("told_is_why", "dv_approved_words", "protector_name", told_is="protector"),
    },
    "dvds_decision": {"disclose": _DISCLOSE, "not_disclose": _NOT_DISCLOSE},
    "dvds_plan_visit": {
        "safe": _said(
            "visit_way",
            "visit_codeword",
            "visit_officers",
            "visit_after",
            "visit_agreed",
            visit_support="idva",
        )
    },
    "dvds_offer": {
        "yes": {"offer_result": "yes", "offer_identity": "documents", "offer_said": SAID},
        "declined": _said("offer_said", "offer_left_open", offer_result="declined"),
        "not_met": {"offer_result": "not_met", "offer_said": SAID},
    },
    "dvds_undertaking": {
        "signed": {**_WARNED, "dv_undertaking": "signed", "dv_kept_where": SAID},
        "refused": {**_WARNED, "dv_undertaking": "refused", "dv_refusal": SAID},
    },
    "dvds_unsigned": {
        "tell_all_the_same": {"unsigned_decision": "tell_all_the_same", "unsigned_reasons": SAID},
        "tell_less": _said("unsigned_reasons", "unsigned_words", unsigned_decision="tell_less"),
        "another_protector": _said(
            "unsigned_reasons", "other_protector", unsigned_decision="another_protector"
        ),
        "not_told": _said("unsigned_reasons", "unsigned_protection", unsigned_decision="not_told"),
    },
    "dvds_tell": {
        "told": {
            **_said("dv_told_who", "dv_told_where", "dv_told_by", "dv_told_words", "dv_told_reaction"),
            "dv_told_at": AT,
            **_ticked("dv_told_nothing_written", "dv_told_support"),
        }
    },
    "dvds_tell_applicant": {
        **{
            told: {"dv_applicant_told": told, **_IN_PERSON}
            for told in ("at_disclosure", "nothing_to_disclose", "dealt_with")
        },
        "nothing": {
            "dv_applicant_told": "nothing",
            "dv_applicant_how": "not_told",
            "dv_applicant_neutral": True,
            "dv_applicant_support": "not_told",
        },
    },
    "dvds_inform_b": {
        "no": {"b_informed": "no", "b_informed_why": SAID},
        "yes": _said("b_informed_why", "b_informed_plan", b_informed="yes"),
    },
    "dvds_safety_plan": {
        "with_a": {
            "plan_with": "a",
            "plan_actions": [_said("plan_what", "plan_who", "plan_when")],
            "plan_children": SAID,
            "plan_review": LATER,
        }
    },
    "dvds_record": {
        outcome: _said(
            "dvds_outcome_reasons",
            "dvds_outcome_safety",
            "dvds_left_out",
            dvds_outcome=outcome,
            dvds_sealed=True,
            dvds_record_review=LATER,
        )
        for outcome in (
            "told",
            "declined",
            "out_of_scope",
            "not_disclosed",
            "not_told",
            "too_dangerous",
            "stopped",
        )
    },
    "dvds_breach_watch": {
        "kept": {"dv_kept": "kept", "dv_watch_found": SAID},
        "watch_on": {"dv_kept": "watch_on", "dv_watch_found": SAID},
        "broken": {"dv_kept": "broken", "dv_broken_what": SAID},
    },
    "dvds_breach": {
        "safety": _said(
            "dv_breach_safety", "dv_breach_reasons", dv_breach_action="safety_only", dv_breach_data="no"
        )
    },
    "dvds_close": {"complete": _CLOSE},
    "dvds_retriage": {
        change: {"retriage_found": SAID, "retriage_risk": "medium", "retriage_change": change}
        for change in ("same", "higher")
    },
    "dvds_retriage_late": {"seen_to": {"retriage_late_why": SAID}},
    "dvds_risk_up": {"first": {"risk_up_done": SAID, "risk_up_next": "first"}},
    "dvds_overdue": {"late": _said("dvds_overdue_reasons", "dvds_overdue_by")},
    "dvds_overdue_plan": {"plan": _said("dvds_overdue_plan", "dvds_overdue_told", "dvds_overdue_who")},
    "dvds_remind": {"holds": {"dvds_remind_reason": SAID, "dvds_remind_plan": "yes"}},
}
