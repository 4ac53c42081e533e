"""Signing in goes through the real protocol; whatever is not exactly right is a page, and a 401."""

from __future__ import annotations

import json
import time as world_time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey
from requests import Response as Reply
from requests.adapters import BaseAdapter
from sqlalchemy import Engine, select, update

import web
from engine.database import transaction
from engine.tables import person, session
from tests.web.page_browser import Browser
from tests.web.page_world import ADDRESS, Time, application

ISSUER = "https://identity.example.org"
KEY = ECKey.generate_key("P-256", {"kid": "one", "use": "sig", "alg": "ES256"})
OTHER_KEY = ECKey.generate_key("P-256", {"kid": "one", "use": "sig", "alg": "ES256"})


class Network(BaseAdapter):
    """Stands in for the provider across the network. `token` is what it answers a code with."""

    def __init__(self) -> None:
        super().__init__()
        self.nonce = ""
        self.token: Callable[[], dict[str, Any]] = lambda: {"id_token": signed(self.claims())}
        self.asked: dict[str, list[str]] = {}

    def claims(self, **changed: Any) -> dict[str, Any]:
        now = int(world_time.time())
        usual = {"iss": ISSUER, "aud": "us", "sub": "ana", "nonce": self.nonce, "iat": now, "exp": now + 60}
        return {name: value for name, value in (usual | changed).items() if value is not None}

    def send(self, request: Any, *_args: Any, **_options: Any) -> Reply:
        bodies = {
            "/.well-known/openid-configuration": {
                "issuer": ISSUER,
                "authorization_endpoint": f"{ISSUER}/authorize",
                "token_endpoint": f"{ISSUER}/token",
                "jwks_uri": f"{ISSUER}/keys",
                "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
            },
            "/keys": {"keys": [KEY.as_dict(private=False)]},
        }
        path = urlsplit(request.url).path
        if path == "/token":
            self.asked = parse_qs(request.body)
            bodies[path] = {"access_token": "a", "token_type": "Bearer"} | self.token()
        reply = Reply()
        reply.status_code, reply._content, reply.url = 200, json.dumps(bodies[path]).encode(), request.url
        reply.headers["Content-Type"] = "application/json"
        reply.request = request
        return reply

    def close(self) -> None:
        pass


def signed(claims: dict[str, Any], key: Any = KEY, algorithm: str = "ES256") -> str:
    return jwt.encode({"alg": algorithm, "kid": "one"}, claims, key, [algorithm])


def unsigned(claims: dict[str, Any]) -> str:
    parts = [json.dumps(each).encode() for each in ({"alg": "none", "kid": "one"}, claims)]
    return ".".join(urlsafe_b64encode(each).rstrip(b"=").decode() for each in parts) + "."


def signed_with_our_public_key(claims: dict[str, Any]) -> str:
    return signed(claims, OctKey.import_key(KEY.as_pem(private=False)), "HS256")


@pytest.fixture
def network() -> Network:
    return Network()


@pytest.fixture
def real(engine: Engine, time: Time, network: Network) -> Browser:
    """A browser before a service that signs in with a real provider."""
    with transaction(engine) as db:
        db.execute(update(person).values(issuer=ISSUER))
    provider = web.Provider(ISSUER, "us", "secret", "Westshire")
    app = application(engine, time, demo_area="", provider=provider)

    class Session(OAuth2Session):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.mount(ISSUER, network)

    app.extensions["handrail_provider"][0].client_cls = Session
    return Browser(app.test_client(), ADDRESS)


def begin(browser: Browser, network: Network) -> dict[str, str]:
    """Press the button and read what was asked of the provider."""
    browser.open("/sign-in")
    fields, action = browser.filled("Sign in with Westshire")
    answer = browser.client.post(action, data=fields, base_url=ADDRESS)
    asked = {name: value[0] for name, value in parse_qs(urlsplit(answer.location).query).items()}
    network.nonce = asked["nonce"]
    assert "form-action 'self' https://identity.example.org;" in answer.headers["Content-Security-Policy"]
    return asked


