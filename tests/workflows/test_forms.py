"""What the forms let through and what not: the traps of law and practice that a form keeps people out of."""

from __future__ import annotations

from typing import Any

import pytest

from engine import forms
from engine.forms import wording
from engine.forms.fields import Field
from engine.forms.fields import walk as every
from policy import lawful_bases, principles
from tests.workflows.answers import ANSWERS, SAID
from tests.workflows.walking import WORKFLOWS, form_of


def problems(form: str, answers: dict[str, Any], **context: Any) -> set[str]:
    return set(forms.submit(form_of(form), answers, context).errors)


def shown(form: str, answers: dict[str, Any], **context: Any) -> dict[str, Field]:
    """The questions that are asked, by their path."""
    view = forms.view(form_of(form), answers, context)
    return {field.path: field for field in every(view) if field.visible and field.path}


def offered(form: str, key: str, answers: dict[str, Any], **context: Any) -> set[str]:
    return {option.value for option in shown(form, answers, **context)[key].options}


REASON = ANSWERS["lawful_reason"]["yes"]
NO_CONSENT = {"share_anyway": "yes"}

# Consent ---------------------------------------------------------------------------------------------------


def test_every_state_of_consent_is_kept_apart():
    assert offered("consent", "consent_status", {"share_anyway": "no"}) == set(lawful_bases.CONSENT)


def test_whoever_would_share_anyway_is_not_asked_for_consent():
    assert set(shown("consent", {"share_anyway": "yes"})) == {"share_anyway", "share_anyway_reason"}


@pytest.mark.parametrize("state", [state for state in lawful_bases.CONSENT if state != "given"])
def test_no_consent_needs_its_reason(state):
    assert problems("consent", {"share_anyway": "no", "consent_status": state}) == {"consent_reason"}


def test_consent_needs_its_scope_footing_method_and_evidence():
    needed = {name for name in ANSWERS["consent"]["given"] if name not in ("share_anyway", "consent_status")}
    assert problems("consent", {"share_anyway": "no", "consent_status": "given"}) == needed


# The lawful reason -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("limb", [limb.code for limb in lawful_bases.SAFEGUARDING_LIMBS])
def test_the_safeguarding_condition_needs_all_four_limbs(limb):
    answers = {name: value for name, value in REASON.items() if name != limb}
    assert problems("lawful_reason", answers, **NO_CONSENT) == {limb}


@pytest.mark.parametrize("limb", lawful_bases.SAFEGUARDING_LIMBS, ids=lambda limb: limb.code)
def test_the_limbs_are_those_of_the_policy(limb):
    assert offered("lawful_reason", limb.code, REASON, **NO_CONSENT) == {code for code, _ in limb.choices}


@pytest.mark.parametrize("kind", ["school", "health", "council", "childrens_services", "voluntary", None])
def test_law_enforcement_is_never_offered_to_a_school_or_the_nhs(kind):
    assert "competent_authority" not in offered("lawful_reason", "controller", REASON, organisation_kind=kind)
    assert "schedule_8" not in shown("lawful_reason", REASON, organisation_kind=kind)
    answers = ANSWERS["lawful_reason"]["law_enforcement"]
    assert "controller" in problems("lawful_reason", answers, **NO_CONSENT, organisation_kind=kind)


def test_the_police_may_choose_law_enforcement():
    answers = ANSWERS["lawful_reason"]["law_enforcement"]
    assert problems("lawful_reason", answers, **NO_CONSENT, organisation_kind="police") == set()


@pytest.mark.parametrize("controller", ["public_authority", "private_or_voluntary"])
def test_article_6_offers_what_the_policy_offers_and_never_consent(controller):
    allowed = {basis.code for basis in lawful_bases.offered(lawful_bases.ARTICLE_6, controller)}
    answers = {**REASON, "controller": controller}
    assert offered("lawful_reason", "article_6", answers) == allowed - {"consent"}


def test_public_bodies_may_not_choose_legitimate_interests():
    answers = {**REASON, "article_6": "legitimate_interests"}
    assert problems("lawful_reason", answers, **NO_CONSENT) == {"article_6"}


@pytest.mark.parametrize(
    ("key", "bases"),
    [("article_9", lawful_bases.ARTICLE_9), ("article_10", lawful_bases.ARTICLE_10)],
    ids=["article_9", "article_10"],
)
def test_special_categories_and_offences_offer_what_the_policy_lists(key, bases):
    answers = {**REASON, "special_category": "yes", "offence_data": "yes"}
    assert offered("lawful_reason", key, answers) == {basis.code for basis in bases} - {"explicit_consent"}


