"""Every path of a request about one's own information in one line, and what must never show."""

from __future__ import annotations

from datetime import date

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import diagram, ways_round_records
from tests.workflows.test_forms import offered, problems, shown
from tests.workflows.walking import form_of
from tests.workflows.walking import walk as walk_any
from tests.workflows.walking import walked as walked_any

DONE = "answer -> request_answered"
WEIGHED = "third_parties -> exemptions -> access_weighed"


def walked(start="access", **choices):
    return walked_any("subject_rights", start, **choices)


def walk(start="access", **choices):
    return walked(start, **choices).said


def due(walk_, element):
    return [task.due.date() for task in walk_.tasks if task.element == element]


# The ways --------------------------------------------------------------------------------------------------


def test_everything_is_given():
    assert walk() == f"identity -> find -> {WEIGHED} -> {DONE}"


def test_what_is_held_back_is_looked_at_by_a_second_person():
    weighed = "third_parties -> exemptions -> review_exemptions -> access_weighed"
    assert walk(exemptions="part") == f"identity -> find -> {weighed} -> {DONE}"


def test_the_second_person_may_send_it_back():
    once = "exemptions -> review_exemptions"
    assert walk(exemptions="part", review_exemptions=("back", "agree")) == (
        f"identity -> find -> third_parties -> {once} -> {once} -> access_weighed -> {DONE}"
    )


@pytest.mark.parametrize("adviser", ["caldicott_guardian", "csc_manager", "dsl"])
def test_serious_harm_is_asked_of_the_appropriate_professional(adviser):
    walk_ = walked(exemptions=f"harm_{adviser}")
    assert "exemptions -> harm_view -> review_exemptions" in walk_.said
    assert [task.role for task in walk_.tasks if task.element == "harm_view"] == [adviser]


def test_somebody_else_in_it_may_be_asked_whether_they_agree():
    line = walk(third_parties="ask")
    assert "third_parties -> whether_to_ask -> ask_for_consent -> consent_settled -> exemptions" in line


@pytest.mark.parametrize("right", ["rectification", "erasure", "restriction", "objection"])
def test_what_is_changed_is_told_to_those_who_had_received_it(right):
    assert walk(right) == f"identity -> find -> decide_change -> tell_earlier -> change_decided -> {DONE}"


def test_a_refusal_is_looked_at_by_a_second_person_and_tells_nobody_else():
    once = "decide_change -> review_refusal"
    assert walk("erasure", decide_change="refused", review_refusal=("back", "agree")) == (
        f"identity -> find -> {once} -> {once} -> change_decided -> {DONE}"
    )


@pytest.mark.parametrize("choice", ["part", "restricted"])
def test_a_change_in_part_is_reviewed_and_told(choice):
    line = walk("erasure", decide_change=choice)
    assert "decide_change -> review_refusal -> tell_earlier -> change_decided" in line


def test_a_request_that_a_case_finds_takes_the_same_way():
    given = ANSWERS["start_rights_request"]["access"]
    assert walk_any("subject_rights", given, event="request_handed_over") == walk()


# Identity and time -----------------------------------------------------------------------------------------


def test_the_month_is_to_the_corresponding_date():
    """Received on 3 March: answered by 3 April."""
    assert due(walked(), "answer") == [date(2026, 4, 3)]


def test_waiting_for_identity_stands_outside_the_clocks_stage():
    line = walked(identity="ask").line
    assert line[:3] == ["identity", "await_identity", "find"] and line[-1] == "request_answered"
    answering = {node.id for node in diagram("subject_rights").nodes("answering")}
    assert "await_identity" not in answering and {"find", "answer"} <= answering


def test_doubt_about_identity_needs_its_reason():
    assert problems("rights_identity", {"identity_known": "ask"}) == {"identity_doubt", "identity_asked_at"}


@pytest.mark.parametrize("start", ["access", "law_enforcement"])
def test_the_month_stands_still_while_identity_is_awaited_and_says_why(start):
    """Asked on 3 March, shown on 10 March: answered by 10 April, not 3 April."""
    walk_ = walked(start, identity="ask")
    assert due(walk_, "answer") == [date(2026, 4, 10)]
    assert walk_.variable("identity_pauses") == [
        {"from": "2026-03-03T09:00:00Z", "to": "2026-03-10T09:00:00Z", "reason": "Said in a walk."}
    ]


