"""Signing in and out: OpenID Connect, code flow with PKCE and nonce, then a session kept on the server.

Authlib does the protocol. Added here are the checks that it leaves out: exact `iss` and `aud` claims, and a
refusal that is a page (401) and not a crash.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, Response, current_app, g, make_response, request, url_for
from flask import redirect as flask_redirect
from flask import session as browser
from joserfc.errors import JoseError
from requests import RequestException

from engine import people
from engine.database import transaction
from engine.errors import NotSignedIn
from web.context import Context, Provider
from web.errors import Words, respond
from web.routes import Answer, context, cookie_name, go, page, pages, public

blueprint = pages("sign_in")

_ALGORITHMS = ["RS256", "PS256", "ES256"]  # never `none`, never a shared secret
_REFUSED = Words(
    "You could not be signed in",
    ("What came back from the sign-in service is not what was expected.", "Go back and try again."),
)
_UNREACHABLE = Words(
    "The sign-in service cannot be reached",
    ("Wait a moment and try again. If it keeps happening, tell whoever looks after your account.",),
)
_UNKNOWN = Words(
    "You are not set up in Handrail",
    ("Your account is fine, but you have no part in this partnership yet. Ask your designated lead.",),
)


def install(app: Flask, given: Context, provider: Provider, **client: Any) -> None:
    """Register the provider. `client` is for what stands in for the network: see `demo_identity`."""
    oauth = OAuth(app)
    oauth.register(
        "provider",
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid", "code_challenge_method": "S256", "timeout": 10},
        **client,
    )
    app.extensions["handrail_provider"] = (oauth.provider, provider)
    app.config["PREFERRED_URL_SCHEME"] = urlsplit(given.settings.address).scheme
    app.register_blueprint(blueprint)


def _client() -> tuple[Any, Provider]:
    found: tuple[Any, Provider] = current_app.extensions["handrail_provider"]
    return found


@blueprint.get("/sign-in")
@public
def show() -> Answer:
    return page("sign_in.html", provider=_client()[1])


@blueprint.post("/sign-in")
@public
def begin() -> Answer:
    """Send the browser to the provider, with a state, a nonce and a PKCE challenge of this browser's own."""
    client, _provider = _client()
    try:
        response = client.authorize_redirect(context().settings.address + url_for("sign_in.finish"))
    except RequestException:
        return respond(503, _UNREACHABLE)
    g.form_action = _elsewhere(response.location)
    return make_response(response)


def _elsewhere(location: str) -> str:
    """Let the form that began this lead to the provider's host, which browsers count as a form's target."""
    parts = urlsplit(location)
    return f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""


@blueprint.get("/sign-in/callback")
@public
def finish() -> Answer:
    """The provider sent the browser back. Anything not exactly as expected is a 401."""
    client, provider = _client()
    try:
        claims = _claims(client, provider)
    except RequestException:
        return respond(503, _UNREACHABLE)
    except (AuthlibBaseError, JoseError, ValueError, KeyError) as error:
        current_app.logger.warning("sign-in refused: %s", type(error).__name__)
        return respond(401, _REFUSED)
    try:
        return _enter(provider.issuer, str(claims["sub"]))
    except NotSignedIn:
        return respond(401, _UNKNOWN)


def _claims(client: Any, provider: Provider) -> dict[str, Any]:
    """The validated claims of the ID token. Raises one of Authlib's or joserfc's errors."""
    if request.args.get("iss", provider.issuer) != provider.issuer:
        raise ValueError("iss")  # RFC 9207: the answer came from another provider
    expected = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "values": [provider.client_id]},
        "sub": {"essential": True},
        "nonce": {"essential": True},
    }
    client.load_server_metadata()["id_token_signing_alg_values_supported"] = _ALGORITHMS
    claims: dict[str, Any] | None = client.authorize_access_token(claims_options=expected).get("userinfo")
    if not claims:
        raise ValueError("id_token")
    return claims


def _enter(issuer: str, subject: str) -> Response:
    """Begin a session with new secrets, whatever the browser held before. Raises NotSignedIn."""
    given = context()
    now = given.clock().now
    with transaction(given.engine) as db:
        secret = people.start_session(db, people.by_identity(db, issuer, subject), now)
    back = browser.get("next", "")
    browser.clear()
    response = make_response(flask_redirect(back or url_for("inbox.show"), code=303))
    lifetime = int(people.LONGEST.total_seconds())
    secure = given.settings.secure
    response.set_cookie(
        cookie_name(given.settings), secret, max_age=lifetime, secure=secure, httponly=True, samesite="Lax"
    )
    return response


@blueprint.post("/sign-out")
@public
def leave() -> Answer:
    given = context()
    with transaction(given.engine) as db:
        people.end_session(db, request.cookies.get(cookie_name(given.settings), ""), given.clock().now)
    browser.clear()
    response = go("sign_in.show", said="You have signed out.")
    response.delete_cookie(cookie_name(given.settings), secure=given.settings.secure, httponly=True)
    return response
