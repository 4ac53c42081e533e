"""Who the guidance is for, its seven golden rules, and the law that it names."""

from tests.workflows.seed_rules.rule import MARS, under

GOLDEN_RULES = (
    *under(
        MARS,
        "Introduction; Who is the advice for?",
        (
            "case_by_case",
            "Practitioners decide about sharing personal information on a case-by-case basis.",
            "share_information:record_share share_information:record_not_share",
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "bulk_apart",
            "Bulk or pre-arranged sharing between IT systems or organisations is not dealt with here.",
            "impact_assessment:regular guidance:purpose share_information:flow_found",
            "test_impact_assessment::test_without_a_high_risk_the_agreement_is_signed "
            "test_share_information::"
            "test_regular_learning_or_audit_is_handed_to_the_impact_assessment_and_nothing_is_shared",
        ),
        (
            "adults_in_scope",
            "Also for those who work with adults responsible for children who may be in need.",
            "dvds_referral:referral_made share_information:asked_or_concerned",
            "test_dvds_disclosure::test_an_agency_asks_and_the_police_take_it_on_as_right_to_know",
        ),
        (
            "learning_audit",
            "Learning and audit have an information sharing agreement of their own.",
            "form:purpose.sharing_kind guidance:share_flow impact_assessment:covered",
            "test_impact_assessment::test_what_is_covered_already_is_not_assessed_again "
            "test_share_information::"
            "test_regular_learning_or_audit_is_handed_to_the_impact_assessment_and_nothing_is_shared",
        ),
    ),
    *under(
        MARS,
        "The seven golden rules to sharing information",
        (
            "golden_1",
            "Data protection and human rights law are not barriers to justified sharing, but a framework.",
            "guidance:purpose guidance:lawful_reason",
            "test_share_information::test_no_consent_but_a_lawful_reason_you_can_share",
        ),
        (
            "golden_2",
            "Be open and honest about why, what, how and with whom, unless it is unsafe or inappropriate.",
            "share_information:inform form:inform.informed form:inform.informed_reason",
            "test_share_information::test_consent_given_you_can_share",
            "test_forms::test_nobody_is_said_to_be_informed_until_somebody_says_so",
        ),
        (
            "golden_3_advice",
            "Seek advice from other practitioners or your information governance lead if in any doubt.",
            "share_information:advice_asked advice:give_advice form:advice_asked.adviser",
            "test_share_information::test_advice_may_be_asked_of_each_adviser",
        ),
        (
            "golden_3_identity",
            "Advice is sought without disclosing the identity of the individual where possible.",
            "form:advice_asked.advice_summary form:advice_asked.advice_identity_needed",
            "test_share_information::test_advice_may_be_asked_of_each_adviser",
            "test_forms::test_advice_is_asked_without_names",
        ),
        (
            "golden_4_consent",
            "Where possible, share information with consent.",
            "share_information:consent consent:ask_for_consent",
            "test_share_information::test_consent_given_you_can_share "
            "test_consent::test_what_they_said_is_kept",
        ),
        (
            "golden_4_wishes",
            "Where possible, respect the wishes of those who do not consent.",
            "form:lawful_reason.wishes share_information:lawful_reason",
            "test_share_information::test_no_consent_but_a_lawful_reason_you_can_share",
            "test_forms::test_a_refusal_is_not_passed_over_without_saying_why",
        ),
        (
            "golden_4_without",
            "You may share without consent if there is a lawful basis, such as where safety may be at risk.",
            "share_information:lawful_reason share_information:lawful_q",
            "test_share_information::test_no_consent_but_a_lawful_reason_you_can_share",
        ),
        (
            "golden_4_basis",
            "When sharing or requesting personal information, be clear of the basis upon which you do so.",
            "form:lawful_reason.legal_gateway form:check_request.request_purpose "
            "form:mash_agencies.research_basis",
            "test_share_information::test_no_consent_but_a_lawful_reason_you_can_share "
            "test_partner_request::test_a_request_is_checked_decided_and_supplied",
        ),
        (
            "golden_4_expect",
            "Without consent, be mindful that an individual might not expect information to be shared.",
            "guidance:inform form:inform.informed",
            "test_share_information::test_no_consent_but_a_lawful_reason_you_can_share",
        ),
        (
            "golden_5",
            "Base decisions on the safety and well-being of the individual and of others affected.",
            "form:record_share.share_safety form:record_not_share.not_share_safety "
            "form:lawful_reason.safety_considered",
            "test_share_information::test_consent_given_you_can_share "
            "test_share_information::test_no_clear_purpose_do_not_share",
        ),
        (
            "golden_6",
            "Necessary, proportionate, relevant, adequate, accurate, timely and secure.",
            "share_information:principles",
            "test_share_information::test_consent_given_you_can_share",
            "test_forms::test_the_seven_principles_are_asked_one_by_one",
        ),
        (
            "golden_6_need_to_have",
            "Shared only with those individuals who need to have it.",
            "form:right_person.recipient_need share_information:right_person",
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "golden_7_share",
            "Keep a record of a decision to share: the reasons, what, with whom and for what purpose.",
            "share_information:record_share form:record_share.share_reasons form:record_share.what_is_shared "
            "form:record_share.who_receives form:record_share.purpose",
            "test_share_information::test_consent_given_you_can_share",
            "test_forms::test_no_decision_is_recorded_without_reasons",
        ),
        (
            "golden_7_not_share",
            "Keep a record of a decision not to share and of the reasons for it.",
            "share_information:record_not_share form:record_not_share.not_share_reasons",
            "test_share_information::test_no_clear_purpose_do_not_share",
        ),
    ),
    *under(
        MARS,
        "The GDPR and Data Protection Act 2018",
        (
            "not_prevented",
            "The law does not prevent, or limit, sharing to keep children and young people safe.",
            "guidance:purpose guidance:lawful_reason",
            "test_share_information::test_no_lawful_reason_do_not_share",
        ),
        (
            "arrangements",
            "Organisations need comprehensive and proportionate arrangements for sharing information.",
            "impact_assessment:describe impact_assessment:sign",
            "test_impact_assessment::test_without_a_high_risk_the_agreement_is_signed",
            "test_impact_assessment::test_every_party_signs_and_nothing_starts_before",
        ),
        (
            "lawful_basis",
            "Be confident of the lawful basis and the processing conditions that allow sharing.",
            "form:lawful_reason.article_6 form:lawful_reason.article_9 form:lawful_reason.article_10",
            "test_share_information::test_no_consent_but_a_lawful_reason_you_can_share",
            "test_forms::test_article_6_offers_what_the_policy_offers_and_never_consent",
        ),
        (
            "special_category",
            "For special category data always consider and identify the lawful basis.",
            "form:lawful_reason.special_category form:lawful_reason.article_9",
            "test_share_information::test_no_consent_but_a_lawful_reason_you_can_share",
            "test_forms::test_special_categories_and_offences_offer_what_the_policy_lists",
        ),
        (
            "safeguarding_condition",
            "‘Safeguarding of children and individuals at risk’ allows sharing without consent.",
            "form:lawful_reason.protects form:lawful_reason.person form:lawful_reason.without_consent "
            "form:lawful_reason.public_interest form:lawful_reason.limbs_shown",
            "test_share_information::test_no_consent_but_a_lawful_reason_you_can_share",
            "test_forms::test_the_safeguarding_condition_needs_all_four_limbs",
        ),
        (
            "impact_assessment",
            "Processing that is likely to be high risk needs a data protection impact assessment.",
            "impact_assessment:high_risk impact_assessment:risks impact_assessment:accept",
            "test_impact_assessment::test_a_high_risk_is_assessed_advised_on_and_accepted_before_it_starts",
        ),
        (
            "without_consent",
            "Without consent if unable to gain it, if it is unreasonable, or if asking is a risk to a child.",
            "form:consent.consent_status form:consent.consent_reason consent:whether_to_ask",
            "test_share_information::test_every_other_state_of_no_consent_asks_the_next_question "
            "test_consent::test_the_reasons_for_not_asking_are_kept_apart",
            "test_forms::test_every_state_of_consent_is_kept_apart",
        ),
        (
            "harm_or_well_being",
            "Lawful if it keeps safe from neglect or harm, or protects well-being.",
            "form:lawful_reason.protects",
            "test_share_information::test_no_consent_but_a_lawful_reason_you_can_share",
        ),
    ),
)
