"""What the two documents ask that Handrail was built for, rule by rule, and what keeps it.

`elements`: `process:element`, `form:name.key`, `decision:table` or `guidance:page`. `walks`: tests of this
folder, each of which goes through one of these elements at least. `tests`: further ones, of forms and tables.
"""

from __future__ import annotations

from dataclasses import dataclass

MARS = "Children's MARS Information Sharing Guidance, August 2022"
PROCEDURES = "Local procedures, Information Sharing, 24 September 2024"


@dataclass(frozen=True)
class Rule:
    id: str
    source: str
    heading: str
    says: str
    elements: tuple[str, ...]
    walks: tuple[str, ...]
    tests: tuple[str, ...]


def under(source: str, heading: str, *rows: tuple[str, ...]) -> tuple[Rule, ...]:
    """Rules of one heading: id, what it says, elements, walks and maybe tests, with a blank between."""
    return tuple(
        Rule(id, source, heading, says, tuple(elements.split()), tuple(walks.split()), tuple(tests))
        for id, says, elements, walks, *tests in rows
    )


GUIDANCE_2022 = (
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
            "impact_assessment:regular guidance:purpose",
            "test_impact_assessment::test_without_a_high_risk_the_agreement_is_signed",
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
            "form:purpose.purpose guidance:purpose impact_assessment:covered",
            "test_impact_assessment::test_what_is_covered_already_is_not_assessed_again",
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
    *under(
        MARS,
        "Sharing information",
        (
            "do_not_assume",
            "Do not assume that someone else will pass on information critical to keeping a child safe.",
            "guidance:refusal guidance:move_tell child_move:move_tell referral:refer_reply",
            "test_share_information::test_no_clear_purpose_do_not_share "
            "test_child_move::test_a_worry_without_a_plan_is_told_so_that_it_is_not_lost",
        ),
        (
            "fears",
            "Fears about sharing cannot stand in the way of safeguarding and promoting children's welfare.",
            "guidance:lawful_reason",
            "test_share_information::test_no_lawful_reason_do_not_share",
        ),
        (
            "frontline_judgement",
            "Skilled practitioners at the frontline use their professional judgement about when to share.",
            "share_information:lawful_reason share_information:record_share",
            "test_share_information::test_clear_harm_that_cannot_wait_needs_nobody_else",
        ),
        (
            "early_help",
            "Sharing gives effective early help and prevents a need from becoming more acute.",
            "form:purpose.purpose form:mash_outcome.mash_outcome",
            "test_mash_triage::test_every_other_outcome_is_decided_with_reasons_and_told",
        ),
        (
            "any_service",
            "All staff in every service, statutory or voluntary, may lawfully share.",
            "form:lawful_reason.controller share_information:asked_or_concerned",
            "test_share_information::test_no_consent_but_a_lawful_reason_you_can_share",
            "test_forms::test_article_6_offers_what_the_policy_offers_and_never_consent",
        ),
    ),
    *under(
        MARS,
        "Being alert to signs of abuse and neglect and taking action",
        (
            "child_discloses",
            "Children may disclose abuse, in which case the decision to share is clear.",
            "form:start_share.trigger form:purpose.harm_clarity guidance:screen",
            "test_share_information::test_clear_harm_that_cannot_wait_needs_nobody_else",
        ),
        (
            "subtle",
            "In other cases, such as neglect, indicators are more subtle and decisions more difficult.",
            "share_information:subtle_q lead_decision:lead_decides guidance:subtle_harm",
            "test_share_information::test_subtle_harm_the_lead_decides_or_advises_first",
        ),
        (
            "open_mind",
            "Keep an open and inquiring mind to underlying reasons for changes in behaviour.",
            "guidance:subtle_harm",
            "test_share_information::test_subtle_harm_the_lead_decides_or_advises_first",
        ),
        (
            "concern_goes_to",
            "Concerns about a child are shared with children's services and/or the police.",
            "immediate_danger:social_care_told immediate_danger:police_told referral:refer_begins "
            "mash_triage:mash_contact_taken",
            "test_referral::test_a_worry_goes_to_the_hub_and_its_answer_is_waited_for "
            "test_called_processes::test_police_and_social_care_each_get_a_task_at_once "
            "test_mash_triage::test_suspected_harm_goes_to_a_strategy_discussion",
        ),
        (
            "police_at_once",
            "A crime is thought committed and/or a child is at immediate risk: notify the police at once.",
            "form:screen.immediate_risk form:screen.crime_suspected immediate_danger:confirm_call",
            "test_share_information::test_danger_is_told_beside_the_decision_and_holds_nothing_up",
        ),
        (
            "security_proportionate",
            "Security is always considered and proportionate to the sensitivity and the circumstances.",
            "share_information:secure form:secure.channel form:secure.channel_why",
            "test_share_information::test_consent_given_you_can_share",
        ),
    ),
    *under(
        MARS,
        "The principles",
        (
            "consult_in_doubt",
            "Follow organisation procedures or consult with the manager if in doubt.",
            "form:advice_asked.adviser advice:give_advice",
            "test_share_information::test_advice_may_be_asked_of_each_adviser",
        ),
        (
            "supports_child",
            "Most important: is sharing likely to support the safeguarding and protection of a child?",
            "guidance:purpose share_information:purpose",
            "test_share_information::test_no_clear_purpose_do_not_share",
        ),
        (
            "third_parties",
            "Consider the impact of disclosing on the information subject and any third parties.",
            "form:how_much.third_parties form:principles.third_party_impact",
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "proportionate",
            "Information is proportionate to the need and level of risk; not more data than necessary.",
            "form:how_much.items form:principles.principle_necessary",
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "relevant",
            "Only information relevant to the purposes is shared with those who need it.",
            "form:principles.principle_relevant",
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "adequate",
            "Adequate for its purpose: of the right quality to be understood and relied upon.",
            "form:principles.principle_adequate guidance:how_much",
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "accurate",
            "Accurate and up to date.",
            "form:principles.principle_accurate form:how_much.item_date",
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "fact_opinion",
            "Clearly distinguish between fact and opinion.",
            "form:how_much.item_kind form:csor_partner_return.partner_kind form:mash_agency_return.item_mark "
            "form:request_supply.supply_item_kind",
            "test_share_information::test_consent_given_you_can_share "
            "test_partner_request::test_a_request_is_checked_decided_and_supplied",
            "test_forms::test_each_piece_is_marked_as_fact_or_opinion",
        ),
        (
            "historical",
            "If the information is historical then this is explained.",
            "form:how_much.item_historical form:mash_agency_return.item_age",
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "timely",
            "Share in a timely fashion; consider the urgency with which to share.",
            "form:purpose.urgency form:principles.principle_timely",
            "test_share_information::test_unconfirmed_receipt_is_chased_and_stays_open",
        ),
        (
            "timely_consent",
            "In an emergency it may not be appropriate to seek consent if that could cause delay.",
            "form:consent.consent_status form:consent_route.consent_route",
            "test_share_information::test_clear_harm_that_cannot_wait_needs_nobody_else "
            "test_consent::test_whoever_is_not_asked_is_not_asked_and_the_reason_is_kept",
        ),
        (
            "emergency_waits_for_nobody",
            "Timeliness is key in emergency situations: nothing holds up what cannot wait.",
            "share_information:look_afterwards look_afterwards:lead_looks look_afterwards:guardian_ratifies",
            "test_share_information::test_subtle_harm_that_cannot_wait_is_shared_first "
            "test_share_information::test_health_information_that_cannot_wait_is_shared_first",
        ),
        (
            "secure",
            "Share in an appropriate, secure way and follow the organisation's policy on security.",
            "form:secure.channel_policy form:principles.principle_secure",
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "record_either_way",
            "Decisions are recorded, whether or not the decision is taken to share.",
            "share_information:record_share share_information:record_not_share",
            "test_share_information::test_no_clear_purpose_do_not_share "
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "discuss_refusal",
            "If the decision is not to share, discuss the reasons with the requester.",
            "share_information:discuss_refusal partner_request:explain_refusal",
            "test_share_information::test_a_refusal_is_discussed_with_whoever_asked "
            "test_partner_request::test_a_refusal_has_reasons_and_is_discussed_with_the_requester",
        ),
        (
            "retention",
            "In line with each organisation's retention policy, not kept any longer than necessary.",
            "retention_review:look_up_period retention_review:decide_retention decision:retention_period",
            "test_retention_review::test_its_period_over_and_not_needed_two_people_dispose_of_it",
        ),
        (
            "indefinite",
            "In rare circumstances kept indefinitely, with a review scheduled at regular intervals.",
            "form:retention_decision.indefinite_why retention_review:next_review",
            "test_retention_review::"
            "test_the_rare_indefinite_case_needs_two_people_and_its_review_comes_every_year",
            "test_retention_review::test_keeping_indefinitely_says_why_no_date_is_enough",
        ),
    ),
    *under(
        MARS,
        "When and how to share information",
        (
            "when_purpose",
            "Is there a clear and legitimate purpose? No: do not share.",
            "share_information:purpose_q",
            "test_share_information::test_no_clear_purpose_do_not_share",
        ),
        (
            "when_consent",
            "Do you have consent to share? Yes: share, but consider how. No: next question.",
            "share_information:consent_q",
            "test_share_information::test_consent_given_you_can_share "
            "test_share_information::test_nobody_identifiable_you_can_share",
        ),
        (
            "when_identified",
            "Does the information enable an individual to be identified? No: share, but consider how.",
            "share_information:identifiable_q",
            "test_share_information::test_nobody_identifiable_you_can_share",
        ),
        (
            "when_lawful",
            "Have you identified a lawful reason to share without consent? No: do not share.",
            "share_information:lawful_q",
            "test_share_information::test_no_consent_but_a_lawful_reason_you_can_share "
            "test_share_information::test_no_lawful_reason_do_not_share",
        ),
        (
            "how_much",
            "Identify how much information to share.",
            "share_information:how_much",
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "how_right_person",
            "Ensure that you are giving the right information to the right individual.",
            "share_information:right_person share_information:receipt share_information:wrong_recipient",
            "test_share_information::test_the_wrong_recipient_is_put_right_by_the_governance_lead",
        ),
        (
            "how_secure",
            "Ensure where possible that you are sharing the information securely.",
            "share_information:secure",
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "how_inform",
            "Inform the individual where possible, as long as that does not create or increase risk of harm.",
            "share_information:inform form:inform.informed",
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "advice_any_stage",
            "If at any stage you are unsure about how or when to share, you must seek advice.",
            "share_information:advice_asked",
            "test_share_information::test_advice_may_be_asked_at_any_stage_and_stops_nothing",
        ),
        (
            "advice_recorded",
            "Ensure that the outcome of the discussion is recorded.",
            "advice:use_advice form:use_advice.advice_used",
            "test_called_processes::test_advice_is_given_and_its_outcome_recorded",
            "test_forms::test_departing_from_advice_needs_reasons",
        ),
        (
            "consent_unambiguous",
            "Consent must be unambiguous and freely given.",
            "form:consent.consent_free form:consent.consent_evidence form:consent_answer.consent_free",
            "test_share_information::test_consent_given_you_can_share "
            "test_consent::test_what_they_said_is_kept",
            "test_forms::test_consent_needs_its_scope_footing_method_and_evidence",
        ),
        (
            "consent_withdrawn",
            "Consent may be withdrawn at any time.",
            "share_information:consent_withdrawn share_information:withdrawn_after "
            "consent_kept:kept_withdrawn",
            "test_share_information::test_withdrawal_stops_what_is_not_sent_and_asks_for_a_lawful_reason "
            "test_consent::test_it_may_be_withdrawn_at_any_time",
        ),
    ),
    *under(
        MARS,
        "Myth busting guide",
        (
            "myth_barrier",
            "The law is a barrier? No: balance the subject's rights and the possible need to share.",
            "guidance:purpose guidance:lawful_reason",
            "test_share_information::test_no_lawful_reason_do_not_share",
        ),
        (
            "myth_consent",
            "Consent is always needed? No. Where it is gained, it must be explicit and freely given.",
            "guidance:consent form:consent.consent_method",
            "test_share_information::test_consent_given_you_can_share",
        ),
        (
            "myth_record",
            "Where a decision to share without consent is made, a record of what was shared is kept.",
            "share_information:send form:record_share.what_is_shared form:record_share.consent_reason",
            "test_share_information::test_no_consent_but_a_lawful_reason_you_can_share",
        ),
        (
            "myth_other_organisation",
            "Cannot be disclosed to another organisation? It can, unless the purposes are incompatible.",
            "form:purpose.compatible guidance:purpose",
            "test_share_information::test_no_clear_purpose_do_not_share",
        ),
        (
            "myth_confidence",
            "Confidence and human rights prevent it? Balance them against the effect of not sharing.",
            "form:lawful_reason.confidential form:lawful_reason.confidentiality",
            "test_share_information::test_no_consent_but_a_lawful_reason_you_can_share",
            "test_forms::test_confidential_information_needs_what_lifts_confidentiality",
        ),
        (
            "confidence_grounds",
            "Grounds: overwhelming interest, public interest, court order, legal obligation, exemption.",
            "form:lawful_reason.confidentiality",
            "test_share_information::test_no_consent_but_a_lawful_reason_you_can_share",
        ),
        (
            "limit_amount",
            "Can the objective be achieved by limiting the amount of information shared?",
            "form:lawful_reason.less_would_do form:how_much.left_out",
            "test_share_information::test_no_consent_but_a_lawful_reason_you_can_share",
        ),
        (
            "myth_it",
            "IT systems such as CP-IS can be useful; professional judgement is the most essential aspect.",
            "guidance:purpose share_information:purpose",
            "test_share_information::test_no_clear_purpose_do_not_share",
        ),
    ),
)

