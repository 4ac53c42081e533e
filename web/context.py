"""What the pages need from whoever starts them: a database, the time, the settings. No globals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

from sqlalchemy import Engine

from engine.deadlines import At


@dataclass(frozen=True, slots=True)
class Provider:
    """The OpenID Connect provider that vouches for people, as it registered us."""

    issuer: str  # exactly as its tokens say it
    client_id: str
    client_secret: str
    name: str = "your organisation"  # as on the sign-in button: "Sign in with …"


class Scene(Protocol):
    """A case of the demonstration, and what each of its people finds of it, by subject."""

    @property
    def title(self) -> str: ...

    @property
    def told(self) -> str: ...

    @property
    def finds(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs between one place that runs Handrail and another."""

    address: str  # where people reach it, without a path: https://handrail.example.org
    secret_key: str
    provider: Provider | None = None
    demo_area: str = ""  # the area whose people anybody may sign in as; on loopback only
    demo_chapters: Mapping[str, Sequence[Scene]] = field(default_factory=dict)  # what there is to see
    demo_finds: Mapping[str, Sequence[str]] = field(default_factory=dict)  # what each of them finds of it
    service_name: str = "Handrail"

    @property
    def secure(self) -> bool:
        return urlsplit(self.address).scheme == "https"

    @property
    def on_loopback(self) -> bool:
        return is_loopback(urlsplit(self.address).hostname or "")


@dataclass(frozen=True, slots=True)
class Context:
    """One per application. `clock` gives the instant a request runs at, with the local clocks."""

    engine: Engine
    clock: Callable[[], At]
    settings: Settings


def is_loopback(host: str) -> bool:
    """True for this machine only: `localhost`, 127.0.0.0/8 and ::1."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
