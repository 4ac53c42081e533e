"""A small OpenID Connect provider for the demonstration: choose who to be. It knows no passwords.

Signing in with it runs the very code that signs in with a real provider; only the network between the two is
replaced, by calling this same application. It refuses to exist beside a real provider or off this machine.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from authlib.integrations.flask_client.apps import FlaskOAuth2App
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask, Response, abort, current_app, jsonify, make_response, request
from flask import redirect as flask_redirect
from joserfc import jwt
from joserfc.jwk import ECKey
from requests import PreparedRequest
from requests import Response as Reply
from requests.adapters import BaseAdapter
from werkzeug.test import Client

from engine import people
from engine.database import reading
from policy.roles import ROLES
from web import sign_in
from web.context import Context, Provider, is_loopback
from web.routes import Answer, back_channel, context, page, pages, public

ISSUER = "https://identity.demo.invalid"  # `.invalid` can never be anybody's real name
PROVIDER = Provider(ISSUER, "handrail-demo", "handrail-demo", "the demonstration")
LIFETIME = 120  # seconds that a code or a token is good for
blueprint = pages("demo_identity")


@dataclass(frozen=True, slots=True)
class Grant:
    """What a code stands for until it is redeemed, once."""

    subject: str
    nonce: str
    challenge: str
    redirect_uri: str
    expires: float


class Issued:
    """The signing key and the codes of one process."""

    def __init__(self) -> None:
        self.key = ECKey.generate_key("P-256", {"kid": "demo", "use": "sig", "alg": "ES256"})
        self.grants: dict[str, Grant] = {}


def install(app: Flask, given: Context) -> None:
    """Add the provider's pages and sign in through them. Raises RuntimeError where that would not be safe."""
    if given.settings.provider is not None:
        raise RuntimeError("Expected either a real identity provider or the demonstration, but both are set.")
    if not given.settings.on_loopback:
        raise RuntimeError(
            "Expected the demonstration on this machine only (127.0.0.1), but the address is not."
        )
    app.extensions["handrail_demo"] = Issued()
    app.register_blueprint(blueprint, url_prefix="/demo-identity")
    sign_in.install(
        app, given, PROVIDER, client_cls=type("DemoApp", (FlaskOAuth2App,), {"client_cls": _session(app)})
    )


@blueprint.before_request
def _only_from_here() -> None:
    if not is_loopback(request.remote_addr or "") or not is_loopback(
        urlsplit(request.host_url).hostname or ""
    ):
        abort(404)


def _issued() -> Issued:
    found: Issued = current_app.extensions["handrail_demo"]
    return found


# What a provider publishes ---------------------------------------------------------------------------------


@blueprint.get("/.well-known/openid-configuration")
@back_channel
def configuration() -> Answer:
    return jsonify(
        issuer=ISSUER,
        authorization_endpoint="/demo-identity/authorize",
        token_endpoint=f"{ISSUER}/token",
        jwks_uri=f"{ISSUER}/keys",
        id_token_signing_alg_values_supported=["ES256"],
        code_challenge_methods_supported=["S256"],
    )


@blueprint.get("/keys")
@back_channel
def keys() -> Answer:
    return jsonify(keys=[_issued().key.as_dict(private=False)])


# Choosing who to be ----------------------------------------------------------------------------------------


@blueprint.get("/authorize")
@public
def choose() -> Answer:
    """The demo people, each a button, by what they find and by where they work.

    What the service asked for travels in hidden inputs.
    """
    asked = _asked(request.args)
    given = context()
    with reading(given.engine) as db:
        found = people.list_people(db, given.settings.demo_area, given.clock().now)
    by_subject = {subject: who for who, subject in found}
    return page(
        "demo_identity.html",
        asked=asked,
        people=by_subject,
        chapters=given.settings.demo_chapters,
        organisations=_by_organisation(by_subject),
        finds=given.settings.demo_finds,
        roles=ROLES,
    )


def _by_organisation(by_subject: Mapping[str, people.Person]) -> dict[str, list[str]]:
    """The subjects of those who work in each organisation."""
    grouped: dict[str, list[str]] = {}
    for subject, who in by_subject.items():
        grouped.setdefault(who.organisations[0], []).append(subject)
    return grouped


@blueprint.post("/authorize")
@public
def chosen() -> Answer:
    asked = _asked(request.form)
    code = secrets.token_urlsafe(24)
    _issued().grants[code] = Grant(
        subject=request.form.get("person", ""),
        nonce=asked["nonce"],
        challenge=asked["code_challenge"],
        redirect_uri=asked["redirect_uri"],
        expires=time.time() + LIFETIME,
    )
    answer = urlencode({"code": code, "state": asked["state"], "iss": ISSUER})
    return make_response(flask_redirect(f"{asked['redirect_uri']}?{answer}", code=303))


def _asked(given: Mapping[str, str]) -> dict[str, str]:
    """The request for authorization. Refused (400) unless it is one that our own service makes."""
    names = ("client_id", "redirect_uri", "response_type", "state", "nonce", "code_challenge")
    asked = {name: given.get(name, "") for name in names}
    expected = f"{context().settings.address}/sign-in/callback"
    if (
        not all(asked.values())
        or asked["client_id"] != PROVIDER.client_id
        or asked["redirect_uri"] != expected
    ):
        abort(400)
    return asked


# Redeeming the code ----------------------------------------------------------------------------------------


@blueprint.post("/token")
@back_channel
def token() -> Answer:
    grant = _issued().grants.pop(request.form.get("code", ""), None)
    if grant is None or not _matches(grant, request.form):
        return _refuse("invalid_grant")
    now = int(time.time())  # not the service's clock: two programs that only share the world's time
    claims = {"iss": ISSUER, "aud": PROVIDER.client_id, "sub": grant.subject, "nonce": grant.nonce}
    signed = jwt.encode(
        {"alg": "ES256", "kid": "demo"},
        claims | {"iat": now, "exp": now + LIFETIME},
        _issued().key,
        ["ES256"],
    )
    access = secrets.token_urlsafe(24)
    return jsonify(access_token=access, token_type="Bearer", expires_in=LIFETIME, id_token=signed)  # noqa: S106 - the kind of a token, no secret


def _matches(grant: Grant, given: Mapping[str, str]) -> bool:
    digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
    challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
    return (
        secrets.compare_digest(challenge, grant.challenge)
        and given.get("redirect_uri") == grant.redirect_uri
        and time.time() < grant.expires
    )


def _refuse(error: str) -> Response:
    response = jsonify(error=error)
    response.status_code = 400
    return response


# In place of the network -----------------------------------------------------------------------------------


class _Inside(BaseAdapter):
    """Carries requests for the issuer to this same application: no port, no second thread."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self._client = Client(app)

    def send(self, request: PreparedRequest, *_args: Any, **_options: Any) -> Reply:
        answer = self._client.open(
            "/demo-identity" + urlsplit(request.url or "").path,
            method=request.method,
            data=request.body,
            headers=dict(request.headers),
            environ_overrides={"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1"},
        )
        reply = Reply()
        reply.status_code, reply.url = answer.status_code, request.url or ""
        reply.headers.update(answer.headers.items())
        reply._content = answer.get_data()
        reply.request = request
        return reply

    def close(self) -> None:
        pass


def _session(app: Flask) -> type[OAuth2Session]:
    """Authlib's own session, with the issuer's address leading inside."""

    class DemoSession(OAuth2Session):  # type: ignore[misc]  # Authlib has no types
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.mount(ISSUER, _Inside(app))

    return DemoSession
