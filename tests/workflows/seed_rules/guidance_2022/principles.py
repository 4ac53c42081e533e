"""Why information is shared, signs of abuse and neglect, and the principles of sharing."""

from tests.workflows.seed_rules.rule import MARS, under

PRINCIPLES = (
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
            "retention_review:look_up_period retention_review:decide_retention decision:retention_period "
            "retention_review:case_is_closed decision:retention_kind",
            "test_retention_review::test_its_period_over_and_not_needed_two_people_dispose_of_it "
            "test_retention_review::"
            "test_the_review_of_a_closed_case_comes_by_itself_the_day_after_its_period",
        ),
        (
            "indefinite",
            "In rare circumstances kept indefinitely, with a review scheduled at regular intervals.",
            "form:retention_decision.indefinite_why retention_review:next_review",
            "test_retention_review::"
            "test_the_rare_indefinite_case_needs_two_people_and_its_review_comes_every_year "
            "test_retention_review::"
            "test_the_rare_indefinite_case_has_its_scheduled_review_every_year_whatever_its_period",
            "test_retention_review::test_keeping_indefinitely_says_why_no_date_is_enough",
        ),
    ),
)
