"""The Caldicott principles."""

from tests.workflows.seed_rules.rule import PROCEDURES, under

CALDICOTT = (
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
)
