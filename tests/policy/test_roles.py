"""Every role has a place in the tables."""

import pytest

from policy.authorization import GRANTS
from policy.roles import ROLES


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_every_role_says_what_it_is_and_where_it_comes_from(role):
    assert role.code.isidentifier() and role.code == role.code.lower()
    assert role.name[0].isupper() and role.description.endswith(".")
    assert role.scope in ("organisation", "area")
    assert role.source.split(":")[0].split(",")[0] in {"S0", "S1", "V", "VL", "B", "D"}


def test_codes_are_their_keys():
    assert all(code == role.code for code, role in ROLES.items())


def test_those_who_decide_on_sharing_belong_to_the_organisation_of_the_case():
    deciding = (
        "practitioner",
        "line_manager",
        "dsl",
        "ig_lead",
        "caldicott_guardian",
        "caldicott_deputy",
        "siro",
    )

    assert {ROLES[code].scope for code in deciding} == {"organisation"}


def test_those_who_run_the_service_are_roles_too():
    assert {"operator", "auditor", "governance_editor", "governance_approver"} <= set(ROLES) & set(GRANTS)
