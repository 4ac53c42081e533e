"""When and how to share, and the myths about it."""

from tests.workflows.seed_rules.rule import MARS, under

WHEN_AND_HOW = (
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
            "share_information:right_person share_information:receipt share_information:breach_raised",
            "test_share_information::test_the_wrong_recipient_starts_a_breach_before_anything_else_is_done",
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