def test_the_power_to_share_is_chosen_from_the_policy():
    assert offered("lawful_reason", "legal_gateway", REASON) == {each.code for each in lawful_bases.GATEWAYS}


@pytest.mark.parametrize(
    ("gateway", "check"),
    [
        ("section_115", "section_115_recipient"),
        ("section_16", "section_16_exclusions"),
        ("section_17", "section_16_exclusions"),
    ],
)
def test_a_gateway_with_exclusions_is_not_taken_without_looking_at_them(gateway, check):
    assert problems("lawful_reason", {**REASON, "legal_gateway": gateway}, **NO_CONSENT) == {check}


def test_confidential_information_needs_what_lifts_confidentiality():
    assert problems("lawful_reason", {**REASON, "confidential": "yes"}, **NO_CONSENT) == {"confidentiality"}
    listed = offered("lawful_reason", "confidentiality", {**REASON, "confidential": "yes"})
    assert listed == set(lawful_bases.CONFIDENTIALITY) - {"consent"}


@pytest.mark.parametrize("state", ["refused", "withdrawn"])
def test_a_refusal_is_not_passed_over_without_saying_why(state):
    said_no = {"share_anyway": "no", "consent_status": state}
    assert problems("lawful_reason", REASON, **said_no) == {"wishes"}


def test_no_lawful_reason_for_unclear_harm_that_cannot_wait_is_not_decided_alone():
    no = ANSWERS["lawful_reason"]["no"]
    assert problems("lawful_reason", no, harm_clarity="subtle", urgency="cannot_wait") == {"lead_consulted"}


# How -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "rows"),
    [("how_much", "items"), ("right_person", "recipients"), ("tell_recipients", "recipients_told")],
)
def test_a_list_may_not_be_empty(form, rows):
    answers = {**next(iter(ANSWERS[form].values())), rows: []}
    assert problems(form, answers) == {f"{rows}_missing"}


@pytest.mark.parametrize("form", sorted(path.stem for path in (WORKFLOWS / "forms").glob("*.form")))
def test_one_of_many_is_called_what_it_is(form):
    """Without a name of their own, rows would be called after all of them: "Agencies to ask 1"."""
    unnamed = [
        each.path
        for each in form_of(form).walk()
        if each.type == "dynamiclist" and not each.properties.get("row")
    ]
    assert unnamed == []


def test_each_piece_is_marked_as_fact_or_opinion():
    assert "items.0.item_kind" in problems("how_much", {"items": [{"item": SAID}], "third_parties": SAID})


def test_the_seven_principles_are_asked_one_by_one():
    asked = {
        each.removeprefix("principle_") for each in shown("principles", {}) if each.startswith("principle_")
    }
    assert asked == {each.code for each in principles.INFORMATION}


def test_a_principle_that_is_not_met_needs_its_reason():
    answers = {**ANSWERS["principles"]["met"], "principle_secure": "not_met"}
    assert problems("principles", answers) == {"principles_not_met"}


def test_nobody_is_said_to_be_informed_until_somebody_says_so():
    assert shown("inform", {})["informed"].value in (None, "")
    assert problems("inform", {}) == {"informed"}


# Records ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "reasons"), [("record_share", "share_reasons"), ("record_not_share", "not_share_reasons")]
)
def test_no_decision_is_recorded_without_reasons(form, reasons):
    given = {"share_anyway": "no", "consent_status": "given", "purpose_clear": "no"}
    answers = {name: value for name, value in next(iter(ANSWERS[form].values())).items() if name != reasons}
    assert problems(form, answers, **given) == {reasons}
    assert problems(form, {**answers, reasons: "  "}, **given) == {reasons}


def test_the_decision_record_holds_what_was_decided_before():
    earlier = {
        "purpose_detail": SAID,
        "share_anyway": "yes",
        "legal_gateway": "section_47",
        "what_is_shared": "A",
    }
    kept = forms.submit(
        form_of("record_share"),
        ANSWERS["record_share"]["share_without_consent"],
        {**earlier, "purpose_clear": "yes"},
    ).kept
    assert earlier.items() <= kept.items()


