"""Every path through the child sex offender disclosure scheme in one line, and what the scheme insists on."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from engine import diagrams, forms
from engine.diagrams import governance
from policy.roles import ROLES
from tests.workflows.answers import ANSWERS
from tests.workflows.answers_csor import SAID
from tests.workflows.test_forms import offered, problems, shown
from tests.workflows.walking import WORKFLOWS, form_of
from tests.workflows.walking import walk as walk_any
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


# The scheme ------------------------------------------------------------------------------------------------


def test_assessed_by_one_decided_by_another_and_told_in_person():
    assert walk() == f"{TO_DECISION} -> {TOLD} -> {DISCLOSED}"


def test_only_the_police_take_applications():
    process = _diagram("csor_disclosure").processes["csor_disclosure"]
    assert process.extensions.properties["handrail:start_roles"] == "police_contact"


def test_outside_the_scheme_advice_is_given_and_the_reasons_recorded():
    assert walk(in_scope="no") == f"{CHECKED} -> safety_advice -> {QUIET} -> {CLOSED}"


@pytest.mark.parametrize("proof", ["not_identity", "not_relationship"])
def test_not_proved_nothing_is_disclosed_and_safeguarding_goes_on(proof):
    walk_ = walked(prove=proof, safety_advice="concern")
    assert walk_.said == (
        f"{PROVED} -> csor_concern_later -> tell_applicant -> {HUB} -> record_outcome -> {CLOSED}"
    )
    assert [each.name for each in walk_.thrown] == ["mash_contact"]


@pytest.mark.parametrize("proof", ["not_identity", "not_relationship"])
def test_not_proved_without_a_concern_is_recorded_and_closed(proof):
    assert walk(prove=proof) == f"{PROVED} -> {QUIET} -> {CLOSED}"


def test_immediate_danger_is_acted_on_beside_the_application():
    walk_ = walked("danger")
    assert {"police_told", "social_care_told", "told", "csor_danger_told"} <= set(walk_.line)
    assert "confirm_call" not in walk_.line  # the police do not call themselves
    assert walk_.line.index("initial_checks") < walk_.line.index("csor_danger_told")
    assert walk_.line[-1] == "csor_closed"


def test_danger_can_be_raised_at_any_time():
    line = walked(meanwhile={"interview": "immediate_risk_raised"}).line
    assert line.index("csor_danger_later") < line.index("interview")
    assert "csor_told_again" in line and line[-1] == "csor_closed"


@pytest.mark.parametrize(
    "found",
    [
        {"initial_checks": "danger"},
        {"meanwhile": {"assess_risk": "daily"}, "recheck": "danger"},
    ],
)
def test_danger_that_a_check_finds_is_acted_on_at_once_and_the_hub_is_told(found):
    """Nobody has to press a button for it."""
    walk_ = walked(**found, **QUIET_END)
    assert {"police_told", "social_care_told", "csor_told_again", "csor_hub_told"} <= set(walk_.line)
    assert walk_.line.index("csor_hub_told") < walk_.line.index("csor_closed")
    act, tell = tasks(walk_, "police_told"), tasks(walk_, "tell_csor_hub")
    assert len(act) == 1 and tell[0].clock == "csods_hub"


# The children's hub ----------------------------------------------------------------------------------------

CONCERNS = [
    ({"initial_checks": "concern", **QUIET_END}, "in_scope"),
    ({"safety_advice": "concern", **QUIET_END}, "choose_partners"),
    ({"meanwhile": {"assess_risk": "daily"}, "recheck": "concern", **QUIET_END}, "decide"),
    ({"decide": "against_presumption"}, "decide"),  # the risk assessment
    ({"meanwhile": {"interview": "csor_child_found"}, **QUIET_END}, "prove"),  # from the case page
]


@pytest.mark.parametrize(("found", "before"), CONCERNS)
def test_the_hub_is_told_of_a_concern_as_soon_as_it_is_found_whatever_becomes_of_the_application(
    found, before
):
    walk_ = walked(**found)
    (contact,) = walk_.thrown
    assert contact.name == "mash_contact"
    assert walk_.line.index("csor_concern_later") < walk_.line.index(before)
    assert "csor_told" not in walk_.line and walk_.line[-1] == "csor_closed"
    (task,) = tasks(walk_, "tell_csor_hub")
    assert (task.role, task.clock) == ("police_disclosure_officer", "csods_hub")


def test_a_concern_outside_the_scheme_reaches_the_hub_too():
    walk_ = walked(in_scope="no", safety_advice="concern")
    assert [each.name for each in walk_.thrown] == ["mash_contact"]


def test_what_the_hub_knows_already_is_not_told_again():
    line = walked(tell_csor_hub="told_before").line
    assert "csor_hub_knows" in line and "csor_hub_told" not in line


KNOWN = {
    "applicant_name": "Elsie Crowe",
    "subject_name": "Ron Pike",
    "application_reason": "Elsie's worry",
    "checks_found": "A conviction",
    "children": [{"child_name": "Maya Fenn", "child_subject_relationship": "Neighbour"}],
}


def test_a_supervisor_is_told_when_the_hub_is_not_and_the_hub_is_told_all_the_same():
    walk_ = walked_any("csor_hub", KNOWN, late="tell_csor_hub", later="tell_csor_hub")
    assert (
        walk_.said == "csor_hub_late -> chase_csor_hub -> csor_hub_chased -> tell_csor_hub -> csor_hub_told"
    )
    assert tasks(walk_, "chase_csor_hub")[0].role == "police_supervisor"


def test_what_goes_to_the_hub_is_what_the_officer_wrote_for_it_about_the_children_only():
    (contact,) = walked_any("csor_hub", KNOWN).thrown
    assert contact.variables["case_subjects"] == [
        {"name": "Maya", "part": "child", "date_of_birth": "2018-05-01"}
    ]
    said = str(contact.variables)
    assert not re.search("Elsie|Crowe|Ron|Pike|conviction|Fenn|appl|disclos|scheme", said, re.IGNORECASE)


def test_nothing_goes_to_the_hub_before_it_is_read_through_for_what_it_reveals():
    answers = {**ANSWERS["csor_hub"]["told"], "csor_hub_nothing_secret": False}
    assert problems("csor_hub", answers) == {"csor_hub_nothing_secret"}
    assert problems("csor_hub", {"csor_hub_tell": "no"}) == {"csor_hub_told_before"}


@pytest.mark.parametrize("call", ["csor_danger_now", "csor_danger_again"])
def test_whoever_acts_on_danger_is_not_told_that_anybody_applied(call):
    source = (WORKFLOWS / "csor_disclosure.bpmn").read_text()
    (inputs,) = re.findall(rf'<bpmn:callActivity id="{call}".*?</zeebe:ioMapping>', source, re.DOTALL)
    (concern,) = re.findall(r'source="([^"]*)" target="concern"', inputs)
    assert "application" not in concern and concern.startswith("=&quot;A child may be in danger")


# Limits: they raise, record and remind, and close nothing ---------------------------------------------------


def test_checks_have_24_hours_from_the_application_at_any_hour():
    (task,) = tasks(walked(), "initial_checks")
    assert (task.clock, task.due) == ("csods_initial_checks", datetime(2026, 3, 4, 9, tzinfo=UTC))


def test_late_checks_are_told_to_the_supervisor():
    line = walked(late="initial_checks").line
    assert line[1:5] == ["checks_late", "initial_checks", "chase_checks", "checks_chased"]
    assert line[-1] == "csor_closed"


def test_a_late_interview_is_told_to_the_supervisor():
    line = walked(late="interview").line
    assert line[line.index("interview_late") + 1 :][:3] == [
        "interview",
        "chase_interview",
        "interview_chased",
    ]
    assert line[-1] == "csor_closed"


def test_after_28_days_reasons_a_plan_and_a_reminder_and_the_application_goes_on():
    walk_ = walked(meanwhile={"assess_risk": "overdue"}, later="assess_risk")
    at = walk_.line.index("overdue")
    assert walk_.line[at + 1 : at + 3] == ["overdue_reasons", "interim_plan"]
    assert walk_.line[-2:] == ["another_day", "late_but_done"]
    assert walk_.status == "completed" and "csor_told" in walk_.line


def test_the_reminder_comes_every_day_until_the_outcome_is_recorded():
    line = walked(
        meanwhile={"choose_partners": "overdue", "assess_risk": "another_day", "review": "another_day"}
    ).line
    assert line.count("remind") == 2 and line[-1] == "late_but_done"


def test_28_days_count_from_the_application():
    walk_ = walked(meanwhile={"assess_risk": "overdue"}, later="assess_risk")
    (task,) = tasks(walk_, "assess_risk")
    assert (task.clock, task.due.date().isoformat()) == ("csods_overall", "2026-03-31")


def test_28_days_after_the_outcome_ask_nothing():
    assert "overdue -> in_time" in walk(meanwhile={"breach_watch": "overdue"})


def test_somebody_looks_again_every_day_that_the_application_waits():
    line = walked(meanwhile={"assess_risk": "daily", "review": "next_day"}).line
    assert line.count("recheck") == 2 and line[-1] == "csor_closed"


# Partners --------------------------------------------------------------------------------------------------


def test_agencies_are_asked_at_once_and_each_sees_its_own_request_only():
    asked = tasks(walked(), "partner_return")
    assert [task.role for task in asked] == ["csc_screening", "mash_health", "mash_education"]
    assert len({task.clock for task in asked}) == 1


def test_every_return_reaches_the_assessor():
    returns = walked(partner_return=("held", "nothing")).variable("partner_returns")
    assert returns is None  # what agencies said stays in the assessment
    walk_ = walked_any("csor_assessment", APPLIED, partner_return=("held", "nothing"))
    kept = walk_.variable("partner_returns")
    assert [(each["return_agency"], each["return_held"]) for each in kept] == [
        ("csc_screening", "yes"),
        ("mash_health", "no"),
        ("mash_education", "no"),
    ]


def test_what_an_agency_is_given_holds_nothing_of_the_applicant():
    """The called process gets its own request, and none of the variables around it."""
    (call,) = (
        each for each in _diagram("csor_assessment").of_kind("callActivity") if each.id == "ask_partners"
    )
    source = (WORKFLOWS / "csor_assessment.bpmn").read_text()
    assert 'processId="csor_partner_return"' in source
    assert source.count('propagateAllParentVariables="false"') == 1
    assert call.extensions.called_process == "csor_partner_return"
    assert not {key for key in form_of("csor_partner_return").keys if key.startswith("applica")}


PARTNER = {"partner": "mash_health", "partner_question": "?", "partner_about": "?"}
APPLIED = {
    "applied_at": "2026-03-03T09:00:00Z",
    "csor_cannot_wait": "no",
    "applicant_name": "?",
    "children": [],
}


def test_an_agency_that_does_not_answer_is_chased_and_may_still_answer():
    assert (
        walk_any("csor_partner_return", PARTNER, late="partner_return", later="chase_partner")
        == "partner_late -> partner_return -> partner_returned"
    )


def test_the_police_may_go_on_without_an_agency():
    assert (
        walk_any("csor_partner_return", PARTNER, late="partner_return", later="partner_return")
        == "partner_late -> chase_partner -> went_on_without"
    )


SILENT = {"late": "partner_return", "later": "partner_return"}
ESCALATED = {
    **SILENT,
    "chase_partner": ("escalate", "without"),
    "meanwhile": {"partner_return": "wait_longer"},
}


def test_silence_is_taken_to_a_disagreement_while_the_agency_is_still_waited_for():
    walk_ = walked_any("csor_partner_return", PARTNER, **ESCALATED)
    assert walk_.said == (
        "partner_late -> chase_partner -> raise_silence -> silence_raised "
        "-> wait_longer -> chase_partner -> went_on_without"
    )
    (raised,) = walk_.thrown
    assert (raised.name, raised.correlation) == ("escalation_raised", '{"partner":"mash_health"}')
    assert raised.variables == {
        "disagreement_issue": f"An agency does not answer the police: {SAID} Speak to: {SAID}",
        "disagreement_about": "no_answer",
        "disagreement_agency": "Health",
        "other_party": "other",
        "disagreement_urgency": "high",
    }


def test_a_supervisor_may_leave_it_with_the_officer():
    walk_ = walked_any("csor_partner_return", PARTNER, **ESCALATED, raise_silence="no")
    assert walk_.thrown == [] and "silence_left" in walk_.line


def test_a_chase_that_is_late_is_told_to_the_supervisor_and_closes_nothing():
    """Both tasks stay open: the agency may still answer, and the officer may still chase."""
    walk_ = walked_any(
        "csor_partner_return",
        PARTNER,
        late="partner_return",
        later="partner_return chase_partner",
        meanwhile={"partner_return": "chase_late"},
    )
    assert walk_.said == (
        "partner_late -> chase_late -> raise_silence -> silence_raised -> partner_return -> partner_returned"
    )


@pytest.mark.parametrize("agency", ["csc_screening", "mash_education", "mash_probation", "mash_housing"])
def test_each_agency_is_named_beside_what_it_is_asked_and_chased_for(agency):
    walk_ = walked_any("csor_partner_return", {**PARTNER, "partner": agency}, **ESCALATED)
    assert {each.name.rpartition(" (")[2] for each in walk_.tasks} == {f"{ROLES[agency].name})"}
    (raised,) = walk_.thrown
    assert raised.variables["disagreement_agency"].lower() in ROLES[agency].name.lower()


@pytest.mark.parametrize("scheme", ["csor", "dvds"])
def test_of_two_organisations_with_one_role_the_chase_says_which_was_asked(scheme):
    partner = "partner" if scheme == "csor" else "dvds_partner"
    both = [{"value": "a", "label": "Trent Bank"}, {"value": "b", "label": "Isle Hospital"}]
    chosen = {partner: "mash_health", f"{partner}_organisation": "b"}
    field = shown(f"{scheme}_chase_partner", {}, **chosen, organisations={"mash_health": both})
    assert field[f"{partner}_organisation"].value == "b"
    assert f"{partner}_organisation" not in shown(f"{scheme}_chase_partner", {}, **{partner: "mash_health"})


def test_those_who_settle_it_are_told_nothing_before_it_is_read_through():
    answers = {**ANSWERS["partner_silence"]["yes"], "silence_nothing_secret": False}
    assert problems("partner_silence", answers) == {"silence_nothing_secret"}


def test_the_police_may_wait_longer_and_chase_again():
    assert (
        walk_any(
            "csor_partner_return",
            PARTNER,
            late="partner_return",
            later="partner_return",
            meanwhile={"partner_return": "wait_longer"},
            chase_partner=("wait", "without"),
        )
        == "partner_late -> chase_partner -> wait_longer -> chase_partner -> went_on_without"
    )


# Urgent ----------------------------------------------------------------------------------------------------


def test_the_urgent_route_leaves_out_partner_returns_and_is_written_up_afterwards():
    assert walk(in_scope="cannot_wait") == (
        f"{PROVED} -> authorise_urgent -> {REVIEWED} -> {VIEWS} -> {DECIDED} -> {TOLD} "
        f"-> urgent_paperwork -> {DISCLOSED}"
    )


def test_urgency_that_is_not_authorised_asks_the_partners():
    assert walk(in_scope="cannot_wait", authorise_urgent="no") == (
        f"{PROVED} -> authorise_urgent -> {ASSESSED} -> {VIEWS} -> {DECIDED} -> {TOLD} -> {DISCLOSED}"
    )


# Review, representations, decision -------------------------------------------------------------------------


def test_the_review_may_send_the_assessment_back():
    assert walk(review=("back", "sound")) == (
        f"{PROVED} -> {ASSESSED} -> assess_risk -> review -> {VIEWS} -> {DECIDED} -> {TOLD} -> {DISCLOSED}"
    )  # the hub is not told a second time of what it knows


@pytest.mark.parametrize(
    ("process", "task", "others"),
    [
        ("csor_assessment", "review", {"assess_risk"}),
        ("csor_assessment", "three_part_test", {"assess_risk"}),
        ("csor_assessment", "best_placed", {"assess_risk"}),
        ("csor_assessment", "decide", {"assess_risk"}),
        ("csor_assessment", "authorise_urgent", {"in_scope"}),
        ("csor_representations", "views_sought", {"assess_risk"}),
        ("csor_disclosure_visit", "not_signed", {"assess_risk", "undertaking"}),
        ("csor_closure", "check_complete", {"record_outcome"}),
    ],
)
def test_the_assessor_never_reviews_and_never_decides(process, task, others):
    said = _diagram(process).elements[task].extensions
    assert said.role == "police_supervisor"
    assert set(said.properties["handrail:four_eyes"].split()) == others


def test_representations_are_sought_and_weighed():
    assert walk(views_sought="sought") == TO_DECISION.replace(
        VIEWS, "views_sought -> invite_views -> views_answer -> weigh_views -> views_weighed"
    ) + (f" -> {TOLD} -> {DISCLOSED}")


def test_no_representations_in_seven_days_and_it_goes_on_without_them():
    assert walk(views_sought="sought", late="views_answer") == TO_DECISION.replace(
        VIEWS, "views_sought -> invite_views -> views_late -> no_views"
    ) + (f" -> {TOLD} -> {DISCLOSED}")


@pytest.mark.parametrize("why", ["not_sought_urgent", "not_sought_prejudice"])
def test_representations_not_sought_need_reasons(why):
    assert problems("csor_views", {"subject_views_sought": why}) == {"subject_views_reasons"}
    assert walk_any("csor_representations", {}, views_sought=why) == VIEWS


def test_representations_never_show_the_applicant():
    for task in _diagram("csor_representations").of_kind("userTask"):
        assert "applica" not in task.extensions.properties.get("handrail:shows", "")
    answers = {**ANSWERS["csor_invite_views"]["in_person"], "views_applicant_hidden": False}
    assert problems("csor_invite_views", answers) == {"views_applicant_hidden"}


def test_the_test_not_met_nothing_can_be_disclosed():
    line = walk(three_part_test="not_met", assess_risk="intelligence", decide="not_disclose")
    refused = "three_part_test -> decide -> csor_decided"
    assert line == f"{PROVED} -> {ASSESSED} -> {VIEWS} -> {refused} -> {QUIET} -> {CLOSED}"


def test_a_supervisor_may_decide_against_disclosing_with_reasons():
    line = walk(decide="against_presumption")
    assert line == f"{TO_DECISION} -> {QUIET} -> {CLOSED}"


def test_nothing_found_and_no_concern_is_closed_without_the_hub():
    walk_ = walked(assess_risk="none", three_part_test="not_met", decide="not_disclose")
    assert walk_.thrown == [] and walk_.said.endswith(f"{QUIET} -> {CLOSED}")


MET = {each: "yes" for each in ("test_necessary", "test_pressing", "test_proportionate", "child_interest")}


@pytest.mark.parametrize("part", sorted(MET))
def test_a_person_can_only_disclose_when_every_part_is_met(part):
    assert offered("csor_decision", "disclosure_decision", {}, **MET) == {"disclose", "not_disclose"}
    assert offered("csor_decision", "disclosure_decision", {}, **{**MET, part: "no"}) == {"not_disclose"}


@pytest.mark.parametrize("part", ["necessary", "pressing", "proportionate"])
def test_each_part_of_the_test_needs_its_reasons(part):
    answers = {**ANSWERS["csor_tests"]["met"], f"test_{part}_why": " "}
    assert problems("csor_tests", answers, child_sex_convictions="yes") == {f"test_{part}_why"}


@pytest.mark.parametrize(
    ("convictions", "allowed"),
    [("yes", {"yes", "no"}), ("no", {"not_applicable"}), ("nothing", {"not_applicable"})],
)
def test_the_presumption_is_only_for_child_sex_convictions(convictions, allowed):
    assert offered("csor_tests", "presumption", {}, child_sex_convictions=convictions) == allowed


def test_not_following_the_presumption_needs_its_reason():
    answers = ANSWERS["csor_decision"]["not_disclose"]
    assert problems("csor_decision", answers, **MET, presumption="yes") == {"presumption_departed"}


# In person, with the undertaking ---------------------------------------------------------------------------

VISIT = {**APPLIED, "recipient_name": "?", "approved_words": "?"}


@pytest.mark.parametrize("warning", ["in_person", "purpose", "confidential", "legal", "explained"])
def test_every_warning_is_given_in_person_before_they_sign(warning):
    answers = {**ANSWERS["csor_undertaking"]["signed"], f"warned_{warning}": False}
    assert problems("csor_undertaking", answers) == {f"warned_{warning}"}


def test_nothing_is_ever_told_in_writing():
    answers = {**ANSWERS["csor_tell"]["told"], "told_nothing_written": False}
    assert problems("csor_tell", answers) == {"told_nothing_written"}


@pytest.mark.parametrize(
    ("decision", "then"),
    [
        ("tell_all_the_same", "tell_in_person -> csor_told"),
        ("safeguarding_route", "not_told"),
        ("not_disclose", "not_told"),
    ],
)
def test_unsigned_a_supervisor_considers_whether_it_still_takes_place(decision, then):
    walk_ = walked_any("csor_disclosure_visit", VISIT, undertaking="refused", not_signed=decision)
    assert walk_.said == f"plan_visit -> undertaking -> not_signed -> {then}"
    (task,) = tasks(walk_, "not_signed")
    assert (task.role, task.clock, task.due.date()) == (
        "police_supervisor",
        "undertaking_refused",
        walk_.clock.now.date(),
    )


def test_unsigned_somebody_else_may_be_told_and_is_warned_again():
    assert (
        walk_any(
            "csor_disclosure_visit", VISIT, undertaking=("refused", "signed"), not_signed="another_protector"
        )
        == f"plan_visit -> undertaking -> not_signed -> {TOLD}"
    )


def test_unsigned_there_are_four_ways_and_no_refusal_by_itself():
    allowed = offered("csor_not_signed", "undertaking_decision", {}, undertaking="refused")
    assert allowed == {"tell_all_the_same", "another_protector", "safeguarding_route", "not_disclose"}


def test_nobody_is_told_what_they_do_not_wish_to_hear():
    allowed = offered("csor_not_signed", "undertaking_decision", {}, undertaking="not_heard")
    assert allowed == {"another_protector", "safeguarding_route", "not_disclose"}


def test_not_told_for_want_of_a_signature_the_child_is_still_protected():
    line = walk(undertaking="refused", not_signed="not_disclose")
    assert line.endswith(f"plan_visit -> undertaking -> not_signed -> not_told -> {QUIET} -> {CLOSED}")
    assert HUB in line


# Afterwards ------------------------------------------------------------------------------------------------


def test_the_subject_may_be_told_after_the_risk_is_assessed():
    assert walk(inform_subject="told") == f"{TO_DECISION} -> {TOLD} -> {DISCLOSED}"


def test_whether_the_subject_is_told_is_never_answered_beforehand_and_no_comes_first():
    field = shown("csor_inform_subject", {})["subject_told"]
    assert field.value in (None, "") and field.options[0].value == "not_told"


def test_the_applicant_may_be_told_nothing():
    assert "tell_applicant" in walk(tell_applicant="nothing")


@pytest.mark.parametrize("disclosed", ["2026-03-03T09:00:00Z", None])
def test_an_applicant_who_is_not_the_person_told_learns_nothing_of_the_outcome(disclosed):
    allowed = offered(
        "csor_tell_applicant",
        "applicant_told",
        {},
        scope="yes",
        identity_proved="yes",
        relationship_proved="yes",
        recipient_is_applicant="no",
        told_at=disclosed,
    )
    assert allowed == {"dealt_with", "nothing"}


def test_nobody_is_ever_told_that_there_is_no_trace():
    answers = {**ANSWERS["csor_tell_applicant"]["dealt_with"], "applicant_told_neutral": False}
    assert "applicant_told_neutral" in problems("csor_tell_applicant", answers)
    labels = form_of("csor_tell_applicant").content.decode().lower()
    assert "no record" not in labels and "nothing is known" not in labels


def test_a_breach_is_watched_for_and_decided_on():
    line = walk(breach_watch=("watch_on", "broken"))
    assert line.endswith(f"breach_watch -> breach_watch -> breach_decision -> {CLOSED}")


@pytest.mark.parametrize(
    ("earlier", "outcome"),
    [
        ({"told_at": "2026-03-03T09:00:00Z", "scope": "yes"}, "disclosed"),
        ({"scope": "no"}, "out_of_scope"),
        ({"scope": "yes", "identity_proved": "no"}, "not_proved"),
        (
            {
                "scope": "yes",
                "identity_proved": "yes",
                "relationship_proved": "yes",
                "disclosure_decision": "not_disclose",
            },
            "not_disclosed",
        ),
    ],
)
def test_only_the_outcome_that_came_about_can_be_recorded(earlier, outcome):
    assert offered("csor_record", "outcome", {}, **earlier) == {outcome}


def test_the_record_holds_the_reasons_for_every_part():
    earlier = {"test_pressing_why": "Because", "recipient_why": "Because", "scope": "yes", "told_at": None}
    given = {**earlier, "identity_proved": "yes", "relationship_proved": "yes"}
    kept = forms.submit(form_of("csor_record"), ANSWERS["csor_record"]["not_told"], given).kept
    assert (kept["test_pressing_why"], kept["recipient_why"]) == ("Because", "Because")


# The diagrams ----------------------------------------------------------------------------------------------


def test_every_end_passes_the_decision_record_and_every_part_is_sealed():
    found = [_diagram(path.stem) for path in sorted(WORKFLOWS.glob("csor_*.bpmn"))]
    assert not [each for each in governance.objections(found, diagrams.Known()) if "record" in each.message]
    for diagram in found:
        for process in diagram.processes.values():
            assert process.extensions.properties["handrail:sealed"] == "true"
    main = _diagram("csor_disclosure").processes["csor_disclosure"].extensions.properties
    assert main["handrail:requires_record"] == "decision"


def test_an_application_from_the_future_is_refused():
    """The limits count from it, so that a slip of the pen would lengthen them."""
    answers = {**ANSWERS["csor_application"]["application"], "applied_at": "2999-01-01T09:00:00Z"}
    assert problems("csor_application", answers) == {"applied_at_future"}


@pytest.mark.parametrize("missing", ["subject_name", "false_information_warned", "no_conflict"])
def test_an_application_names_a_person_and_warns_the_applicant(missing):
    answers = {**ANSWERS["csor_application"]["application"]}
    del answers[missing]
    assert problems("csor_application", answers) == {missing}


def test_an_application_is_about_a_specific_child():
    answers = {**ANSWERS["csor_application"]["application"], "children": []}
    assert problems("csor_application", answers) == {"children_missing"}


def _diagram(name):
    return diagrams.read((WORKFLOWS / f"{name}.bpmn").read_bytes(), f"{name}.bpmn")
