"""A partnership of its own for every test of a page: made once, copied for each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from engine.database import connect
from tests.web.page_browser import Browser
from tests.web.page_world import ADDRESS, Time, application, database


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "made.sqlite3"
    engine = database(path)
    engine.dispose()
    return path


@pytest.fixture
def engine(made: Path, tmp_path: Path) -> Iterator[Engine]:
    copy = tmp_path / "handrail.sqlite3"
    shutil.copy(made, copy)
    opened = connect(f"sqlite:///{copy}")
    yield opened
    opened.dispose()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def app(engine: Engine, time: Time) -> Flask:
    return application(engine, time)


@pytest.fixture
def visitor(app: Flask) -> Callable[..., Browser]:
    """A new browser; with a name, somebody signed in."""

    def open_browser(name: str = "") -> Browser:
        made = Browser(app.test_client(), ADDRESS)
        if name:
            made.sign_in(name)
        return made

    return open_browser


@pytest.fixture
def ana(visitor: Callable[..., Browser]) -> Browser:
    return visitor("ana")


@pytest.fixture
def ben(visitor: Callable[..., Browser]) -> Browser:
    return visitor("ben")
