"""Rules about where things stand, kept by a test instead of by memory."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from engine import schema
from engine.audit.events import EVENTS, MACHINERY
from engine.records import KINDS
from engine.tables import APPEND_ONLY, metadata

ROOT = Path(__file__).parents[2]
OURS = ("policy", "feel", "dmn", "engine", "api", "web", "handrail")


def modules(package: str) -> list[Path]:
    return [path for path in (ROOT / package).rglob("*.py") if "node_modules" not in path.parts]


def test_a_name_is_used_once_between_policy_and_engine() -> None:
    policy = {path.stem for path in (ROOT / "policy").glob("*.py")} - {"__init__"}
    engine = {path.stem for path in (ROOT / "engine").glob("*.py")} - {"__init__"}

    assert policy & engine == set()


NOT_NOUNS_OF_THE_ENGINE = {
    # how the API itself works
    "answers", "context", "fields", "openapi", "problems", "readers", "requests", "routes", "schemas",
    "views",
}  # fmt: skip


def test_every_api_module_mirrors_a_noun_of_the_engine() -> None:
    nouns = {path.stem for path in (ROOT / "engine").iterdir()}
    mirrored = {path.stem for path in (ROOT / "api").glob("*.py")} - {"__init__"} - NOT_NOUNS_OF_THE_ENGINE

    assert mirrored - nouns == set()


@pytest.mark.parametrize("package", OURS)
def test_nothing_evaluates_text_as_python(package: str) -> None:
    forbidden = {"eval", "exec", "compile", "__import__"}
    for path in modules(package):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in forbidden, f"{path}:{node.lineno} calls {node.func.id}"
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {alias.name for alias in node.names} | {getattr(node, "module", "") or ""}
                assert not names & {"pickle", "marshal", "shelve"}, f"{path}:{node.lineno} imports {names}"


@pytest.mark.parametrize("package", ["policy", "feel", "engine", "api"])
def test_nothing_below_the_top_looks_at_the_real_clock(package: str) -> None:
    """The time is handed in, so that tests can travel and a command sees one instant only."""
    for path in modules(package):
        if path == ROOT / "feel/run.py":
            continue  # on its own it reads the time where no `now` is given; the engine always gives one
        found = re.search(r"datetime\.now\(|utcnow\(|time\.time\(|date\.today\(", path.read_text())
        assert found is None, f"{path} asks for {found.group() if found else ''}"


def test_every_event_says_what_it_means() -> None:
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", kind) for kind in EVENTS)
    assert all(len(sentence) > 4 for sentence in EVENTS.values())
    assert set(EVENTS) >= MACHINERY


def test_every_kind_of_record_is_named_in_words() -> None:
    assert all(title[0].isupper() for title in KINDS.values())


def test_migrations_are_numbered_and_the_head_is_the_last_file() -> None:
    files = sorted(path.stem for path in (ROOT / "migrations/versions").glob("0*.py"))

    assert [name[:4] for name in files] == [f"{n:04}" for n in range(1, len(files) + 1)]
    assert schema.newest() == files[-1][:4]


def test_append_only_tables_exist() -> None:
    assert set(APPEND_ONLY) <= set(metadata.tables)


def tracked(*patterns: str) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return listed.stdout.split()


def test_locked_dependencies_name_no_registry() -> None:
    """An address in a lock file would send everybody to one machine's mirror."""
    npm = [ROOT / "web/assets/package-lock.json", *(ROOT / "tests/browser").glob("*/package-lock.json")]
    locks = [*(ROOT / "requirements").glob("*.txt"), *npm]
    assert {path.name for path in locks} >= {"run.txt", "package-lock.json"}
    for path in locks:
        text = path.read_text()
        assert "index-url" not in text, path
        assert not re.search(r'"resolved"|https?://[^"\s]*registry', text), path


def test_nothing_built_or_foreign_is_tracked() -> None:
    names = tracked()
    assert not [name for name in names if "node_modules/" in name or name.startswith("web/static/dist/")]
    assert not [name for name in names if name.endswith((".min.js", ".min.css", ".woff2", ".whl"))]
