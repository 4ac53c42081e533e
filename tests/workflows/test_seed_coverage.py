"""Each rule of the documents is kept by something drawn, asked or shown, and some walk goes through it."""

from __future__ import annotations

from collections import Counter
from importlib import import_module

import pytest

from engine import forms
from tests.workflows.coverage_page import HOW_TO_WRITE, PAGE, page
from tests.workflows.seed_rules import DEPARTURES, ELSEWHERE, RULES
from tests.workflows.shipped import PROCESSES, diagram
from tests.workflows.walking import WORKFLOWS
from tests.workflows.walks import walks_of

STARTED_BY_PEOPLE = {
    process.id for process in PROCESSES.values() if "handrail:start_roles" in process.extensions.properties
}


def exists(kind: str, name: str) -> bool:
    if kind == "form":
        form, _, key = name.partition(".")
        read = forms.load((WORKFLOWS / "forms" / f"{form}.form").read_bytes())
        return key in {each.key for top in read.components for each in top.walk()}
    if kind == "guidance":
        return (WORKFLOWS / "guidance" / f"{name}.md").exists()
    if kind == "decision":
        return (WORKFLOWS / "decisions" / f"{name}.dmn").exists()
    return name in diagram(kind).elements


def passes(element: str) -> str:
    """The element as a walk notes it: a form is asked as a whole."""
    kind, _, name = element.partition(":")
    return f"{kind}:{name.partition('.')[0]}" if kind == "form" else element


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_keeps_the_rule_exists(rule):
    assert rule.says and rule.heading and rule.elements
    assert [each for each in rule.elements if not exists(*each.split(":"))] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_some_walk_goes_through_what_keeps_the_rule(rule):
    assert rule.walks
    for name in rule.walks:
        passed = {each for walk in walks_of(name) for each in walk.passed}
        assert passed & {passes(each) for each in rule.elements}, name


@pytest.mark.parametrize("departure", DEPARTURES, ids=lambda departure: departure.says)
def test_what_is_done_otherwise_is_done_somewhere_and_tried(departure):
    assert departure.instead and departure.tests
    assert [each for each in departure.elements if not exists(*each.split(":"))] == []


def test_further_tests_exist():
    for rule in (*RULES, *DEPARTURES):
        for name in rule.tests:
            file, _, function = name.partition("::")
            assert callable(getattr(import_module(f"{__package__}.{file}"), function)), rule.says


def test_each_rule_is_told_once():
    assert [id for id, times in Counter(rule.id for rule in RULES).items() if times > 1] == []
    assert [says for says, times in Counter(rule.says for rule in RULES).items() if times > 1] == []


def test_every_process_that_people_start_proves_a_rule_or_comes_from_elsewhere():
    proven = {each.partition(":")[0] for rule in RULES for each in rule.elements}
    assert STARTED_BY_PEOPLE - proven == set(ELSEWHERE)


def test_the_page_about_coverage_is_current():
    assert PAGE.exists() and PAGE.read_text() == page(), f"Run {HOW_TO_WRITE}"
