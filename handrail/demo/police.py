"""The disclosure schemes. Sealed: whoever takes a task declares first that they know nobody in the case."""

from __future__ import annotations

from typing import Any, Final

from engine.cases import Subject
from handrail.demo.story import Story


def _all(names: tuple[str, ...], answer: Any) -> dict[str, Any]:
    return dict.fromkeys(names, answer)


def application_that_waits_for_the_review(story: Story) -> None:
    """A grandmother asks about a neighbour. Two agencies answered; somebody else reviews the assessment."""
    story.goes_on(story.working_days_ago(12, 10, 30))
    story.opens(
        "sam",
        "csor_disclosure",
        "police",
        (Subject("Poppy Lorne", "child", "2017-04-21"), Subject("Graham Thirsk", "alleged_harmer")),
        {
            "application_immediate_risk": "no",
            "applied_at": story.said_at,
            "force_urn": "HP-DEMO-0417",
            "means_of_contact": "in_person",
            "applicant_name": "Elsie Lorne",
            "applicant_dob": "1958-07-09",
            "applicant_address": "4 Ferry Row, Barton-upon-Humber",
            "applicant_contact": "01632 960214",
            "applicant_contact_way": "telephone",
            "applicant_safe_contact": "Mornings, when her daughter is at work",
            "applicant_child_relationship": "grandparent",
            "subject_name": "Graham Thirsk",
            "subject_relationship": "neighbour",
            "children": [
                {
                    "child_name": "Poppy Lorne",
                    "child_dob": "2017-04-21",
                    "child_subject_relationship": "Neighbour who offers to look after her",
                    "child_access": "He meets her from the bus on Tuesdays and Thursdays",
                }
            ],
            "application_reason": "He moved in this summer, gives Poppy presents and asks to have her alone.",
            **_all(("false_information_warned", "applicant_told_process", "no_conflict"), True),
        },
    )
    story.does(
        "marta",
        "initial_checks",
        {
            "check_pnc": "relevant",
            "check_visor": "nothing_relevant",
            "check_pnd": "to_follow",
            "check_local": "relevant",
            "checks_found": "A conviction from 2009 in another force's area; a move here in June.",
            "checks_danger": "no",
            "checks_no_conflict": True,
            "checks_private": True,
        },
    )
    story.does(
        "marta",
        "in_scope",
        {
            **_all(("scope_person", "scope_child", "scope_contact", "scope"), "yes"),
            "scope_other": "none",
            "scope_reasons": "A named man, a named child and regular contact without her mother.",
            "csor_cannot_wait": "no",
        },
    )
    story.goes_on(story.working_days_ago(9, 9, 40))
    story.does(
        "marta",
        "interview",
        {
            "interviewed_at": story.said_at,
            "interview_how": "in_person",
            "interview_present": "Mrs Lorne and DC Kowalska, at the station",
            "interview_account": "As she first said. He has now asked to take Poppy to the coast.",
            **_all(
                (
                    "interview_understands",
                    "interview_undertaking",
                    "interview_false_warned",
                    "interview_nothing_said",
                ),
                True,
            ),
        },
    )
    story.does(
        "marta",
        "prove",
        {
            "identity_proved": "yes",
            "relationship_proved": "yes",
            "id_document": "Passport",
            "address_document": "Council tax bill",
            "relationship_document": "Poppy's birth certificate and her daughter's",
        },
    )
    story.does(
        "marta",
        "safety_advice",
        {
            "advice_on": ["signs", "talking", "emergency"],
            "advice_at": story.said_at,
            "scope_explained": "goes_on",
            "child_concern": "no",
        },
    )
    about = "Poppy Lorne, born 21 April 2017"
    asks = "Any worry about her, or about adults who spend time with her, since June. Do not ask the family."
    story.does(
        "marta",
        "choose_partners",
        {
            "partner_requests": [
                {"partner": "csc_screening", "partner_about": about, "partner_question": asks},
                {"partner": "mash_education", "partner_about": about, "partner_question": asks},
            ],
            "mappa_consulted": "not_managed",
        },
    )
    unchanged = "Her school and her grandmother have seen nothing new; he has not had her alone."
    story.routine = ("marta", "recheck", {"recheck_changed": "no", "recheck_found": unchanged})
    story.goes_on(story.working_days_ago(7, 11, 15))
    story.does("nadia", "partner_return", {"partner_holds": "no", "partner_who": "Nadia Petrov, duty team"})
    story.does(
        "leila",
        "partner_return",
        {
            "partner_holds": "yes",
            "partner_content": "15 September: a man who was not on the list came to meet her at the gate.",
            "partner_kind": "fact",
            "partner_who": "Leila Haddad, education safeguarding officer",
        },
    )
    story.goes_on(story.working_days_ago(1, 14, 5))
    story.does(
        "marta",
        "assess_risk",
        {
            "child_sex_convictions": "yes",
            "convictions_detail": "One conviction in 2009, confirmed by the other force; no longer "
            "registered.",
            "mappa_managed": "no",
            "risk_found": "yes",
            "risk_level": "high",
            "risk_reasons": "He seeks to be alone with her. Her mother knows nothing and trusts him.",
            "disclosure_risks": "Neighbours may turn on him; he may move and begin again elsewhere.",
            "risk_proposal": "disclose",
            "proposed_words": "Graham Thirsk has a conviction for an offence against a child. "
            "Do not let him be alone with Poppy.",
        },
    )


