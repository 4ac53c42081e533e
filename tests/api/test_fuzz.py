"""Every endpoint against requests made from its own description, half right and half wrong: never a 5xx.

HANDRAIL_FUZZ says how many requests; by default few enough for every run.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import api
from api import openapi
from engine import schema
from engine.database import connect, transaction
from tests.api.small_partnership import LONG_AGO, Site, populate, publish_errand
from tests.conftest import fresh_postgres

EXAMPLES = int(os.environ.get("HANDRAIL_FUZZ", "500"))
DERANDOMIZED = "HANDRAIL_FUZZ" not in os.environ  # the same requests in every ordinary run

ODD = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        2**63,
        1e308,
        "",
        " ",
        "\0",
        "﷽" * 300,
        "{{x}}",
        "=1",
        "../..",
        [],
        [[]],
        {},
        {"": {}},
    ]
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | ODD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


class Description:
    """The OpenAPI document, as a source of requests and a judge of answers."""

    def __init__(self) -> None:
        nouns = api.NOUNS
        self.document = openapi.document((openapi.description(nouns), *nouns))
        self.schemas = self.document["components"]["schemas"]
        self.operations = [
            (method.upper(), path, operation)
            for path, methods in self.document["paths"].items()
            for method, operation in methods.items()
        ]

    def good(self, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
        """Values that the schema accepts."""
        if "$ref" in schema:
            return self.good(self.schemas[schema["$ref"].rsplit("/", 1)[1]])
        if "anyOf" in schema or "allOf" in schema:
            return st.one_of([self.good(each) for each in schema.get("anyOf", schema.get("allOf"))])
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        made = {
            "object": self._object,
            "array": self._array,
            "string": self._string,
            "integer": self._integer,
        }
        kind = made.get(schema.get("type", ""))
        return kind(schema) if kind else st.booleans()

    def _object(self, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
        if "properties" not in schema:
            return st.dictionaries(st.sampled_from(KEYS), ANY_JSON, max_size=3)
        fields = {
            name: _known(name) if name in KNOWN else self.good(each)
            for name, each in schema["properties"].items()
        }
        needed = {name: fields.pop(name) for name in schema["required"]}
        return st.fixed_dictionaries(needed, optional=fields)

    def _array(self, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
        most = min(schema.get("maxItems", 3), 3)
        return st.lists(self.good(schema["items"]), min_size=schema.get("minItems", 0), max_size=most)

    def _string(self, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
        if schema.get("format") == "date":
            return st.dates().map(str)
        if "pattern" in schema:
            return st.from_regex(schema["pattern"], fullmatch=True).map(lambda text: text[:64])
        return st.text(min_size=schema.get("minLength", 0), max_size=min(schema.get("maxLength", 30), 30))

    def _integer(self, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
        return st.integers(schema.get("minimum", 0), schema.get("maximum", 100))

    def fits(self, schema: dict[str, Any], value: Any) -> bool:
        """Whether the schema accepts a value that an answer holds."""
        if "$ref" in schema:
            return self.fits(self.schemas[schema["$ref"].rsplit("/", 1)[1]], value)
        if "anyOf" in schema:
            return any(self.fits(each, value) for each in schema["anyOf"])
        if not all(self.fits(each, value) for each in schema.get("allOf", ())):
            return False
        if "enum" in schema and value not in schema["enum"]:
            return False
        return self._is(schema, value)

    def _is(self, schema: dict[str, Any], value: Any) -> bool:
        kinds = {
            "object": dict,
            "array": list,
            "string": str,
            "integer": int,
            "boolean": bool,
            "null": type(None),
        }
        kind = kinds.get(schema.get("type", ""))
        if kind is not None and type(value) is not kind:
            return False
        if isinstance(value, list):
            return all(self.fits(schema.get("items", {}), each) for each in value)
        properties = schema.get("properties")
        if not isinstance(value, dict) or properties is None:
            return True
        known = all(name in properties and self.fits(properties[name], each) for name, each in value.items())
        return known and set(schema.get("required", ())) <= set(value)


# What really is there, by the name it goes by in paths and bodies; the story below adds to it.
KNOWN: dict[str, list[str]] = {
    "process": ["errand"],
    "organisation_id": ["school"],
    "to": ["dana", "zoe", "amira"],
    "message": ["news"],
    "code": ["not_found"],
    "case_id": [],
    "instance_id": [],
    "task_id": [],
    "record_id": [],
    "document_id": [],
    "token_id": [],
    "incident_id": [],
    "from_release": ["1"],
    "to_release": ["1", "2"],
}
WHO = ["amira", "amira", "amira", "dana", "dana", "vic", "olu", "nobody"]
KEYS = ["errand", "plan", "helpers", "agree", "reason", "news", "names", "case_id", "__class__", "x"]
DESCRIBED = Description()


def _known(name: str) -> st.SearchStrategy[str]:
    """Mostly a real one of its kind, sometimes one of another kind, sometimes nothing there is."""
    every = [each for kind in KNOWN.values() for each in kind]
    made_up = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
    real = st.sampled_from(KNOWN[name] or every)
    return st.one_of(real, real, real, st.sampled_from(every), made_up)


@dataclass(frozen=True)
class Fixed:
    now: datetime = LONG_AGO + timedelta(days=60)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('fuzz')}/handrail.sqlite3"
    else:
        yield from fresh_postgres(request.getfixturevalue("postgres_url"))


@pytest.fixture(scope="module")
def world(url: str) -> Iterator[tuple[Any, dict[str, str]]]:
    """A case with everything in it, and the tokens of everybody."""
    engine = connect(url)
    schema.upgrade(engine)
    site = Site(engine, Fixed())
    with transaction(engine) as db:
        populate(db)
        publish_errand(db)
    client = site.app().test_client()
    held = {who: site.person(who, client).token for who in ("amira", "dana", "olu", "vic")}
    _story(client, held)
    yield client, held
    engine.dispose()


def _story(client: Any, held: dict[str, str]) -> None:
    """Leave something of every kind behind, so that made-up requests meet real things."""

    def ask(who: str, method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {held[who]}", "Idempotency-Key": f"story-{next(numbers):04}"}
        response = client.open("/api/v1" + path, method=method, headers=headers, json=body)
        assert response.status_code < 300, response.text
        return response.json if response.data else None

    numbers = itertools.count()
    subjects = [{"name": "Sam Made-Up", "part": "child"}]
    body = {
        "process": "errand",
        "organisation_id": "school",
        "subjects": subjects,
        "answers": {"errand": "Milk"},
    }
    for _ in range(3):
        opened = ask("amira", "POST", "/cases", body)
        KNOWN["case_id"].append(opened["case_id"])
        KNOWN["instance_id"].append(opened["instance_id"])
        KNOWN["task_id"] += opened["tasks"]
    for task in KNOWN["task_id"][-2:]:
        ask("amira", "POST", f"/tasks/{task}/complete", {"answers": {"plan": "Walk"}})
    KNOWN["task_id"] += [each["id"] for each in ask("dana", "GET", "/inbox/to_claim")["items"]]
    checked = KNOWN["task_id"][-1]
    ask("dana", "POST", f"/tasks/{checked}/claim")
    done = ask("dana", "POST", f"/tasks/{checked}/complete", {"answers": {"agree": "yes", "reason": "Good"}})
    KNOWN["record_id"].append(done["record_id"])
    letter = {"name": "letter.pdf", "about": "A letter", "content": "JVBERi0xLjQ="}
    added = ask("amira", "POST", f"/cases/{KNOWN['case_id'][-1]}/documents", letter)
    KNOWN["document_id"].append(added["id"])
    KNOWN["token_id"] += [each["id"] for each in ask("olu", "GET", "/me/tokens")["items"]]


@st.composite
def _requests(draw: st.DrawFn) -> dict[str, Any]:
    method, path, operation = draw(st.sampled_from(DESCRIBED.operations))
    path = re.sub(r"{(\w+)}", lambda found: draw(_known(found[1])), path)
    names = [each["name"] for each in operation["parameters"] if each["in"] == "query"]
    query = draw(
        st.dictionaries(st.sampled_from([*names, "odd"]), _values(), max_size=2) if names else st.just({})
    )
    key = draw(st.sampled_from([*[None] * 9, "fuzz-fuzz", "short", ""]))
    key = f"fuzz-{draw(st.integers(0, 2**64))}" if key is None else key
    body, good = draw(_bodies(operation))
    return {
        "method": method,
        "path": path,
        "query_string": query,
        "headers": {"Idempotency-Key": key},
        "operation": operation,
        "good": good,
        **body,
    }


def _values() -> st.SearchStrategy[str]:
    return (
        st.integers(-1, 200).map(str)
        | st.text(max_size=12)
        | st.from_regex(r"[A-Za-z0-9_=-]{1,60}", fullmatch=True)
    )


@st.composite
def _bodies(draw: st.DrawFn, operation: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """The body, and whether its description allows it."""
    described = operation.get("requestBody")
    if described is None:
        return {}, True
    schema = described["content"]["application/json"]["schema"]
    how = draw(st.sampled_from(["good", "good", "changed", "any", "raw"]))
    if how == "raw":
        return {"data": draw(st.binary(max_size=40)), "content_type": "application/json"}, False
    value = draw(ANY_JSON if how == "any" else DESCRIBED.good(schema))
    if how == "changed" and isinstance(value, dict):
        value[draw(st.sampled_from([*value, "odd"]))] = draw(ANY_JSON)
    return {"json": value}, DESCRIBED.fits(schema, value)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=DERANDOMIZED,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(
    asked=_requests(),
    who=st.sampled_from(WHO),
)
def test_no_request_made_from_the_description_ends_in_a_5xx(world: Any, asked: dict[str, Any], who: str):
    client, held = world
    operation, good = asked.pop("operation"), asked.pop("good")
    asked["headers"] |= {"Authorization": f"Bearer {held.get(who, 'wrong')}"}

    response = client.open(**asked)

    assert response.status_code < 500, response.text
    described = operation["responses"].get(str(response.status_code))
    assert described is not None, f"{response.status_code} is not described: {response.text}"
    if response.status_code >= 400:
        assert response.mimetype == "application/problem+json"
        assert DESCRIBED.fits(DESCRIBED.schemas["Problem"], response.json)
    else:
        assert good, "a body that its description refuses was accepted"
        _judge(described, response)


def _judge(described: dict[str, Any], response: Any) -> None:
    schema = described.get("content", {}).get("application/json", {}).get("schema")
    if schema is not None:
        assert DESCRIBED.fits(schema, response.json), response.text
