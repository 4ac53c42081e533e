"""Everything the service refuses, as one family.

The docstring of a class is the sentence a person sees when no better one is given; `status` is what HTTP
says.
Messages say what was expected. They never hold personal data: a state or an id, never an answer or a name.
What they quote of a file is cut here, and what would move a cursor or turn the text round is replaced.
"""

import re

LONGEST_WORD = 600
BEGINNING, END = 1_500, 500  # of a message that is longer than both
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """A text for one line of a page or a terminal, no longer than somebody reads."""
    words = (word if len(word) <= LONGEST_WORD else f"{word[:120]}…" for word in text.split())
    short = " ".join(words)
    if len(short) > BEGINNING + END:
        short = f"{short[:BEGINNING]} … {short[-END:]}"
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", short)


class HandrailError(Exception):
    """Something went wrong that Handrail has no better words for."""

    status = 500
    code = "error"

    def __init__(self, message: str | None = None, *, problems: tuple["Problem", ...] = ()) -> None:
        super().__init__(plain(message or (self.__doc__ or "").strip()))
        self.problems = problems

    @property
    def message(self) -> str:
        return str(self.args[0])


class Problem(tuple[str, str]):
    """Where something is wrong (an element, a field, a variable) and what to do about it, in plain words."""

    __slots__ = ()

    def __new__(cls, element: str, message: str) -> "Problem":
        return super().__new__(cls, (plain(element), plain(message)))

    @property
    def element(self) -> str:
        return self[0]

    @property
    def message(self) -> str:
        return self[1]


class NotFound(HandrailError):
    """There is nothing here, or you are not one of the people who may see it."""

    status = 404
    code = "not_found"


class NotSignedIn(HandrailError):
    """Sign in first."""

    status = 401
    code = "not_signed_in"


class NotAllowed(HandrailError):
    """This is for somebody else to do."""

    status = 403
    code = "not_allowed"


class InvalidInput(HandrailError):
    """What was sent is not what was expected."""

    status = 422
    code = "invalid_input"


class TooLarge(HandrailError):
    """What was sent is larger than Handrail accepts."""

    status = 413
    code = "too_large"


class AlreadyClaimed(HandrailError):
    """Somebody else has already taken this task."""

    status = 409
    code = "already_claimed"


class TaskGone(HandrailError):
    """This task is no longer open: it has been completed, or is not needed any more."""

    status = 409
    code = "task_gone"


class AlreadyResolved(HandrailError):
    """Somebody else has already put this right, or it went on by itself."""

    status = 409
    code = "already_resolved"


class Stale(HandrailError):
    """Somebody else changed this while you were working on it. Nothing of yours was applied."""

    status = 409
    code = "stale"


class ClaimFirst(NotAllowed):
    """Claim this task first: only whoever has it can answer it."""

    code = "claim_first"


class FourEyes(NotAllowed):
    """This checks your own work or answers your own question, so somebody else has to do it."""

    code = "four_eyes"


class DeclarationNeeded(NotAllowed):
    """Before you take a task of this case, say whether you have to do with anybody in it."""

    code = "declaration_needed"


class IdempotencyConflict(HandrailError):
    """This Idempotency-Key was used before, with a different request."""

    status = 422
    code = "idempotency_conflict"


class DiagramRefused(InvalidInput):
    """The diagram cannot be run as drawn."""

    code = "diagram_refused"


class MigrationRefused(InvalidInput):
    """Expected the instance to mean the same in the new version, but it would not."""

    code = "migration_refused"


class Incident(HandrailError):
    """The process stopped and needs a person to look at it."""

    status = 409
    code = "incident"