def _first_contact(story: Story, **more: Any) -> dict[str, Any]:
    return {
        "dvds_danger_now": "no",
        "contacted_at": story.said_at,
        "safe_voicemail": "no",
        "dv_children_known": "no",
        "dvds_crime": "no",
        "dvds_b_not_told": True,
        "dvds_no_conflict": True,
        **more,
    }


_CHECKED: Final = {
    **_all(("dv_check_pnc", "dv_check_pnd", "dv_check_local", "dv_check_history"), "relevant"),
    **_all(("dv_check_visor", "dv_check_children"), "nothing_relevant"),
    "first_danger": "no",
    "first_checks_private": True,
    "first_checks_no_conflict": True,
}
_IN_SCOPE: Final = {
    "scope_intimate": "yes",
    "scope_other_way": "none",
    "dvds_scope": "yes",
    "dvds_cannot_wait": "no",
}


def ask_that_waits_for_the_forum(story: Story) -> None:
    """A woman asks about her partner. The risk is high; the members have spoken; the chair decides."""
    story.goes_on(story.working_days_ago(5, 9, 20))
    story.opens(
        "sam",
        "dvds_disclosure",
        "police",
        (Subject("Nicole Farrow", "adult_at_risk", "1993-10-02"), Subject("Liam Stroud", "alleged_harmer")),
        _first_contact(
            story,
            dvds_route="ask",
            dvds_channel="station",
            applicant_is="a",
            a_name="Nicole Farrow",
            a_dob="1993-10-02",
            a_address="Flat 2, 17 Mill Lane, Brigg. Lives with B.",
            safe_way="text",
            safe_when="Weekdays from ten to two, while he is at work. Never in the evening.",
            safe_codeword="Dentist",
            b_name="Liam Stroud",
            dvds_relationship="living_together",
            dvds_prompt="He follows her to work, and a former girlfriend wrote to her: “Ask the police.”",
            dvds_told_process=True,
            dvds_false_warned=True,
        ),
    )
    story.does(
        "marta",
        "dvds_look_up",
        {
            **_CHECKED,
            "first_checks_found": "Two former partners reported assaults, one conviction in 2021.",
            "first_risk": "medium",
        },
    )
    story.does(
        "marta",
        "dvds_in_scope",
        {**_IN_SCOPE, "dvds_scope_reasons": "They live together, and she asks for her own safety."},
    )
    story.goes_on(story.working_days_ago(4, 11, 0))
    story.does(
        "marta",
        "dvds_meet",
        {
            "meeting_result": "met",
            "met_at": story.said_at,
            "meeting_where": "Trentside Women's Aid, with an adviser in the next room",
            "meeting_account": "He has put his hands round her throat twice. She has told nobody.",
            "meeting_given": ["emergency", "support", "safety"],
            "meeting_support_consent": "yes",
            "meeting_nothing_said": True,
            "meeting_safe_again": True,
        },
    )
    story.does(
        "marta",
        "dvds_prove",
        {
            "dvds_proved": "yes",
            "dvds_id_one": "Driving licence",
            "dvds_id_two": "Bank card",
            "dvds_address_seen": "Tenancy agreement in both names",
        },
    )
    about = "Nicole Farrow, born 2 October 1993"
    asks = "Injuries, worries or fear of a partner since last winter. She must not be contacted."
    story.does(
        "marta",
        "dvds_choose_partners",
        {
            "dvds_requests": [
                {"dvds_partner": each, "dvds_partner_about": about, "dvds_partner_question": asks}
                for each in ("mash_health", "idva")
            ]
        },
    )
    story.does(
        "marta",
        "dvds_do_dash",
        {
            "dash_how": "with_a",
            "dash_score": 12,
            "dash_risk": "medium",
            "dash_why": "The hands on her throat.",
        },
    )
    story.routine = (
        "marta",
        "dvds_look_again",
        {
            "retriage_found": "She answered by text at ten. He has not changed his hours.",
            "retriage_risk": "medium",
            "retriage_change": "same",
        },
    )
    story.goes_on(story.working_days_ago(3, 10, 0))
    held = {
        "dvds_partner_holds": "yes",
        "dvds_partner_kind": "fact",
        "dvds_partner_confidence": "sure",
        "dvds_partner_no_conflict": True,
    }
    story.does(
        "wanjiru",
        "dvds_return",
        {
            **held,
            "dvds_partner_content": "Two visits to urgent care in spring: a wrist, and marks on the neck.",
            "dvds_partner_who": "Wanjiru Kamau, safeguarding nurse",
        },
    )
    story.does(
        "carys",
        "dvds_return",
        {
            **held,
            "dvds_partner_content": "She called our line in August and rang off when a man came in.",
            "dvds_partner_who": "Carys Bevan, independent domestic violence adviser",
        },
    )
    story.goes_on(story.working_days_ago(2, 13, 30))
    story.does(
        "marta",
        "dvds_assess_risk",
        {
            "b_violence": "convictions",
            "b_violence_detail": "Assault on a partner in 2021; two more reports without a conviction.",
            "concern_found": "yes",
            "risk_band": "high",
            "risk_imminent": "weeks",
            "dv_risk_reasons": "He has strangled her, follows her and has done the same to two women before.",
            "dv_risk_children": "No children live with them; his son visits in the holidays.",
            "dv_proposal": "disclose_a",
            "dv_words_draft": "Liam Stroud was convicted in 2021 of assaulting a partner.",
        },
    )
    story.does(
        "lucy",
        "dvds_review",
        {
            "dv_review_own_eyes": True,
            "dv_review_result": "sound",
            "dv_review_reasons": "The returns bear it out, and strangling alone would make it high.",
        },
    )
    story.does(
        "marta",
        "dvds_refer_marac",
        {
            "marac_at": story.said_at,
            "marac_ref": "The meeting of the first Wednesday of next month",
            "idva_may_contact": "yes",
            "idva_told": "Text on weekdays from ten to two only, with the codeword.",
        },
    )
    story.goes_on(story.working_days_ago(1, 9, 30))
    story.does(
        "carys",
        "dvds_support",
        {
            "idva_reached": "yes",
            "idva_plan": "A packed bag at her sister's, a new lock on the back door, a call every "
            "day at noon.",
            "idva_who": "Carys Bevan, through Trentside Women's Aid",
        },
    )
    story.does(
        "neil",
        "dvds_convene",
        {
            "forum_kind": "panel",
            "forum_members": [
                {"forum_agency": "health", "forum_member_name": "Dr Farah Aziz"},
                {"forum_agency": "housing", "forum_member_name": "Keith Lomax"},
            ],
            "forum_no_conflict": True,
        },
    )
    story.goes_on(story.working_days_ago(1, 13, 0))
    view = {"member_view": "disclose", "member_no_conflict": True}
    story.does(
        "farah",
        "dvds_give_view",
        {**view, "member_reasons": "Marks on the neck mean danger to life. Her GP sees her alone."},
    )
    story.does(
        "keith",
        "dvds_give_view",
        {**view, "member_reasons": "We can offer her a flat in another town on the day she asks."},
    )
    story.does(
        "lucy",
        "dvds_consider_b",
        {"b_views": "not_sought_risk", "b_views_reasons": "He would know at once who had asked."},
    )
    story.does(
        "neil",
        "dvds_four_part_test",
        {
            **_all(("dv_pressing", "dv_lawful", "dv_necessary", "dv_proportionate"), "yes"),
            "dv_pressing_why": "A risk to her life.",
            "dv_lawful_why": "Common law policing powers; Part 3, Schedule 8.",
            "dv_necessary_why": "She cannot protect herself from what she does not know.",
            "dv_proportionate_why": "One conviction and its date; nothing of the other women.",
        },
    )
    story.does(
        "neil",
        "dvds_who_is_told",
        {
            "told_is": "a",
            "told_is_why": "It is her life, and nobody else can act on it.",
            "dv_approved_words": "Liam Stroud was convicted in 2021 of assaulting a partner.",
        },
    )
    story.takes("neil", "dvds_decide")


