"""Tries an expression: `python -m feel 'age < 18' age=17`; with no expression, line by line."""

import io
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal

from feel import FeelError, evaluate, evaluate_with_problems
from feel.errors import not_too_deep
from feel.numbers import number_of

_HELP = """\
usage: python -m feel [expression [name=value ...]]

Shows the value of a FEEL expression, and why it or a part of it is null.
Without an expression, each line of the input is one; `let name = expression`
keeps a value for the lines after it.

  python -m feel 'age < 18' age=17
  python -m feel 'received + @"P28D"' 'received=@"2026-04-07"'

A value is JSON, or a date, time or duration that begins with @. Anything else
is text, and name= is the empty text. The quotes around the whole keep those
inside from the shell.

The exit code is 1 if an expression cannot be read, and 2 if an argument cannot.
"""
_NAME = r"""(?![\s\d.+*/'-])([^=<>!"()[\]{}@,:;]+)(?<!\s)"""
_VARIABLE = re.compile(_NAME + "=(?!=)(.*)", re.DOTALL)
_LET = re.compile(rf"let\s+{_NAME}\s*=(?!=)\s*(.+)", re.DOTALL)
_WIDE = 100
_CONTROLS = {code: f"\\u{code:04x}" for code in (*range(32), *range(127, 160))} | {ord("\n"): "\\n"}


def main(arguments: Sequence[str]) -> int:
    """The exit code."""
    if not {"-h", "--help"}.isdisjoint(arguments):
        _print(_HELP.rstrip())
        return 0
    if not arguments:
        return _converse(asked=sys.stdin.isatty())
    try:
        context = dict(map(_variable, arguments[1:]))
    except FeelError as error:
        sys.stderr.write(error.message + "\n")
        return 2
    return _show(arguments[0], context)


def _variable(argument: str) -> tuple[str, object]:
    given = _VARIABLE.fullmatch(argument)
    if given is None:
        raise FeelError("Expected name=value, such as age=17: a single =, and no spaces round the name.")
    try:
        return given[1], _given(given[2])
    except FeelError as error:
        raise FeelError(f"{given[1]}: {error.message}") from error


def _given(text: str) -> object:
    """The value that is meant by what stands after the equals sign. Raises FeelError."""
    if text.startswith("@"):
        if not re.fullmatch('@"[^"]*"', text):
            raise FeelError("""Expected a value after @ in quotes that the shell keeps: '@"2026-04-07"'.""")
        return evaluate(text)
    with not_too_deep():
        try:
            return json.loads(text, parse_int=_number, parse_float=_number, parse_constant=_number)
        except json.JSONDecodeError:
            return text


def _number(text: str) -> Decimal:
    """Just this number, or FeelError: here nothing is rounded in silence."""
    number = number_of(text)
    if number is None or number != Decimal(text):
        raise FeelError("Expected a finite number of at most 34 digits; text like that needs quotes.")
    return number


def _show(text: str, context: dict[str, object], name: str = "") -> int:
    """Says what the value is, and keeps it in the context under `name`. 1 if the text cannot be read."""
    try:
        value, problems = evaluate_with_problems(text, context)
        # Inside a list a text has its quotes.
        shown = evaluate("string([value])", {"value": value})[1:-1]
    except FeelError as error:
        _point(text.rstrip(), error)
        return 1
    _print(shown.translate(_CONTROLS))
    for problem in problems:
        _print(f"  at {problem.position}: {problem.message}")
    if name:
        context[name] = value
    return 0


def _point(text: str, error: FeelError) -> None:
    """Shows the line with the mistake, or what is near it, over a caret."""
    before = text[: error.position].rpartition("\n")[2]
    after = text[error.position :].partition("\n")[0]
    if len(before + after) > _WIDE:
        before, after = _end(before), _end(after[::-1])[::-1]
    # A tab or an escape would move the caret away from its place.
    line = "".join(character if character.isprintable() else " " for character in before + after)
    _print(f"  {line}\n  {' ' * len(before)}^ {error.message}")


def _end(text: str) -> str:
    return text if len(text) <= _WIDE // 2 else "..." + text[3 - _WIDE // 2 :]


def _converse(asked: bool) -> int:
    """Lines from a person, who is `asked` for them, or from a pipe, whose writer sees only the exit code."""
    context: dict[str, object] = {}
    failures = sum(_answer(line, context) for line in _lines(asked))
    return int(failures > 0 and not asked)


def _answer(line: str, context: dict[str, object]) -> int:
    if line.split()[0] != "let":
        return _show(line, context)
    kept = _LET.fullmatch(line)
    if kept is None:
        _print("  Expected let name = expression.")
        return 1
    return _show(kept[2], context, name=kept[1])


def _lines(asked: bool) -> Iterator[str]:
    if asked:
        _print("FEEL of DMN 1.5. One expression a line; `let name = …` keeps its value. Ctrl-D or exit ends.")
    while True:
        try:
            line = input("feel> " if asked else "").strip()
        except EOFError:
            if asked:
                _print("")
            return
        if asked and line in ("exit", "quit"):
            return
        if line:
            yield line


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


def _run() -> int:
    """`main` among what a terminal may do: lack a letter, hang up, or press Ctrl-C."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        if sys.stdin.isatty():
            _print("")
        return 130
    except BrokenPipeError:
        # Python flushes once more as it ends, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


if __name__ == "__main__":
    sys.exit(_run())
