"""What differs between one place that runs Handrail and another, read from the environment."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from engine.deadlines import Deadlines
from engine.errors import HandrailError, InvalidInput
from handrail import partnership
from web.context import Provider

FOLDER = Path("var")
DEMO_AREA = "north-lincolnshire"


class WrongSetting(HandrailError, ValueError):
    """A setting is missing or cannot be used. The message names it and says what was expected."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting there is. `docs/operations.md` says what each is for."""

    database_url: str
    address: str
    secret_key: str = field(repr=False)
    demo: bool = False
    provider: Provider | None = field(default=None, repr=False)
    service_name: str = "Handrail"
    deadlines: Deadlines = field(default_factory=Deadlines, repr=False)


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read HANDRAIL_* variables. Without any, Handrail is embedded: SQLite in `var/`, on loopback."""
    folder = Path(environment.get("HANDRAIL_FOLDER", str(FOLDER)))
    demo = environment.get("HANDRAIL_DEMO", "") == "1"
    if demo and environment.get("HANDRAIL_OIDC_ISSUER"):
        raise WrongSetting("Expected either HANDRAIL_DEMO or HANDRAIL_OIDC_ISSUER, but both are set.")
    return Settings(
        database_url=environment.get("HANDRAIL_DATABASE_URL", f"sqlite:///{folder / 'handrail.sqlite3'}"),
        address=environment.get("HANDRAIL_ADDRESS", "http://127.0.0.1:8000"),
        secret_key=environment.get("HANDRAIL_SECRET_KEY") or _kept_key(folder),
        demo=demo,
        provider=_provider(environment),
        service_name=environment.get("HANDRAIL_SERVICE_NAME", "Handrail"),
        deadlines=_deadlines(environment.get("HANDRAIL_PARTNERSHIP", "")),
    )


def _deadlines(path: str) -> Deadlines:
    """The partnership's clocks; those of the guidance when it has no settings file."""
    try:
        return partnership.read(Path(path)) if path else Deadlines()
    except InvalidInput as error:
        raise WrongSetting(str(error)) from error


def _provider(environment: Mapping[str, str]) -> Provider | None:
    issuer = environment.get("HANDRAIL_OIDC_ISSUER")
    if not issuer:
        return None
    missing = [
        name
        for name in ("HANDRAIL_OIDC_CLIENT_ID", "HANDRAIL_OIDC_CLIENT_SECRET")
        if not environment.get(name)
    ]
    if missing:
        raise WrongSetting(f"Expected {' and '.join(missing)} beside HANDRAIL_OIDC_ISSUER.")
    return Provider(
        issuer=issuer,
        client_id=environment["HANDRAIL_OIDC_CLIENT_ID"],
        client_secret=environment["HANDRAIL_OIDC_CLIENT_SECRET"],
        name=environment.get("HANDRAIL_OIDC_NAME", "your organisation"),
    )


def _kept_key(folder: Path) -> str:
    """A secret of this installation, made once and readable by its owner only."""
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
