"""Where Handrail does otherwise than a document says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Departure:
    """Where Handrail does not do as a document says: why, and what does it instead."""

    says: str
    instead: str
    elements: tuple[str, ...]
    tests: tuple[str, ...]


def departing(says: str, instead: str, elements: str, tests: str) -> Departure:
    return Departure(says, instead, tuple(elements.split()), tuple(tests.split()))


DEPARTURES = (
    departing(
        "The procedures print two parts of Schedule 8 paragraph 4 for everybody.",
        "Schedule 8 is law enforcement, and has four parts: competent authorities alone are offered it, with "
        "all four. Everybody else is offered Schedule 1 paragraph 18, which has four as well.",
        "form:lawful_reason.schedule_8 form:lawful_reason.limbs_shown guidance:lawful_reason",
        "test_forms::test_law_enforcement_is_never_offered_to_a_school_or_the_nhs "
        "test_forms::test_the_safeguarding_condition_needs_all_four_limbs",
    ),
    departing(
        "The procedures print seven Caldicott principles.",
        "Eight since December 2020. Cases on the edition of 2013 are asked seven, and it is said.",
        "form:caldicott_decision.caldicott_inform guidance:caldicott_decision",
        "test_forms::test_the_edition_chooses_seven_or_eight_principles "
        "test_words::test_eight_principles_are_said_on_screen",
    ),
    departing(
        "Consent is sought wherever possible.",
        "Whoever would share anyway is told not to ask, and to inform: asking and then overriding the answer "
        "is neither open nor honest.",
        "form:consent.share_anyway guidance:consent",
        "test_forms::test_whoever_would_share_anyway_is_not_asked_for_consent",
    ),
    departing(
        "The procedures leave “adequate” out of golden rule 6, and add the organisation's security policy.",
        "Both are asked.",
        "form:principles.principle_adequate form:secure.channel_policy guidance:principles",
        "test_forms::test_the_seven_principles_are_asked_one_by_one",
    ),
    departing(
        "Section 115 lets any organisation disclose for crime prevention.",
        "For a purpose of the Act, to those whom it lists, and never as a duty; it lifts neither data "
        "protection law nor confidentiality.",
        "decision:section_115 guidance:section_115",
        "test_decisions::test_section_115_is_a_power_only_for_a_purpose_of_the_act "
        "test_gateways::test_section_115_is_never_relied_on_without_knowing_that_it_is_a_power_only",
    ),
    departing(
        "If there are convictions or a belief of risk, a disclosure will be made (DVDS).",
        "The forum decides, by four tests, and may decide against it; A is protected either way.",
        "dvds_forum:dvds_four_part_test dvds_forum:dvds_decide",
        "test_dvds_forum::test_a_forum_may_decide_against_telling_and_says_how_a_is_protected "
        "test_dvds_visit::test_there_is_a_safety_plan_whatever_the_outcome",
    ),
    departing(
        "The list of specified authorities ends with local authorities.",
        "Fire and rescue authorities are named too, marked as not checked.",
        "form:section_16_facts.sender_listed guidance:section_16",
        "test_decisions::test_section_16",
    ),
    departing(
        "The powers do not oblige any specified authority to share.",
        "That is so of section 16. What section 17 asks for must be supplied, save for four exclusions.",
        "decision:section_17 guidance:section_17",
        "test_gateway_decisions::test_section_17_must_be_complied_with_save_for_four_exclusions",
    ),
    departing(
        "Section 17 may be used towards “any other local policing body”.",
        "The section as it was read says nothing of that, and it is not offered.",
        "form:section_17_facts.asked_by_own_policing_body guidance:section_17",
        "test_gateway_decisions::test_section_17_obliges_only_what_nothing_excludes",
    ),
    departing(
        "North Lincolnshire, Humberside Police and Liverpool are named.",
        "Places, forces and limits belong to each partnership, and stand in its settings.",
        "",
        "test_words::test_no_diagram_names_a_place_of_the_documents",
    ),
)
