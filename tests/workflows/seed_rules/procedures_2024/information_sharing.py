"""How information is shared about children and adults at risk, and what makes it difficult."""

from tests.workflows.seed_rules.rule import PROCEDURES, under

INFORMATION_SHARING = (
    *under(
        PROCEDURES,
        "Information Sharing",
        (
            "put_together",
            "Only when information from a number of sources is put together does harm become clear.",
            "mash_agency_research:mash_collate mash_agency_research:mash_ask",
            "test_mash_triage::test_every_return_reaches_whoever_puts_them_together",
        ),
        (
            "proactive",
            "Be proactive in sharing as early as possible, also where a child is already known.",
            "guidance:purpose mash_triage:mash_pass_on",
            "test_mash_triage::test_an_open_case_goes_straight_to_its_social_worker_and_not_through_the_hub",
        ),
        (
            "adults_in_contact",
            "Be alert to information about adults with whom the child has contact.",
            "guidance:purpose form:mash_contact.household",
            "test_mash_triage::test_suspected_harm_goes_to_a_strategy_discussion",
        ),
        (
            "several_members",
            "Some support more than one family member: the abused child, siblings and an alleged abuser.",
            "form:how_much.third_parties share_information:protect_identities "
            "form:mash_outcome.mash_each_child "
            "form:cp_strategy.strategy_each_child",
            "test_share_information::test_consent_given_you_can_share "
            "test_child_protection::test_no_conference_is_a_decision_and_the_outcome_is_recorded",
        ),
        (
            "child_overrides",
            "Where a child is or may be at risk of significant harm, safeguarding the child is overriding.",
            "share_information:immediate_danger_now share_information:lawful_q csor_hub:tell_csor_hub",
            "test_share_information::test_sharing_does_not_wait_for_anybody_who_is_told_of_danger "
            "test_csor_disclosure::"
            "test_the_hub_is_told_of_a_concern_as_soon_as_it_is_found_whatever_becomes_of_the_application",
        ),
        (
            "inform_users",
            "Arrangements on informing service users what is collected and how it may be shared.",
            "form:impact_describe.impact_told form:inform.informed",
            "test_impact_assessment::test_a_high_risk_is_assessed_advised_on_and_accepted_before_it_starts",
        ),
        (
            "condition_chosen",
            "Consider which processing condition is most appropriate; it may be the safeguarding condition.",
            "form:lawful_reason.article_9 form:lawful_reason.article_10",
            "test_share_information::test_no_consent_but_a_lawful_reason_you_can_share",
        ),
        (
            "channels",
            "Information may be shared face to face, over the telephone or via secure email.",
            "form:secure.channel",
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "own_record",
            "Whenever information is shared, a record is made in the individual's record.",
            "form:record_share.in_own_record form:record_not_share.in_own_record",
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "organisation_security",
            "Practitioners must always follow their organisation's policy on security.",
            "form:secure.channel_policy",
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "not_longer",
            "Not kept any longer than is necessary; reviewed at regular intervals if kept indefinitely.",
            "retention_review:decide_retention retention_review:next_review",
            "test_retention_review::test_what_is_kept_is_looked_at_again_after_a_year",
        ),
    ),
    *under(
        PROCEDURES,
        "Working Together to Safeguard Children",
        (
            "arrangements_within",
            "Arrangements cover sharing within the own organisation, and with others in a child's life.",
            "impact_assessment:sign form:impact_agreement.agreement_reference",
            "test_impact_assessment::test_without_a_high_risk_the_agreement_is_signed",
            "test_impact_assessment::test_every_party_signs_and_nothing_starts_before",
        ),
        (
            "to_social_care",
            "A child in need or significantly harmed: share with children's social care and/or the police.",
            "referral:refer_begins mash_triage:mash_contact_taken mash_triage:mash_contact_came "
            "immediate_danger:social_care_told",
            "test_referral::test_a_worry_goes_to_the_hub_and_its_answer_is_waited_for "
            "test_mash_triage::test_suspected_harm_goes_to_a_strategy_discussion "
            "test_mash_triage::test_a_contact_that_another_process_hands_over_goes_the_same_way",
        ),
        (
            "child_moves",
            "Be particularly alert when a child moves from one local authority into another.",
            "child_move:move_begins child_move:move_tell child_move_transfer:mt_phone referral:refer_begins",
            "test_referral::test_a_move_goes_to_whoever_sees_to_moves "
            "test_child_move::test_a_child_on_a_plan_is_told_of_written_about_and_transferred",
        ),
        (
            "knowledge_not_lost",
            "Knowledge pertinent to keeping a child safe could be lost.",
            "child_move_transfer:mt_write child_move_transfer:mt_ack child_move_in:mi_received",
            "test_child_move::test_by_telephone_the_same_day_and_in_writing_within_three "
            "test_child_move::test_the_receiving_authority_acknowledges_confers_and_accepts_in_writing",
        ),
        (
            "aim_for_consent",
            "Aim to gain consent, but be mindful where that would place a child at increased risk of harm.",
            "consent:whether_to_ask form:consent_route.consent_route form:consent.consent_status",
            "test_consent::test_the_reasons_for_not_asking_are_kept_apart",
        ),
        (
            "who_was_given",
            "When information is shared or withheld, record who has been given the information and why.",
            "form:record_share.who_receives form:record_share.share_reasons "
            "form:request_supply.supply_sent_to "
            "form:request_decision.request_decision_reasons",
            "test_share_information::test_consent_given_you_can_share "
            "test_partner_request::test_a_request_is_checked_decided_and_supplied",
        ),
    ),
    *under(
        PROCEDURES,
        "Data Protection Act 2018, Schedule 8; difficult decisions",
        (
            "schedule_8",
            "Schedule 8 paragraph 4: neglect or harm, or well-being; under 18, or 18 or over and at risk.",
            "form:lawful_reason.schedule_8 form:lawful_reason.protects form:lawful_reason.person",
            "test_share_information::test_law_enforcement_has_its_own_chain",
            "test_forms::test_law_enforcement_is_never_offered_to_a_school_or_the_nhs",
        ),
        (
            "clear_risk",
            "Clear risk of significant harm to a child, or serious harm to adults: the decision is clear.",
            "form:purpose.harm_clarity share_information:subtle_q",
            "test_share_information::test_clear_harm_that_cannot_wait_needs_nobody_else",
        ),
        (
            "competence",
            "Difficult decisions by, or with the advice of, named, designated or senior people.",
            "lead_decision:lead_decides lead_decision:manager_decides request_decision:request_lead",
            "test_called_processes::test_the_lead_decides_or_advises "
            "test_partner_request::test_subtle_harm_is_decided_or_advised_by_the_designated_lead",
        ),
        (
            "shared_proportionately",
            "The information shared should be proportionate.",
            "form:principles.principle_necessary form:lawful_reason.necessary_and_proportionate",
            "test_share_information::test_subtle_harm_the_lead_decides_or_advises_first",
        ),
    ),
)
