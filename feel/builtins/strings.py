"""Functions on texts (DMN 1.5, section 10.3.4.3). A character is a code point. Patterns are in `patterns`."""

from decimal import Decimal

from feel.builtins.registry import built_in
from feel.numbers import number_of, whole
from feel.patterns import charge, find, replaced, split_at
from feel.values import Value
from feel.work import Work


@built_in("substring(string: string, start position: number, length?: number) -> string")
def _substring(_: Work, text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    first = whole(start)
    if not first or abs(first) > len(text):
        return None
    begin = first - 1 if first > 0 else len(text) + first
    count = len(text) if length is None else whole(length)
    return None if count is None or count < 1 else text[begin : begin + count]


@built_in("string length(string: string) -> number")
def _string_length(_: Work, text: str) -> Decimal | None:
    return number_of(len(text))


@built_in("upper case(string: string) -> string")
def _upper_case(run: Work, text: str) -> str:
    run.charge(len(text))
    return text.upper()


@built_in("lower case(string: string) -> string")
def _lower_case(run: Work, text: str) -> str:
    run.charge(len(text))
    return text.lower()


@built_in("substring before(string: string, match: string) -> string")
def _substring_before(_: Work, text: str, match: str) -> str:
    before, found, _rest = text.partition(match) if match else ("", "", "")
    return before if found else ""


@built_in("substring after(string: string, match: string) -> string")
def _substring_after(_: Work, text: str, match: str) -> str:
    return text.partition(match)[2] if match else text


@built_in("contains(string: string, match: string) -> boolean")
def _contains(run: Work, text: str, match: str) -> bool:
    run.charge(len(text) // 8)
    return match in text


@built_in("starts with(string: string, match: string) -> boolean")
def _starts_with(_: Work, text: str, match: str) -> bool:
    return text.startswith(match)


@built_in("ends with(string: string, match: string) -> boolean")
def _ends_with(_: Work, text: str, match: str) -> bool:
    return text.endswith(match)


@built_in("matches(input: string, pattern: string, flags?: string?) -> boolean")
def _matches(run: Work, text: str, pattern: str, flags: str | None = None) -> bool | None:
    charge(run, pattern, flags or "", len(text))
    return find(text, pattern, flags or "")


@built_in("replace(input: string, pattern: string, replacement: string, flags?: string?) -> string")
def _replace(run: Work, text: str, pattern: str, replacement: str, flags: str | None = None) -> str | None:
    charge(run, pattern, flags or "", len(text))
    run.charge(len(text) * len(replacement))
    return replaced(text, pattern, replacement, flags or "")


@built_in("split(string: string, delimiter: string) -> list<string>")
def _split(run: Work, text: str, delimiter: str) -> list[str] | None:
    charge(run, delimiter, "", len(text))
    return split_at(text, delimiter)


@built_in("string join(list: list, delimiter?: string?) -> string")
def _string_join(run: Work, items: list[Value], delimiter: str | None = None) -> str | None:
    texts = [item for item in items if item is not None]
    if not all(isinstance(text, str) for text in texts):
        return None
    run.charge(sum(map(len, texts)) + len(items) * (1 + len(delimiter or "")))
    return (delimiter or "").join(texts)
