"""The web application: the pages and the API over one engine."""

from __future__ import annotations

import gc
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import Engine

import api
import web
from engine.database import connect
from engine.deadlines import At, Deadlines
from handrail import demo
from handrail.settings import DEMO_AREA, Settings, from_environment
from web.context import Context
from web.context import Settings as PageSettings


class RealTime:
    """The real time with the partnership's clocks. Only this outermost layer reads a real clock."""

    def __init__(self, deadlines: Deadlines) -> None:
        self._deadlines = deadlines

    def __call__(self) -> At:
        return At(datetime.now(UTC), self._deadlines)


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> Flask:
    """The application, ready for any WSGI server."""
    settings = settings or from_environment()
    context = Context(
        engine=engine or connect(settings.database_url),
        clock=RealTime(settings.deadlines),
        settings=PageSettings(
            address=settings.address,
            secret_key=settings.secret_key,
            provider=settings.provider,
            demo_area=DEMO_AREA if settings.demo else "",
            demo_chapters=demo.chapters() if settings.demo else {},
            demo_finds=demo.finds() if settings.demo else {},
            service_name=settings.service_name,
        ),
    )
    app = compose(context)
    # What was loaded stays loaded: looking through it again and again would be a tenth of every request.
    gc.collect()
    gc.freeze()
    return app


def compose(context: Context) -> Flask:
    """Pages and API over a given context; tests bring their own clock this way."""
    app = Flask("web", static_folder=None, template_folder=None)
    web.install(app, context)
    api.install(app, context)
    return app
