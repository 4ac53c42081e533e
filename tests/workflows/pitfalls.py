"""The mistakes that are easy to make with each of these processes, and what keeps them from being made.

`tests` are named from `tests/`: `folder/file.py::test_name`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pitfall:
    who: str
    mistake: str
    avoided: str
    tests: tuple[str, ...]


def made_by(who: str, *rows: tuple[str, str, str]) -> tuple[Pitfall, ...]:
    """The mistake, why it is not made, and the tests: those of `tests/workflows` without their folder."""
    return tuple(
        Pitfall(who, mistake, avoided, tuple(_named(test) for test in tests.split()))
        for mistake, avoided, tests in rows
    )


def _named(test: str) -> str:
    file, _, name = test.partition("::")
    return f"{file if '/' in file else f'workflows/{file}'}.py::{name}"


PITFALLS = (
    *made_by(
        "A practitioner: teacher, nurse, social worker",
        (
            "Consent as the main gate: asked for, and then overridden.",
            "“Would you share anyway?” is asked first. Whoever would is offered to inform only.",
            "test_forms::test_whoever_would_share_anyway_is_not_asked_for_consent "
            "test_consent::test_whoever_is_not_asked_is_not_asked_and_the_reason_is_kept",
        ),
        (
            "One yes or no for consent.",
            "Refused, withdrawn, expired, unable, unsafe and unreasonable are kept apart, with reasons.",
            "test_forms::test_every_state_of_consent_is_kept_apart "
            "test_forms::test_no_consent_needs_its_reason",
        ),
        (
            "Only what is shared is recorded.",
            "Not sharing needs its record and reasons, and is discussed with whoever asked.",
            "test_diagrams::test_no_end_of_the_decision_can_be_reached_round_its_record "
            "test_share_information::test_a_refusal_is_discussed_with_whoever_asked",
        ),
        (
            "Waiting for advice or approval while a child is at immediate risk.",
            "What cannot wait is shared first and looked at afterwards; danger is told beside every process.",
            "test_share_information::test_an_urgent_share_does_not_wait_for_advice "
            "test_share_information::test_sharing_does_not_wait_for_anybody_who_is_told_of_danger "
            "test_share_information::test_health_information_that_cannot_wait_is_shared_first "
            "test_who_decides::test_danger_can_be_raised_from_every_process_about_people",
        ),
        (
            "The whole file is shared.",
            "What is shared is an empty list to which each piece is added, with its kind and its source.",
            "test_questions::test_what_is_shared_starts_empty test_forms::test_a_list_may_not_be_empty",
        ),
        (
            "A parent is told automatically.",
            "Whether somebody was informed is never answered for people.",
            "test_questions::test_nobody_is_informed_before_somebody_says_so "
            "test_forms::test_nothing_is_answered_for_people",
        ),
        (
            "Case details in a shared mailbox or a subject line.",
            "Handrail sends no mail. Titles, addresses and names of tasks hold nobody's name.",
            "test_words::test_no_mail_is_sent test_words::test_no_name_of_a_task_holds_an_answer "
            "web/test_cases::test_no_name_is_in_a_title_or_an_address "
            "web/test_inbox::test_a_task_of_mine_is_in_my_list_with_its_due_time_and_never_a_name",
        ),
        (
            "Several members of a family in one decision.",
            "Each child is decided on; others are named, with the effect on them and who may not learn.",
            "test_questions::test_others_in_a_family_are_thought_of_one_by_one "
            "test_child_protection::test_a_strategy_discussion_records_reasons_safety_and_each_child",
        ),
        (
            "Outcomes of the hub or of a disclosure scheme as the practitioner's to know.",
            "The referrer is told what a table and a person say they may be told. C is never told.",
            "test_mash_triage::test_what_the_referrer_may_be_told_depends_on_who_they_are "
            "test_dvds_visit::test_c_is_never_told_the_outcome "
            "test_csor_visit::"
            "test_an_applicant_who_is_not_the_person_told_learns_nothing_of_the_outcome "
            "test_dvds_through_the_engine::"
            "test_an_agency_hands_its_request_to_the_police_and_sees_nothing_of_their_case",
        ),
        (
            "England's Working Together in Wales.",
            "The guidance says that it is England's, and what Wales has instead.",
            "test_words::test_working_together_is_said_to_be_england_s_wherever_a_page_rests_on_it",
        ),
    ),
    *made_by(
        "A police officer",
        (
            "Checks made before the applicant's eyes, or “no trace”.",
            "Checks are confirmed to be made out of sight; nothing anywhere offers such words.",
            "test_dvds_disclosure::test_checks_are_never_made_in_front_of_whoever_asked "
            "test_words::test_no_words_say_that_there_is_no_record "
            "test_questions::test_checks_are_made_out_of_sight_of_whoever_asked",
        ),
        (
            "A disclosure in writing.",
            "In all three schemes the words stay with officers; that nothing was handed over is confirmed.",
            "test_csor_visit::test_nothing_is_ever_told_in_writing "
            "test_dvds_visit::test_nothing_is_ever_told_in_writing "
            "test_mappa::test_a_third_party_is_told_in_person_and_never_in_writing",
        ),
        (
            "Wrong clocks: 28 days from the meeting, 24 hours of work, 35 or 45 days.",
            "28 days and 24 hours count from the first contact, weekends too; 35 and 45 are no clocks.",
            "test_dvds_disclosure::test_28_days_count_from_first_contact_weekends_too "
            "test_dvds_disclosure::test_first_checks_have_24_hours_from_first_contact_at_any_hour "
            "test_csor_disclosure::test_28_days_count_from_the_application "
            "test_limits::test_no_disclosure_scheme_has_35_or_45_days",
        ),
        (
            "Late, and closed by itself.",
            "Every clock raises and closes nothing; the risk is judged again each day, with a plan for A.",
            "test_limits::test_no_timer_stops_the_work_of_a_person "
            "test_dvds_disclosure::"
            "test_after_28_days_reasons_a_plan_for_a_and_a_daily_reminder_and_nothing_is_closed "
            "test_dvds_disclosure::test_the_risk_is_judged_again_every_day_that_a_waits "
            "policy/test_clocks::test_no_clock_closes_or_refuses_anything",
        ),
        (
            "B is told, or learns of it by asking for their own data.",
            "Not telling comes first; telling needs reasons; every answer to their request is alike.",
            "test_dvds_disclosure::test_an_applicant_is_told_what_happens_and_b_is_not_told "
            "test_dvds_visit::test_b_who_asks_for_their_own_data_does_not_learn_of_it "
            "test_subject_rights::test_every_law_enforcement_answer_has_the_same_words "
            "test_subject_rights::test_nobody_is_ever_told_that_nothing_is_held",
        ),
        (
            "Representations forgotten, or always sought.",
            "They are considered each time; not seeking them is a choice with reasons.",
            "test_dvds_forum::test_representations_are_considered_every_time_and_need_reasons "
            "test_csor_decision::test_representations_not_sought_need_reasons",
        ),
        (
            "The presumption for convictions that are not for child sex offences.",
            "It is offered for these only, and under no other scheme.",
            "test_csor_decision::test_the_presumption_is_only_for_child_sex_convictions "
            "test_dvds_forum::test_no_presumption_of_another_scheme_carries_over "
            "test_gateway_decisions::"
            "test_the_presumption_needs_all_four_and_convictions_for_child_sex_offences",
        ),
        (
            "MARAC decides every case.",
            "The chair chooses the forum; MARAC and an IDVA come with high risk.",
            "test_dvds_forum::test_marac_does_not_decide_every_case",
        ),
        (
            "A refusal to sign stops everything.",
            "A supervisor considers whether it still takes place, with four ways and reasons.",
            "test_csor_visit::test_unsigned_there_are_four_ways_and_no_refusal_by_itself "
            "test_dvds_visit::"
            "test_unsigned_a_supervisor_decides_the_same_day_and_nothing_is_refused_by_itself",
        ),
        (
            "Law enforcement data for another purpose without authority, unmarked and unlogged.",
            "The law that authorises it is asked for; pieces are marked and graded; looking is recorded.",
            "test_gateways::"
            "test_law_enforcement_information_for_another_purpose_needs_a_law_that_authorises_it "
            "test_forms::test_each_piece_is_marked_as_fact_or_opinion "
            "test_mash_triage::test_an_agency_marks_fact_opinion_and_age_of_each_thing_it_says "
            "engine/test_history::test_looking_is_recorded_once_in_a_quarter_of_an_hour",
        ),
        (
            "One person assesses and approves; conflicts are not declared.",
            "Four-eyes in every scheme; whoever takes a sealed task declares that they know nobody in it.",
            "test_who_decides::test_whoever_assessed_never_approves "
            "test_dvds_through_the_engine::test_the_assessor_neither_chairs_nor_decides_even_with_every_role "
            "engine/test_declarations::test_the_first_task_of_a_sealed_case_is_taken_with_a_declaration",
        ),
        (
            "The case can be found by colleagues who know B.",
            "Everything of a disclosure scheme is sealed: that it exists is hidden.",
            "test_who_decides::test_every_disclosure_scheme_is_sealed "
            "engine/access/test_refusals::"
            "test_a_sealed_case_shows_the_role_that_its_task_waits_and_nothing_of_it "
            "engine/access/test_lists::test_what_may_be_known_leaves_out_denied_and_sealed_cases",
        ),
    ),
    *made_by(
        "A Caldicott Guardian or information governance lead",
        (
            "Schedule 8 offered to a school or the NHS, or without its last two limbs.",
            "It is offered to competent authorities only, with all four limbs.",
            "test_forms::test_law_enforcement_is_never_offered_to_a_school_or_the_nhs "
            "test_forms::test_the_limbs_are_those_of_the_policy "
            "test_through_the_engine::test_law_enforcement_is_offered_by_what_the_organisation_is",
        ),
        (
            "Seven principles only.",
            "Eight are asked; the guidance says that the local procedures print seven, and which is new.",
            "test_forms::test_the_edition_chooses_seven_or_eight_principles "
            "test_words::test_eight_principles_are_said_on_screen",
        ),
        (
            "Clinical narrative in the log; a Guardian who approves what they asked for; no deputy.",
            "No clinical detail is asked for; the deputy, then the risk owner, decide in their place.",
            "test_called_processes::test_nobody_reviews_their_own_request "
            "test_called_processes::test_no_decision_in_time_goes_to_the_deputy "
            "test_called_processes::test_no_decision_of_the_deputy_goes_to_the_risk_owner "
            "test_through_the_engine::test_a_guardian_never_reviews_what_they_asked_for "
            "test_words::test_the_register_of_the_guardian_asks_for_no_clinical_detail",
        ),
        (
            "Police requests without purpose, necessity and proportionality.",
            "Without these three the request goes back to the police.",
            "test_partner_request::test_a_police_request_carries_purpose_necessity_and_proportionality "
            "test_partner_request::"
            "test_a_police_request_without_necessity_and_proportionality_goes_back_to_the_police",
        ),
        (
            "Section 16 as a right to data of the NHS.",
            "Patient information and what health and care authorities hold are excluded by the table.",
            "test_decisions::test_section_16_authorises_only_what_no_exclusion_touches "
            "test_gateways::"
            "test_what_section_16_excludes_cannot_be_shared_under_it_and_another_power_is_looked_at",
        ),
        (
            "Section 17 like section 16.",
            "It must be complied with, for the policing body's own purposes, save for four exclusions.",
            "test_gateway_decisions::test_section_17_must_be_complied_with_save_for_four_exclusions "
            "test_gateway_decisions::test_section_17_obliges_only_what_nothing_excludes",
        ),
        (
            "Section 115 as a duty, or towards anybody.",
            "It is relied on as a power only, for listed recipients and purposes of the Act.",
            "test_gateways::test_section_115_is_never_relied_on_without_knowing_that_it_is_a_power_only "
            "test_gateways::test_section_115_reaches_no_charity_and_no_other_purpose",
        ),
        (
            "Public bodies choose legitimate interests.",
            "They are not offered it.",
            "test_forms::test_public_bodies_may_not_choose_legitimate_interests",
        ),
        (
            "An impact assessment for each case, and single shares that wait for one.",
            "It is made once for a regular flow; a single share is told to go on.",
            "test_impact_assessment::test_a_single_share_needs_none_and_goes_on "
            "test_impact_assessment::test_a_share_that_waits_is_told_to_go_on_before_anything_is_asked "
            "test_who_decides::test_no_case_waits_for_an_impact_assessment",
        ),
        (
            "Editions drift: old cases under new rules.",
            "The edition is kept with the case, and each instance stays on the release it began with.",
            "test_questions::test_every_process_that_people_start_keeps_its_edition "
            "test_words::test_guidance_names_its_edition "
            "engine/test_definitions::test_an_instance_stays_on_the_release_it_was_started_on",
        ),
        (
            "One number for retention; held or sexual-abuse records destroyed; the history destroyed too.",
            "Each kind has its period, holds and abuse of a child forbid it, and the history is append-only.",
            "test_retention_review::test_each_kind_of_record_has_its_own_period "
            "test_retention_review::"
            "test_what_relates_to_the_sexual_abuse_of_a_child_cannot_be_destroyed "
            "test_retention_review::test_a_hold_leaves_nothing_to_choose_but_keeping "
            "test_retention_review::test_the_history_survives_what_is_destroyed "
            "engine/audit/test_chain::test_nobody_changes_an_event_through_the_database",
        ),
        (
            "Withdrawal as recall.",
            "What has been shared is not unshared; those who have it are told what it means.",
            "test_share_information::test_withdrawal_after_sharing_recalls_nothing_but_recipients_are_told",
        ),
    ),
    *made_by(
        "Whoever builds it",
        (
            "A table or a gateway decides to disclose.",
            "Tables recommend. Every way to a disclosure goes through the answer of a person who decides it.",
            "test_who_decides::test_no_disclosure_is_reached_without_a_decision_of_a_person "
            "test_who_decides::test_no_gateway_asks_a_table "
            "test_gateways::test_tables_recommend_and_people_decide",
        ),
        (
            "Ten days for ten working days; clock changes and bank holidays.",
            "No diagram holds a duration: every limit is a clock with a name, that knows the calendar.",
            "test_limits::test_every_limit_is_a_clock_with_a_name policy/test_clocks::test_due "
            "policy/test_calendar::test_working_days_step_over_weekends_and_bank_holidays",
        ),
        (
            "Three levels of escalation, always.",
            "The number and the owners of stages stand in a table.",
            "test_disagreement::test_the_number_and_the_owners_of_stages_stand_in_the_table_only",
        ),
        (
            "One clock for every hub.",
            "The rating chooses a clock by its name; each hub sets its own in the partnership's file.",
            "test_mash_triage::test_the_rating_chooses_the_clock_by_its_name "
            "handrail/test_partnership::test_a_hub_has_a_clock_set_and_hours_of_its_own",
        ),
        (
            "A signature is kept, and not the warnings, the witness and the refusal.",
            "All of it is asked for in each scheme.",
            "test_questions::test_an_undertaking_is_warnings_witness_and_reason_of_a_refusal",
        ),
        (
            "Messages find their case by name and date of birth.",
            "They carry the number of the case, which says nothing of anybody.",
            "test_limits::test_messages_find_their_case_by_its_number",
        ),
        (
            "Reasons may be left out.",
            "Every decision requires its reasons in words.",
            "test_questions::test_every_decision_requires_words "
            "test_forms::test_no_decision_is_recorded_without_reasons",
        ),
        (
            "A published diagram is edited in place.",
            "Each change is a new release; a case can always show the diagram that it ran under.",
            "engine/test_definitions::test_a_change_is_a_new_release_that_counts_only_what_changed "
            "engine/test_definitions::test_files_come_back_byte_for_byte",
        ),
    ),
)
