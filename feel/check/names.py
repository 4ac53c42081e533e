"""What to say about a word that nothing is called by."""

from feel.check.scope import Scope
from feel.syntax import Name
from feel.types import ANY, BOOLEAN, Type

_VALUES = {
    "True": "true", "TRUE": "true", "False": "false", "FALSE": "false",
    "None": "null", "NULL": "null", "Null": "null", "nil": "null", "undefined": "null",
}  # fmt: skip
_YES_OR_NO = {"yes": "true", "no": "false"}
_SMALL = frozenset(("and", "or", "in", "between", "if", "then", "else", "not", "some", "every", "satisfies"))


def unknown(node: Name, scope: Scope, beside: Type | None = None) -> Type:
    """Notes a word that stands for nothing, perhaps `beside` a value that it is compared with."""
    return scope.note(node, _slip(node.name, beside) or _meaning(node.name, scope, beside))


def never_a_name(node: Name, scope: Scope) -> Type:
    """Notes, where any name may exist, what nobody would call anything: `True`, `not urgent`, `a OR b`."""
    return scope.note(node, slip) if (slip := _slip(node.name, loud=True)) else ANY


def unknown_function(node: Name, scope: Scope) -> Type:
    return scope.note(node, _slip(node.name) or _nothing(node.name) + _perhaps(scope.like(node.name)))


def _slip(name: str, beside: Type | None = None, *, loud: bool = False) -> str | None:
    """What to write instead of a word of another language; `loud` are keywords only all in capitals."""
    if name in _VALUES:
        return f"Write {_VALUES[name]}."
    if beside == BOOLEAN and name.lower() in _YES_OR_NO:
        return f"Write {_YES_OR_NO[name.lower()]}."
    if beside is not None and beside.name == "string":
        return None  # a text without its quotes may hold any word
    first, _, rest = name.partition(" ")
    if first.lower() == "not" and rest:
        return f"Write not({rest}), or put quotes round it if it is a text."
    for word in name.split(" "):
        if word.lower() in _SMALL and (word.isupper() if loud else word != word.lower()):
            return f"Write {word.lower()}, in small letters."
    return None


def _meaning(name: str, scope: Scope, beside: Type | None) -> str:
    like = scope.like(name)
    if beside is None:
        return f'{_nothing(name)}{_perhaps(like)} A text needs quotes: "{name}".'
    if beside.name not in ("string", "Any"):
        return _nothing(name) + _perhaps(like)
    meant = f", or did you mean {like}?" if like else "."
    return f'{name} needs quotes ("{name}") if it is a text{meant}'


def _nothing(name: str) -> str:
    return f"Expected a known name, but there is nothing called {name}."


def _perhaps(like: str | None) -> str:
    return f" Did you mean {like}?" if like else ""
