"""What every page promises: who may use it is declared, nothing is kept, nothing foreign runs."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask
from sqlalchemy import Engine

from policy.authorization import ACTIONS
from tests.web.journeys import case_page, start
from tests.web.page_browser import Browser
from tests.web.page_world import ADDRESS, Time, application
from web import layout, routes
from web.routes import action, public


def test_every_route_declares_its_action(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        declared = app.view_functions[rule.endpoint].declared_action
        assert declared in ACTIONS or declared in ("public", "back_channel"), rule.rule


def test_a_route_without_an_action_stops_the_start(app: Flask) -> None:
    bare = Flask("bare", static_folder=None)
    bare.add_url_rule("/open", "open", lambda: "anybody")

    with pytest.raises(RuntimeError, match="/open"):
        routes.refuse_undeclared(bare)


def test_an_action_that_policy_does_not_know_cannot_be_declared() -> None:
    with pytest.raises(ValueError, match="task:juggle"):
        action("task:juggle")


def test_only_these_pages_are_public(app: Flask) -> None:
    declared = {
        rule.rule: app.view_functions[rule.endpoint].declared_action for rule in app.url_map.iter_rules()
    }

    assert {path for path, name in declared.items() if name in ("public", "back_channel")} == {
        "/accessibility",
        "/cookies",
        "/demo-identity/.well-known/openid-configuration",
        "/demo-identity/authorize",
        "/demo-identity/keys",
        "/demo-identity/token",
        "/sign-in",
        "/sign-in/callback",
        "/sign-out",
        "/static/<path:name>",
    }


def test_every_page_that_is_not_public_asks_to_sign_in(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if app.view_functions[rule.endpoint].declared_action not in ACTIONS:
            continue
        path = re.sub(r"<[^>]*>", "x", rule.rule)
        if "GET" in rule.methods:
            answer = app.test_client().get(path, base_url=ADDRESS)
            assert (answer.status_code, answer.location) == (303, "/sign-in"), path
        else:
            assert app.test_client().post(path, base_url=ADDRESS).status_code in (400, 401), path


def test_nothing_is_changed_by_looking(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        changing = {
            "claim",
            "release",
            "confirm",
            "send",
            "start",
            "answer",
            "leave",
            "begin",
            "chosen",
            "token",
        }
        name = rule.endpoint.rsplit(".", 1)[-1]
        if name in changing and not (name == "begin" and rule.endpoint.startswith("cases")):
            assert "GET" not in rule.methods, rule.rule


def test_every_form_is_a_post_with_a_token(ana: Browser) -> None:
    start(ana)
    for path in (ana.path, "/", "/cases/new", "/cases/new/small_process", case_page(ana)):
        ana.open(path)
        for form in ana.page.forms:
            assert form.method == "POST", path
            assert form.fields["csrf_token"], path


def test_pages_are_kept_nowhere_and_run_nothing_foreign(ana: Browser) -> None:
    start(ana)
    headers = ana.response.headers
    policy = headers["Content-Security-Policy"]

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    nonces = set(re.findall(r"'nonce-([^']+)'", policy))
    assert nonces == set(ana.page.xpath("//script[not(@src)]/@nonce"))


def test_every_page_has_a_nonce_of_its_own(ana: Browser) -> None:
    first = ana.open("/").headers["Content-Security-Policy"]

    assert ana.open("/").headers["Content-Security-Policy"] != first


def test_bundles_may_be_kept_for_a_year_and_nothing_else_of_ours(app: Flask) -> None:
    client = app.test_client()
    bundle = client.get(f"/static/dist/{layout.manifest()['app.css']}", base_url=ADDRESS)
    assert "immutable" in bundle.headers["Cache-Control"]

    for hidden in ("dist/.inputs", "../layout.py", "..%2flayout.py", "nothing.css"):
        answer = client.get(f"/static/{hidden}", base_url=ADDRESS)
        assert answer.status_code == 404, hidden
        assert answer.headers["Cache-Control"] == "no-store"


def test_bundles_travel_squeezed_to_whoever_can_open_them(app: Flask) -> None:
    client = app.test_client()
    for name in layout.manifest().values():
        plain = client.get(f"/static/dist/{name}", base_url=ADDRESS)
        squeezed = client.get(f"/static/dist/{name}", base_url=ADDRESS, headers={"Accept-Encoding": "gzip"})

        assert "Content-Encoding" not in plain.headers
        assert squeezed.headers["Content-Encoding"] == "gzip"
        assert squeezed.mimetype == plain.mimetype
        assert gzip.decompress(squeezed.data) == plain.data


def test_a_missing_bundle_is_said_at_the_start(
    engine: Engine, time: Time, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "STATIC", tmp_path)

    with pytest.raises(RuntimeError, match="never built"):
        application(engine, time)


def test_no_agencys_brand_is_shipped() -> None:
    folder = layout.STATIC / "dist"
    for path in folder.glob("*.css"):
        text = path.read_text()
        assert "GDS Transport" not in text
        assert "crest" not in text
    assert not list(folder.rglob("*.woff*"))
    assert "govuk-frontend" in (folder / "THIRD-PARTY-LICENSES.txt").read_text()


def test_a_host_name_that_is_not_ours_is_refused(app: Flask) -> None:
    assert app.test_client().get("/sign-in", base_url="http://elsewhere.example").status_code == 400


def test_what_breaks_is_a_page_with_a_number_and_no_words_of_ours(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    @public
    def breaks() -> object:
        raise LookupError("Mia Fell")

    app.add_url_rule("/breaks", "breaks", breaks)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = app.test_client().get("/breaks", base_url=ADDRESS)

    assert answer.status_code == 500
    assert "Sorry, there is a problem with the service" in answer.get_data(as_text=True)
    assert "Mia" not in answer.get_data(as_text=True)
    assert "LookupError" in caplog.text
    assert "Mia Fell" not in caplog.text


def test_public_pages_can_be_read_by_anybody(app: Flask) -> None:
    for path in ("/accessibility", "/cookies", "/sign-in"):
        assert app.test_client().get(path, base_url=ADDRESS).status_code == 200
