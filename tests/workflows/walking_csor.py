"""Walks through the child sex offender disclosure scheme, and the lines that they come to."""

from __future__ import annotations

from tests.workflows.walking import walked as walked_any

CHECKED = "no_danger -> initial_checks -> in_scope"
PROVED = f"{CHECKED} -> interview -> prove -> safety_advice"
RETURNED = " -> ".join(["partner_return -> partner_returned"] * 3)
FOUND = "assess_risk -> risk_concern -> csor_concern_later -> risk_concern_raised"  # beside the flow
HUB = "tell_csor_hub -> csor_hub_told -> csor_concern_told"
REVIEWED = f"{FOUND} -> review -> {HUB}"
ASSESSED = f"choose_partners -> {RETURNED} -> {REVIEWED}"
VIEWS = "views_sought -> views_not_sought"
DECIDED = "three_part_test -> best_placed -> decide -> csor_decided"
TOLD = "plan_visit -> undertaking -> tell_in_person -> csor_told"
QUIET = "tell_applicant -> record_outcome"
AFTER = f"inform_subject -> {QUIET}"
WATCHED = "breach_watch -> check_complete -> checked_and_closed -> csor_closed"
CLOSED = "check_complete -> checked_and_closed -> csor_closed"
TO_DECISION = f"{PROVED} -> {ASSESSED} -> {VIEWS} -> {DECIDED}"
DISCLOSED = f"{AFTER} -> {WATCHED}"
QUIET_END = {"assess_risk": "none", "three_part_test": "not_met", "decide": "not_disclose"}


def walked(start="application", **choices):
    return walked_any("csor_disclosure", start, **choices)


def walk(start="application", **choices):
    return walked(start, **choices).said


def tasks(walk_, element):
    return [task for task in walk_.tasks if task.element == element]


APPLIED = {
    "applied_at": "2026-03-03T09:00:00Z",
    "csor_cannot_wait": "no",
    "applicant_name": "?",
    "children": [],
}
