"""What people answer in a walk of child protection; the rest is in `answers.py`."""

from __future__ import annotations

from typing import Any, Final

Answers = dict[str, Any]
AT: Final = "2026-03-03T09:00:00Z"
SAID: Final = "Said in a walk."


def _said(*keys: str, **more: Any) -> Answers:
    return {**dict.fromkeys(keys, SAID), **more}


_STRATEGY: Final = _said(
    "strategy_reasons",
    "strategy_each_child",
    "strategy_safe",
    "strategy_tell",
    strategy_at=AT,
    strategy_present=["csc", "police", "health"],
)
_SEEN: Final = {"child_seen_at": AT}
_CONFERENCE: Final = _said(
    "plan_reasons", "plan_information", conference_at=AT, conference_present=["csc", "police", "family"]
)

ANSWERS: Final[dict[str, dict[str, Answers]]] = {
    "cp_start": {
        "wanted": {
            "cp_reason": SAID,
            "cp_referred_at": AT,
            "cp_children": [{"child_name": SAID, "child_where": SAID}],
        }
    },
    "cp_strategy": {
        "section_47": {**_STRATEGY, "strategy_outcome": "section_47", "strategy_joint": "joint"},
        "assessment": {**_STRATEGY, "strategy_outcome": "assessment"},
        "nfa": {**_STRATEGY, "strategy_outcome": "nfa"},
        "again": {**_STRATEGY, "strategy_outcome": "again"},
    },
    "cp_late": {"late": _said("cp_late_why", "cp_late_safe", "cp_late_by")},
    "cp_record": {
        outcome: _said(
            "cp_outcome_reasons",
            "cp_told",
            cp_outcome=outcome,
            cp_told_least=True,
            cp_review="2027-03-03",
        )
        for outcome in ("plan", "plan_ended", "in_need", "early_help", "nfa")
    },
    "cp_responsible": {
        "here": {"s47_where": "here", "s47_responsible": "us", "s47_responsible_reasons": SAID},
        "found_here": _said(
            "s47_other", "s47_responsible_reasons", s47_where="found_here", s47_responsible="us"
        ),
        "theirs": _said(
            "s47_other",
            "s47_accepted",
            "s47_responsible_reasons",
            s47_where="found_here",
            s47_responsible="other",
        ),
    },
    "cp_child_seen": {
        "alone": {**_SEEN, "child_seen": "yes", "child_alone": "yes", "child_said": SAID},
        "not_alone": {
            **_SEEN,
            "child_seen": "yes",
            "child_alone": "no",
            "child_said": SAID,
            "child_not_alone": SAID,
        },
        "refused": {**_SEEN, "child_seen": "refused", "child_not_seen": SAID},
        "not_found": {**_SEEN, "child_seen": "not_found", "child_not_seen": SAID},
    },
    "cp_not_seen": {
        action: {"not_seen_action": action, "not_seen_reasons": SAID}
        for action in ("police", "again", "court")
    },
    "cp_protect": {
        "no": {"protect_now": "no", "protect_reasons": SAID},
        "agreed": {"protect_now": "agreed", "protect_since_at": AT, "protect_reasons": SAID},
        "police_protection": _said(
            "protect_officer", "protect_reasons", protect_now="police_protection", protect_since_at=AT
        ),
        "order": _said(
            "protect_court",
            "protect_reasons",
            protect_now="order",
            protect_since_at=AT,
            protect_legal=True,
        ),
    },
    "cp_order_next": {
        "interim": {"order_next": "interim", "order_next_at": AT, "order_next_reasons": SAID},
    },
    "cp_enquiry": {
        outcome: _said("enquiry_found", "enquiry_family", "enquiry_reasons", enquiry_outcome=outcome)
        for outcome in ("at_risk", "not_at_risk", "not_substantiated")
    },
    "cp_agree_enquiry": {
        "conference": {"enquiry_agreed": "yes", "conference_wanted": "yes", "conference_reasons": SAID},
        "no_conference": {"enquiry_agreed": "yes", "conference_wanted": "no", "conference_reasons": SAID},
        "back": {"enquiry_agreed": "back", "enquiry_back": SAID},
    },
    "cp_assess": {
        "in_need": _said(
            "assess_needs",
            "assess_parents",
            "assess_risk",
            "assess_child",
            assess_seen_at=AT,
            assess_proposal="in_need",
        )
    },
    "cp_agree_assessment": {
        "in_need": {
            "assessment_agreed": "yes",
            "assessment_outcome": "in_need",
            "assessment_reasons": SAID,
        },
        "strategy": {
            "assessment_agreed": "yes",
            "assessment_outcome": "strategy",
            "assessment_reasons": SAID,
        },
        "back": {"assessment_agreed": "back", "assessment_reasons": SAID},
    },
    "cp_conference": {
        "plan": {
            **_CONFERENCE,
            "plan_made": "yes",
            "plan_category": "neglect",
            "core_members": [{"core_name": SAID, "core_agency": SAID}],
        },
        "no_plan": {**_CONFERENCE, "plan_made": "no"},
    },
    "cp_core_group": {"met": _said("core_plan", "core_child_seen", core_group_at=AT)},
    "cp_review": {
        "end": {"reviewed_at": AT, "review_result": "end", "review_reasons": SAID},
        "on": {"reviewed_at": AT, "review_result": "on", "review_reasons": SAID},
        "moved": _said("review_accepted", "review_reasons", reviewed_at=AT, review_result="moved"),
    },
}
