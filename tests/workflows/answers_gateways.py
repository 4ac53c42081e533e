"""What people answer in a walk of the lawful gateways: sections 115, 16 and 17, and MAPPA."""

from __future__ import annotations

from typing import Any, Final

Answers = dict[str, Any]
AT: Final = "2026-03-03T09:00:00Z"
SAID: Final = "Said in a walk."


def _said(*keys: str, **more: Any) -> Answers:
    return {**dict.fromkeys(keys, SAID), **more}


def _ticked(*keys: str, **more: Any) -> Answers:
    return {**dict.fromkeys(keys, True), **more}


def _sent(name: str, **more: Any) -> Answers:
    item = {f"{name}_item": SAID, f"{name}_item_kind": "fact", f"{name}_item_source": SAID}
    return {
        f"{name}_items": [item],
        f"{name}_sent_to": SAID,
        f"{name}_channel": "secure_email",
        f"{name}_sent_at": AT,
        **more,
    }


def _general(name: str) -> Answers:
    return {f"{name}_regime": "general", f"{name}_general_basis": SAID}


_FACTS_115: Final = {
    **_said("recipient_name", "for_the_act_why"),
    "recipient_kind": "police",
    "acting_on_behalf": "no",
    "for_the_act": "yes",
}
_FACTS_16: Final = {
    **_said("section_16_recipient", "section_16_purpose"),
    **dict.fromkeys(("sender_listed", "recipient_listed", "for_recipient_functions"), "yes"),
    **dict.fromkeys(("patient_information", "health_or_social_care_sender", "personal_information"), "no"),
    **dict.fromkeys(("contravenes_data_protection", "prohibited_investigatory_powers"), "no"),
    "section_16_function": "strategy",
}
_NO_FUNCTION: Final = {
    name: value
    for name, value in _FACTS_16.items()
    if name not in ("section_16_purpose", "for_recipient_functions")
}
_EXCLUSIONS_17: Final = (
    "patient_information_in",
    "care_personal_in",
    "data_protection_in",
    "investigatory_powers_in",
)
_FACTS_17: Final = {
    **dict.fromkeys(("asked_by_own_policing_body", "for_section_14", "authority_listed"), "yes"),
    **dict.fromkeys(_EXCLUSIONS_17, "no"),
    "information_held": "all",
    "information_relates": "yes",
}
_REQUEST_17: Final = {
    **_said("section_17_name", "section_17_reference", "section_17_items", "section_17_purpose"),
    "section_17_requester": "own_area",
    "section_17_checked": "called_back",
    "section_17_received_at": AT,
}
_MAY_ASK_17: Final = {
    **dict.fromkeys(("section_17_own_functions", "section_17_is_authority", "section_17_would_hold"), "yes"),
    "section_17_excluded": "no",
    "section_17_ask_reasons": SAID,
}
_TELLING: Final = {
    **_said("serious_harm_why", "telling_why", "telling_reaction", "recipient_capable"),
    **_said("telling_words", "telling_joint"),
    **dict.fromkeys(
        ("mappa_managed_here", "relevant_convictions", "serious_harm_risk", "telling_necessary"), "yes"
    ),
}
_TELL: Final = _said(
    "mappa_decision_reasons",
    "mappa_present",
    "mappa_necessary",
    "mappa_section_35",
    "mappa_policy_document",
    "mappa_recipient",
    "mappa_words",
    "mappa_conditions",
    mappa_decision="tell",
    mappa_power="section_327a",
)
_NOT_TELL: Final = _said("mappa_decision_reasons", "mappa_other_protection", "mappa_present")
_WARNED: Final = {
    **_ticked("mappa_warned_purpose", "mappa_warned_confidential", "mappa_warned_legal"),
    "mappa_witness": SAID,
}

