"""Deciding whether to share, answering others, and disagreeing."""

from __future__ import annotations

from typing import Final

from engine.cases import Subject
from handrail.demo.story import Story

_MAYA: Final = (Subject("Maya Fenn", "child", "2018-05-01"), Subject("Tara Fenn", "parent_or_carer"))


def share_that_waits_for_the_lead(story: Story) -> None:
    """Neglect that shows in small things: the teacher may not decide alone."""
    story.goes_on(story.working_days_ago(1, 14, 40))
    story.opens(
        "amira",
        "share_information",
        "ashby-vale",
        _MAYA,
        {
            "trigger": "own_concern",
            "concern": "Since September Maya has come to school tired and hungry on most Mondays. "
            "Her coat is "
            "too small, she has missed two dental appointments, and last week she asked for food to "
            "take home "
            "for her brother. Each of these is small; together they worry me.",
        },
    )
    story.does("amira", "screen", {"immediate_risk": "no", "crime_suspected": "no"})
    story.does(
        "amira",
        "purpose",
        {
            "purpose_clear": "yes",
            "purpose": "child_in_need",
            "purpose_detail": "To ask the health visitor and early help whether the family is known to them, "
            "so that Maya and her brother are fed, clothed and seen by a dentist.",
            "compatible": "yes",
            "harm_clarity": "subtle",
            "urgency": "routine",
        },
    )
    story.does(
        "amira",
        "consent",
        {
            "share_anyway": "no",
            "consent_status": "not_sought_unreasonable",
            "consent_reason": "Ms Fenn has not answered two telephone calls and a letter since half-term.",
        },
    )
    story.does(
        "amira",
        "identifiable",
        {"identifiable": "yes", "who_identifiable": "Maya, her younger brother and their mother."},
    )
    story.attaches(
        "amira",
        "attendance-and-lunch-notes.pdf",
        "My notes of Mondays since September",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n",
    )


def share_that_waits_for_the_guardian(story: Story) -> None:
    """Health information: the Guardian is asked, who is never whoever asked."""
    story.goes_on(story.hours_ago(3))
    story.opens(
        "beth",
        "share_information",
        "trent-bank",
        (Subject("Isaac Dunmore", "child", "2026-02-11"), Subject("Keeley Dunmore", "parent_or_carer")),
        {
            "trigger": "request_received",
            "concern": "Isaac has not been brought to three weight checks. His nursery asks what we know.",
            "requester_name": "Joy Attwood",
            "requester_organisation": "Manager, Riverside Day Nursery",
            "requester_asks": "Whether his weight is a worry, and what the nursery should watch for.",
            "requester_verified": "called_back",
        },
    )
    story.does("beth", "screen", {"immediate_risk": "no", "crime_suspected": "no"})
    story.does(
        "beth",
        "purpose",
        {
            "purpose_clear": "yes",
            "purpose": "significant_harm",
            "purpose_detail": "The nursery sees Isaac daily and can notice at once if he stops feeding.",
            "compatible": "yes",
            "harm_clarity": "clear",
            "urgency": "urgent",
        },
    )
    story.does(
        "beth",
        "consent",
        {
            "share_anyway": "yes",
            "share_anyway_reason": "A baby whose weight falls across two centiles cannot wait for agreement.",
        },
    )
    story.does("beth", "identifiable", {"identifiable": "yes", "who_identifiable": "Isaac and his mother."})
    story.does(
        "beth",
        "lawful_reason",
        {
            "lawful_reason_found": "yes",
            "legal_gateway": "section_47",
            "legal_gateway_detail": "Children Act 1989, section 47",
            "controller": "public_authority",
            "article_6": "public_task",
            "article_6_basis": "Children Act 2004, section 11",
            "special_category": "yes",
            "article_9": "safeguarding",
            "offence_data": "no",
            "protects": "from_harm",
            "person": "under_18",
            "without_consent": "would_prejudice",
            "public_interest": "yes",
            "limbs_shown": "He is a baby and losing weight; asking first would cost days.",
            "policy_document": "Trent Bank appropriate policy document, version 4",
            "confidential": "health_or_care",
            "confidentiality": "public_interest",
            "less_would_do": "Yes: the last two weights and what to watch for, not his mother's history.",
            "necessary_and_proportionate": "The nursery cannot watch for what it does not know.",
            "safety_considered": "His mother is alone and anxious; I will visit her the same day.",
        },
    )
    story.does(
        "beth",
        "request_review",
        {
            "review_purpose": "To let the nursery act at once if Isaac stops feeding.",
            "review_items": "His weights of October and November, and the signs to watch for.",
            "review_necessity": "Nobody else sees him every day.",
            "review_if_not": "The next time anybody weighs him is in three weeks.",
            "review_consent": "inform_only",
            "guardian_able": "yes",
        },
    )
    story.takes("helena", "guardian_decides")