def test_the_month_stands_still_for_nothing_else():
    assert due(walked(), "answer") == due(walked("law_enforcement"), "answer") == [date(2026, 4, 3)]
    assert not walked().variable("identity_pauses")


def test_more_time_counts_the_days_of_waiting_too():
    walk_ = walked(identity="ask", meanwhile={"find": "more_time_needed"})
    assert due(walk_, "answer") == [date(2026, 6, 10)]


def test_the_limit_told_to_the_risk_owner_counts_the_days_of_waiting():
    walk_ = walked(identity="ask", meanwhile={"answer": "month_over"})
    assert "late_answer" in walk_.line and walk_.clock.now.date() == date(2026, 4, 10)


def test_nobody_can_have_answered_before_they_were_asked():
    answers = {**ANSWERS["rights_await_identity"]["proved"], "identity_at": "2026-03-01T09:00:00Z"}
    given = {"identity_asked_at": "2026-03-03T09:00:00Z"}
    assert problems("rights_await_identity", answers, **given) == {"identity_at_before"}
    asked = {**ANSWERS["rights_identity"]["ask"], "identity_asked_at": "2026-03-01T09:00:00Z"}
    received = {"rights_received_at": "2026-03-03T09:00:00Z"}
    assert problems("rights_identity", asked, **received) == {"identity_asked_before"}


@pytest.mark.parametrize("outcome", ["not_proved", "withdrawn"])
def test_a_request_that_cannot_be_taken_ends_with_its_reasons(outcome):
    line = walk(identity="ask", await_identity=outcome, not_taken=outcome)
    assert line == "identity -> await_identity -> not_taken -> request_ended"


def test_no_answer_about_identity_ends_nothing_and_they_are_asked_again():
    line = walk(identity="ask", late="await_identity", later="await_identity")
    assert line.startswith("identity -> identity_slow -> chase_identity -> identity_chased -> await_identity")
    assert line.endswith("request_answered")


def test_more_time_is_told_with_reasons_and_lengthens_the_limit():
    walk_ = walked(meanwhile={"find": "more_time_needed"}, find="no")
    assert walk_.line[1:5] == ["more_time", "find", "tell_more_time", "more_time_told"]
    assert due(walk_, "answer") == [date(2026, 6, 3)]
    assert due(walk_, "tell_more_time") == [date(2026, 4, 3)]


def test_law_enforcement_requests_are_not_extended():
    answers = ANSWERS["more_time_needed"]["complex"]
    assert problems("more_time_needed", answers, regime="law_enforcement") == {"more_time_not_allowed"}
    assert problems("more_time_needed", answers, regime="general") == set()


def test_more_time_told_late_says_why():
    answers = {"more_time_told_at": "2026-03-10T09:00:00Z", "more_time_in_time": "no"}
    assert problems("rights_tell_more_time", answers) == {"more_time_late"}


def test_a_month_that_is_over_closes_nothing_and_is_told_to_the_risk_owner():
    line = walked(meanwhile={"answer": "month_over"}).line
    assert {"late_answer", "late_noted"} <= set(line) and "request_answered" in line


def test_a_month_that_is_over_says_nothing_where_more_time_was_taken():
    walk_ = walked(meanwhile={"find": "more_time_needed", "answer": "month_over"})
    assert "still_in_time" in walk_.line and "late_answer" not in walk_.line


def test_three_months_over_is_told_to_the_risk_owner():
    walk_ = walked(meanwhile={"find": "more_time_needed", "answer": "three_months_over"})
    assert {"late_answer", "request_answered"} <= set(walk_.line)


# Exemptions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "may"), [("parent", True), ("court_appointed", True), ("self", False)])
def test_child_abuse_data_is_only_kept_from_those_who_ask_for_a_child(who, may):
    grounds = offered(
        "rights_exemptions", "exemptions", {"gives": "part"}, requester_is=who, regime="general"
    )
    assert ("child_abuse_data" in grounds) == may


def test_law_enforcement_holds_back_on_its_own_grounds_only():
    given = {"regime": "law_enforcement", "requester_is": "parent"}
    grounds = offered("rights_exemptions", "exemptions", {"gives": "part"}, **given)
    assert grounds == {"inquiry", "crime", "public_security", "others_rights"}


