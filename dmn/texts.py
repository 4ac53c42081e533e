"""The FEEL texts of a model. A text in another language is refused, never read as if it were FEEL."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from dmn.xml import local, text_of
from feel import Expression, FeelError
from feel.parser import parse_expression, parse_unary_tests
from feel.parser.names import tidy
from feel.parser.stream import TypeFinder

_FEEL = re.compile(r"(.*/)?feel(/.*)?", re.IGNORECASE)
"""`feel`, or an address with it such as `https://www.omg.org/spec/DMN/20230324/FEEL/`."""

NEVER = Expression("false", parse_expression("false"))
"""Stands for tests that cannot be read: no value passes them."""


def expression_in(element: etree._Element, names: Iterable[str], types: TypeFinder) -> Expression:
    """The expression that an element holds. Raises FeelError."""
    text = _feel_in(element)
    return Expression(text, parse_expression(text, _named(names, text), types))


def tests_in(element: etree._Element | None, names: Iterable[str], types: TypeFinder) -> Expression | None:
    """The tests that an element holds; None for `-` or nothing. Raises FeelError."""
    text = "" if element is None else _feel_in(element)
    if text in ("", "-"):
        return None
    return Expression(text, parse_unary_tests(text, _named(names, text), types))


def _named(names: Iterable[str], text: str) -> list[str]:
    """Those that a text may name. A model may have thousands, and each costs the parser time."""
    said = tidy(text)
    return [name for name in names if name in said]


def _feel_in(element: etree._Element) -> str:
    root = element.getroottree().getroot()
    language = element.get("expressionLanguage") or root.get("expressionLanguage")
    if language and not _FEEL.fullmatch(language):
        raise FeelError(f"Expected FEEL in {local(element)}, but its language is {language}.")
    return text_of(element)
