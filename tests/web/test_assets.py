"""The pages' scripts and styles are built once for the same inputs, from locked packages."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "web" / "assets"


@pytest.fixture
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tree(at: Path) -> Path:
    (at / "web" / "assets").mkdir(parents=True)
    (at / "web" / "assets" / "app.js").write_text("one();")
    (at / "web" / "static" / "dist").mkdir(parents=True)
    return at


def test_what_is_up_to_date_is_not_built_again(hook: ModuleType, tmp_path: Path) -> None:
    root = tree(tmp_path)
    (root / "web" / "static" / "dist" / ".inputs").write_text(hook.fingerprint(root / "web" / "assets"))

    assert hook.build(root) is False


def test_any_change_of_an_input_changes_the_fingerprint(hook: ModuleType, tmp_path: Path) -> None:
    assets = tree(tmp_path) / "web" / "assets"
    before = hook.fingerprint(assets)
    (assets / "app.js").write_text("two();")
    changed = hook.fingerprint(assets)
    (assets / "more.scss").write_text("")

    assert len({before, changed, hook.fingerprint(assets)}) == 3


def test_building_can_be_left_out(hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDRAIL_SKIP_ASSETS", "1")

    assert hook.build(tree(tmp_path)) is False


def test_every_package_is_locked_with_its_hash_and_names_no_registry() -> None:
    lock = json.loads((ASSETS / "package-lock.json").read_text())
    packages = {name: each for name, each in lock["packages"].items() if name}

    assert packages
    for name, each in packages.items():
        assert each["integrity"].startswith("sha512-"), name
        assert "resolved" not in each, name


def test_every_version_is_exact() -> None:
    manifest = json.loads((ASSETS / "package.json").read_text())

    for name, version in (manifest["dependencies"] | manifest["devDependencies"]).items():
        assert version.replace(".", "").isdigit(), name
