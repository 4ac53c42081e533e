"""What people answer in a walk of the safeguarding hub; the rest is in `answers.py`."""

from __future__ import annotations

from typing import Any, Final

Answers = dict[str, Any]
AT: Final = "2026-03-03T09:00:00Z"
SAID: Final = "Said in a walk."


def _said(*keys: str, **more: Any) -> Answers:
    return {**dict.fromkeys(keys, SAID), **more}


_CONTACT: Final = {
    **_said("referrer_name", "referrer_organisation", "referrer_contact", "household", "contact_concern"),
    "contact_danger": "no",
    "contact_received_at": AT,
    "referrer_kind": "professional",
    "referrer_hidden": "no",
    "mash_children": [{"child_name": SAID, "child_where": SAID}],
    "contact_sources": SAID,
    "family_told": "told",
}
_SCREEN: Final = {
    "screen_harm": "yes",
    "screen_now": "yes",
    "screen_need": "complex",
    "screen_enough": "no",
    "screen_child": SAID,
}
_OUTCOME: Final = {
    **_said("mash_outcome_reasons", "mash_each_child"),
    "mash_section_47": "no",
    "mash_family_informed": "told",
    "feedback_risk": "no",
    "mash_review": "2027-03-03",
}

ANSWERS: Final[dict[str, dict[str, Answers]]] = {
    "mash_contact": {
        "contact": _CONTACT,
        "danger": {**_CONTACT, "contact_danger": "yes", "contact_danger_what": SAID},
        "anonymous": {
            **{key: value for key, value in _CONTACT.items() if not key.startswith("referrer_")},
            "referrer_kind": "anonymous",
            "referrer_hidden": "yes",
        },
        "neighbour": {
            **{key: value for key, value in _CONTACT.items() if key != "referrer_organisation"},
            "referrer_kind": "public",
            "referrer_hidden": "yes",
        },
    },
    "mash_acknowledge": {
        "yes": {
            "acknowledged": "yes",
            "acknowledged_at": AT,
            "acknowledged_how": "telephone",
            "acknowledged_only": True,
        },
        "cannot": {"acknowledged": "cannot", "acknowledged_why_not": SAID},
    },
    "mash_known": {
        "no": {"known_looked": ["own", "siblings"], "known_open": "no", "known_what": SAID},
        "yes": {"known_looked": ["own"], "known_open": "yes", "known_worker": SAID, "known_what": SAID},
    },
    "mash_pass_on": {
        "received": _said(
            "passed_to", "passed_reasons", passed_at=AT, passed_received="yes", feedback_risk="no"
        )
    },
    "mash_screen": {
        "red": _SCREEN,
        "amber": {**_SCREEN, "screen_harm": "possible", "screen_now": "no"},
        "green": {**_SCREEN, "screen_harm": "no", "screen_now": "no", "screen_need": "some"},
        "blue": {
            **_SCREEN,
            "screen_harm": "no",
            "screen_now": "no",
            "screen_need": "universal",
            "screen_enough": "yes",
        },
    },
    "mash_rate": {
        **{rating: {"brag": rating, "brag_reasons": SAID} for rating in ("red", "amber", "green", "blue")},
        **{
            f"{rating}_all_the_same": _said("brag_reasons", "brag_departed", brag=rating)
            for rating in ("red", "green")
        },
    },
    "mash_late": {"late": _said("mash_late_why", "mash_late_safe", "mash_late_by")},
    "mash_rate_again": {
        "red": _said("new_mash_information", "new_mash_source", "brag_reasons", rated_at=AT, brag="red"),
        "green": _said("new_mash_information", "new_mash_source", "brag_reasons", rated_at=AT, brag="green"),
    },
    "mash_raised": {"sooner": {"raised_action": "sooner", "raised_reasons": SAID}},
    "mash_outcome": {
        "strategy": {**_OUTCOME, "mash_outcome": "strategy", "mash_section_47": "yes"},
        "assessment": {**_OUTCOME, "mash_outcome": "assessment"},
        "early_help": {**_OUTCOME, "mash_outcome": "early_help", "mash_agency_acts": SAID},
        "other_agency": {**_OUTCOME, "mash_outcome": "other_agency", "mash_agency_acts": SAID},
        "nfa": {**_OUTCOME, "mash_outcome": "nfa", "mash_nfa_safe": SAID},
        "advice": {**_OUTCOME, "mash_outcome": "advice", "mash_nfa_safe": SAID},
        "against": {
            **_OUTCOME,
            "mash_outcome": "assessment",
            "mash_section_47": "yes",
            "mash_against": SAID,
        },
    },
    "mash_feedback": {
        "outcome": _said(
            "feedback_words",
            "feedback_reasons",
            feedback_given="outcome",
            feedback_at=AT,
            feedback_least=True,
            feedback_disagrees="no",
        ),
        "disagrees": _said(
            "feedback_words",
            "feedback_reasons",
            "feedback_disagrees_why",
            feedback_given="outcome",
            feedback_at=AT,
            feedback_least=True,
            feedback_disagrees="yes",
        ),
        "nothing": {
            "feedback_given": "nothing",
            "feedback_reasons": SAID,
            "feedback_least": True,
            "feedback_disagrees": "no",
        },
    },
    "mash_agencies": {
        "three": {
            "agency_requests": [
                {"agency": role, "agency_about": f"About, for {role}", "agency_question": SAID}
                for role in ("mash_police", "mash_health", "mash_education")
            ],
            "research_family": "told",
            "research_basis": SAID,
        }
    },
    "mash_agency_return": {
        "held": {
            "agency_holds": "yes",
            "agency_items": [{"item_said": SAID, "item_mark": "fact", "item_age": "current"}],
            "agency_relevance": SAID,
            "agency_confidence": "sure",
            "agency_looked": ["own"],
            "agency_who": SAID,
        },
        "nothing": {"agency_holds": "no", "agency_looked": ["own"], "agency_who": SAID},
    },
    "mash_chase": {
        "without": _said("mash_chase_said", "mash_chase_why", mash_chase_result="without"),
        "wait": {"mash_chase_said": SAID, "mash_chase_result": "wait"},
        "escalate": _said("mash_chase_said", "mash_chase_why", mash_chase_result="escalate"),
    },
    "mash_collate": {
        "together": _said(
            "collated_picture",
            "collated_gaps",
            "collated_child",
            "collated_who",
            collated_together="yes",
            collated_limits=True,
        )
    },
}
