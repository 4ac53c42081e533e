"""Recognises expressions that are not FEEL (JUEL, JavaScript, Groovy, Python); translates simple ones.

A translation is offered only when every word of it is understood and the result parses as FEEL: a wrong hint
would be worse than none.
"""

from __future__ import annotations

import re

import feel

MAX_TRANSLATED = 500
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'[^'\\]*'|"[^"\\]*")|(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)"""
    r"""|(?P<sign>===|!==|==|!=|<=|>=|&&|\|\||[<>!()+\-*/,]))"""
)
_WORDS = {
    "and": "and",
    "or": "or",
    "eq": "=",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "True": "true",
    "False": "false",
    "None": "null",
    "nil": "null",
    "undefined": "null",
    "true": "true",
    "false": "false",
    "null": "null",
}
_SIGNS = {"==": "=", "===": "=", "!==": "!=", "&&": "and", "||": "or"}
_NOT_TRANSLATED = {
    "empty",
    "in",
    "is",
    "lambda",
    "if",
    "else",
    "for",
    "import",
    "new",
    "return",
    "div",
    "mod",
}
_GET_VARIABLE = re.compile(r"""\b(?:execution|kcontext)\.getVariable\(\s*(['"])(\w+)\1\s*\)""")
_EQUALS_CALL = re.compile(r"""([\w.]+)\.equals\(\s*((['"])[^'"]*\3|[\w.]+)\s*\)""")
_SIGNS_OF = (
    ("JUEL", re.compile(r"[$#]\{")),
    ("Groovy or Java", re.compile(r"\.equals\(|\bexecution\.|\bkcontext\.|;\s*$")),
    ("Python", re.compile(r"\bTrue\b|\bFalse\b|\bNone\b|__\w+__|\blambda\b|\bimport\b")),
    ("JavaScript or Python", re.compile(r"===?|&&|\|\||!=\s*null")),
)


def foreign(text: str, language: str = "") -> str:
    """The language this seems to be in, when it is none of ours; "" when nothing speaks for one.

    >>> foreign("${risk == 'high'}")
    'JUEL'
    """
    said = language.rsplit("/", 1)[-1].lower()
    for name in ("juel", "groovy", "javascript", "python", "java", "mvel", "xpath"):
        if name in said:
            return (
                "JUEL"
                if name == "juel"
                else name.capitalize().replace("script", "Script").replace("Xpath", "XPath")
            )
    return next((name for name, sign in _SIGNS_OF if sign.search(text)), "")


def translated(text: str) -> str | None:
    """The same in FEEL, with its `=`; None when not everything in it is understood.

    >>> translated("${risk == 'high' && !closed}")
    '=risk = "high" and not(closed)'
    """
    body = text.strip()
    if len(body) > MAX_TRANSLATED:
        return None
    if wrapped := re.fullmatch(r"[$#]\{(.*)\}", body, re.DOTALL):
        body = wrapped[1]
    body = _GET_VARIABLE.sub(r"\2", body.removeprefix("=").removeprefix("return ").rstrip("; \n"))
    words = _words(_EQUALS_CALL.sub(r"\1 == \2", body))
    if not words:
        return None
    result = _closed_nots(words)
    return f"={result}" if parses(result) else None


def parses(text: str) -> bool:
    """Whether this is FEEL."""
    try:
        feel.parse(text)
    except feel.FeelError:
        return False
    return True


def _words(body: str) -> list[str]:
    """The text word by word, each as FEEL writes it; empty when a word is not understood."""
    words, position = [], 0
    body = body.strip()
    while position < len(body):
        token = _TOKEN.match(body, position)
        if token is None or token["name"] in _NOT_TRANSLATED:
            return []
        position = token.end()
        if token["text"]:
            words.append('"' + token["text"][1:-1].replace('"', '\\"') + '"')
        elif token["name"]:
            words.append("not" if token["name"] == "not" else _WORDS.get(token["name"], token["name"]))
        elif token["sign"]:
            words.append("not" if token["sign"] == "!" else _SIGNS.get(token["sign"], token["sign"]))
        else:
            words.append(token["number"])
    return words


def _closed_nots(words: list[str]) -> str:
    """FEEL's `not` is a function: `not x` becomes `not(x)`, `not (…)` is one already."""
    said: list[str] = []
    for number, word in enumerate(words):
        if word == "not" and words[number + 1 : number + 2] not in (["("], []):
            said.append("not(")
        elif said and said[-1] == "not(":
            said[-1] = f"not({word})"
        else:
            said.append(word)
    return re.sub(r"(?<=\() | (?=[),])|(?<=not) (?=\()", "", " ".join(said))
