"""Makes the ids and references that other people see: random, and saying nothing about anybody."""

from __future__ import annotations

import hashlib
import secrets

# Without vowels and look-alikes, so that a reference spells nothing and can be read out on the telephone.
_ALPHABET = "2346789BCDFGHJKMPQRTVWXY"


def new_id() -> str:
    """128 random bits, safe in a URL."""
    return secrets.token_hex(16)


def short(id: str) -> str:
    """What has this id, as it can be said on the telephone.

    >>> short("5b1c8f0a27d94e63b0f2a9c47d18e635")
    'X2P-VD2'
    """
    number, letters = int.from_bytes(hashlib.sha256(id.encode()).digest()[:8]), []
    for _ in range(6):
        number, letter = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[letter])
    return "".join(letters[:3]) + "-" + "".join(letters[3:])


def new_reference() -> str:
    """A case reference such as `7F3K-9QWD`."""
    letters = [secrets.choice(_ALPHABET) for _ in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])
