"""The two disclosure schemes, and the right to private and family life that they interfere with."""

from tests.workflows.seed_rules.rule import PROCEDURES, under

DISCLOSURE_SCHEMES = (
    *under(
        PROCEDURES,
        "Domestic Violence Disclosure Scheme (DVDS)",
        (
            "right_to_ask",
            "Right to ask: members of the public can make an application for a disclosure.",
            "dvds_disclosure:dvds_contact dvds_disclosure:dvds_ask dvds_meeting:dvds_meet",
            "test_dvds_disclosure::test_right_to_ask_a_is_met_and_told_in_person",
        ),
        (
            "dvds_someone_known",
            "About one's own partner, or the partner of somebody one knows.",
            "form:dvds_first_contact.applicant_is form:dvds_first_contact.c_relationship",
            "test_dvds_disclosure::test_whoever_asks_for_another_does_not_speak_for_a",
        ),
        (
            "right_to_know",
            "Right to know: partner agencies can request that disclosure is made.",
            "dvds_referral:referral_made dvds_disclosure:dvds_indicator_received "
            "dvds_disclosure:dvds_know_call",
            "test_dvds_disclosure::test_an_agency_asks_and_the_police_take_it_on_as_right_to_know "
            "test_dvds_disclosure::test_right_to_know_nobody_asked_and_nobody_is_answered",
        ),
        (
            "dvds_told_whom",
            "Anybody can enquire; only someone at risk or in a position to safeguard the victim is told.",
            "form:dvds_recipient.told_is dvds_forum:dvds_who_is_told dvds_outcome:dvds_tell_applicant",
            "test_dvds_disclosure::test_whoever_asks_for_another_does_not_speak_for_a "
            "test_dvds_disclosure::test_right_to_ask_a_is_met_and_told_in_person",
            "test_dvds_visit::test_c_is_never_told_the_outcome",
        ),
        (
            "dvds_any_gender",
            "For anyone in an intimate relationship regardless of gender.",
            "form:dvds_scope.scope_intimate form:dvds_first_contact.dvds_relationship guidance:dvds_scope",
            "test_dvds_disclosure::test_outside_the_scheme_there_is_a_safety_plan_and_a_record",
            "test_dvds_disclosure::test_any_intimate_relationship_is_in_the_scheme_also_when_it_is_over",
        ),
        (
            "dvds_test",
            "Convictions for violent offences, or behaviour that reasonably leads to the belief of risk.",
            "form:dvds_risk.b_violence dvds_assessment:dvds_assess_risk dvds_forum:dvds_decide",
            "test_dvds_disclosure::test_right_to_ask_a_is_met_and_told_in_person",
            "test_dvds_forum::test_a_part_of_the_test_that_is_not_met_and_it_cannot_be_told",
        ),
        (
            "dvds_children",
            "Domestic abuse that impacts on the care and welfare of children within the family.",
            "dvds_disclosure:tell_hub dvds_disclosure:dvds_child_raised form:dvds_risk.dv_risk_children",
            "test_dvds_disclosure::test_the_hub_is_told_of_a_child_at_once_and_not_at_the_end "
            "test_dvds_disclosure::test_a_child_who_comes_to_light_later_is_told_at_once",
        ),
    ),
    *under(
        PROCEDURES,
        "Article 8 of the European Convention on Human Rights",
        (
            "article_8",
            "Private life: interference only in accordance with the law and necessary, under every scheme.",
            "dvds_forum:dvds_four_part_test csor_assessment:three_part_test "
            "form:mappa_decision.mappa_necessary",
            "test_dvds_disclosure::test_right_to_ask_a_is_met_and_told_in_person "
            "test_csor_disclosure::test_assessed_by_one_decided_by_another_and_told_in_person "
            "test_mappa::test_level_1_is_decided_by_the_lead_agency_and_levels_2_and_3_by_the_meeting",
        ),
    ),
    *under(
        PROCEDURES,
        "Child Sex Offender Review (CSOR) Disclosure Scheme",
        (
            "csor_public",
            "Members of the public ask about people with unsupervised access to children.",
            "csor_disclosure:csor_application form:csor_scope.scope_contact "
            "form:csor_application.child_access",
            "test_csor_disclosure::test_assessed_by_one_decided_by_another_and_told_in_person "
            "test_csor_disclosure::test_outside_the_scheme_advice_is_given_and_the_reasons_recorded",
            "test_csor_disclosure::test_an_application_is_about_a_specific_child",
        ),
        (
            "csor_police",
            "Managed by the police; only through direct application to them.",
            "csor_disclosure:csor_application",
            "test_csor_disclosure::test_assessed_by_one_decided_by_another_and_told_in_person",
            "test_csor_disclosure::test_only_the_police_take_applications",
        ),
        (
            "csor_best_placed",
            "Told to the person most able to protect the child, usually parents, carers or guardians.",
            "csor_assessment:best_placed form:csor_recipient.recipient_relationship",
            "test_csor_disclosure::test_assessed_by_one_decided_by_another_and_told_in_person",
        ),
        (
            "csor_interest",
            "Only if the police think it is in the child's interests.",
            "form:csor_recipient.child_interest csor_assessment:decide",
            "test_csor_disclosure::test_assessed_by_one_decided_by_another_and_told_in_person "
            "test_csor_decision::test_a_supervisor_may_decide_against_disclosing_with_reasons",
        ),
        (
            "csor_confidential",
            "Kept confidential and only used to keep the child in question safe.",
            "form:csor_undertaking.warned_confidential csor_closure:breach_watch",
            "test_csor_visit::test_a_breach_is_watched_for_and_decided_on",
        ),
        (
            "csor_in_person",
            "Delivered in person, as opposed to in writing.",
            "csor_disclosure_visit:tell_in_person form:csor_tell.told_nothing_written",
            "test_csor_disclosure::test_assessed_by_one_decided_by_another_and_told_in_person",
            "test_csor_visit::test_nothing_is_ever_told_in_writing",
        ),
        (
            "csor_warning_purpose",
            "Warning: the information must only be used to safeguard children.",
            "form:csor_undertaking.warned_purpose",
            "test_csor_disclosure::test_assessed_by_one_decided_by_another_and_told_in_person",
        ),
        (
            "csor_warning_undertaking",
            "Warning: asked to sign an undertaking not to disclose this information further.",
            "form:csor_undertaking.undertaking form:csor_undertaking.undertaking_witness",
            "test_csor_disclosure::test_assessed_by_one_decided_by_another_and_told_in_person",
        ),
        (
            "csor_warning_legal",
            "Warning, explained: legal proceedings could result if confidentiality is breached.",
            "form:csor_undertaking.warned_legal form:csor_undertaking.warned_explained",
            "test_csor_disclosure::test_assessed_by_one_decided_by_another_and_told_in_person",
            "test_csor_visit::test_every_warning_is_given_in_person_before_they_sign",
        ),
        (
            "csor_legal_action",
            "Legal action may be taken if confidentiality is breached.",
            "csor_closure:breach_decision form:csor_breach.breach_action "
            "undertaking_breach:undertaking_decide",
            "test_csor_visit::test_a_breach_is_watched_for_and_decided_on "
            "test_breach::test_legal_action_is_decided_and_never_automatic",
        ),
        (
            "csor_unsigned",
            "Unwilling to sign: the police must consider whether the disclosure should still take place.",
            "csor_disclosure_visit:not_signed form:csor_not_signed.undertaking_decision",
            "test_csor_visit::test_unsigned_a_supervisor_considers_whether_it_still_takes_place",
        ),
        (
            "mappa",
            "Builds on third-party disclosures under the Multi-Agency Public Protection Arrangements.",
            "mappa_third_party:tell_third_party decision:section_327a form:csor_partners.mappa_consulted",
            "test_mappa::test_level_1_is_decided_by_the_lead_agency_and_levels_2_and_3_by_the_meeting",
            "test_mappa::test_a_third_party_is_told_in_person_and_never_in_writing",
        ),
    ),
)
