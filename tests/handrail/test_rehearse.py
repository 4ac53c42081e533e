"""`handrail rehearse` as a command of its own: lines in, lines out."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.engine.spiff.drawing import chain, definitions, diagram, flows, nodes, zeebe

DOCUMENT = Path(__file__).parents[2] / "docs/rehearse.md"
HANDRAIL = (sys.executable, "-c", "from handrail.command_line import main; main()")
ASKING = diagram(
    nodes(
        start="startEvent",
        ask='userTask name="Ask the school"|' + zeebe('<zeebe:assignmentDefinition candidateGroups="dsl"/>'),
        late='boundaryEvent attachedToRef="ask" cancelActivity="false"'
        "|<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>",
        chase="manualTask",
        done="endEvent",
    )
    + chain("start", "ask", "done")
    + flows("late>chase")
)


def handrail(*arguments: str, lines: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*HANDRAIL, *arguments], input=lines, capture_output=True, timeout=60)


@pytest.fixture
def asking(tmp_path: Path) -> str:
    path = tmp_path / "asking.bpmn"
    path.write_bytes(ASKING)
    return str(path)


def rehearse(path: str, *commands: Any, more: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Each command is a mapping, or a line as it stands."""
    lines = b"".join(
        (each if isinstance(each, bytes) else json.dumps(each).encode()) + b"\n" for each in commands
    )
    done = handrail("rehearse", path, *more, lines=lines)
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    return [json.loads(line) for line in done.stdout.splitlines()]


TOLD = (
    {"do": "start", "variables": {"child": 1}},
    {"do": "tasks"},
    {"do": "advance", "by": "PT90M"},
    {"do": "complete", "task": "1.2", "variables": {"answer": "yes"}},
    {"do": "complete", "task": "chase"},
    {"do": "state"},
)


@pytest.mark.parametrize("more", [(), ("--restore",)])
def test_a_process_runs_from_start_to_end(asking: str, more: tuple[str, ...]) -> None:
    *said, state = rehearse(asking, *TOLD, more=("--now", "2026-03-03T09:30", *more))

    assert said[1]["tasks"] == [
        {
            "id": "1.2",
            "element": "ask",
            "name": "Ask the school",
            "type": "userTask",
            "role": "dsl",
            "due": None,
        }
    ]
    assert said[2] == {"ok": True, "now": "2026-03-03T11:00:00Z", "fired": 1}
    assert [each["ok"] for each in said] == [True] * 5
    assert state == {
        "ok": True,
        "running": False,
        "elements": [],
        "trail": ["start", "late", "ask", "done", "chase"],
        "variables": {"child": 1, "answer": "yes"},
        "incidents": [],
        "instances": [{"id": "1", "process": "p", "running": False}],
    }


