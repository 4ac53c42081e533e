"""Makes the ids and references that other people see: random, and saying nothing about anybody."""

from __future__ import annotations

import secrets

# Without vowels and look-alikes, so that a reference spells nothing and can be read out on the telephone.
_ALPHABET = "2346789BCDFGHJKMPQRTVWXY"


def new_id() -> str:
    """128 random bits, safe in a URL."""
    return secrets.token_hex(16)


def new_reference() -> str:
    """A case reference such as `7F3K-9QWD`."""
    letters = [secrets.choice(_ALPHABET) for _ in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])
