"""The safeguarding hub, child protection and moves between authorities."""

from __future__ import annotations

from typing import Final

from engine.cases import Subject
from handrail.demo.story import Story

_CHILD: Final = {"child_name": "Ruby Castle", "child_dob": "2019-06-17"}


def amber_contact_with_agencies_late(story: Story) -> None:
    """Four agencies are asked. Two have answered, one asked for a day more, one is late."""
    story.goes_on(story.working_days_ago(1, 9, 5))
    story.opens(
        "nadia",
        "mash_triage",
        "childrens-services",
        (Subject("Ruby Castle", "child", "2019-06-17"), Subject("Dean Castle", "parent_or_carer")),
        {
            "contact_danger": "no",
            "contact_received_at": story.said_at,
            "referrer_name": "Mrs Oyelaran",
            "referrer_kind": "professional",
            "referrer_organisation": "Class teacher, Ashby Vale Primary School",
            "referrer_contact": "Through the school office, after half past three",
            "referrer_hidden": "no",
            "mash_children": [{**_CHILD, "child_where": "At school until half past three"}],
            "household": "Her father Dean and his brother, who moved in during October.",
            "contact_concern": "Ruby says that her uncle “gets cross and breaks things”. She has begun to "
            "hide under the table when a door bangs.",
            "contact_sources": "Ruby's own words to her teacher, and what the teacher saw",
            "family_told": "told",
        },
    )
    story.does(
        "nadia",
        "mash_acknowledge",
        {
            "acknowledged": "yes",
            "acknowledged_at": story.said_at,
            "acknowledged_how": "telephone",
            "acknowledged_only": True,
        },
    )
    story.does(
        "nadia",
        "mash_known",
        {
            "known_looked": ["own", "cp_plans", "early_help", "siblings"],
            "known_open": "no",
            "known_what": "One contact in 2023 about the end of the parents' relationship; closed.",
        },
    )
    story.does(
        "nadia",
        "mash_screen",
        {
            "screen_harm": "possible",
            "screen_now": "no",
            "screen_need": "complex",
            "screen_enough": "no",
            "screen_child": "School is where Ruby feels safe. At home she listens for her uncle's mood.",
        },
    )
    story.does(
        "nadia",
        "mash_rate",
        {
            "brag": "amber",
            "brag_reasons": "Possible harm, not tonight, and too little is known of the uncle.",
        },
    )
    about = "Ruby Castle, born 17 June 2019, and the adults of her household in Scunthorpe"
    story.does(
        "nadia",
        "mash_choose",
        {
            "agency_requests": [
                _request("mash_police", about, "Incidents at the address, or with the uncle, in two years."),
                _request("mash_health", about, "Injuries, missed appointments, worries of the school nurse."),
                _request("mash_education", about, "Attendance, and what staff have seen since October."),
                _request("mash_housing", about, "Complaints of noise or damage, and who holds the tenancy."),
            ],
            "research_family": "told",
            "research_basis": "Children Act 2004, section 10, and public task; only what bears on the uncle.",
        },
    )
    story.goes_on(story.working_days_ago(1, 13, 20))
    story.does(
        "kerry",
        "mash_return",
        {
            "agency_holds": "yes",
            "agency_items": [
                {
                    "item_said": "14 October: neighbours called the police to shouting; no offence found.",
                    "item_mark": "fact",
                    "item_age": "current",
                }
            ],
            "agency_relevance": "It is the week in which the uncle moved in.",
            "agency_confidence": "sure",
            "agency_looked": ["own", "partners"],
            "agency_who": "Kerry Sewell, police researcher",
        },
    )
    story.does(
        "leila",
        "mash_return",
        {
            "agency_holds": "yes",
            "agency_items": [
                {
                    "item_said": "Attendance has fallen from 97 to 88 per cent since half-term.",
                    "item_mark": "fact",
                    "item_age": "current",
                }
            ],
            "agency_relevance": "The missed days are mostly Mondays.",
            "agency_confidence": "sure",
            "agency_looked": ["own", "people"],
            "agency_who": "Leila Haddad, education safeguarding officer",
        },
    )
    story.goes_on(story.working_days_ago(1, 15, 30))
    story.does(
        "nadia",
        "mash_chase",
        {
            "mash_chase_said": "They have found the file; a colleague answers when the next shift begins.",
            "mash_chase_result": "wait",
        },
    )
    story.takes("nadia", "mash_chase")


def _request(agency: str, about: str, question: str) -> dict[str, str]:
    return {"agency": agency, "agency_about": about, "agency_question": question}