def know_that_waits_for_the_balance(story: Story) -> None:
    """The police learn of a risk that nobody has asked about. Does telling carry more risk than silence?"""
    story.goes_on(story.working_days_ago(2, 8, 50))
    story.opens(
        "marta",
        "dvds_disclosure",
        "police",
        (Subject("Priscilla Owusu", "adult_at_risk", "1988-01-30"), Subject("Carl Denham", "alleged_harmer")),
        _first_contact(
            story,
            dvds_route="know",
            dvds_channel="officer",
            indicator_kind="offender_management",
            indicator_grading="B2, handling condition P",
            a_name="Priscilla Owusu",
            a_address="Scunthorpe; lives alone, B stays at weekends",
            safe_way="via_professional",
            safe_when="At her antenatal clinic, Thursdays at two",
            safe_codeword="Blue folder",
            b_name="Carl Denham",
            dvds_relationship="apart",
            dvds_prompt="His offender manager learnt of the new relationship at a home visit.",
        ),
    )
    story.does(
        "marta",
        "dvds_look_up",
        {
            **_CHECKED,
            "first_checks_found": "Prison sentence in 2018 for violence against a pregnant partner.",
            "first_risk": "medium",
        },
    )
    story.does(
        "marta",
        "dvds_in_scope",
        {**_IN_SCOPE, "dvds_scope_reasons": "A couple since spring; she is expecting his child."},
    )
    story.does(
        "marta",
        "dvds_use",
        {"usable": "yes", "usable_why": "The conviction was in open court; the source is not named."},
    )
    story.does(
        "marta",
        "dvds_reach",
        {
            "reach": "through_professional",
            "reach_how": "Her midwife asks to see her alone, as for every expectant mother.",
            "reach_knows": "nothing",
        },
    )
    story.routine = (
        "marta",
        "dvds_look_again",
        {
            "retriage_found": "He is at his mother's this week; the offender manager saw him there.",
            "retriage_risk": "medium",
            "retriage_change": "same",
        },
    )
    story.takes("lucy", "dvds_balance")


