"""`{{ }}` in labels and text: an expression, `{{#if condition}}…{{/if}}`, `{{#loop list}}…{{/loop}}`.

The answers filled in are text, never markup: the page escapes labels, and `markdown` escapes them in `text`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import feel
from engine.forms import limits, scopes
from engine.forms.spoken import spoken

_BRACES = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


class TemplateProblem(Exception):
    """A template cannot be read. The message says what was expected."""


@dataclass(frozen=True, slots=True)
class _Repeat:
    over: feel.Expression
    body: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _If:
    condition: feel.Expression
    body: tuple[Part, ...]


Part = str | feel.Expression | _Repeat | _If


@dataclass(frozen=True, slots=True)
class Template:
    """A text with gaps. `plain` has its gaps left open, for messages that may not hold an answer."""

    parts: tuple[Part, ...] = ()
    plain: str = ""

    def fill(self, scope: scopes.Scope, escape: Callable[[str], str] = str) -> str:
        if self.plain and self.parts == (self.plain,):
            return self.plain
        filled: list[str] = []
        _fill(self.parts, scope, escape, filled)
        return "".join(filled)[: limits.FILLED_CHARACTERS]

    def expressions(self) -> list[feel.Expression]:
        return _expressions(self.parts)


EMPTY = Template()


def parse(text: str) -> Template:
    """Raises TemplateProblem, or feel.FeelError for an expression that cannot be read."""
    if len(text) > limits.TEMPLATE_CHARACTERS:
        raise TemplateProblem(f"Expected a text of at most {limits.TEMPLATE_CHARACTERS:,} characters.")
    if text.startswith("="):
        return Template((feel.parse(text[1:]),), "…")
    parts = _parse(_BRACES.split(text))
    return Template(parts, _BRACES.sub("…", re.sub(r"\{\{\s*[#/].*?\}\}", "", text)))


def _parse(pieces: list[str]) -> tuple[Part, ...]:
    """`pieces` alternate between text and what stood inside braces."""
    open_blocks: list[tuple[str, feel.Expression | None, list[Part]]] = [("", None, [])]
    for number, piece in enumerate(pieces):
        inside = piece.strip()
        if number % 2 == 0:
            if piece:
                open_blocks[-1][2].append(piece)
        elif inside.startswith("#"):
            open_blocks.append(_opened(inside))
        elif inside.startswith("/"):
            _close(inside[1:].strip(), open_blocks)
        else:
            open_blocks[-1][2].append(feel.parse(inside.removeprefix("=")))
    if len(open_blocks) > 1:
        raise TemplateProblem(f"Expected {{{{/{open_blocks[-1][0]}}}}} before the end of the text.")
    return tuple(open_blocks[0][2])


def _opened(inside: str) -> tuple[str, feel.Expression, list[Part]]:
    word, _, rest = inside[1:].partition(" ")
    if word not in ("if", "loop"):
        raise TemplateProblem("Expected {{#if …}} or {{#loop …}} after {{#.")
    return word, feel.parse(rest.strip().removeprefix("=")), []


def _close(word: str, open_blocks: list[tuple[str, feel.Expression | None, list[Part]]]) -> None:
    opened, expression, body = open_blocks[-1]
    if opened != word or expression is None:
        raise TemplateProblem("Expected every {{#if}} and {{#loop}} to be closed in turn, but one is not.")
    open_blocks.pop()
    block: Part = _If(expression, tuple(body)) if word == "if" else _Repeat(expression, tuple(body))
    open_blocks[-1][2].append(block)


def _fill(parts: tuple[Part, ...], scope: scopes.Scope, escape: Callable[[str], str], out: list[str]) -> None:
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, _If):
            if scopes.evaluate(part.condition, scope) is True:
                _fill(part.body, scope, escape, out)
        elif isinstance(part, _Repeat):
            _fill_each(part, scope, escape, out)
        else:
            out.append(escape(spoken(scopes.evaluate(part, scope))))


def _fill_each(part: _Repeat, scope: scopes.Scope, escape: Callable[[str], str], out: list[str]) -> None:
    items = scopes.evaluate(part.over, scope)
    for item in items[: limits.ROWS] if isinstance(items, list) else ():
        own = item if isinstance(item, dict) else {}
        inner = scope.inside(**{**own, "this": item, "parent": dict(scope.variables)})
        _fill(part.body, inner, escape, out)


def _expressions(parts: tuple[Part, ...]) -> list[feel.Expression]:
    found: list[feel.Expression] = []
    for part in parts:
        if isinstance(part, _If):
            found += [part.condition, *_expressions(part.body)]
        elif isinstance(part, _Repeat):
            found.append(part.over)  # names in its body may come from the item
        elif not isinstance(part, str):
            found.append(part)
    return found