def child_to_be_seen_today(story: Story) -> None:
    """Section 47 enquiries began: the child is to be seen within 24 hours."""
    story.goes_on(story.hours_ago(21))
    story.opens(
        "jamal",
        "child_protection",
        "childrens-services",
        (Subject("Tyler Brannigan", "child", "2021-03-08"), Subject("Shane Brannigan", "parent_or_carer")),
        {
            "cp_reason": "A nursery worker saw a hand-shaped bruise on Tyler's upper arm.",
            "cp_referred_at": story.said_at,
            "cp_children": [
                {
                    "child_name": "Tyler Brannigan",
                    "child_dob": "2021-03-08",
                    "child_where": "At home with his father",
                }
            ],
        },
    )
    story.does(
        "owen",
        "cp_strategy",
        {
            "strategy_at": story.said_at,
            "strategy_present": ["csc", "police", "health"],
            "strategy_outcome": "section_47",
            "strategy_joint": "joint",
            "strategy_reasons": "The bruise is not explained, and the father did not let the nurse "
            "look at it.",
            "strategy_each_child": "Tyler, and his sister of eleven months, who is at her grandmother's.",
            "strategy_safe": "Tyler's grandmother stays in the house until he has been seen.",
            "strategy_tell": "The father knows that we come; not which worker saw the bruise.",
        },
    )
    story.does(
        "owen",
        "s47_responsible",
        {
            "s47_where": "here",
            "s47_responsible": "us",
            "s47_responsible_reasons": "Tyler lives in Scunthorpe and was found there.",
        },
    )
    story.takes("jamal", "s47_see")


def move_that_nobody_acknowledged(story: Story) -> None:
    """A family moves across the county's boundary; the other authority has not written back."""
    story.goes_on(story.working_days_ago(3, 9, 15))
    story.opens(
        "jamal",
        "child_move",
        "childrens-services",
        (Subject("Skye Ransome", "child", "2014-12-02"), Subject("Gemma Ransome", "parent_or_carer")),
        {
            "move_direction": "out",
            "move_known_at": story.said_at,
            "move_certainty": "known",
            "move_kind": "moved",
            "move_from": "North Lincolnshire",
            "move_to": "Doncaster",
            "move_children": [{"child_name": "Skye Ransome", "child_dob": "2014-12-02"}],
            "move_status": "plan",
            "move_temporary_start": "no",
            "move_worry": "Skye is on a plan for neglect. Her mother left with her and the dog on Sunday.",
            "move_source": "Her grandmother, who helped to load the van",
        },
    )
    story.does(
        "owen",
        "move_decide",
        {
            "move_decided": "transfer",
            "move_decided_reasons": "Known, lasting and on a plan: the plan moves with her.",
            "move_safe": "Jamal Idris visits in Doncaster on Thursdays until they accept.",
        },
    )
    story.does(
        "jamal",
        "move_tell",
        {
            "move_told": [
                {"told_agency": "School nurse team", "told_who": "Ann Lacey", "told_how": "telephone"},
                {"told_agency": "Brumby Fields Academy", "told_who": "Martin Pryce", "told_how": "telephone"},
            ],
            "move_told_at": story.said_at,
            "move_told_least": True,
        },
    )
    story.does(
        "jamal",
        "mt_phone",
        {
            "move_phone_who": "Duty manager, Doncaster",
            "move_phone_at": story.said_at,
            "move_phone_said": "That Skye is on a plan and where she is. They wait for it in writing.",
        },
    )
    story.goes_on(story.working_days_ago(2, 10, 30))
    story.does(
        "jamal",
        "mt_write",
        {
            "move_sent": ["chronology", "plan", "risk", "agencies", "child"],
            "move_sent_at": story.said_at,
            "move_sent_how": "secure_email",
            "move_sent_to": "The duty manager by name, at the team's secure address",
            "move_sent_basis": "Children Act 2004, section 10; public task, and safeguarding of children.",
        },
    )
    story.goes_on(story.working_days_ago(1, 17, 0))
    story.takes("owen", "mt_ack_phone")


def worry_that_reached_the_hub(story: Story) -> None:
    """A teaching assistant's worry became a contact in the hub: a case of its own, at its beginning."""
    story.goes_on(story.hours_ago(5))
    story.opens(
        "ellie",
        "referral",
        "brumby-fields",
        (Subject("Kasia Wrobel", "child", "2012-08-30"),),
        {
            "contact_danger": "no",
            "refer_what": "worry",
            "refer_children": [
                {"child_name": "Kasia Wrobel", "child_dob": "2012-08-30", "child_where": "At her aunt's"}
            ],
            "contact_concern": "Kasia has new trainers and a second telephone, and older friends with a car.",
            "contact_sources": "Two teachers saw the car; Kasia told her form tutor about the telephone",
            "household": "Her mother, who works nights, and her aunt.",
        },
    )
    story.does("ellie", "refer_family", {"family_told": "agreed"})
    story.does(
        "ellie",
        "refer_send",
        {
            "refer_ground": "in_need",
            "refer_reasons": "She may be groomed; social care can see what the school cannot.",
            "referrer_name": "Ellie Shaw, attendance and welfare officer",
            "referrer_organisation": "Brumby Fields Academy",
            "referrer_contact": "The school's office, 8 to 4",
            "referrer_hidden": "no",
            "refer_accurate": True,
        },
    )


STORIES: Final = (
    worry_that_reached_the_hub,
    amber_contact_with_agencies_late,
    child_to_be_seen_today,
    move_that_nobody_acknowledged,
)
