"""Calls a WSGI application directly, so that no test client is measured with it."""

from __future__ import annotations

from io import BytesIO
from sys import stderr
from typing import Any

import orjson
from flask import Flask

_ALWAYS = {
    "REQUEST_METHOD": "POST",
    "SCRIPT_NAME": "/api/v1",
    "QUERY_STRING": "",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "CONTENT_TYPE": "application/json",
    "wsgi.version": (1, 0),
    "wsgi.url_scheme": "http",
    "wsgi.errors": stderr,
    "wsgi.multithread": False,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}


def request(path: str, token: str, key: str, answers: dict[str, Any]) -> dict[str, Any]:
    """A POST of answers, as a server hands it over."""
    body = orjson.dumps({"answers": answers})
    return _ALWAYS | {
        "PATH_INFO": path,
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_AUTHORIZATION": f"Bearer {token}",
        "HTTP_IDEMPOTENCY_KEY": key,
        "wsgi.input": BytesIO(body),
    }


def answer(app: Flask, asked: dict[str, Any]) -> Any:
    """The answer's JSON. Anything but 200 ends the measurement."""
    said: list[str] = []
    body = b"".join(app(asked, lambda status, *_rest: said.append(status)))
    if not said[0].startswith("200"):
        raise RuntimeError(f"Expected 200, but got {said[0]}: {body.decode()}")
    return orjson.loads(body)
