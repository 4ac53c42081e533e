"""Sees whatever reading a file must never do: run code, import, connect, start a program, write a file."""

import codecs
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from engine.diagrams import check
from engine.diagrams.source import ENCODINGS

from .drawn import bpmn, flows, line

FORBIDDEN = (
    "exec",
    "import",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "socket.connect",
    "socket.getaddrinfo",
    "subprocess.Popen",
    "urllib.Request",
)
_seen: list[str] = []
_watching = 0


def _watch(event: str, arguments: tuple) -> None:
    writes = event == "open" and any(mode in str(arguments[1]) for mode in "wax+")
    if _watching and (event in FORBIDDEN or writes):
        _seen.append(f"{event} {arguments}"[:300])


sys.addaudithook(_watch)  # a hook cannot be taken away, so it is switched


@contextmanager
def watched() -> Iterator[list[str]]:
    """What happened in the meantime."""
    global _watching
    _warm_up()
    _seen.clear()
    _watching += 1
    try:
        yield _seen
    finally:
        _watching -= 1


def _warm_up() -> None:
    """Have everything loaded that Python loads late."""
    for encoding in (*ENCODINGS.values(), "utf-8-sig", "utf-7", "utf-32"):
        codecs.lookup(encoding)
    check(
        {"a": bpmn(line("userTask:a")), "b": bpmn(line("userTask:a") + flows("a e ${x == 1}")), "c": b"<a>"}
    )