PROCEDURES_2024 = (
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
            "share_information:immediate_danger_now share_information:lawful_q",
            "test_share_information::test_sharing_does_not_wait_for_anybody_who_is_told_of_danger",
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
    *under(
        PROCEDURES,
        "The Seven Caldicott Principles",
        (
            "guardian",
            "A Guardian is a senior person who protects confidentiality and enables appropriate sharing.",
            "caldicott_review:guardian_decides",
            "test_called_processes::test_the_guardian_decides",
        ),
        (
            "caldicott_1",
            "Justify the purpose(s).",
            "form:caldicott_decision.caldicott_purpose form:request_review.review_purpose",
            "test_called_processes::test_the_guardian_decides",
        ),
        (
            "caldicott_2",
            "Don't use personal confidential data unless it is absolutely necessary.",
            "form:caldicott_decision.caldicott_necessary form:request_review.review_necessity",
            "test_called_processes::test_the_guardian_decides",
        ),
        (
            "caldicott_3",
            "Use the minimum necessary personal confidential data.",
            "form:caldicott_decision.caldicott_minimum form:caldicott_decision.caldicott_part",
            "test_called_processes::test_the_guardian_decides",
        ),
        (
            "caldicott_4",
            "Access on a strict need-to-know basis.",
            "form:caldicott_decision.caldicott_need_to_know",
            "test_called_processes::test_the_guardian_decides",
        ),
        (
            "caldicott_5",
            "Everyone with access is aware of their responsibilities.",
            "form:caldicott_decision.caldicott_aware",
            "test_called_processes::test_the_guardian_decides",
        ),
        (
            "caldicott_6",
            "Comply with the law.",
            "form:caldicott_decision.caldicott_law",
            "test_called_processes::test_the_guardian_decides",
        ),
        (
            "caldicott_7",
            "The duty to share can be as important as the duty to protect patient confidentiality.",
            "form:caldicott_decision.caldicott_duty_to_share",
            "test_called_processes::test_the_guardian_decides",
        ),
        (
            "caldicott_8",
            "Seven are printed; since December 2020 an eighth, to inform, is asked too, and said to be new.",
            "form:caldicott_decision.caldicott_inform guidance:caldicott_decision guidance:principles",
            "test_called_processes::test_the_guardian_decides",
            "test_forms::test_the_edition_chooses_seven_or_eight_principles",
        ),
        (
            "guardian_partners",
            "NHS, social services and partners satisfy the highest practicable standards.",
            "share_information:caldicott request_decision:request_guardian impact_assessment:guardian",
            "test_share_information::test_health_information_the_guardian_decides_first "
            "test_partner_request::test_health_information_for_the_police_goes_through_the_guardian",
        ),
    ),
    *under(
        PROCEDURES,
        "Section 115 of the Crime and Disorder Act 1998",
        (
            "section_115_power",
            "The power of any organisation to disclose is beyond doubt; it is a power.",
            "decision:section_115 section_115:decide_115 form:section_115_decision.section_115_only_a_power",
            "test_gateways::test_section_115_is_recommended_and_a_practitioner_relies_on_it",
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
            "test_dvds_disclosure::test_c_is_never_told_the_outcome",
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
            "test_dvds_disclosure::test_a_part_of_the_test_that_is_not_met_and_it_cannot_be_told",
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
            "test_gateways::test_level_1_is_decided_by_the_lead_agency_and_levels_2_and_3_by_the_meeting",
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
            "test_csor_disclosure::test_a_supervisor_may_decide_against_disclosing_with_reasons",
        ),
        (
            "csor_confidential",
            "Kept confidential and only used to keep the child in question safe.",
            "form:csor_undertaking.warned_confidential csor_closure:breach_watch",
            "test_csor_disclosure::test_a_breach_is_watched_for_and_decided_on",
        ),
        (
            "csor_in_person",
            "Delivered in person, as opposed to in writing.",
            "csor_disclosure_visit:tell_in_person form:csor_tell.told_nothing_written",
            "test_csor_disclosure::test_assessed_by_one_decided_by_another_and_told_in_person",
            "test_csor_disclosure::test_nothing_is_ever_told_in_writing",
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
            "test_csor_disclosure::test_every_warning_is_given_in_person_before_they_sign",
        ),
        (
            "csor_legal_action",
            "Legal action may be taken if confidentiality is breached.",
            "csor_closure:breach_decision form:csor_breach.breach_action "
            "undertaking_breach:undertaking_decide",
            "test_csor_disclosure::test_a_breach_is_watched_for_and_decided_on "
            "test_breach::test_legal_action_is_decided_and_never_automatic",
        ),
        (
            "csor_unsigned",
            "Unwilling to sign: the police must consider whether the disclosure should still take place.",
            "csor_disclosure_visit:not_signed form:csor_not_signed.undertaking_decision",
            "test_csor_disclosure::test_unsigned_a_supervisor_considers_whether_it_still_takes_place",
        ),
        (
            "mappa",
            "Builds on third-party disclosures under the Multi-Agency Public Protection Arrangements.",
            "mappa_third_party:tell_third_party decision:section_327a form:csor_partners.mappa_consulted",
            "test_gateways::test_level_1_is_decided_by_the_lead_agency_and_levels_2_and_3_by_the_meeting",
            "test_gateways::test_a_third_party_is_told_in_person_and_never_in_writing",
        ),
    ),
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
            "section_16:decide_16 form:start_section_16.section_16_why decision:section_16",
            "test_gateways::test_section_16_permits_and_what_is_sent_is_logged",
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
            "section_17:request_17 section_17:supply_17 decision:section_17",
            "test_gateways::test_the_authority_supplies_what_its_local_policing_body_asks_for",
            "test_gateway_decisions::test_section_17_must_be_complied_with_save_for_four_exclusions",
        ),
        (
            "section_17_purpose",
            "For the policing body's own functions relating to the Serious Violence Duty.",
            "form:section_17_facts.for_section_14 form:section_17_receipt.section_17_use_only",
            "test_gateways::test_the_authority_supplies_what_its_local_policing_body_asks_for",
            "test_gateways::test_the_reply_carries_the_restriction_on_its_use",
        ),
    ),
)

RULES = (*GUIDANCE_2022, *PROCEDURES_2024)

ELSEWHERE = {  # processes that people start and neither document asks for
    "breach": "Data Protection Act 2018 sections 67 and 68, UK GDPR Articles 33 and 34",
    "child_protection": "Working Together and the Children Act 1989, sections 44 to 47",
    "disagreement": "Working Together and local escalation policies",
    "subject_rights": "UK GDPR Articles 12 and 15 to 21, Data Protection Act 2018 sections 45 to 54",
}


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
        "test_pitfalls::test_eight_principles_are_said_on_screen",
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
        "test_dvds_disclosure::test_a_forum_may_decide_against_telling_and_says_how_a_is_protected "
        "test_dvds_disclosure::test_there_is_a_safety_plan_whatever_the_outcome",
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
        "test_pitfalls::test_no_diagram_names_a_place_of_the_documents",
    ),
)
