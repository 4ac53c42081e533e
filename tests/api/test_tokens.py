"""Oneself and the tokens of ones own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.small_partnership import ON_SQLITE

pytestmark = [pytest.mark.usefixtures("errand"), ON_SQLITE]


def test_me_says_who_i_am_and_what_i_hold(amira: Any):
    assert amira.get("/me").json == {
        "id": "amira",
        "name": "Amira",
        "area_id": "north",
        "roles": [{"role": "practitioner", "organisation_id": "school", "organisation": "School"}],
    }


def test_a_token_of_ones_own_works_until_it_is_revoked_and_is_told_once(amira: Any):
    made, again = (
        amira.post("/me/tokens", {"label": "report", "days": 7}, key="token-001") for _ in range(2)
    )
    headers = {"Authorization": f"Bearer {made.json['token']}"}
    (listed,) = [each for each in amira.get("/me/tokens").json["items"] if each["label"] == "report"]

    assert (made.status_code, again.status_code, again.json) == (201, 201, {"token": None})
    assert amira.client.get("/api/v1/me", headers=headers).status_code == 200
    assert amira.delete(f"/me/tokens/{listed['id']}").status_code == 204
    assert amira.client.get("/api/v1/me", headers=headers).status_code == 401


def test_a_token_that_has_expired_is_not_listed(amira: Any, clock: Any):
    amira.post("/me/tokens", {"label": "report", "days": 7})
    clock.travel(days=8)

    assert "report" not in [each["label"] for each in amira.get("/me/tokens").json["items"]]


def test_nobody_revokes_somebody_elses_token(amira: Any, dana: Any):
    (hers,) = dana.get("/me/tokens").json["items"]

    assert amira.delete(f"/me/tokens/{hers['id']}").status_code == 404
    assert dana.get("/me").status_code == 200


@pytest.mark.parametrize("days", [0, 366, -1, "7", None])
def test_a_token_lasts_1_to_365_days(amira: Any, days: Any):
    assert amira.post("/me/tokens", {"label": "report", "days": days}).status_code == 422
