"""Every path of a move between authorities in one line; responsibility never falls between two."""

from __future__ import annotations

from itertools import product

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import ways_round_records
from tests.workflows.test_decisions import TABLES, decide, rules
from tests.workflows.test_forms import offered, problems
from tests.workflows.walking import WORKFLOWS
from tests.workflows.walking import walk as walk_any
from tests.workflows.walking import walked as walked_any

AT = "2026-03-03T09:00:00Z"
CHILD = {"move_children": [], "move_known_at": AT, "move_decided": "transfer", "move_status": "in_need"}
TOLD = "mt_phone -> mt_write -> mt_ack"


def walked(start="out", **choices):
    return walked_any("child_move", start, **choices)


def transfer(more=None, **choices):
    return walk_any("child_move_transfer", {**CHILD, **(more or {})}, **choices)


def tasks(walk_, element):
    return [task for task in walk_.tasks if task.element == element]


# The move --------------------------------------------------------------------------------------------------


def test_a_child_on_a_plan_is_told_of_written_about_and_transferred():
    walk_ = walked()
    line = walk_.line
    assert {"move_tell", "mt_phone", "mt_write", "mt_ack", "mt_conference", "mt_accept"} <= set(line)
    assert line[0] == "move_decide" and line[-2:] == ["move_record", "move_closed"]
    assert walk_.variable("move_responsible") == "receiving"


def test_a_temporary_move_leaves_responsibility_where_it_is():
    walk_ = walked("temporary")
    assert "mt_still" in walk_.line and "mt_accept" not in walk_.line
    assert walk_.variable("move_responsible") == "originating"


def test_a_worry_without_a_plan_is_told_so_that_it_is_not_lost():
    walk_ = walked("worry")
    assert {"move_tell", "mt_write", "mt_ack"} <= set(walk_.line)
    assert walk_.variable("move_responsible") == "originating"


@pytest.mark.parametrize("start", ["concealed", "unknown"])
def test_a_child_whose_whereabouts_are_hidden_or_unknown_is_looked_for_until_found(start):
    line = walked(start, move_look_for=("no", "no", "yes")).line
    assert line.count("move_look_for") == 3 and line[-1] == "move_closed"


def test_looking_that_is_late_is_told_to_a_manager_and_goes_on():
    line = walked("unknown", late="move_look_for").line
    assert {"move_look_chase", "move_look_chased", "move_closed"} <= set(line)


def test_agencies_not_told_in_five_working_days_is_told_to_a_manager():
    walk_ = walked(late="move_tell")
    assert {"move_tell_chase", "move_tell_chased"} <= set(walk_.line)
    assert tasks(walk_, "move_tell")[0].due.date().isoformat() == "2026-03-10"


def test_a_manager_decides_otherwise_than_recommended_with_reasons():
    assert walked("temporary", move_decide="transfer_all_the_same").variable("move_decided") == "transfer"
    answers = ANSWERS["move_route"]["transfer"]
    assert problems("move_route", answers, move_recommended="host") == {"move_departed"}


def test_danger_can_be_raised_at_any_time():
    line = walked(meanwhile={"mt_accept": "immediate_risk_raised"}).line
    assert {"move_told_again", "move_closed"} <= set(line)


def test_another_process_may_say_that_a_child_moves():
    line = walk_any(
        "child_move", {"move_known_at": AT, "move_children": [], "move_kind": "planned"}, event="move_came"
    )
    assert line.startswith("move_decide") and line.endswith("move_record -> move_closed")


# Written, acknowledged, accepted ---------------------------------------------------------------------------


def test_by_telephone_the_same_day_and_in_writing_within_three():
    walk_ = walked_any("child_move_transfer", CHILD)
    (phone,), (write,) = tasks(walk_, "mt_phone"), tasks(walk_, "mt_write")
    assert (phone.clock, phone.due.date().isoformat()) == ("move_told", "2026-03-03")
    assert (write.clock, write.due.date().isoformat()) == ("move_written", "2026-03-06")


def test_accepted_in_writing():
    assert transfer() == f"{TOLD} -> mt_accept -> mt_ended"


def test_a_child_on_a_plan_has_a_transfer_conference():
    assert transfer({"move_status": "plan"}) == f"{TOLD} -> mt_conference -> mt_accept -> mt_ended"


def test_a_late_transfer_conference_is_told_to_the_head_of_service():
    line = transfer({"move_status": "enquiry"}, late="mt_conference", later="mt_conference")
    assert "mt_conference_chase" in line and line.endswith("mt_accept -> mt_ended")


def test_a_transfer_conference_counts_from_the_written_information_arriving():
    (task,) = tasks(walked_any("child_move_transfer", {**CHILD, "move_status": "plan"}), "mt_conference")
    assert (task.clock, task.due.date().isoformat()) == ("transfer_conference", "2026-03-24")


def test_nothing_written_in_three_days_is_told_to_a_manager():
    assert "mt_write_chase" in transfer(late="mt_write")


