"""Powers against crime: the Crime and Disorder Act, law enforcement, and the Serious Violence Duty."""

from tests.workflows.seed_rules.rule import PROCEDURES, under

CRIME_AND_DISORDER = (
    *under(
        PROCEDURES,
        "Section 115 of the Crime and Disorder Act 1998",
        (
            "section_115_power",
            "The power of any organisation to disclose is beyond doubt; it is a power.",
            "decision:section_115 section_115:decide_115 form:section_115_decision.section_115_only_a_power "
            "share_information:section_115_asked",
            "test_gateways::test_section_115_is_recommended_and_a_practitioner_relies_on_it "
            "test_share_information::"
            "test_the_answer_on_section_115_comes_back_to_the_decision_and_decides_nothing",
            "test_gateways::test_section_115_is_never_relied_on_without_knowing_that_it_is_a_power_only",
        ),
        (
            "section_115_whom",
            "To police, local authorities, probation, health authorities, or those acting on their behalf.",
            "form:section_115_facts.recipient_kind form:section_115_facts.acting_on_behalf "
            "decision:section_115",
            "test_gateways::test_section_115_reaches_no_charity_and_no_other_purpose "
            "test_gateways::test_whoever_acts_for_a_council_counts_as_one",
            "test_decisions::test_section_115",
        ),
        (
            "section_115_purpose",
            "So long as necessary or expedient for the purposes of crime prevention.",
            "form:section_115_facts.for_the_act decision:section_115",
            "test_gateways::test_section_115_reaches_no_charity_and_no_other_purpose",
        ),
        (
            "section_115_use",
            "These bodies also have the power to use this information.",
            "guidance:section_115",
            "test_gateways::test_section_115_is_recommended_and_a_practitioner_relies_on_it",
        ),
        (
            "police_common_law",
            "The police have a general power under common law.",
            "guidance:section_115 form:lawful_reason.legal_gateway form:csor_decision.decision_power",
            "test_gateways::test_section_115_is_recommended_and_a_practitioner_relies_on_it",
        ),
    ),
    *under(
        PROCEDURES,
        "Part 3 of the Data Protection Act 2018",
        (
            "part_3",
            "Part 3 covers the processing of personal data for law enforcement purposes.",
            "form:lawful_reason.section_35 form:lawful_reason.law_enforcement_purpose "
            "form:section_16_decision.section_16_regime",
            "test_share_information::test_law_enforcement_has_its_own_chain "
            "test_gateways::test_section_16_permits_and_what_is_sent_is_logged",
            "test_gateways::test_law_enforcement_processing_is_told_apart_and_never_offered_to_a_school",
        ),
    ),
)

SERIOUS_VIOLENCE = (
    *under(
        PROCEDURES,
        "Serious Violence Duty",
        (
            "specified_authorities",
            "Specified: police, probation, youth offending teams, integrated care boards, local authorities.",
            "form:section_16_facts.sender_listed form:section_16_facts.recipient_listed "
            "form:section_17_facts.authority_listed guidance:section_16",
            "test_gateways::test_section_16_permits_and_what_is_sent_is_logged",
        ),
        (
            "section_16_permissive",
            "Section 16 permits sharing, on request or proactively, and does not oblige.",
            "section_16:decide_16 form:start_section_16.section_16_why decision:section_16 "
            "share_information:section_16_asked",
            "test_gateways::test_section_16_permits_and_what_is_sent_is_logged "
            "test_share_information::test_a_check_of_section_16_sends_nothing_itself",
            "test_gateways::test_section_16_never_obliges",
        ),
        (
            "section_16_functions",
            "For the purposes of their functions under the Serious Violence Duty.",
            "form:section_16_facts.section_16_function form:section_16_facts.for_recipient_functions",
            "test_gateways::"
            "test_what_section_16_excludes_cannot_be_shared_under_it_and_another_power_is_looked_at",
        ),
        (
            "section_16_necessary",
            "Any disclosure is necessary and proportionate for the proposed purpose.",
            "form:section_16_decision.section_16_less form:section_16_facts.section_16_purpose",
            "test_gateways::test_section_16_permits_and_what_is_sent_is_logged",
        ),
        (
            "section_16_health",
            "Restrictions on patient information and on what health or social care authorities hold.",
            "form:section_16_facts.patient_information form:section_16_facts.health_or_social_care_sender "
            "decision:section_16",
            "test_gateways::"
            "test_what_section_16_excludes_cannot_be_shared_under_it_and_another_power_is_looked_at",
            "test_decisions::test_section_16",
        ),
        (
            "section_16_data_protection",
            "Any sharing of personal information complies with data protection legislation.",
            "form:section_16_facts.contravenes_data_protection "
            "form:section_16_decision.section_16_general_basis",
            "test_gateways::test_section_16_permits_and_what_is_sent_is_logged",
        ),
        (
            "existing_agreements",
            "The provisions do not replace existing data sharing agreements or protocols.",
            "form:section_16_decision.section_16_other_power section_16:not_under_16",
            "test_gateways::"
            "test_what_section_16_excludes_cannot_be_shared_under_it_and_another_power_is_looked_at",
            "test_gateways::test_existing_agreements_and_other_powers_remain",
        ),
        (
            "section_17",
            "Section 17: local policing bodies request, the authority within its police area supplies.",
            "section_17_ask:section_17_asked section_17:asked_17 section_17:request_17 section_17:supply_17 "
            "decision:section_17",
            "test_section_17::test_a_local_policing_body_asks_an_authority_and_its_request_goes_there "
            "test_section_17::test_the_authority_supplies_what_its_local_policing_body_asks_for",
            "test_gateway_decisions::test_section_17_must_be_complied_with_save_for_four_exclusions",
        ),
        (
            "section_17_purpose",
            "For the policing body's own functions relating to the Serious Violence Duty.",
            "form:section_17_check.section_17_own_functions form:section_17_facts.for_section_14 "
            "form:section_17_receipt.section_17_use_only",
            "test_section_17::test_the_authority_supplies_what_its_local_policing_body_asks_for",
            "test_section_17::test_the_reply_carries_the_restriction_on_its_use",
        ),
    ),
)
