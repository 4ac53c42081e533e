"""The real application on a loopback port, with a database of its own and the demo partnership."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from engine import schema
from engine.database import connect, transaction
from engine.deadlines import At, Deadlines
from handrail import demo
from handrail.app import compose
from handrail.settings import DEMO_AREA
from web.context import Context, Settings


class _Quiet(WSGIRequestHandler):
    def log(self, *_args: object) -> None:
        pass


def application(database: Path, address: str) -> Flask:
    """Pages and API over a new database, at the real time."""
    engine = connect(f"sqlite:///{database}")
    schema.upgrade(engine)
    with transaction(engine) as db:
        demo.load(db, datetime.now(UTC))
    deadlines = Deadlines()
    settings = Settings(
        address=address,
        secret_key="for tests only",
        demo_area=DEMO_AREA,
        demo_chapters=demo.chapters(),
        demo_finds=demo.finds(),
    )
    return compose(Context(engine, lambda: At(datetime.now(UTC), deadlines), settings))


@contextmanager
def served(database: Path) -> Iterator[str]:
    """The address of the application while it runs."""
    apps: dict[str, Flask] = {}
    server = make_server(
        "127.0.0.1",
        0,
        lambda environ, start: apps["app"](environ, start),
        threaded=True,
        request_handler=_Quiet,
    )
    address = f"http://127.0.0.1:{server.server_port}"
    apps["app"] = application(database, address)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