ANSWERS: Final[dict[str, dict[str, Answers]]] = {
    # section 115
    "start_section_115": {"asked": {"check_about": SAID}},
    "section_115_asked": {"asked": {"check_about": SAID}},
    "section_115_facts": {
        "police": _FACTS_115,
        "health": {**_FACTS_115, "recipient_kind": "health_body"},
        "charity": {**_FACTS_115, "recipient_kind": "other"},
        "for_a_council": {
            **_FACTS_115,
            "recipient_kind": "other",
            "acting_on_behalf": "yes",
            "acting_for": SAID,
        },
        "other_purpose": {
            "recipient_name": SAID,
            "recipient_kind": "police",
            "acting_on_behalf": "no",
            "for_the_act": "no",
        },
    },
    "section_115_decision": {
        "yes": {
            "section_115_relied": "yes",
            "section_115_reasons": SAID,
            "section_115_only_a_power": True,
            **_general("section_115"),
        },
        "no": {"section_115_relied": "no", "section_115_reasons": SAID},
        "ask": _said("section_115_reasons", "section_115_question", section_115_relied="ask"),
    },
    "section_115_ruling": {
        "yes": {
            "section_115_relied": "yes",
            "section_115_ruling_reasons": SAID,
            **_general("section_115_ruling"),
        },
        "no": {"section_115_relied": "no", "section_115_ruling_reasons": SAID},
    },
    "gateway_chase": {
        "safe": {"gateway_chase_why": SAID, "gateway_chase_safe": "no"},
        "less_safe": _said("gateway_chase_why", "gateway_chase_done", gateway_chase_safe="yes"),
    },
    # section 16
    "start_section_16": {"asked": {"section_16_about": SAID, "section_16_why": "asked"}},
    "section_16_asked": {why: {"section_16_about": SAID, "section_16_why": why} for why in ("asked", "own")},
    "section_16_facts": {
        "clear": _FACTS_16,
        "patient": {**_FACTS_16, "patient_information": "yes"},
        "care": {**_FACTS_16, "health_or_social_care_sender": "yes", "personal_information": "yes"},
        "no_function": {**_NO_FUNCTION, "section_16_function": "none"},
    },
    "section_16_decision": {
        "yes": {
            "section_16_shared": "yes",
            "section_16_reasons": SAID,
            "section_16_less": SAID,
            **_general("section_16"),
        },
        "no": {
            "section_16_shared": "no",
            "section_16_reasons": SAID,
            "section_16_other_power": "section_47",
        },
        "ask": _said("section_16_reasons", "section_16_question", section_16_shared="ask"),
    },
    "section_16_ruling": {
        "yes": {
            "section_16_shared": "yes",
            "section_16_ruling_reasons": SAID,
            **_general("section_16_ruling"),
        },
        "no": {
            "section_16_shared": "no",
            "section_16_ruling_reasons": SAID,
            "section_16_other_power": "agreement",
        },
    },
    "section_16_send": {"sent": _sent("section_16", section_16_safe=True)},
    # section 17
    "start_section_17": {
        "asked": _REQUEST_17,
        "by_a_day": {**_REQUEST_17, "section_17_needed_by": "2026-03-10"},
        "not_checked": {**_REQUEST_17, "section_17_checked": "not_yet"},
    },
    "start_section_17_ask": {
        "council": {
            **_said("section_17_name", "section_17_reference", "section_17_items", "section_17_purpose"),
            "section_17_authority": "council",
            "edition": "PCSCA-2022-s17",
        }
    },
    "section_17_check": {
        "ask": {**_MAY_ASK_17, "section_17_may_ask": "yes"},
        "in_part": {**_MAY_ASK_17, "section_17_excluded": "part", "section_17_may_ask": "yes"},
        "not_asked": {**_MAY_ASK_17, "section_17_may_ask": "no"},
        "not_ours": {**_MAY_ASK_17, "section_17_own_functions": "no", "section_17_may_ask": "no"},
    },
    "section_17_facts": {
        "all": _FACTS_17,
        "part": {**_FACTS_17, "patient_information_in": "part"},
        "excluded": {**_FACTS_17, "care_personal_in": "all"},
        "not_asked": {**_FACTS_17, "asked_by_own_policing_body": "no"},
    },
    "section_17_decision": {
        "supply_all": {
            "section_17_result": "supply_all",
            "section_17_reasons": SAID,
            **_general("section_17"),
        },
        "supply_part": {
            **_said("section_17_reasons", "section_17_withheld", section_17_result="supply_part"),
            **_general("section_17"),
        },
        "withhold": _said("section_17_reasons", "section_17_withheld", section_17_result="withhold"),
        "not_section_17": {"section_17_result": "not_section_17", "section_17_reasons": SAID},
        "ask": _said("section_17_reasons", "section_17_question", section_17_result="ask"),
    },
    "section_17_ruling": {
        "supply_part": {
            **_said("section_17_ruling_reasons", "section_17_withheld", section_17_result="supply_part"),
            **_general("section_17_ruling"),
        },
        "withhold": _said("section_17_ruling_reasons", "section_17_withheld", section_17_result="withhold"),
    },
    "section_17_supply": {
        "sent": _sent("section_17", section_17_stamped=True),
        "part": _sent("section_17", section_17_stamped=True, section_17_told_why=SAID),
        "checked_now": _sent("section_17", section_17_stamped=True, section_17_checked_now="yes"),
    },
    "section_17_refuse": {"told": {"section_17_refusal_said": SAID, "section_17_refused_at": AT}},
    "section_17_receipt": {
        "all": {"section_17_arrived": "yes", "section_17_use_only": True},
        "part": {"section_17_arrived": "part", "section_17_missing": SAID, "section_17_use_only": True},
    },
    "section_17_late": {
        "late": _said("section_17_late_why", "section_17_late_who", section_17_late_told=True)
    },
    "section_17_still_late": {"late": {"section_17_still_late_view": SAID}},
    # MAPPA
    "start_mappa": {
        f"level_{level}": {
            **_said("mappa_reference", "mappa_who", "mappa_why"),
            "mappa_level": level,
            "mappa_asked": "no",
            "mappa_next_meeting": "2026-04-01",
            "mappa_no_conflict": True,
        }
        for level in ("1", "2", "3")
    },
    "consider_telling": {
        "presumption": _TELLING,
        "consider": {**_TELLING, "telling_necessary": "no"},
        "not_327a": {**_TELLING, "relevant_convictions": "no"},
    },
    "self_disclosure": {
        how: {"self_disclosure": how, "self_disclosure_why": SAID}
        for how in ("not_safe", "no_time", "told_only", "asked")
    },
    "self_disclosed": {
        how: {"self_disclosed": how, "self_disclosed_how": SAID} for how in ("confirmed", "in_part", "no")
    },
    "mappa_decision": {
        "tell": _TELL,
        "not_tell": {**_NOT_TELL, "mappa_decision": "not_tell"},
        "against_presumption": {**_NOT_TELL, "mappa_decision": "not_tell", "mappa_departed": SAID},
        "self_disclosed": _said("mappa_decision_reasons", "mappa_present", mappa_decision="self_disclosed"),
    },
    "mappa_undertaking": {
        "signed": {**_WARNED, "mappa_undertaking": "signed"},
        "refused": {**_WARNED, "mappa_undertaking": "refused", "mappa_refusal": SAID},
        "not_heard": {**_WARNED, "mappa_undertaking": "not_heard", "mappa_refusal": SAID},
    },
    "mappa_not_signed": {
        decision: {"mappa_unsigned_decision": decision, "mappa_unsigned_reasons": SAID}
        for decision in ("tell", "not_tell")
    },
    "mappa_tell": {
        "told": _said(
            "mappa_told_by",
            "mappa_told_where",
            "mappa_told_words",
            "mappa_told_reaction",
            mappa_in_person=True,
            mappa_told_at=AT,
        )
    },
    "mappa_record": {
        outcome: _said("mappa_outcome_reasons", "mappa_visor", mappa_outcome=outcome, mappa_referred="no")
        for outcome in ("told", "self_disclosed", "not_told")
    },
    "mappa_review": {
        "close": {"mappa_review": "close", "mappa_review_reasons": SAID},
        **{
            result: {
                "mappa_review": result,
                "mappa_review_reasons": SAID,
                "mappa_next_meeting": "2026-05-01",
            }
            for result in ("stands", "again")
        },
    },
    "mappa_overdue": {"late": _said("mappa_overdue_why", "mappa_overdue_safe", "mappa_overdue_by")},
}