def referral_that_the_police_have(story: Story) -> None:
    """A health visitor asks the police to warn a mother: her part is done, theirs begins, in another case."""
    story.goes_on(story.hours_ago(20))
    story.opens(
        "beth",
        "dvds_referral",
        "trent-bank",
        (Subject("Hollie Prentice", "adult_at_risk", "1999-05-14"), Subject("Ryan Maddox", "alleged_harmer")),
        {
            "dvds_danger_now": "no",
            "a_name": "Hollie Prentice",
            "a_dob": "1999-05-14",
            "a_address": "Crowle, with her son of five months",
            "safe_way": "via_professional",
            "safe_when": "At the baby clinic on Tuesday mornings",
            "safe_voicemail": "no",
            "safe_codeword": "Sunflower",
            "b_name": "Ryan Maddox",
            "dvds_relationship": "living_together",
            "dv_children_known": "yes",
            "dv_children": [
                {
                    "dv_child_name": "Alfie Prentice",
                    "dv_child_dob": "2026-06-11",
                    "dv_child_where": "With his mother and B, in Crowle",
                }
            ],
            "referral_reason": "A bruise on her neck that she explains in two ways. He answers for her, and "
            "another mother told me that he hurt the woman before.",
            "referral_a_knows": "no_unsafe",
            "referral_support": "I see her fortnightly. Her sister lives two streets away.",
            "referral_no_conflict": True,
        },
    )
    story.does(
        "beth",
        "referral_record",
        {
            "referral_ground": "protect",
            "referral_power": "Common law, and the Children Act 2004, section 11",
            "referral_reasons": "She may be seriously hurt, and only the police can say what is "
            "known of him.",
            "referral_safety": "Nothing is written in the baby's red book, and I do not telephone "
            "her at home.",
        },
    )
    story.follows("dvds_disclosure").takes("marta", "dvds_look_up")