def come_back(browser: Browser, network: Network, **changed: str) -> int:
    asked = begin(browser, network)
    query = {"code": "c", "state": asked["state"]} | changed
    return browser.arrive(
        browser.client.get("/sign-in/callback", query_string=query, base_url=ADDRESS)
    ).status_code


def test_a_person_the_provider_vouches_for_is_signed_in(real: Browser, network: Network) -> None:
    assert come_back(real, network) == 303

    real.open("/")
    assert real.heading == "Inbox"


def test_the_code_is_asked_for_with_state_nonce_and_a_challenge_and_redeemed_with_its_verifier(
    real: Browser, network: Network
) -> None:
    asked = begin(real, network)
    real.client.get(
        "/sign-in/callback", query_string={"code": "c", "state": asked["state"]}, base_url=ADDRESS
    )

    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20
    assert len(network.asked["code_verifier"][0]) >= 43


ATTACKS: dict[str, Callable[[Network], dict[str, Any]]] = {
    "another nonce": lambda n: {"id_token": signed(n.claims(nonce="guessed"))},
    "no nonce": lambda n: {"id_token": signed(n.claims(nonce=None))},
    "for somebody else": lambda n: {"id_token": signed(n.claims(aud="other"))},
    "for somebody else, presented by us": lambda n: {"id_token": signed(n.claims(aud="other", azp="us"))},
    "for nobody": lambda n: {"id_token": signed(n.claims(aud=None))},
    "from another issuer": lambda n: {"id_token": signed(n.claims(iss="https://elsewhere.example"))},
    "from no issuer": lambda n: {"id_token": signed(n.claims(iss=None))},
    "about nobody": lambda n: {"id_token": signed(n.claims(sub=None))},
    "expired": lambda n: {"id_token": signed(n.claims(exp=int(world_time.time()) - 600))},
    "from the future": lambda n: {"id_token": signed(n.claims(iat=int(world_time.time()) + 3600))},
    "not signed": lambda n: {"id_token": unsigned(n.claims())},
    "signed with another key": lambda n: {"id_token": signed(n.claims(), OTHER_KEY)},
    "signed with the public key": lambda n: {"id_token": signed_with_our_public_key(n.claims())},
    "missing": lambda n: {},
    "not a token": lambda n: {"id_token": "hello"},
    "an error": lambda n: {"error": "invalid_grant"},
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_id_token_that_is_not_exactly_right_is_refused(real: Browser, network: Network, name: str) -> None:
    network.token = lambda: ATTACKS[name](network)

    assert come_back(real, network) == 401
    assert real.heading == "You could not be signed in"
    assert real.cookie("handrail") is None


@pytest.mark.parametrize(
    "query",
    [
        {"state": "guessed"},
        {"iss": "https://elsewhere.example"},
        {"error": "access_denied"},
    ],
    ids=["another state", "another issuer", "an error"],
)
def test_an_answer_that_is_not_to_our_question_is_refused(
    real: Browser, network: Network, query: dict[str, str]
) -> None:
    assert come_back(real, network, **query) == 401


def test_an_answer_counts_once(real: Browser, network: Network) -> None:
    asked = begin(real, network)
    query = {"code": "c", "state": asked["state"]}
    first = real.client.get("/sign-in/callback", query_string=query, base_url=ADDRESS)
    second = real.client.get("/sign-in/callback", query_string=query, base_url=ADDRESS)

    assert (first.status_code, second.status_code) == (303, 401)


def test_somebody_the_partnership_does_not_know_is_told_so(real: Browser, network: Network) -> None:
    network.token = lambda: {"id_token": signed(network.claims(sub="stranger"))}

    assert come_back(real, network) == 401
    assert real.heading == "You are not set up in Handrail"


# Sessions --------------------------------------------------------------------------------------------------


def test_the_page_asked_for_comes_after_signing_in(visitor: Callable[..., Browser]) -> None:
    one = visitor()
    one.open("/cases")
    one.submit("Sign in with the demonstration")
    one.submit(form=0, person="ana")

    assert one.path == "/cases"


def test_nothing_the_browser_held_before_outlives_signing_in(visitor: Callable[..., Browser]) -> None:
    one = visitor()
    one.open("/sign-in")
    with one.client.session_transaction(base_url=ADDRESS) as before:
        planted = before["csrf_token"] = "planted by somebody else"
    one.sign_in("ana")
    with one.client.session_transaction(base_url=ADDRESS) as after:
        assert after["csrf_token"] != planted


def test_half_an_hour_of_silence_signs_out(ana: Browser, time: Time) -> None:
    time.travel(minutes=29)
    assert ana.open("/").request.path == "/"

    time.travel(minutes=31)
    assert ana.open("/").request.path == "/sign-in"


def test_eight_hours_sign_out_however_busy(ana: Browser, time: Time) -> None:
    for _ in range(23):
        time.travel(minutes=20)
        assert ana.open("/").request.path == "/"

    time.travel(minutes=20)
    assert ana.open("/").request.path == "/sign-in"


def test_signing_out_ends_the_session_on_the_server(ana: Browser, app: Flask) -> None:
    cookie = ana.cookie("handrail").value
    ana.submit("Sign out")
    assert ana.path == "/sign-in"
    assert "You have signed out" in ana.text

    stolen = Browser(app.test_client(), ADDRESS)
    stolen.client.set_cookie("handrail", cookie, domain="127.0.0.1")
    assert stolen.open("/").request.path == "/sign-in"


def test_the_cookie_is_not_what_is_stored(ana: Browser, engine: Engine) -> None:
    cookie = ana.cookie("handrail").value
    with transaction(engine) as db:
        stored = db.execute(select(session.c.id_hash)).scalars().all()

    assert stored
    assert cookie not in stored


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(ana: Browser) -> None:
    for name in ("handrail", "handrail-form"):
        cookie = ana.cookie(name)
        assert cookie.http_only, name
        assert cookie.same_site == "Lax", name


def test_over_https_the_cookie_is_tied_to_its_host(engine: Engine, time: Time) -> None:
    app = application(
        engine,
        time,
        address="https://handrail.example.org",
        demo_area="",
        provider=web.Provider(ISSUER, "us", "s"),
    )
    answer = app.test_client().get("/sign-in", base_url="https://handrail.example.org")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-handrail-form=")
    assert "Secure" in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


# The demonstration -----------------------------------------------------------------------------------------


def test_the_demonstration_refuses_to_stand_beside_a_real_provider(engine: Engine, time: Time) -> None:
    with pytest.raises(RuntimeError, match="both are set"):
        application(engine, time, provider=web.Provider(ISSUER, "us", "secret"))


def test_the_demonstration_refuses_an_address_off_this_machine(engine: Engine, time: Time) -> None:
    with pytest.raises(RuntimeError, match="this machine only"):
        application(engine, time, address="https://handrail.example.org")


def test_the_demonstration_answers_this_machine_only(app: Flask) -> None:
    answer = app.test_client().get(
        "/demo-identity/keys", base_url=ADDRESS, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}
    )

    assert answer.status_code == 404


def test_the_demonstration_gives_a_code_only_to_us(ana: Browser) -> None:
    asked = {
        "client_id": "handrail-demo",
        "response_type": "code",
        "redirect_uri": "https://elsewhere.example/",
        "state": "s",
        "nonce": "n",
        "code_challenge": "c",
    }

    assert ana.client.get("/demo-identity/authorize", query_string=asked, base_url=ADDRESS).status_code == 400


def test_the_demonstration_refuses_a_code_without_its_verifier(visitor: Callable[..., Browser]) -> None:
    one = visitor()
    one.open("/sign-in")
    one.submit("Sign in with the demonstration")
    fields, action = one.filled("", 0)
    answer = one.client.post(action, data=fields | {"person": "ana"}, base_url=ADDRESS)
    code = parse_qs(urlsplit(answer.location).query)["code"][0]
    form = {"code": code, "redirect_uri": f"{ADDRESS}/sign-in/callback", "code_verifier": "guessed"}

    assert one.client.post("/demo-identity/token", data=form, base_url=ADDRESS).status_code == 400


def test_nobody_could_sign_in_is_refused_at_the_start(engine: Engine, time: Time) -> None:
    with pytest.raises(RuntimeError, match="somebody can sign in"):
        application(engine, time, demo_area="")
