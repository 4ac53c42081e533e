"""Writes `docs/coverage.md`: what the guidance asks, and where Handrail does it, for a governance lead.

`python -m tests.workflows.coverage_page` writes it; a test says when it is no longer current.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from engine import forms
from engine.diagrams import Diagram, Element
from engine.guidance import read_guidance
from tests.workflows.pitfalls import PITFALLS, Pitfall
from tests.workflows.seed_rules import DEPARTURES, ELSEWHERE, RULES, Rule
from tests.workflows.shipped import diagrams

WORKFLOWS = Path(__file__).parents[2] / "workflows"
PAGE = Path(__file__).parents[2] / "docs" / "coverage.md"
HOW_TO_WRITE = "python -m tests.workflows.coverage_page"
OPENING = f"""# What the guidance asks, and where Handrail does it

Handrail was built for two documents. Each rule that they give stands here once, in short, with the step, the
question, the table or the page of guidance that keeps it, and with what has been tried: each sentence in the
last column is the name of a test, and the first of them runs the diagrams with answers through one of these
places. Then come the points where Handrail departs from the documents, and why; the processes that neither
document asks for; and the mistakes that are easy to make, with what keeps them from being made.

That the diagrams do it is all that is said here. Whether the two documents are still the law of today is for
people to judge: the guidance beside each step names its source, its edition and how sure it is.

This page is written from `tests/workflows/seed_rules/` and `tests/workflows/pitfalls.py`; change them, then
run `{HOW_TO_WRITE}`.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([OPENING, *_rules(), *_departures(), *_elsewhere(), *_pitfalls()]).rstrip() + "\n"


def _rules() -> Iterator[str]:
    for source, of_source in groupby(RULES, lambda rule: rule.source):
        yield from (f"## {source}", "")
        for heading, rules in groupby(of_source, lambda rule: rule.heading):
            yield from (f"### {heading}", "", "| It says | Kept by | Tried |", "| --- | --- | --- |")
            yield from (_row(rule) for rule in rules)
            yield ""


def _row(rule: Rule) -> str:
    kept = "<br>".join(dict.fromkeys(said(element) for element in rule.elements))
    return f"| {rule.says} | {kept} | {_sentences((*rule.walks, *rule.tests))} |"


def _sentences(tests: tuple[str, ...]) -> str:
    return "<br>".join(sentence(test) for test in tests)


def sentence(test: str) -> str:
    """
    >>> sentence("test_forms::test_law_enforcement_is_never_offered_to_a_school_or_the_nhs")
    'Law enforcement is never offered to a school or the NHS'
    """
    words = re.sub(r"^test_", "", test.rpartition("::")[2]).replace("_", " ")
    words = re.sub(r"\b(nhs|marac|idva|mappa|dash|b|c)\b", lambda found: found[0].upper(), words)
    return words[0].upper() + re.sub(r"(\w) s\b", r"\1's", words[1:])


def _departures() -> Iterator[str]:
    yield from ("## Where Handrail departs from the documents", "")
    yield from ("| The document says | Handrail | Where | Tried |", "| --- | --- | --- | --- |")
    for each in DEPARTURES:
        where = "<br>".join(said(element) for element in each.elements)
        yield f"| {each.says} | {each.instead} | {where} | {_sentences(each.tests)} |"
    yield ""


def _elsewhere() -> Iterator[str]:
    yield from ("## Processes that come from elsewhere", "", "| Process | Asked for by |", "| --- | --- |")
    for process, source in ELSEWHERE.items():
        yield f"| {_link(process)} | {source} |"
    yield ""


def _pitfalls() -> Iterator[str]:
    yield from ("## Mistakes that are easy to make", "")
    for who, pitfalls in groupby(PITFALLS, lambda pitfall: pitfall.who):
        yield from (
            f"### {who}",
            "",
            "| | The mistake | Why it is not made | Tried |",
            "| --- | --- | --- | --- |",
        )
        yield from (_pitfall(number, each) for number, each in enumerate(pitfalls, 1))
        yield ""


def _pitfall(number: int, pitfall: Pitfall) -> str:
    return f"| {number} | {pitfall.mistake} | {pitfall.avoided} | {_sentences(pitfall.tests)} |"


# Names -----------------------------------------------------------------------------------------------------


def said(element: str) -> str:
    """An element of a rule in words, with the page of its process."""
    kind, _, name = element.partition(":")
    if kind == "form":
        return _question(*name.split("."))
    if kind == "guidance":
        page = read_guidance((WORKFLOWS / "guidance" / f"{name}.md").read_bytes())
        return f"Guidance “{page.title}”"
    if kind == "decision":
        return f"Table “{name.replace('_', ' ')}”"
    return f"“{diagrams()[kind].elements[name].name}” in {_link(kind)}"


def _question(form: str, key: str) -> str:
    read_form = forms.load((WORKFLOWS / "forms" / f"{form}.form").read_bytes())
    component = next(
        each for top in read_form.components for each in top.walk() if key in (each.key, each.path)
    )
    asked = [name for name, diagram in diagrams().items() if _asks(diagram, form)]
    where = "share_information" if "share_information" in asked else asked[0]
    return f"Question “{component.label.plain}” in {_link(where)}"


def _asks(diagram: Diagram, form: str) -> bool:
    return any(form in _forms(element) for element in diagram.elements.values())


def _forms(element: Element) -> tuple[str, ...]:
    return (element.extensions.form, element.extensions.properties.get("handrail:form", ""))


def _link(process: str) -> str:
    (found,) = diagrams()[process].processes.values()
    return f"[{found.name}](processes/{process}.md)"


if __name__ == "__main__":
    PAGE.write_text(page())
