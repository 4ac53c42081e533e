"""The pages. `install(app, context)` adds them to a Flask application; nothing else here is for others."""

from __future__ import annotations

from flask import Flask

from web import (
    about,
    cases,
    deadlines,
    declarations,
    demo_identity,
    documents,
    errors,
    history,
    inbox,
    incidents,
    layout,
    messages,
    progress,
    records,
    sign_in,
)
from web.context import Context, Provider, Settings
from web.routes import csrf, refuse_undeclared

__all__ = ["Context", "Provider", "Settings", "install"]

BLUEPRINTS = (
    about,
    cases,
    declarations,
    deadlines,
    documents,
    history,
    inbox,
    incidents,
    messages,
    progress,
    records,
)


def install(app: Flask, context: Context) -> None:
    """Add every page to an application made with `static_folder=None`.

    Raises RuntimeError when nobody could sign in, when the demonstration would be unsafe, when a bundle was
    never built, or when a route does not say who may use it.
    """
    if app.has_static_folder:
        raise RuntimeError(
            "Expected an application made with static_folder=None, because pages bring their own."
        )
    app.extensions["handrail"] = context
    layout.install(app, context.settings)
    csrf.init_app(app)
    errors.install(app)
    for noun in BLUEPRINTS:
        app.register_blueprint(noun.blueprint)
    _sign_in(app, context)
    refuse_undeclared(app)


def _sign_in(app: Flask, context: Context) -> None:
    if context.settings.demo_area:
        demo_identity.install(app, context)
    elif context.settings.provider is not None:
        sign_in.install(app, context, context.settings.provider)
    else:
        raise RuntimeError(
            "Expected an identity provider, or the demonstration, so that somebody can sign in."
        )