def undertaking_that_is_broken(story: Story) -> None:
    """What was told in confidence stands on a community page."""
    story.goes_on(story.hours_ago(1.5))
    story.opens(
        "marta",
        "undertaking_breach",
        "police",
        (Subject("Jude Whelan", "child", "2015-08-19"), Subject("Barry Cole", "alleged_harmer")),
        {
            "undertaking_known_at": story.said_at,
            "undertaking_scheme": "csor",
            "undertaking_what": "Jude's uncle put Barry Cole's name, street and conviction on a "
            "village page. "
            "It was shared forty times before it was taken down.",
        },
    )


def telling_that_waits_for_the_meeting(story: Story) -> None:
    """MAPPA, level 2: the agencies that manage an offender consider telling his new partner."""
    story.goes_on(story.working_days_ago(4, 13, 0))
    story.opens(
        "stuart",
        "mappa_third_party",
        "probation",
        (Subject("Erin Vickers", "child", "2020-02-27"),),
        {
            "mappa_reference": "M-2026-0093",
            "mappa_level": "2",
            "mappa_who": "His new partner, mother of a girl of six",
            "mappa_why": "He has begun to stay overnight, and his licence asks him to tell us of children.",
            "mappa_asked": "no",
            "mappa_next_meeting": story.day(3),
            "mappa_no_conflict": True,
        },
    )
    story.does(
        "stuart",
        "consider_telling",
        {
            **_all(
                (
                    "mappa_managed_here",
                    "relevant_convictions",
                    "serious_harm_risk",
                    "telling_necessary",
                ),
                "yes",
            ),
            "serious_harm_why": "Convictions in 2012 and 2016; both followed a new relationship.",
            "telling_why": "She leaves Erin with him on Saturday mornings and cannot protect her unknowing.",
            "telling_reaction": "She may end it at once. He has somewhere else to go, and he will "
            "be seen daily.",
            "recipient_capable": "Yes: calm, close to her sister, and she works with the school.",
            "telling_words": "That he may not be alone with children, and why; not who his victims were.",
            "telling_joint": "Yes: the offender managers of police and probation, together.",
        },
    )
    story.does(
        "stuart",
        "self_disclosure",
        {
            "self_disclosure": "no_time",
            "self_disclosure_why": "Saturday is in the same week as the meeting.",
        },
    )
    story.takes("denise", "decide_meeting")


STORIES: Final = (
    application_that_waits_for_the_review,
    ask_that_waits_for_the_forum,
    know_that_waits_for_the_balance,
    referral_that_the_police_have,
    undertaking_that_is_broken,
    telling_that_waits_for_the_meeting,
)
