"""What people answer who tell children's social care about a child; the rest is in `answers.py`."""

from __future__ import annotations

from typing import Any, Final

Answers = dict[str, Any]
AT: Final = "2026-03-03T09:00:00Z"
SAID: Final = "Said in a walk."


def _said(*keys: str, **more: Any) -> Answers:
    return {**dict.fromkeys(keys, SAID), **more}


_WORRY: Final = _said(
    "contact_concern",
    "contact_sources",
    "household",
    contact_danger="no",
    refer_what="worry",
    refer_children=[{"child_name": "Maya Fenn", "child_dob": "2018-05-01", "child_where": SAID}],
)
_MOVE: Final = _said("move_from", "move_to", refer_direction="out", move_kind="concealed")

ANSWERS: Final[dict[str, dict[str, Answers]]] = {
    "referral_start": {
        "worry": _WORRY,
        "moves": {**_WORRY, **_MOVE, "refer_what": "moves"},
        "both": {**_WORRY, **_MOVE, "refer_what": "both"},
        "danger": {**_WORRY, "contact_danger": "yes", "contact_danger_what": SAID},
    },
    "referral_family": {
        "told": {"family_told": "told"},
        "unsafe": {"family_told": "unsafe", "family_told_why": SAID},
    },
    "referral_send": {
        "sent": _said(
            "refer_reasons",
            "referrer_name",
            "referrer_organisation",
            "referrer_contact",
            refer_ground="significant_harm",
            referrer_hidden="yes",
            refer_accurate=True,
        )
    },
    "referral_reply": {
        "outcome": _said(
            "refer_answer",
            "refer_own_work",
            refer_answered="outcome",
            refer_answered_at=AT,
            refer_disagrees="no",
        ),
        "disagrees": _said(
            "refer_answer",
            "refer_own_work",
            "refer_disagrees_why",
            refer_answered="looked_at",
            refer_answered_at=AT,
            refer_disagrees="yes",
        ),
    },
    "referral_chase": {
        "wait": _said("refer_chase_said", "refer_chase_safe", refer_chase_result="wait"),
        "escalate": _said("refer_chase_said", "refer_chase_safe", refer_chase_result="escalate"),
    },
}
