"""A kind that a process looks for and no organisation can be of would switch a rule off without a word."""

import re

from handrail.demo.partnership import ORGANISATIONS
from policy.organisations import KINDS
from tests.workflows.walking import WORKFLOWS

_TOLD_APART = (
    re.compile(r'organisation_kind\s*!?=\s*\\?(?:"|&quot;)(\w+)'),
    re.compile(r"list contains\(\[([^\]]*)\],\s*organisation_kind"),
    re.compile(r'"handrail:organisation" value="(\w+)"'),
)


def test_every_kind_that_a_process_tells_apart_is_listed_and_no_other():
    texts = [path.read_text() for path in WORKFLOWS.rglob("*") if path.suffix in (".bpmn", ".form", ".dmn")]
    found = [match for text in texts for each in _TOLD_APART for match in each.findall(text)]

    assert {kind for match in found for kind in re.findall(r"\w+", match)} == set(KINDS)


def test_the_demonstration_has_a_police_force_and_a_local_policing_body():
    kinds = {each.kind for each in ORGANISATIONS}

    assert {"police", "local_policing_body"} <= kinds
    assert all(text.endswith(".") for text in KINDS.values())
