"""The guidance shown beside a decision: Markdown with a front matter that says where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from engine.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Guidance:
    """A page of guidance. `body` is Markdown; the rest says how far it can be trusted."""

    title: str
    source: str
    edition: str
    evidence: str
    reviewed: str
    body: str


@lru_cache(maxsize=256)
def read_guidance(content: bytes) -> Guidance:
    """Read a guidance file. Raises InvalidInput when its front matter is incomplete."""
    text = content.decode("utf-8")
    if not text.startswith("---\n") or "\n---\n" not in text[4:]:
        raise InvalidInput(
            "Expected guidance to begin with a front matter between two lines of three dashes."
        )
    front, body = text[4:].split("\n---\n", 1)
    values = {}
    for line in front.splitlines():
        name, _, value = line.partition(":")
        values[name.strip()] = value.strip().strip('"')
    missing = [
        name for name in ("title", "source", "edition", "evidence", "reviewed") if not values.get(name)
    ]
    if missing:
        raise InvalidInput(f"Expected the guidance's front matter to give: {', '.join(missing)}.")
    return Guidance(
        title=values["title"],
        source=values["source"],
        edition=values["edition"],
        evidence=values["evidence"],
        reviewed=values["reviewed"],
        body=body.strip(),
    )
