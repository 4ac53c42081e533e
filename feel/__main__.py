"""Tries an expression: `python -m feel 'age < 18' age=17`; with no expression, line by line."""

import json
import sys
from collections.abc import Iterator, Sequence

from feel import FeelError, evaluate_with_problems, to_json


def main(arguments: Sequence[str]) -> int:
    context = dict(map(_variable, arguments[1:]))
    return _show(arguments[0], context) if arguments else _converse()


def _variable(text: str) -> tuple[str, object]:
    """`name=value`; what is not JSON is a text."""
    name, _, value = text.partition("=")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value


def _show(text: str, context: dict[str, object]) -> int:
    try:
        value, problems = evaluate_with_problems(text, context)
    except FeelError as error:
        _print(f"  {text}\n  {' ' * error.position}^ {error.message}")
        return 1
    _print(json.dumps(to_json(value), ensure_ascii=False))
    for problem in problems:
        _print(f"  at {problem.position}: {problem.message}")
    return 0


def _converse() -> int:
    """Lines from a person, or from a pipe. `let name = expression` keeps a value for the lines after it."""
    context: dict[str, object] = {}
    for line in _lines():
        name, text = _kept(line)
        failed = _show(text, context)
        if name and not failed:
            context[name] = evaluate_with_problems(text, context)[0]
    return 0


def _kept(line: str) -> tuple[str, str]:
    """The name that a line gives, if it gives one, and its expression."""
    if not line.startswith("let "):
        return "", line
    name, equals, text = line[4:].partition("=")
    return (name.strip(), text.strip()) if equals else ("", line)


def _lines() -> Iterator[str]:
    asked = sys.stdin.isatty()
    if asked:
        _print("FEEL of DMN 1.5. One expression a line; `let name = …` keeps its value. Ctrl-D ends.")
    while True:
        try:
            line = input("feel> " if asked else "").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if line:
            yield line


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
