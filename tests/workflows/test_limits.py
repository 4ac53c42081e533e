"""Time limits and messages: clocks with names, and cases found by their number."""

from __future__ import annotations

import re

from policy.clocks import CLOCKS
from tests.workflows.coverage_page import diagrams
from tests.workflows.shipped import EVERY, USER_TASKS


def timed() -> list[tuple[str, str]]:
    events = [
        (each.id, event.expression.text if event.expression else "")
        for _, each in EVERY
        for event in each.events
        if event.kind == "timer"
    ]
    return [*events, *((name, task.extensions.due) for name, task in USER_TASKS.items())]


def test_every_limit_is_a_clock_with_a_name():
    assert timed()
    for element, text in timed():
        assert not re.search(r'"P[T\d]|\bduration\(|\bcycle\b', text), element
        names = re.findall(r'deadline\("(\w+)"', text)
        assert "deadline(" in text and set(names) <= set(CLOCKS), element


PASSED_ON = {  # a clock that takes a task from somebody gives the question to another person, or goes on
    "no_advice_yet",
    "guardian_late",
    "deputy_late",
    "lead_late",
    "ratify_late",
    "views_late",
    "dvds_b_late",
}


def test_no_timer_stops_the_work_of_a_person():
    stopping = {
        each.id
        for _, each in EVERY
        if each.kind == "boundaryEvent" and each.interrupting and any(e.kind == "timer" for e in each.events)
    }
    assert stopping == PASSED_ON


def test_no_disclosure_scheme_has_35_or_45_days():
    used = {name for _, text in timed() for name in re.findall(r'deadline\("(\w+)"', text)}
    schemes = [clock for name, clock in CLOCKS.items() if re.search("csor|csods|dvds|disclosure", name)]
    assert schemes and used
    assert [clock.name for clock in schemes if re.search(r"\b(35|45)\b", clock.length)] == []


BY_AGENCY = {  # inside a case: which agency's silence it is about, of those with its role
    f'=string join([{role}, {role}_organisation], " ")' for role in ("partner", "dvds_partner", "agency")
}


def test_messages_find_their_case_by_its_number():
    keys = {
        message.extensions.correlation
        for diagram in diagrams().values()
        for message in diagram.messages.values()
        if message.extensions.correlation
    }
    assert keys == {"=case_id", *BY_AGENCY}
