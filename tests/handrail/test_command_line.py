"""The `handrail` command, as a person at a terminal meets it."""

from __future__ import annotations

import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.spiff.nodes import PARSERS, Task
from engine.spiff.triggers import B
from handrail import demo
from handrail.command_line import main

WORKFLOWS = Path(__file__).parents[2] / "workflows"


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


def run(folder: Path, *arguments: str, **settings: str) -> Ended:
    """The command in a folder of its own, run as `handrail` is, but in this process."""
    said, complained = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(complained):
        for name in [each for each in os.environ if each.startswith("HANDRAIL_")]:
            patch.delenv(name)
        for name, value in {"HANDRAIL_FOLDER": str(folder), **settings}.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["handrail", *arguments])
        try:
            main()
        except SystemExit as end:
            return Ended(int(end.code or 0), said.getvalue(), complained.getvalue())
    return Ended(0, said.getvalue(), complained.getvalue())


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with the demonstration in it, and what loading it printed."""
    folder = tmp_path_factory.mktemp("demo")
    done = run(folder, "demo", HANDRAIL_DEMO="1")
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_the_demo_says_where_to_go_and_whom_to_be_with_a_token_each(loaded: tuple[Path, str]) -> None:
    _, said = loaded

    assert "http://127.0.0.1:8000" in said
    for person in demo.PEOPLE:
        assert re.search(rf"{re.escape(person.name)}.*hr_\S{{43}}", said), person.name


def test_loading_the_demo_again_changes_nothing_but_the_tokens(loaded: tuple[Path, str]) -> None:
    folder, _ = loaded
    again = run(folder, "demo", HANDRAIL_DEMO="1")

    assert again.returncode == 0, again.stderr
    with sqlite3.connect(folder / "handrail.sqlite3") as db:
        assert db.execute("SELECT count(*) FROM person").fetchone() == (len(demo.PEOPLE),)
        assert db.execute("SELECT count(*) FROM release").fetchone() == (1,)


def test_verify_finds_a_whole_history_and_then_a_changed_one(loaded: tuple[Path, str]) -> None:
    folder, _ = loaded
    whole = run(folder, "verify")
    assert (whole.returncode, "Every history is whole." in whole.stdout) == (0, True)

    with sqlite3.connect(folder / "handrail.sqlite3") as db:
        db.execute("DROP TRIGGER event_no_update")
        db.execute("UPDATE event SET actor_id = 'x' WHERE seq = 2 AND chain = 'north-lincolnshire'")
    broken = run(folder, "verify", "--json")

    assert broken.returncode == 1
    assert json.loads(broken.stdout)["faults"] == [
        {"chain": "north-lincolnshire", "event": 2, "what": "an event was changed"}
    ]


def test_a_token_is_issued_to_somebody_known_and_refused_for_anybody_else(loaded: tuple[Path, str]) -> None:
    folder, _ = loaded
    assert run(folder, "token", "amira").stdout.startswith("hr_")

    refused = run(folder, "token", "nobody")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.strip() == "Expected the id of somebody who may sign in here."


def test_check_accepts_what_is_shipped(tmp_path: Path) -> None:
    done = run(tmp_path, "check", *sorted(str(path) for path in WORKFLOWS.glob("*.bpmn")))

    assert done.returncode == 0, done.stdout


def test_check_refuses_by_name_and_says_what_to_draw_instead(tmp_path: Path) -> None:
    source = (WORKFLOWS / "share_information.bpmn").read_text()
    broken = tmp_path / "broken.bpmn"
    broken.write_text(source.replace("=purpose_clear = ", "=purpose_clear == ", 1))

    done = run(tmp_path, "check", str(broken), "--json")

    assert done.returncode == 1
    (report,) = json.loads(done.stdout)["files"]
    assert any("Use one =" in problem["message"] for problem in report["problems"]), report["problems"]


@pytest.mark.parametrize(
    ("drawn", "instead"),
    [("share_purpose", "no_such_clock"), ('formId="purpose"', 'formId="no_such_form"')],
)
def test_check_refuses_a_name_nobody_knows(tmp_path: Path, drawn: str, instead: str) -> None:
    (tmp_path / "forms").symlink_to(WORKFLOWS / "forms")
    broken = tmp_path / "broken.bpmn"
    broken.write_text((WORKFLOWS / "share_information.bpmn").read_text().replace(drawn, instead))

    done = run(tmp_path, "check", str(broken))

    assert done.returncode == 1
    assert instead.removeprefix('formId="').rstrip('"') in done.stdout


def test_check_names_what_the_executor_cannot_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PARSERS, B + "userTask", (Task, None))
    one = min(WORKFLOWS.glob("*.bpmn"))

    done = run(tmp_path, "check", str(one))

    assert done.returncode == 1
    assert "refused" in done.stdout and "✗ user task" in done.stdout and "NoneType" not in done.stdout


@pytest.mark.parametrize("content", [b"", b"<", b"\x00" * 100, b"PK\x03\x04", b"<?xml version='1.0'?><a/>"])
def test_check_never_ends_in_a_traceback(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.bpmn"
    path.write_bytes(content)

    done = run(tmp_path, "check", str(path))

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stdout.strip()


def test_serving_without_anybody_to_vouch_for_people_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, "serve")

    assert done.returncode == 1
    assert "HANDRAIL_DEMO=1" in done.stderr


def test_a_real_provider_and_the_demo_exclude_each_other(tmp_path: Path) -> None:
    done = run(tmp_path, "serve", HANDRAIL_DEMO="1", HANDRAIL_OIDC_ISSUER="https://id.example.org")

    assert done.returncode == 1
    assert "both are set" in done.stderr


def test_a_database_that_is_not_there_is_said_in_one_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, "verify")

    assert done.returncode == 1
    assert done.stderr == "The database could not be used (OperationalError). Is it there, and migrated?\n"


def test_the_command_is_also_a_module_of_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "handrail", "--version"], capture_output=True, text=True, timeout=120
    )

    assert done.stdout.startswith("python -m handrail, version ")


def test_the_worker_fires_what_is_due_and_ends(loaded: tuple[Path, str]) -> None:
    folder, _ = loaded

    assert run(folder, "worker", "--once").stdout == "0 fired.\n"
