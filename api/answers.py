"""Answers as they leave: JSON text, its status, and where the thing made can be read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import orjson
from flask import Response

from api.problems import PREFIX


class ToldOnce:
    """An answer that holds a secret: a repeat of the request is told the rest."""

    __slots__ = ()

    def again(self) -> Any:
        raise NotImplementedError


def write(answer: Any, status: int, location: str = "") -> dict[str, Any]:
    """An answer as it is sent, and kept for a repeat of the request: status, place and text."""
    if answer is None:
        return {"status": 204, "location": "", "body": ""}
    place = PREFIX + location.format_map(_Fields(answer)) if location else ""
    return {"status": status, "location": place, "body": dumps(answer).decode()}


def send(written: dict[str, Any]) -> Response:
    response = Response(written["body"], written["status"], mimetype="application/json")
    if not written["body"]:
        del response.headers["Content-Type"]
    if written["location"]:
        response.headers["Location"] = written["location"]
    return response


class _Fields(dict[str, Any]):
    """The attributes of an answer, for filling in a Location."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.answer = answer

    def __missing__(self, name: str) -> Any:
        return getattr(self.answer, name)


def dumps(answer: Any) -> bytes:
    return orjson.dumps(answer, default=_plain, option=orjson.OPT_UTC_Z)


def _plain(value: Any) -> Any:
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"Expected plain data, but got {type(value).__name__}.")
