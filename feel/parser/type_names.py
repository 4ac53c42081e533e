"""Types as they are written after `instance of` and in parameters:

`list<number>`, `function<string> -> boolean`.
"""

from feel.parser.stream import Stream
from feel.types import ANY, NAMED, Type, without_parts


class TypeNames(Stream):
    """Reads the name of a type. An unknown name is kept: a DMN model may define it."""

    _whole = False

    def whole_type(self) -> Type:
        """A type in which a list and its like say what they hold, as `instance of` wants it."""
        self._whole = True
        try:
            return self.type_name()
        finally:
            self._whole = False

    def type_name(self) -> Type:
        self.deeper()
        name = self._type_words()
        if self.at("<") and name in _GENERIC:
            kind = self._generic(name)
        elif self._whole and name in _GENERIC:
            kind = without_parts(name)
        else:
            kind = NAMED.get(name) or self.types(name) or Type(name)
        self.nesting -= 1
        return kind

    def _type_words(self) -> str:
        for known in ("date and time", "years and months duration", "days and time duration"):
            words = known.split(" ")
            if self.token.text == words[0] and self._follows(words[1:]):
                for _ in words:
                    self.next()
                return known
        if self.at("function", "null"):
            return self.next().text.replace("null", "Null")
        return self._qualified_name()

    def _qualified_name(self) -> str:
        parts = [self._one_name()]
        while self.skip("."):
            parts.append(self._one_name())
        return ".".join(parts)

    def _one_name(self) -> str:
        name = self.name_here()
        if name is None:
            raise self.unexpected("the name of a type")
        return name

    def _generic(self, name: str) -> Type:
        self.next()
        if name == "context":
            entries = self._entries()
            self.expect(">", "to close the type")
            return Type("context", entries=tuple(entries))
        inner = [] if self.at(">") else [self.type_name()]
        while self.skip(","):
            inner.append(self.type_name())
        self.expect(">", "to close the type")
        if name == "function":
            result = self.type_name() if self.skip("->") else ANY
            return Type("function", result, parameters=tuple(inner))
        return Type(name, inner[0] if inner else None)

    def _entries(self) -> list[tuple[str, Type]]:
        entries = [] if self.at(">") else [self._entry_type()]
        while self.skip(","):
            entries.append(self._entry_type())
        return entries

    def _entry_type(self) -> tuple[str, Type]:
        key = self.declared_name(":")
        if key is None:
            raise self.unexpected("the name of an entry")
        self.next()
        return key, self.type_name()


_GENERIC = ("list", "range", "context", "function")
