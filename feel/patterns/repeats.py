"""Numbers of times in braces, which re2 counts only to a thousand."""

import re

_MOST = 1000
_LIMITS = re.compile(r"\{([0-9]{1,4})(?:(,)([0-9]{0,4}))?\}(\??)")


def repeated(part: str, times: str) -> str | None:
    """A part of a pattern as often as `{n}`, `{n,}` or `{n,m}` says; None where that cannot be.

    >>> repeated("a", "{0,2500}")
    'a{0,1000}a{0,1000}a{0,500}'
    """
    match = _LIMITS.fullmatch(times)
    if match is None:
        return None
    low, comma, high, lazy = match.groups()
    least, most = int(low), int(high or low)
    if most < least:
        return None
    if most <= _MOST:
        return part + times
    if re.search(r"\((?!\?)", re.sub(r"\\.", "", part)):
        return None  # Copies of a group would be groups of their own.
    always = "".join(f"{part}{{{count}}}{lazy}" for count in _portions(least))
    if comma and not high:
        return f"{always}{part}*{lazy}"
    return always + "".join(f"{part}{{0,{count}}}{lazy}" for count in _portions(most - least))


def _portions(count: int) -> list[int]:
    return [_MOST] * (count // _MOST) + [count % _MOST] * (count % _MOST > 0)
