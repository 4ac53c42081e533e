"""What every page shares: templates, bundles, headers. Nothing inline runs without this page's nonce."""

from __future__ import annotations

import json
import secrets
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, g, request, send_from_directory
from flask_wtf.csrf import generate_csrf
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from web import wording
from web.context import Settings
from web.routes import Answer, public
from web.rows import grouped

HERE = Path(__file__).parent
STATIC = HERE / "static"
BODY_LIMIT = 2 * 1024 * 1024  # bytes
FIELD_LIMIT = 1000  # inputs in one form

_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'{form_action}; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def install(app: Flask, settings: Settings) -> None:
    """Give the application its templates, static files, limits, cookies and headers."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=_hosts(settings),
        SESSION_COOKIE_NAME="__Host-handrail-form" if settings.secure else "handrail-form",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=BODY_LIMIT,
        MAX_FORM_PARTS=FIELD_LIMIT,
        WTF_CSRF_CHECK_DEFAULT=False,  # each route of ours checks it
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: people leave a form open over lunch
        WTF_CSRF_SSL_STRICT=settings.secure,
    )
    _templates(app, settings)
    app.add_url_rule("/static/<path:name>", "static_file", public(static_file))
    app.after_request(add_headers)
    if settings.secure:
        app.after_request(_only_https)


def _hosts(settings: Settings) -> list[str]:
    """The names this service answers to; anything else in a request's Host is refused."""
    host = urlsplit(settings.address).hostname or ""
    return [host, "localhost", "127.0.0.1"] if settings.on_loopback else [host]


def _templates(app: Flask, settings: Settings) -> None:
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([FileSystemLoader(HERE / "templates"), govuk])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        day=wording.day,
        moment=wording.moment,
        stamp=wording.stamp,
        count=wording.count,
        grouped=grouped,
        due=wording.due,
        distance=wording.distance,
        age=lambda born, now: wording.age(born, wording.local_day(now)),
    )
    bundles = manifest()
    app.jinja_env.globals.update(
        service_name=settings.service_name,
        is_demo=bool(settings.demo_area),
        bundle=lambda name: f"/static/dist/{bundles[name]}",
        csp_nonce=nonce,
        form_token=generate_csrf,
        new_key=lambda: secrets.token_urlsafe(24),
    )


def manifest() -> dict[str, str]:
    """The bundles' hashed names. Raises RuntimeError with what to do when they were never built."""
    try:
        found: dict[str, str] = json.loads((STATIC / "dist" / "manifest.json").read_text())
    except FileNotFoundError:
        raise RuntimeError(
            "Expected the pages' scripts and styles in web/static/dist, but they were never built. "
            "Run `make assets` (or `python hatch_build.py`)."
        ) from None
    return found


def nonce() -> str:
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def static_file(name: str) -> Answer:
    if any(part.startswith(".") for part in name.split("/")):
        raise NotFound
    squeezed = safe_join(str(STATIC), f"{name}.gz")
    if squeezed and Path(squeezed).is_file() and request.accept_encodings.quality("gzip") > 0:
        response = send_from_directory(STATIC, f"{name}.gz", mimetype=guess_type(name)[0])
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = send_from_directory(STATIC, name)
    response.vary.add("Accept-Encoding")
    return response


def _only_https(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


def add_headers(response: Response) -> Response:
    """The same for every page. Static files may be kept: the names of bundles change with their content."""
    policy = _POLICY.format(nonce=nonce(), form_action=g.get("form_action", ""))
    response.headers.setdefault("Content-Security-Policy", policy)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    kept = request.endpoint == "static_file" and response.status_code == 200
    if not kept:
        response.headers["Cache-Control"] = "no-store"
    elif "/dist/" in request.path:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
