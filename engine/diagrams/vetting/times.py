"""Whether fixed text is a time as ISO 8601 writes it: a date, a duration, a repetition."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime

_DURATION = re.compile(
    r"P(?=[0-9T])(?:(?P<years>\d{1,9})Y)?(?:\d{1,9}M)?(?:\d{1,9}W)?(?:\d{1,9}D)?"
    r"(?:T(?=\d)(?:\d{1,9}H)?(?:\d{1,9}M)?(?:\d{1,9}(?:[.,]\d{1,9})?S)?)?",
    re.ASCII,
)
_NOTHING = re.compile(r"[^1-9]*", re.ASCII)
_REPETITION = re.compile(r"R(\d{0,9})/([^/]{1,60})(?:/([^/]{1,60}))?", re.ASCII)

EXAMPLES = {
    "timeDate": "a date and time such as 2026-03-03T17:00:00",
    "timeDuration": "a duration such as P2D or PT15M",
    "timeCycle": "a repetition such as R3/P1D or R/PT1H",
}


def is_date(text: str) -> bool:
    """
    >>> is_date("2026-03-03T17:00:00Z"), is_date("3 March")
    (True, False)
    """
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_duration(text: str) -> bool:
    """
    >>> is_duration("P1M1W"), is_duration("P"), is_duration("banana")
    (True, False, False)
    """
    return _DURATION.fullmatch(text) is not None


def is_repetition(text: str) -> bool:
    """
    >>> is_repetition("R3/PT1H"), is_repetition("R100000000/PT0S"), is_repetition("0 0 9 * * ?")
    (True, False, False)
    """
    match = _REPETITION.fullmatch(text)
    if match is None:
        return False
    first, second = match[2], match[3]
    every, bound = (first, second) if first.startswith("P") else (second or "", first)
    return is_duration(every) and _NOTHING.fullmatch(every) is None and (bound is None or is_date(bound))


def is_endless(text: str) -> bool:
    """A repetition without a number and without an end.

    >>> is_endless("R/PT1H"), is_endless("R/PT1H/2026-03-03"), is_endless("R/2026-03-03/PT1H")
    (True, False, True)
    """
    match = _REPETITION.fullmatch(text)
    return match is not None and not match[1] and (match[3] or "P").startswith("P")


READERS: Mapping[str, Callable[[str], bool]] = {
    "timeDate": is_date,
    "timeDuration": is_duration,
    "timeCycle": is_repetition,
}
