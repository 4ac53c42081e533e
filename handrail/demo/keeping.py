"""Data protection: a breach, somebody's rights, what is kept, and a regular flow."""

from __future__ import annotations

from typing import Final

from engine.cases import Subject
from handrail.demo.story import Story


def breach_at_hour_sixty(story: Story) -> None:
    """A letter went to an old address. Not to report it needs a second person, within twelve hours."""
    story.goes_on(story.hours_ago(60))
    story.opens(
        "beth",
        "breach",
        "trent-bank",
        (Subject("Ella Winstanley", "child", "2024-09-05"),),
        {
            "breach_danger_now": "no",
            "breach_aware_at": story.said_at,
            "breach_kind": "wrong_recipient",
            "breach_what": "An appointment letter for Ella went to her former address and was opened there.",
            "breach_about": "Ella's name, date of birth and the clinic; nothing of her health.",
            "breach_regime": "general",
        },
    )
    story.does(
        "beth",
        "contain_breach",
        {
            "contained": "yes",
            "containment": "The new tenant telephoned us at once and gave the letter back the same day.",
            "others_hold_it": "no",
        },
    )
    story.goes_on(story.hours_ago(51))
    story.does(
        "ruth",
        "assess_breach",
        {
            "breach_risk": "unlikely",
            "breach_effects": "A stranger read her name and a clinic's; her mother was told and is content.",
            "breach_people": "One, a child",
            "breach_risk_reasons": "Returned within hours, and nobody in the family is hiding.",
        },
    )
    story.goes_on(story.hours_ago(50))
    story.does(
        "ruth",
        "decide_report",
        {"breach_report": "no", "breach_report_reasons": "Unlikely to be a risk to anybody's rights."},
    )
    story.takes("kwame", "confirm_not_reported")


def answer_that_holds_something_back(story: Story) -> None:
    """A mother asks for her son's record. Who told the school is not hers to know."""
    story.goes_on(story.working_days_ago(14, 9, 0))
    story.opens(
        "priya",
        "subject_rights",
        "council",
        (Subject("Jordan Pell", "child", "2012-01-15"), Subject("Sandra Pell", "parent_or_carer")),
        {
            "rights_received_at": story.said_at,
            "right": "access",
            "rights_request": "I want to see everything you have written about me since 2023.",
            "requester_name": "Sandra Pell",
            "requester_is": "self",
            "rights_contact": "By letter to her solicitor; she shares her email with her husband.",
            "regime": "general",
        },
    )
    story.does("priya", "identity", {"identity_known": "yes"})
    story.goes_on(story.working_days_ago(9, 14, 0))
    story.does(
        "priya",
        "find",
        {
            "searched": ["case_records", "email", "paper"],
            "rights_found": "Forty pages of the early help file, and six emails with the school.",
            "live_case": "no",
        },
    )
    story.does(
        "priya",
        "third_parties",
        {
            "others_in_it": "yes",
            "third_parties": [
                {
                    "third_party": "The neighbour who telephoned in March 2024",
                    "third_decision": "redact",
                    "third_reasons": "She asked not to be named, and lives next door.",
                }
            ],
            "third_ask": "no",
        },
    )
    story.goes_on(story.working_days_ago(2, 11, 0))
    story.does(
        "priya",
        "exemptions",
        {
            "gives": "part",
            "exemptions": ["crime"],
            "exemption_reasons": "Two lines would tell how the police were to call, while that "
            "still matters.",
            "serious_harm_claimed": "no",
        },
    )


def record_that_a_second_person_agrees_to_destroy(story: Story) -> None:
    """An allegation that was unfounded is past its time."""
    story.goes_on(story.working_days_ago(2, 10, 20))
    story.opens(
        "harriet",
        "retention_review",
        "council",
        (Subject("A former member of staff, file LA-2009-17", "other"),),
        {
            "record_reference": "LA-2009-17",
            "record_class": "police_intelligence",
            "record_last_contact_on": "2014-05-30",
            "csa_related": "no",
        },
    )
    story.does("harriet", "look_for_holds", {"on_hold": "no"})
    story.does(
        "harriet",
        "needed",
        {"still_needed": "no", "needed_why": "Nobody has asked for it in twelve years."},
    )
    story.does(
        "harriet",
        "decide_retention",
        {"retention_choice": "dispose", "retention_reasons": "Its period is over and nothing holds it."},
    )
    story.takes("priya", "second_person")


def flow_that_waits_for_the_guardian(story: Story) -> None:
    """The hub would like to know every week which babies were not brought to be weighed."""
    story.goes_on(story.working_days_ago(7, 9, 30))
    story.opens(
        "nadia",
        "impact_assessment",
        "childrens-services",
        (Subject("Babies under one in North Lincolnshire", "other"),),
        {
            "flow_name": "Weekly list of missed weight checks",
            "flow_why": "So that early help reaches a family before the third missed check.",
            "flow_data": "Name, birth date and missed checks of about 40 babies a week.",
            "flow_parties": [
                {"party_name": "Trent Bank Health Visiting Team", "party_part": "gives"},
                {"party_name": "North Lincolnshire Children's Services", "party_part": "receives"},
            ],
            "flow_health": "yes",
            "flow_regime": "general",
            "share_waiting": "no",
        },
    )
    story.does(
        "priya", "regular", {"flow_kind": "regular", "flow_kind_reasons": "Every Monday, without end."}
    )
    story.does(
        "priya",
        "high_risk",
        {
            "flow_features": ["large_scale", "invisible"],
            "high_risk": "yes",
            "high_risk_reasons": "Health information of every baby in the county, and parents do not see it.",
        },
    )
    story.goes_on(story.working_days_ago(4, 13, 0))
    story.does(
        "nadia",
        "describe",
        {
            "impact_description": "A list from the clinic's system to the front door's, kept for six weeks.",
            "impact_necessity": "Three missed checks came before each of the last two serious incidents.",
            "impact_basis": "Public task: Children Act 2004, sections 10 and 11; health or social care.",
            "impact_told": "In the red book, on the clinic's wall and by the health visitor.",
            "impact_asked": "Two parents' groups, the health visitors and the front door.",
        },
    )
    story.does(
        "nadia",
        "risks",
        {
            "impact_risk_list": [
                {
                    "risk_what": "Parents who fear social workers stay away from the clinic.",
                    "risk_likelihood": "medium",
                    "risk_severity": "high",
                    "risk_measure": "The health visitor speaks to the family first, and only then "
                    "is it listed.",
                    "risk_left": "medium",
                }
            ]
        },
    )
    story.goes_on(story.working_days_ago(1, 10, 0))
    story.does(
        "priya",
        "advise",
        {
            "impact_advice_is": "sound",
            "impact_advice_text": "Sound, if the list is deleted after six weeks and nobody else reads it.",
            "residual_high": "no",
        },
    )


STORIES: Final = (
    breach_at_hour_sixty,
    answer_that_holds_something_back,
    record_that_a_second_person_agrees_to_destroy,
    flow_that_waits_for_the_guardian,
)
