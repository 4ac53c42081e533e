"""One's own access tokens. A token is told once, when it is made; what is kept of it cannot be told again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from api.answers import ToldOnce
from api.context import Call
from api.fields import Listing, Text, Whole
from api.routes import Noun
from engine import tokens

noun = Noun("tokens", "Your own access tokens for this API.")


@dataclass(frozen=True, slots=True)
class Token:
    """A token that is in force. The token itself is not kept, so it cannot be shown."""

    id: str
    label: str
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NewToken:
    """What a new token is for, and how long it is needed."""

    label: Annotated[str, Text("What it is for.", longest=100, example="Nightly report")]
    days: Annotated[int, Whole("Days until it expires.", least=1, most=365)] = 30


@dataclass(frozen=True, slots=True)
class Issued(ToldOnce):
    """A new token, to be kept safe now. A repeat of the request tells everything but the token."""

    token: str | None

    def again(self) -> Issued:
        return replace(self, token=None)


@noun.get("/me/tokens", "token:issue")
def own(call: Call) -> Listing[Token]:
    """Your tokens that are in force."""
    mine = (Token(**row) for row in tokens.own(call.db, call.by))  # type: ignore[arg-type]  # rows are dictionaries of anything
    return Listing(tuple(each for each in mine if each.expires_at > call.clock.now))


@noun.post("/me/tokens", "token:issue", status=201, example={"label": "Monthly report", "days": 31})
def issue(call: Call, body: NewToken) -> Issued:
    """Make a token for yourself.

    The token is shown in this answer and never again.
    """
    return Issued(tokens.issue(call.db, call.by.person_id, body.label, body.days, call.clock.now))


@noun.delete("/me/tokens/{token_id}", "token:revoke", status=204)
def revoke(call: Call, token_id: str) -> None:
    """End one of your tokens at once."""
    tokens.revoke(call.db, call.by, token_id, call.clock.now)
