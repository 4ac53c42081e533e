"""The powers to share: section 115, and sections 16 and 17 of the serious violence duty."""

from __future__ import annotations

from typing import Final

from engine.cases import Subject
from handrail.demo.story import Story


def charity_that_may_act_for_the_council(story: Story) -> None:
    """Section 115 names authorities, not charities. The governance lead is asked."""
    story.goes_on(story.working_days_ago(1, 11, 45))
    story.opens(
        "beth",
        "section_115",
        "trent-bank",
        (Subject("Noor Siddique", "child", "2010-03-19"),),
        {
            "check_about": "That Noor is out of school and seen with older boys, with Steel Town "
            "Youth Trust, "
            "so that its street workers look out for her."
        },
    )
    story.does(
        "beth",
        "facts_115",
        {
            "recipient_name": "Steel Town Youth Trust",
            "recipient_kind": "other",
            "acting_on_behalf": "yes",
            "acting_for": "North Lincolnshire Council, under a contract for street work until March",
            "for_the_act": "yes",
            "for_the_act_why": "The crime and disorder strategy's work against exploitation, section 6.",
        },
    )
    story.does(
        "beth",
        "decide_115",
        {
            "section_115_relied": "ask",
            "section_115_reasons": "I have the contract's first page only.",
            "section_115_question": "Does the contract make the Trust act on behalf of the council?",
        },
    )
    story.takes("ruth", "ruling_115")


def patient_information_that_is_excluded(story: Story) -> None:
    """Section 16 never lifts patient information."""
    story.goes_on(story.working_days_ago(1, 9, 50))
    story.opens(
        "fiona",
        "section_16",
        "council",
        (Subject("Young people of the north ward", "other"),),
        {
            "section_16_about": "Knife injuries by street and hour in 2025, for the police's needs "
            "assessment.",
            "section_16_why": "asked",
        },
    )
    story.does(
        "fiona",
        "facts_16",
        {
            "section_16_recipient": "Humberside Police",
            "sender_listed": "yes",
            "recipient_listed": "yes",
            "section_16_function": "needs_assessment",
            "for_recipient_functions": "yes",
            "section_16_purpose": "To see where and when young people are hurt.",
            "patient_information": "yes",
            "health_or_social_care_sender": "no",
            "personal_information": "yes",
            "contravenes_data_protection": "no",
            "prohibited_investigatory_powers": "no",
        },
    )
    story.does(
        "fiona",
        "decide_16",
        {
            "section_16_shared": "ask",
            "section_16_reasons": "The figures came from the hospital, with ages and postcodes.",
            "section_16_question": "Are counts by ward still patient information?",
        },
    )


def request_of_the_commissioner_that_is_late(story: Story) -> None:
    """A local policing body must be answered. Twenty working days are past: the head is asked why."""
    story.goes_on(story.working_days_ago(22, 10, 0))
    story.opens(
        "fiona",
        "section_17",
        "council",
        (Subject("Pupils excluded in 2025", "other"),),
        {
            "section_17_requester": "own_area",
            "section_17_name": "Oliver Grant, performance and scrutiny officer",
            "section_17_reference": "SVD-2026-31",
            "section_17_checked": "called_back",
            "section_17_items": "Exclusions for violence in 2025, by month and school.",
            "section_17_purpose": "To monitor how the serious violence duty is carried out in the area.",
            "section_17_received_at": story.said_at,
        },
    )
    story.goes_on(story.working_days_ago(12, 15, 30))
    story.does(
        "fiona",
        "facts_17",
        {
            "asked_by_own_policing_body": "yes",
            "for_section_14": "yes",
            "authority_listed": "yes",
            "information_held": "part",
            "information_relates": "yes",
            "patient_information_in": "no",
            "care_personal_in": "no",
            "data_protection_in": "no",
            "investigatory_powers_in": "no",
        },
    )
    story.goes_on(story.working_days_ago(1, 9, 0))
    story.takes("fiona", "decide_17")
    story.takes("malcolm", "head_17")


STORIES: Final = (
    charity_that_may_act_for_the_council,
    patient_information_that_is_excluded,
    request_of_the_commissioner_that_is_late,
)