def request_that_is_overdue(story: Story) -> None:
    """An urgent request, acknowledged and checked, and then the officer was away."""
    story.goes_on(story.working_days_ago(1, 11, 20))
    story.opens(
        "ellie",
        "partner_request",
        "brumby-fields",
        (Subject("Callum Straker", "child", "2011-09-23"),),
        {
            "requester_kind": "probation",
            "request_from": "Nerys Vaughan, probation officer",
            "request_organisation": "Probation Service, North Lincolnshire",
            "request_contact": "The Scunthorpe office's switchboard, 9 to 5",
            "concern": "Callum's father has been released and wants to live with him again.",
            "request_items": "Attendance since September, and whether staff have seen a change in Callum.",
            "request_purpose": "To decide whether the father's proposed address is safe for a child.",
            "request_relied_on": "nothing",
            "health_or_care": "no",
            "request_subject_aware": "no",
            "urgency": "urgent",
            "request_received_at": story.said_at,
        },
    )
    story.does(
        "ellie",
        "check_request",
        {
            "request_acknowledged_at": story.said_at,
            "request_verified": "called_back",
            "request_purpose": "To decide whether the father's proposed address is safe for a child.",
            "request_ready": "yes",
        },
    )
    story.goes_on(story.working_days_ago(0, 0))
    story.takes("martin", "request_overdue")


def disagreement_at_the_second_stage(story: Story) -> None:
    """The school thinks that the threshold is met, children's services do not."""
    story.goes_on(story.working_days_ago(4, 9, 30))
    story.opens(
        "amira",
        "disagreement",
        "ashby-vale",
        (Subject("Lewis Garrity", "child", "2016-11-30"),),
        {
            "disagreement_issue": "Our referral about Lewis was closed with advice after one telephone call.",
            "disagreement_about": "threshold",
            "disagreement_agency": "North Lincolnshire Children's Services, the duty team",
            "other_party": "other",
            "disagreement_harm": "Lewis cares for two toddlers at night while his mother works.",
            "disagreement_evidence": "His own account on 4 occasions, and falling asleep in class.",
            "disagreement_wanted": "An assessment of Lewis and of both toddlers.",
            "disagreement_their_view": "An older cousin is said to be in the house at night.",
            "disagreement_urgency": "standard",
            "disagreement_conduct": "no",
        },
    )
    story.goes_on(story.working_days_ago(3, 15, 10))
    story.does(
        "amira",
        "talk_stage",
        {
            "stage_result": "not_agreed",
            "stage_opposite": "Duty social worker, children's services",
            "stage_discussed_at": story.said_at,
            "stage_our_view": "A nine-year-old is in charge of toddlers four nights a week.",
            "stage_their_view": "With the cousin there, early help is enough.",
            "stage_dissent": "Nobody has met the cousin. I telephone Lewis's aunt each evening meanwhile.",
        },
    )


STORIES: Final = (
    share_that_waits_for_the_lead,
    share_that_waits_for_the_guardian,
    request_that_is_overdue,
    disagreement_at_the_second_stage,
)