def test_a_live_case_is_a_ground_that_needs_reasons_like_every_other():
    answers = {**ANSWERS["rights_exemptions"]["part"], "exemption_reasons": " "}
    assert problems("rights_exemptions", answers, regime="general") == {"exemption_reasons"}


def test_nothing_is_held_back_without_a_ground():
    answers = {**ANSWERS["rights_exemptions"]["part"], "exemptions": []}
    assert problems("rights_exemptions", answers, regime="general") == {"exemptions"}


@pytest.mark.parametrize(
    ("process", "task", "others"),
    [
        ("rights_access", "review_exemptions", {"third_parties", "exemptions", "harm_view"}),
        ("rights_access", "harm_view", {"exemptions"}),
        ("rights_change", "review_refusal", {"decide_change"}),
        ("sealed_search", "second_on_sealed", {"search_sealed", "weigh_sealed"}),
    ],
)
def test_whoever_holds_back_does_not_review_it(process, task, others):
    said = diagram(process).elements[task].extensions.properties
    assert set(said["handrail:four_eyes"].split()) == others


# Sealed ----------------------------------------------------------------------------------------------------


def test_the_second_key_is_asked_for_every_law_enforcement_request_alike():
    """That it was asked says nothing; what comes back is material, or nothing to add."""
    walk_ = walked("law_enforcement")
    assert walk_.line[:4] == ["identity", "find", "to_second_key", "second_key"]
    (thrown,) = walk_.thrown
    assert thrown.name == "sealed_search_wanted"
    assert offered("rights_second_key", "second_key_returned", {}) == {"material", "nothing_to_add"}


def test_every_law_enforcement_answer_goes_out_on_the_same_day():
    """25 days after 3 March, whatever is found, given or held back."""
    for choices in ({}, {"second_key": "material"}, {"exemptions": "law_enforcement"}):
        walk_ = walked("law_enforcement", **choices)
        assert walk_.clock.now.date() == date(2026, 3, 28)
        assert walk_.said.endswith(f"usual_day -> {DONE}")


def test_every_law_enforcement_answer_has_the_same_words():
    for gives in ("all", "part", "none"):
        given = {"right": "access", "regime": "law_enforcement", "gives": gives}
        assert offered("rights_answer", "answer_says", {}, **given) == {"neither"}
        answers = {**ANSWERS["rights_answer"]["neither"], "answer_neutral": False}
        assert problems("rights_answer", answers, **given) == {"answer_neutral"}


def test_nobody_is_ever_told_that_nothing_is_held():
    words = form_of("rights_answer").content.decode().lower()
    for phrase in ("no record", "no trace", "we hold nothing", "nothing is known"):
        assert phrase not in words
    assert "neither confirm nor deny" in words


def test_the_sealed_search_is_a_sealed_case_of_its_own():
    search = diagram("sealed_search")
    assert search.processes["sealed_search"].extensions.properties["handrail:sealed"] == "true"
    assert search.elements["second_key_asked"].extensions.properties["handrail:case"] == "new"
    for task in diagram("subject_rights").of_kind("userTask"):
        assert "sealed" not in task.extensions.properties.get("handrail:shows", "")


SEALED = {"requester_name": "?", "rights_received_at": "2026-03-03T09:00:00Z"}


def test_nothing_sealed_is_recorded_apart():
    said = walk_any("sealed_search", SEALED, event="second_key_asked")
    assert said == "search_sealed -> sealed_answered"


def test_what_is_sealed_is_weighed_for_this_person_and_by_two_people():
    once = "weigh_sealed -> second_on_sealed"
    assert walk_any(
        "sealed_search",
        SEALED,
        event="second_key_asked",
        search_sealed="yes",
        weigh_sealed=("none", "part"),
        second_on_sealed=("back", "yes"),
    ) == (f"search_sealed -> {once} -> {once} -> sealed_answered")


def test_sealing_is_no_reason_by_itself():
    answers = ANSWERS["sealed_weigh"]["none"]
    bare = {key: value for key, value in answers.items() if key not in ("sealed_reasons", "sealed_grounds")}
    assert problems("sealed_weigh", bare) == {"sealed_reasons", "sealed_grounds"}
    assert "sealed_grounds" not in shown("sealed_weigh", ANSWERS["sealed_weigh"]["all"])


def test_no_request_ends_without_its_decision():
    names = ("subject_rights", "rights_access", "rights_change", "sealed_search", "consent")
    assert ways_round_records(names) == []
