"""Tries an expression: `python -m feel 'age < 18' age=17`, or line by line without arguments."""

import json
import sys
from collections.abc import Sequence

from feel import FeelError, evaluate_with_problems, to_json


def main(arguments: Sequence[str]) -> int:
    if not arguments:
        return _converse()
    context = dict(map(_variable, arguments[1:]))
    return _show(arguments[0], context)


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
    _print("FEEL: one expression a line, Ctrl-D to end.")
    for line in sys.stdin:
        if line.strip():
            _show(line.rstrip("\n"), {})
    return 0


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
