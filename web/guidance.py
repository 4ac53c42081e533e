"""Draws guidance: Markdown to HTML in GOV.UK's classes. HTML in the text is shown as text, never used."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup

from engine.guidance import Guidance

_CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "heading_open": "govuk-heading-s",
    "blockquote_open": "govuk-inset-text",
    "table_open": "govuk-table",
    "th_open": "govuk-table__header",
    "td_open": "govuk-table__cell",
    "hr": "govuk-section-break govuk-section-break--m govuk-section-break--visible",
}
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def drawn(guidance: Guidance | None) -> dict[str, Any] | None:
    """What the template shows beside a form: the text and how far it can be trusted."""
    if guidance is None:
        return None
    return {
        "title": guidance.title,
        "html": html(guidance.body),
        "source": guidance.source,
        "edition": guidance.edition,
        "evidence": _evidence(guidance.evidence),
        "reviewed": guidance.reviewed,
    }


_TAG = re.compile(r"\b(?:S0|S1|B|D|VL:\w+|V:\w+)\b")
_BESIDE = re.compile(rf"({_TAG.pattern}) (?={_TAG.pattern})")
_ALIKE = re.compile(r"\b(VL?):\w+(?:[ ,]+\1:\w+)+")  # several sources of one kind: told once
_WORDS = {
    "S0": "Children’s MARS guidance 2022",
    "S1": "local procedures 2024",
    "B": "(background knowledge, not checked)",
    "D": "(our own proposal: your partnership may change it)",
    "V": "(read in the source named)",
    "VL": "(one area’s own practice)",
}


def _evidence(written: str) -> str:
    """Evidence tags in the words of people who never saw the list of tags.

    >>> _evidence("S0 S1; reconsidering B")
    'Children’s MARS guidance 2022, local procedures 2024; reconsidering (background knowledge, not checked)'
    >>> _evidence("calling V:K4; stages V:E1 V:E2 VL:E3")
    'calling (read in the source named); stages (read in the source named), (one area’s own practice)'
    """
    once = _BESIDE.sub(r"\1, ", _ALIKE.sub(r"\1:0", written))
    return _TAG.sub(lambda found: _WORDS[found[0].split(":")[0]], once)


@lru_cache(maxsize=256)
def html(text: str) -> Markup:
    """Safe HTML. Headings begin at level 3, under the heading that the page gives the guidance."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.type in _CLASSES:
            token.attrSet("class", _CLASSES[token.type])
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}" if token.tag != "h1" else "h3"
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("class", "govuk-link")
    return Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))  # noqa: S704  (made safe above)