def test_each_line_is_answered_before_the_next_is_read(asking: str) -> None:
    with subprocess.Popen(
        [*HANDRAIL, "rehearse", asking], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin and process.stdout
        for command in TOLD:
            process.stdin.write(json.dumps(command).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["ok"]
        process.stdin.close()
    assert process.returncode == 0


def test_refused_files_are_said_in_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "script.bpmn"
    path.write_bytes(diagram(nodes(start="startEvent", work="scriptTask") + chain("start", "work")))

    done = handrail("rehearse", str(path), lines=b'{"do":"start"}\n')

    (line,) = done.stdout.splitlines()
    said = json.loads(line)
    assert done.returncode == 1
    assert said["ok"] is False
    assert [problem["element"] for problem in said["problems"]] == ["work"]
    assert "script" in said["problems"][0]["message"].lower()


@pytest.mark.parametrize("content", [b"", b"\0\xff", b"<a/>", b"not a diagram"])
def test_what_is_no_diagram_is_refused_with_a_reason(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.bpmn"
    path.write_bytes(content)

    done = handrail("rehearse", str(path))

    assert done.returncode == 1
    assert json.loads(done.stdout)["problems"][0]["message"].startswith("Expected ")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = handrail("rehearse", str(tmp_path / "no.bpmn"))

    assert done.returncode == 1
    assert json.loads(done.stdout)["problems"][0]["element"].endswith("no.bpmn")


def test_a_file_may_have_any_name(tmp_path: Path) -> None:
    path = tmp_path / "diagram"
    path.write_bytes(ASKING)

    assert rehearse(str(path), {"do": "start"})[0]["ok"]


BAD = (
    b"",  # an empty line is passed over
    b"{",
    b"[]",
    b"1",
    b'"start"',
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"do":null}',
    b'{"do":["start"]}',
    b'{"do":"dance"}',
    b"{}",
    b'{"do":"start","variables":[]}',
    b'{"do":"start","process":7}',
    b'{"do":"start","process":"other"}',
    b'{"do":"start","more":1}',
    b'{"do":"complete"}',
    b'{"do":"complete","task":"1.99"}',
    b'{"do":"complete","task":"ask"}',
    b'{"do":"message"}',
    b'{"do":"message","name":{}}',
    b'{"do":"message","name":"m","correlation":3}',
    b'{"do":"signal"}',
    b'{"do":"variables"}',
    b'{"do":"variables","set":{"x":1}}',  # nothing runs
    b'{"do":"variables","set":{"x":1},"instance":"9"}',
    b'{"do":"advance"}',
    b'{"do":"advance","by":"tomorrow"}',
    b'{"do":"advance","by":"P99999Y"}',
    b'{"do":"advance","by":"-PT1H"}',
    b'{"do":"state","instance":"9"}',
    b'{"do":"start","variables":{"x":' + b'{"x":' * 90 + b"1" + b"}" * 90 + b"}}",
)


def test_a_bad_command_is_refused_with_a_reason_and_changes_nothing(asking: str) -> None:
    *refused, before = rehearse(asking, *BAD, {"do": "state"})

    assert len(refused) == len(BAD) - 1
    for command, answer in zip(BAD[1:], refused, strict=True):
        assert answer["ok"] is False, command
        assert all(problem["message"].startswith("Expected ") for problem in answer["problems"]), command
    assert before["instances"] == []
    assert before["running"] is False


def test_the_clock_begins_where_it_is_told(asking: str) -> None:
    wrong = handrail("rehearse", asking, "--now", "noon")

    assert wrong.returncode == 2
    assert b"Expected a date and time" in wrong.stderr


def test_check_ends_with_one_when_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.bpmn"
    path.write_bytes(definitions())

    assert handrail("check", str(path)).returncode == 1


def test_whoever_rehearses_does_not_wait_for_a_web_server_or_a_database() -> None:
    loaded = "import sys, handrail.authoring; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, timeout=60)

    assert done.returncode == 0
    assert not {"flask", "granian", "alembic", "sqlalchemy"} & set(done.stdout.split())


def transcripts() -> list[tuple[str, list[str], list[dict[str, Any]]]]:
    """Of each transcript in the document: the command, the lines typed, and the answers shown."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", DOCUMENT.read_text(), re.M | re.S):
        command, *lines = block.splitlines()
        typed = [line.removeprefix("> ") for line in lines if line.startswith("> ")]
        shown = " ".join(line for line in lines if not line.startswith("> "))
        found.append((command.removeprefix("$ "), typed, list(_objects(shown))))
    return found


def _objects(text: str) -> Any:
    decoder, at = json.JSONDecoder(), 0
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        value, at = decoder.raw_decode(text, at)
        yield value


@pytest.mark.parametrize("transcript", transcripts(), ids=lambda transcript: transcript[0])
def test_the_document_s_transcripts_are_what_happens(transcript: Any) -> None:
    command, typed, shown = transcript
    name, *arguments = shlex.split(command)

    done = subprocess.run(
        [*HANDRAIL, *arguments],
        input="\n".join(typed).encode(),
        capture_output=True,
        timeout=60,
        cwd=DOCUMENT.parents[1],
    )

    assert name == "handrail"
    assert [json.loads(line) for line in done.stdout.splitlines()] == shown


@pytest.mark.parametrize("number", ["123456789012345678901234", "0.12345678901234567890123", "1e400"])
def test_a_number_is_kept_exactly_or_refused(asking: str, number: str) -> None:
    said, state = rehearse(asking, b'{"do":"start","variables":{"n":%s}}' % number.encode(), {"do": "state"})

    assert not said["ok"] and "would be rounded" in said["problems"][0]["message"]
    assert state["instances"] == []


@pytest.mark.parametrize("number", ["123456789012345678", "0.1234567890123456", "1e21", "1.50", "2E3"])
def test_a_long_number_comes_back_as_it_was(asking: str, number: str) -> None:
    said, state = rehearse(asking, b'{"do":"start","variables":{"n":%s}}' % number.encode(), {"do": "state"})

    assert said["ok"] and state["variables"]["n"] == json.loads(number)