def test_the_decision_record_does_not_hold_what_no_longer_holds():
    """Decided again with consent, after a first round without: that lawful reason was not relied on."""
    earlier = {"share_anyway": "no", "consent_status": "given", "legal_gateway": "section_47"}
    kept = forms.submit(form_of("record_share"), ANSWERS["record_share"]["share_with_consent"], earlier).kept
    assert kept["consent_status"] == "given"
    assert "legal_gateway" not in kept


@pytest.mark.parametrize(
    ("earlier", "allowed"),
    [
        ({"share_anyway": "no", "consent_status": "given"}, {"share_with_consent", "partial_share"}),
        ({"share_anyway": "no", "consent_status": "refused"}, {"share_without_consent", "partial_share"}),
        ({"share_anyway": "yes", "identifiable": "no"}, {"share_anonymised"}),
    ],
)
def test_only_the_decision_that_was_made_can_be_recorded(earlier, allowed):
    assert offered("record_share", "decision", {}, **earlier) == allowed


@pytest.mark.parametrize(
    ("earlier", "because"),
    [
        ({"purpose_clear": "no"}, "no_purpose"),
        ({"harm_clarity": "subtle", "urgency": "routine", "lead_decision": "do_not_share"}, "lead_decided"),
        ({"lawful_reason_found": "yes", "harm_clarity": "clear"}, "guardian_declined"),
        ({"lawful_reason_found": "no", "harm_clarity": "clear"}, "no_lawful_reason"),
    ],
)
def test_only_the_question_that_was_answered_no_can_be_recorded(earlier, because):
    assert offered("record_not_share", "not_share_because", {}, **earlier) == {because}


# Advice and Caldicott review -------------------------------------------------------------------------------


def test_advice_is_asked_without_names():
    answers = {**ANSWERS["advice_asked"]["dsl"], "advice_question": "Is Maya Fenn safe?"}
    assert problems("advice_asked", answers, names=["Maya Fenn"]) == {"advice_question"}


def test_names_are_allowed_where_it_is_said_why():
    answers = {
        **ANSWERS["advice_asked"]["dsl"],
        "advice_question": "Is Maya Fenn safe?",
        "advice_identity_needed": "yes",
    }
    assert problems("advice_asked", answers, names=["Maya Fenn"]) == {"advice_identity_reason"}


def test_departing_from_advice_needs_reasons():
    assert problems("use_advice", {"advice_used": "departed"}) == {"advice_departed_reasons"}


@pytest.mark.parametrize(
    ("edition", "list_"),
    [
        ("HMG-2018-07", "caldicott_2020"),
        ("HMG-2018-07 caldicott_2013", "caldicott_2013"),
        (None, "caldicott_2020"),
    ],
)
def test_the_edition_chooses_seven_or_eight_principles(edition, list_):
    asked = {each.removeprefix("caldicott_") for each in shown("caldicott_decision", {}, edition=edition)}
    assert asked & {each.code for each in principles.CALDICOTT_2020} == {
        each.code for each in principles.CALDICOTT[list_]
    }


def test_the_guardian_is_not_asked_without_purpose_necessity_and_a_minimum():
    needed = problems("request_review", {})
    assert {"review_purpose", "review_items", "review_necessity", "review_if_not"} <= needed


def test_a_recurring_approval_has_a_review_date():
    answers = {**ANSWERS["caldicott_decision"]["approve"], "recurring": "yes"}
    assert problems("caldicott_decision", answers) == {"recurring_review"}


# Wording ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", sorted(ANSWERS))
def test_every_question_has_words_and_every_error_says_which_one_it_means(form):
    required = [each for top in form_of(form).components for each in top.walk() if each.required]
    assert all(each.properties.get("summary") for each in required)
    said = [wording.missing(each) for each in required]
    assert len(set(said)) == len(said)


EVENTS = ("_at", "time_called", "_dob", "_on")  # how the keys of what has happened end


@pytest.mark.parametrize("form", sorted(ANSWERS))
def test_what_has_happened_cannot_be_answered_with_a_time_to_come(form):
    dates = [each for top in form_of(form).components for each in top.walk() if each.type == "datetime"]
    happened = [
        each for each in dates if each.key.endswith(EVENTS) and not each.readonly and not each.no_past
    ]
    assert [each.key for each in happened if not each.no_future] == []


@pytest.mark.parametrize("form", sorted(ANSWERS))
def test_nothing_is_answered_for_people(form):
    """No default is ever chosen: least of all that somebody was informed."""
    assert b'"defaultValue"' not in form_of(form).content
