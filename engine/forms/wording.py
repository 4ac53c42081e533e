"""What a person reads when an answer cannot be accepted: GOV.UK style, never repeating the answer.

Labels are used with their `{{ }}` left open, because what is filled in there can be personal.
"""

from __future__ import annotations

from engine.forms.components import Component

# A label that starts so is an order already. Words that are also nouns (name, record, list) are left out.
_COMMANDS = frozenset(
    (
        "add",
        "attach",
        "choose",
        "confirm",
        "describe",
        "enter",
        "explain",
        "give",
        "identify",
        "say",
        "select",
    )
    + ("summarise", "tell", "write")
)


class Wrong(Exception):
    """An answer cannot be accepted. `part` names the small input it is about (day, month, year, time)."""

    def __init__(self, message: str, part: str = "") -> None:
        super().__init__(message)
        self.part = part

    @property
    def message(self) -> str:
        return str(self.args[0])


def missing(component: Component) -> str:
    """The property `error` when the form gives one."""
    own = component.properties.get("error")
    if own:
        return own
    if component.type == "checkbox":
        return f"Select “{_title(component)}” to continue"
    choosing = component.choices is not None
    if _is_question(component):
        return f"{'Select' if choosing else 'Enter'} an answer to “{_title(component)}”"
    if _title(component).split(" ", 1)[0].lower() in _COMMANDS:
        return _title(component)
    return f"{'Select' if choosing else 'Enter'} {_lowered(_title(component))}"


def choose(component: Component) -> str:
    own = component.properties.get("error")
    return own or f"Select from the options given for “{_title(component)}”"


def expected(component: Component, what: str) -> str:
    return f"{_subject(component)} must be {what}"


def incomplete(component: Component, part: str) -> str:
    return f"{_subject(component)} must include a {part}"


def short_year(component: Component) -> str:
    return f"{_subject(component)} must include a year with 4 numbers"


def no_past(component: Component) -> str:
    return expected(component, "today or in the future")


def no_future(component: Component) -> str:
    return expected(component, "today or in the past" if component.subtype == "date" else "in the past")


def too_long(component: Component, most: int) -> str:
    return f"{_subject(component)} must be {most:,} characters or fewer"


def too_short(component: Component, least: int) -> str:
    return f"{_subject(component)} must be {least:,} characters or more"


def not_a_number(component: Component) -> str:
    return expected(component, "a whole number, like 3" if component.digits == 0 else "a number, like 3")


def at_least(component: Component, least: str) -> str:
    return expected(component, f"{least} or more")


def at_most(component: Component, most: str) -> str:
    return expected(component, f"{most} or less")


def digits(component: Component, most: int) -> str:
    if most == 0:
        return expected(component, "a whole number")
    return f"{_subject(component)} must have at most {most} decimal place{'s' if most > 1 else ''}"


def steps(component: Component, increment: str) -> str:
    return expected(component, f"a multiple of {increment}")


def email(component: Component) -> str:
    return f"{_subject(component)} must be an email address, like name@example.com"


def phone(component: Component) -> str:
    return f"{_subject(component)} must be a phone number, like 01632 960 001 or +44 808 157 0192"


def pattern(component: Component) -> str:
    message = component.pattern_message or component.properties.get("error")
    return message or f"{_subject(component)} must be in the format asked for"


def names(component: Component) -> str:
    return f"{_subject(component)} must not name anyone in this case. Say “the child” or “the parent” instead"


def too_few_rows(component: Component, least: int) -> str:
    return f"Add at least {least} to “{_title(component)}”"


def too_many_rows(component: Component, most: int) -> str:
    return f"“{_title(component)}” must have {most} entries or fewer"


def row(component: Component, number: int) -> str:
    """What a row of a repeating group is called: "Child 2"."""
    return f"{component.properties.get('row') or _title(component)} {number}"


def placed(component: Component, message: str, row: str) -> str:
    """A message that others share, with where it belongs."""
    title = _title(component)
    where = [*([row] if row else []), *([f"“{title}”"] if title.lower() not in message.lower() else [])]
    return f"{message} ({', '.join(where)})" if where else message


UNKNOWN = "This form does not ask for this"
LOCKED = "This was filled in for you and cannot be changed"
NOT_A_LIST = "Expected a list of entries"
NOT_AN_OBJECT = "Expected a group of answers"


def _title(component: Component) -> str:
    return " ".join(component.label.plain.rstrip(" :*").split()) or "this question"


def _is_question(component: Component) -> bool:
    return _title(component).endswith("?")


def _subject(component: Component) -> str:
    title = _title(component)
    if title.endswith("?"):
        return f"Your answer to “{title}”"
    if title.split(" ", 1)[0].lower() in _COMMANDS:
        return f"“{title}”"
    return title


def _lowered(title: str) -> str:
    """With a small first letter, unless its first word is an abbreviation.

    >>> _lowered("Date of birth"), _lowered("NHS number")
    ('date of birth', 'NHS number')
    """
    return title if title[1:2].isupper() or title[:1] == "“" else title[:1].lower() + title[1:]
