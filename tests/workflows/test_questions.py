"""What is asked before something is shared, told, promised or decided."""

from __future__ import annotations

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import EVERY, USER_TASKS, every_field
from tests.workflows.test_forms import problems, shown


@pytest.mark.parametrize(
    ("form", "pieces"),
    [
        ("how_much", "items"),
        ("request_supply", "supply_items"),
        ("section_16_send", "section_16_items"),
        ("section_17_supply", "section_17_items"),
        ("mash_agency_return", "agency_items"),
    ],
)
def test_what_is_shared_starts_empty(form, pieces):
    """Whatever was said before, each piece is put in by a person."""
    everything = {
        key: value for choices in ANSWERS.values() for each in choices.values() for key, value in each.items()
    }
    earlier = {key: value for key, value in everything.items() if key != pieces}
    rows = [field for path, field in shown(form, {}, **earlier).items() if path.startswith(f"{pieces}.")]
    assert [row.path for row in rows if row.value not in (None, "", False)] == []
    answers = {**next(iter(ANSWERS[form].values())), pieces: []}
    assert problems(form, answers)


INFORMED = {
    "inform": "informed",
    "csor_inform_subject": "subject_told",
    "dvds_inform_b": "b_informed",
    "breach_tell": "people_told_breach",
    "request_supply": "request_informed",
    "mash_outcome": "mash_family_informed",
    "mash_agencies": "research_family",
}


@pytest.mark.parametrize("form", INFORMED)
def test_nobody_is_informed_before_somebody_says_so(form):
    key = INFORMED[form]
    (asked,) = (each for each in every_field(form) if each.key == key)
    assert asked.required and shown(form, {})[key].value in (None, "")


@pytest.mark.parametrize("form", ["csor_initial_checks", "dvds_first_checks"])
def test_checks_are_made_out_of_sight_of_whoever_asked(form):
    key = next(each.key for each in every_field(form) if each.key.endswith("checks_private"))
    answers = {**next(iter(ANSWERS[form].values())), key: False}
    assert problems(form, answers) == {key}


UNDERTAKINGS = {
    "csor_undertaking": ("undertaking_witness", "undertaking_refusal"),
    "dvds_undertaking": ("dv_witness", "dv_refusal"),
    "mappa_undertaking": ("mappa_witness", "mappa_refusal"),
}


@pytest.mark.parametrize("form", UNDERTAKINGS)
def test_an_undertaking_is_warnings_witness_and_reason_of_a_refusal(form):
    refused = ANSWERS[form]["refused"]
    needed = {key for key in refused if "warned" in key} | set(UNDERTAKINGS[form])
    assert len([key for key in needed if "warned" in key]) >= 3
    for key in needed:
        without = {**refused, key: False if refused[key] is True else ""}
        assert problems(form, without) == {key}


DECIDED_IN_WORDS = ("decision", "caldicott")


@pytest.mark.parametrize(
    "task",
    [
        each
        for each in USER_TASKS.values()
        if each.extensions.properties.get("handrail:record") in DECIDED_IN_WORDS
    ],
    ids=lambda task: task.id,
)
def test_every_decision_requires_words(task):
    fields = [each for each in every_field(task.extensions.form) if each.type in ("textarea", "textfield")]
    assert [each.key for each in fields if each.required]


def test_others_in_a_family_are_thought_of_one_by_one():
    """The pack, the check before it goes and the search for somebody's own data each ask about others."""
    for form, key in (
        ("how_much", "third_parties"),
        ("principles", "third_party_impact"),
        ("rights_third_parties", "third_parties.third_reasons"),
        ("mash_outcome", "mash_each_child"),
        ("cp_strategy", "strategy_each_child"),
    ):
        (asked,) = (each for each in every_field(form) if each.key == key.rpartition(".")[2])
        assert asked.required, form


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(each, id=name)
        for name, each in EVERY
        if each.kind == "startEvent" and each.extensions.form
    ],
)
def test_every_process_that_people_start_keeps_its_edition(start):
    """Worked out when it starts and never asked, so that a later edition changes nothing in an old case."""
    assert "edition" in {each.key for each in every_field(start.extensions.form)}
