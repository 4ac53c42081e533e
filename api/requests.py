"""Reads what a client sent, strictly: its token, key, page and body. Leaves meaning to the routes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Request

from api.problems import BadRequest, KeyRequired, Malformed, WrongMediaType
from api.readers import Problems, Reader
from engine.errors import InvalidInput, NotSignedIn, Problem

BODY_LIMIT = 2 * 1024 * 1024  # bytes
DEPTH_LIMIT = 32
PAGE_LIMIT = 100

_KEY = re.compile(r"[\x21-\x7e]{8,64}").fullmatch
_CURSOR = re.compile(r"[A-Za-z0-9_.~:=-]{1,512}").fullmatch
_TOKEN = re.compile(r"Bearer ([\x21-\x7e]{1,256})", re.IGNORECASE).fullmatch


@dataclass(frozen=True, slots=True)
class Sent:
    """A body as the route's own type, and a fingerprint by which the same body is known again."""

    value: Any = None
    fingerprint: str = ""


def bearer(request: Request) -> str:
    """The token of the Authorization header. Cookies are never looked at."""
    found = _TOKEN(request.headers.get("Authorization", ""))
    if not found:
        raise NotSignedIn("Expected an Authorization header of the form: Bearer <token>.")
    return found[1]


def key(request: Request) -> str:
    """The Idempotency-Key, which every call that changes something must carry."""
    given = request.headers.get("Idempotency-Key", "")
    if not _KEY(given):
        raise KeyRequired
    return given


def page(request: Request, *, paged: bool) -> tuple[str | None, int]:
    """The cursor and limit of the query string. Anything else there is refused by name."""
    if not request.query_string:
        return None, 20
    allowed = ("cursor", "limit") if paged else ()
    expected = "Expected no query parameters" + (" other than cursor and limit" if paged else "") + "."
    problems = [Problem(_plain(name), expected) for name in request.args if name not in allowed]
    cursor = request.args.get("cursor")
    if cursor is not None and not _CURSOR(cursor):
        problems.append(Problem("cursor", "Expected the `next` of the page before."))
    limit = request.args.get("limit", "20")
    if not re.fullmatch(r"[0-9]{1,3}", limit, re.ASCII) or not 1 <= int(limit) <= PAGE_LIMIT:
        problems.append(Problem("limit", f"Expected a whole number from 1 to {PAGE_LIMIT}."))
    if problems:
        raise BadRequest("The query string is not what was expected.", problems=tuple(problems))
    return cursor, int(limit)


def body(request: Request, read: Reader | None) -> Sent:
    """The body, checked against the route's type. A route without one takes nothing, or an empty object."""
    raw = request.get_data(cache=False)
    if read is None:
        if raw.strip() not in (b"", b"{}"):
            raise InvalidInput("Expected no body.")
        return Sent()
    if request.mimetype != "application/json":
        raise WrongMediaType
    found = decoded(raw)
    problems: Problems = []
    value = read(found, "", problems)
    if problems:
        listed = tuple(Problem(where or "(body)", message) for where, message in problems)
        raise InvalidInput("The body is not what was expected.", problems=listed)
    return Sent(value, hashlib.sha256(orjson.dumps(found, option=orjson.OPT_SORT_KEYS)).hexdigest())


def decoded(raw: bytes) -> Any:
    """JSON, bounded in depth and without NUL characters, which no database text can hold."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Malformed(f"Expected JSON, but line {error.lineno}, column {error.colno} is not.") from None
    if b"\\u0000" in raw and _has_nul(value):
        raise Malformed("Expected text without NUL characters.")
    if raw.count(b"[") + raw.count(b"{") > DEPTH_LIMIT and _depth(value) > DEPTH_LIMIT:
        raise Malformed(f"Expected JSON at most {DEPTH_LIMIT} levels deep.")
    return value


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _depth(value: Any) -> int:
    """Level by level and not by recursion, so that depth cannot exhaust the stack."""
    level, deep = [value], 0
    while level:
        deep += 1
        level = [each for one in level for each in _inside(one)]
    return deep


def _has_nul(value: Any) -> bool:
    level = [value]
    while level:
        names = [name for one in level if isinstance(one, dict) for name in one]
        if any("\0" in each for each in (*names, *level) if isinstance(each, str)):
            return True
        level = [each for one in level for each in _inside(one)]
    return False


def _plain(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]{0,39}", name) else "(a parameter)"
