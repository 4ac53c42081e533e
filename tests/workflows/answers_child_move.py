"""What people answer in a walk of a move between authorities; the rest is in `answers.py`."""

from __future__ import annotations

from typing import Any, Final

Answers = dict[str, Any]
AT: Final = "2026-03-03T09:00:00Z"
SAID: Final = "Said in a walk."


def _said(*keys: str, **more: Any) -> Answers:
    return {**dict.fromkeys(keys, SAID), **more}


_OUT: Final = _said(
    "move_from",
    "move_to",
    "move_worry",
    "move_source",
    move_direction="out",
    move_known_at=AT,
    move_certainty="known",
    move_kind="planned",
    move_children=[{"child_name": SAID}],
    move_status="plan",
    move_temporary_start="no",
)
_WRITTEN: Final = _said("move_sent_to", "move_sent_basis", move_sent_at=AT, move_sent_how="secure_email")

ANSWERS: Final[dict[str, dict[str, Answers]]] = {
    "move_start": {
        "out": _OUT,
        "temporary": {**_OUT, "move_temporary_start": "yes"},
        "in_need": {**_OUT, "move_status": "in_need"},
        "worry": {**_OUT, "move_status": "worry", "move_certainty": "suspected"},
        "concealed": {**_OUT, "move_kind": "concealed", "move_certainty": "suspected"},
        "unknown": {**{key: each for key, each in _OUT.items() if key != "move_to"}, "move_kind": "unknown"},
        "in": {**_OUT, "move_direction": "in"},
    },
    "move_route": {
        **{
            way: _said("move_decided_reasons", "move_safe", move_decided=way)
            for way in ("transfer", "host", "look_for", "inform")
        },
        "transfer_all_the_same": _said(
            "move_decided_reasons", "move_safe", "move_departed", move_decided="transfer"
        ),
    },
    "move_look": {
        "yes": _said("move_to", "move_look_next", move_found="yes", move_looked=["police", "alert"]),
        "no": {"move_found": "no", "move_looked": ["police"], "move_look_next": SAID},
    },
    "move_agencies": {
        "told": {
            "move_told": [{"told_agency": SAID, "told_who": SAID, "told_how": "telephone"}],
            "move_told_at": AT,
            "move_told_least": True,
        }
    },
    "move_phone": {"reached": _said("move_phone_who", "move_phone_said", move_phone_at=AT)},
    "move_written": {
        "all": {**_WRITTEN, "move_sent": ["chronology", "plan", "risk", "agencies"]},
        "part": {**_WRITTEN, "move_sent": ["chronology"], "move_not_sent": SAID},
    },
    "move_acknowledged": {"yes": _said("move_ack_by", "move_ack_kept", move_ack_at=AT)},
    "move_phone_manager": {
        "reached": _said("move_manager_reached", "move_manager_said", "move_manager_safe")
    },
    "move_conference": {
        "held": {"move_received_at": AT, "move_conference_at": AT, "move_conference_said": SAID}
    },
    "move_accept": {
        "yes": {"move_accepted": "yes", "move_accepted_at": AT, "move_accepted_by": SAID},
        "no": {"move_accepted": "no", "move_refused_why": SAID},
    },
    "move_still": {
        way: {"move_temporary": way, "move_temporary_reasons": SAID}
        for way in ("returned", "still", "permanent")
    },
    "move_late": {"late": _said("move_late_why", "move_late_safe", "move_late_by")},
    "move_record": {
        which: _said("move_outcome_reasons", "move_parents", move_responsible=which, move_review="2027-03-03")
        for which in ("receiving", "originating")
    },
    "move_in_received": {
        "part": _said("move_in_ack_to", "move_in_safe", move_in_written="part", move_in_ack_at=AT)
    },
    "move_in_chase": {
        "yes": {"move_in_complete": "yes", "move_received_at": AT},
        "no": {"move_in_complete": "no", "move_in_missing": SAID},
    },
    "move_in_conference": {
        "yes": {"move_conference_at": AT, "move_accepted": "yes", "move_accepted_by": SAID},
        "no": _said("move_accepted_by", "move_refused_why", move_conference_at=AT, move_accepted="no"),
    },
}
