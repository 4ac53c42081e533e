"""Walks through the domestic violence disclosure scheme, and the lines that they come to."""

from __future__ import annotations

from tests.workflows.walking import walked as walked_any

AT = "2026-03-03T09:00:00Z"
NOTHING_AT_ONCE = "dvds_no_danger -> dvds_no_child"
CASE = {"contacted_at": AT, "a_name": "?", "risk_band": "medium"}
CHECKED = f"{NOTHING_AT_ONCE} -> dvds_look_up -> dvds_in_scope -> dvds_checked"
MET = "dvds_meet -> dvds_prove -> dvds_met"
WAY_TO_A = "dvds_use -> dvds_reach -> dvds_balance -> dvds_balanced"
RETURNED = " -> ".join(["dvds_return -> dvds_returned"] * 3)
REVIEWED = "dvds_assess_risk -> dvds_review -> dvds_assessed"
ASSESSED = f"dvds_choose_partners -> dvds_do_dash -> {RETURNED} -> {REVIEWED}"
MEMBERS = " -> ".join(["dvds_give_view -> dvds_view_given"] * 2)
NOT_SOUGHT = "dvds_consider_b -> dvds_not_sought"
DECIDED = "dvds_four_part_test -> dvds_who_is_told -> dvds_decide -> dvds_decided"
REFUSED = "dvds_four_part_test -> dvds_decide -> dvds_decided"
FORUM = f"dvds_convene -> {MEMBERS} -> {NOT_SOUGHT}"
TOLD = "dvds_plan_visit -> dvds_offer -> dvds_undertake -> dvds_tell -> dvds_told"
RECORDED = "dvds_plan_safety -> dvds_record_outcome -> dvds_recorded"
CLOSED = "dvds_check_complete -> dvds_checked_and_closed -> dvds_closed"
DISCLOSED = f"{ASSESSED} -> {FORUM} -> {DECIDED} -> {TOLD}"
AFTER_TELLING = f"dvds_inform_b -> {RECORDED} -> dvds_watch -> {CLOSED}"


def walked(start="ask", **choices):
    return walked_any("dvds_disclosure", start, **choices)


def walk(start="ask", **choices):
    return walked(start, **choices).said


def tasks(walk_, element):
    return [task for task in walk_.tasks if task.element == element]