def test_no_acknowledgement_is_first_telephoned_about_and_then_escalated():
    walk_ = walked_any(
        "child_move_transfer",
        CHILD,
        meanwhile={"mt_ack": "mt_ack_late", "mt_ack_phone": "mt_unanswered"},
        later="mt_ack",
    )
    line = walk_.line
    assert line.index("mt_ack_late") < line.index("mt_unanswered") < line.index("mt_ack")
    assert {"mt_ack_phone", "mt_ack_escalated"} <= set(line) and line[-1] == "mt_ended"
    assert [each.name for each in walk_.thrown] == ["escalation_raised"]


def test_not_accepted_is_escalated_and_asked_again_and_responsibility_stays():
    walk_ = walked_any("child_move_transfer", CHILD, mt_accept=("no", "yes"))
    assert walk_.said == f"{TOLD} -> mt_accept -> mt_refused -> mt_refused_safe -> mt_accept -> mt_ended"
    assert [each.name for each in walk_.thrown] == ["escalation_raised"]


def test_a_temporary_move_may_become_permanent_and_is_then_transferred():
    host = {"move_decided": "host"}
    assert transfer(host, mt_still=("still", "permanent")) == (
        f"{TOLD} -> mt_still -> mt_still -> mt_accept -> mt_ended"
    )
    assert transfer(host) == f"{TOLD} -> mt_still -> mt_ended"


def test_only_told_there_is_nothing_to_accept():
    assert transfer({"move_decided": "inform"}) == f"{TOLD} -> mt_ended"


@pytest.mark.parametrize("accepted", [None, "no"])
def test_only_the_authority_that_accepted_in_writing_can_be_recorded_as_responsible(accepted):
    assert offered("move_record", "move_responsible", {}, move_accepted=accepted) == {"originating"}
    assert offered("move_record", "move_responsible", {}, move_accepted="yes") == {"receiving"}


def test_acceptance_says_who_and_where_it_is_kept():
    answers = {**ANSWERS["move_accept"]["yes"], "move_accepted_by": " "}
    assert problems("move_accept", answers) == {"move_accepted_by"}


def test_what_was_not_sent_is_said():
    answers = {**ANSWERS["move_written"]["all"], "move_sent": ["chronology", "plan"]}
    assert problems("move_written", answers) == {"move_not_sent"}


# Receiving -------------------------------------------------------------------------------------------------


def test_the_receiving_authority_acknowledges_confers_and_accepts_in_writing():
    walk_ = walked("in")
    assert walk_.said == (
        "mi_received -> mi_complete -> mi_conference -> mi_ended -> move_record -> move_closed"
    )
    assert walk_.variable("move_responsible") == "receiving"


def test_receiving_and_refusing_leaves_responsibility_with_the_originating_authority():
    assert walked("in", mi_conference="no").variable("move_responsible") == "originating"


def test_missing_written_information_is_asked_for_again_and_escalated():
    walk_ = walked("in", mi_complete=("no", "yes"))
    assert "mi_escalated" in walk_.line
    assert [each.name for each in walk_.thrown] == ["escalation_raised"]


def test_a_late_conference_at_the_receiving_side_closes_nothing():
    assert "mi_chased" in walked("in", late="mi_conference").line


# The table -------------------------------------------------------------------------------------------------

ROUTES = """
    concealed  yes  plan          look_for  whereabouts_unknown
    unknown    no   none          look_for  whereabouts_unknown
    planned    yes  plan          host      temporary
    moved      yes  looked_after  host      temporary
    planned    no   plan          transfer  known_child
    moved      no   enquiry       transfer  known_child
    planned    no   in_need       transfer  known_child
    moved      no   looked_after  transfer  known_child
    planned    no   unborn        transfer  known_child
    moved      yes  worry         inform    worry_only
    planned    no   none          inform    worry_only
"""
ROWS = [line.split() for line in ROUTES.strip().splitlines()]
ASKED = ("move_kind", "move_temporary_start", "move_status")


@pytest.mark.parametrize("row", ROWS, ids="-".join)
def test_what_the_table_recommends(row):
    *answers, way, rule = row
    decided = decide("move_route", **dict(zip(ASKED, answers, strict=True)))
    assert (decided.value, rules(decided)) == (way, [rule])


def test_every_row_is_tried():
    assert {rule.id for rule in TABLES["move_route"].rules} == {row[-1] for row in ROWS}


def test_there_is_one_way_for_everything_that_can_be_said():
    kinds = ("planned", "moved", "concealed", "unknown")
    statuses = ("plan", "enquiry", "in_need", "looked_after", "unborn", "worry", "none")
    for answers in product(kinds, ("yes", "no"), statuses):
        assert decide("move_route", **dict(zip(ASKED, answers, strict=True))).value


# The diagrams ----------------------------------------------------------------------------------------------


def test_every_end_passes_a_decision_record():
    assert ways_round_records(path.stem for path in sorted(WORKFLOWS.glob("child_move*.bpmn"))) == []


def test_a_move_names_at_least_one_child():
    answers = {**ANSWERS["move_start"]["out"], "move_children": []}
    assert problems("move_start", answers) == {"move_children_missing"}
