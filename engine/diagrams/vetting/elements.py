"""Refuses, by name, the elements that are not run, and what is said in them that is not read."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams import zeebe
from engine.diagrams.model import Element, Use, label
from engine.diagrams.support import NODES, OUTSIDE, REFUSED
from engine.diagrams.vetting import languages
from engine.diagrams.vetting.view import View
from engine.diagrams.vocabulary import words
from engine.errors import Problem


def refused_nodes(view: View) -> Iterator[Problem]:
    """Scripts are not run."""
    for node in view.elements:
        row = NODES.get("eventSubProcess" if node.is_event_sub_process else node.kind)
        if row is not None and row.status == REFUSED:
            yield Problem(
                node.id,
                f"Expected only elements that run, but {node.words} does not. {row.note}{_hint(node)}",
            )


def wrong_data(view: View) -> Iterator[Problem]:
    """A data association copies one variable, unchanged; data stores are only drawn."""
    for node in view.elements:
        for fault in node.data_faults:
            yield Problem(node.id, f"Expected a data association of {node.words} that {fault}")


def strangers(view: View) -> Iterator[Problem]:
    """Every element holds only what BPMN knows there, once where one is meant, said in its words."""
    for process in view.diagram.processes.values():
        yield from process.faults


def refused_outside(view: View) -> Iterator[Problem]:
    """Choreographies and global script tasks are not run."""
    for id, kind, name in view.diagram.foreign:
        row = OUTSIDE.get(kind)
        if row is not None and row.status == REFUSED:
            yield Problem(id, f"Expected processes, but {label(kind, name, id)} is not one. {row.note}")


def unread_extensions(view: View) -> Iterator[Problem]:
    """Everything that is said in `zeebe:` is read, or makes no difference."""
    diagram = view.diagram
    drawn_only = {process.id for process in diagram.processes.values() if not process.executable}
    for use in diagram.uses:
        node = diagram.elements.get(use.owner)
        process = node.process if node is not None else use.owner
        wrong = "" if process in drawn_only else _unread(use)
        if wrong:
            what = f"{use.element} {use.attribute}".strip()[:80]
            yield Problem(
                use.owner, f"zeebe:{what} of {diagram.words(use.owner) or 'the file'} is not read {wrong}"
            )


def _unread(use: Use) -> str:
    """How the sentence "This is not read …" ends; "" when it is, or makes no difference."""
    row = zeebe.row_of(use)
    if row is None:
        return "by anything here. Take it out."
    if row.status == REFUSED:
        return "" if use.holder == "scriptTask" and use.element == "script" else f"here. {row.note}"
    if use.again:
        return "a second time. Take one of them out."
    if row.on and use.holder not in row.on:
        word = words(use.holder)
        return f"at {'an' if word[0] in 'aei' else 'a'} {word}. Take it out."
    if row.values and use.attribute and use.value not in row.values:
        return f"with the value {use.value[:40]}. {row.note}"
    return ""


def _hint(node: Element) -> str:
    """The FEEL to write instead of a script of one assignment."""
    said = node.extensions.attributes
    if (value := said.get("script/expression", "")) and (variable := said.get("script/resultVariable", "")):
        return f" Here: output {variable[:60]} with the value {value[:120]}."
    variable, equals, value = node.text.partition("=")
    if not equals or not variable.strip().isidentifier() or "\n" in node.text.strip():
        return ""
    translated = languages.translated(value)
    return f" Here: output {variable.strip()} with the value {translated}." if translated else ""
