"""Markdown to HTML, safe by construction: no HTML passes through, no images, links only to web and mail.

Used for `text` components and for guidance. Tags carry GOV.UK classes; headings start at level 2.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

_CLASSES = {
    "p": "govuk-body",
    "a": "govuk-link",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "blockquote": "govuk-inset-text",
    "hr": "govuk-section-break govuk-section-break--visible govuk-section-break--m",
    "table": "govuk-table",
    "thead": "govuk-table__head",
    "tbody": "govuk-table__body",
    "tr": "govuk-table__row",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "h4": "govuk-heading-s",
}
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_LINK = re.compile(r"(https?://|mailto:|tel:|/(?!/)|#)", re.IGNORECASE)
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20})
    parser.enable("table").disable("image")
    parser.validateLink = lambda url: bool(_LINK.match(url))  # type: ignore[method-assign]  # as its manual has it
    return parser


@lru_cache(maxsize=1024)
def to_html(text: str) -> str:
    parser = _parser()
    tokens = parser.parse(text)
    _dress(tokens)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _dress(tokens: Sequence[Token]) -> None:
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
        if token.nesting >= 0 and token.tag in _CLASSES:
            token.attrs = _allowed(token)
            token.attrSet("class", _CLASSES[token.tag])
        _dress(token.children or ())


def _allowed(token: Token) -> dict[str, Any]:
    """Alignment would come as a style attribute, which the content security policy forbids."""
    return {name: value for name, value in token.attrs.items() if name in ("href", "title", "start")}


def escape(answer: str) -> str:
    """An answer inside Markdown: every sign of Markdown loses its meaning, and so does a new line."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(answer.split()))
