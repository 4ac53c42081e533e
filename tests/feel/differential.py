"""Compares us with feelin, bpmn.io's evaluator in JavaScript, on generated expressions.

`python -m tests.feel.differential 100000 <folder with node_modules>` needs node and feelin there; a tool for
whoever changes the language, and no part of the tests. Each difference is narrowed down to the smallest
expression that differs alone; those are counted by kind, with the shortest example. `feel/DIFFERENCES.md`
explains them.
"""

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feel
from feel.syntax import Arithmetic, Call, Comparison, Name, Test, children

CONTEXT: dict[str, Any] = {
    "age": 17,
    "count of calls": 3,
    "risk": "high",
    "name": "Ada",
    "urgent": True,
    "calm": False,
    "nothing": None,
    "scores": [3, 1, 2],
    "names": ["b", "a"],
    "empty": [],
    "child": {"age": 4, "name": "Bo", "tags": ["x", "y"]},
    "rows": [{"k": 1, "t": "a"}, {"k": 2, "t": "b"}],
}

_NODE = """
import { evaluate } from 'feelin';
import { createInterface } from 'node:readline';
const context = JSON.parse(process.argv[2]);
const plain = value => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'function' || value.constructor.name === 'FeelFunction') return { function: true };
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(plain);
  if (value.constructor === Object) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  }
  return typeof value === 'object' ? String(value) : value;
};
for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try { answer = { value: plain(evaluate(JSON.parse(line), context).value) }; }
  catch (error) { answer = { error: true }; }
  console.log(JSON.stringify(answer));
}
"""

Rng = random.Random
Maker = Callable[[Rng, int], str]


def number(rng: Rng, depth: int) -> str:
    if depth <= 0 or rng.random() < 0.3:
        return rng.choice(
            ("0", "1", "2", "17", "0.1", "-3", "2.5", "age", "child.age", "count of calls", "scores[1]")
        )
    a, b = number(rng, depth - 1), number(rng, depth - 1)
    return rng.choice(
        (
            f"{a} + {b}",
            f"{a} - {b}",
            f"{a} * {b}",
            f"({a}) / ({b})",
            f"({a}) ** 2",
            f"count({items(rng, depth - 1)})",
            f"sum({numbers(rng, depth - 1)})",
            f"max({numbers(rng, depth - 1)})",
            f"min({a}, {b})",
            f"abs({a})",
            f"floor({a})",
            f"modulo({a}, {b})",
            f"decimal({a}, 1)",
            f"string length({text(rng, depth - 1)})",
            f"if {truth(rng, depth - 1)} then {a} else {b}",
            f"{numbers(rng, depth - 1)}[{a}]",
            f"round half up({a}, 0)",
            f"({date(rng, depth - 1)}).year",
            f"median({numbers(rng, depth - 1)})",
            f"({duration(rng, depth - 1)}).days",
        )
    )


def text(rng: Rng, depth: int) -> str:
    if depth <= 0 or rng.random() < 0.4:
        return rng.choice(
            ('"high"', '"a"', '""', '"Ada B"', "risk", "name", "child.name", "names[1]", "rows[1].t")
        )
    a, b = text(rng, depth - 1), text(rng, depth - 1)
    return rng.choice(
        (
            f"{a} + {b}",
            f"upper case({a})",
            f"substring({a}, {number(rng, 0)})",
            f"substring before({a}, {b})",
            f"substring after({a}, {b})",
            f"string({number(rng, depth - 1)})",
            f'string join({texts(rng, depth - 1)}, "-")',
            f"if {truth(rng, depth - 1)} then {a} else {b}",
            f'replace({a}, "[aeiou]", "_")',
            f"string({truth(rng, 0)})",
            f"day of week({date(rng, depth - 1)})",
            f"string({date(rng, depth - 1)})",
            f"string({duration(rng, depth - 1)})",
        )
    )


def truth(rng: Rng, depth: int) -> str:
    if depth <= 0 or rng.random() < 0.2:
        return rng.choice(("true", "false", "urgent", "calm", "nothing", "null"))
    kind = rng.choice((number, text, date, duration))
    a, b, c = (kind(rng, depth - 1) for _ in range(3))
    return rng.choice(
        (
            f"{a} = {b}",
            f"{a} != {b}",
            f"{a} < {b}",
            f"{a} >= {b}",
            f"{a} in ({b}, {c})",
            f"{a} between {b} and {c}",
            f"{a} in [{b}..{c}]",
            f"{a} in ({b}..{c})",
            f"{a} = null",
            f"not({truth(rng, depth - 1)})",
            f"({truth(rng, depth - 1)}) and ({truth(rng, depth - 1)})",
            f"({truth(rng, depth - 1)}) or ({truth(rng, 1)})",
            f"some x in {numbers(rng, depth - 1)} satisfies x > {number(rng, 0)}",
            f"{a} instance of number",
            f"every x in {numbers(rng, depth - 1)} satisfies x > {number(rng, 0)}",
            f"contains({text(rng, 1)}, {text(rng, 0)})",
            f"list contains({items(rng, depth - 1)}, {a})",
            f'matches({text(rng, 0)}, "^[a-z]+$")',
            f"nothing = {a}",
            f"starts with({text(rng, 0)}, {text(rng, 0)})",
            f"all([{truth(rng, 0)}, {truth(rng, 0)}])",
            f"nothing > {a}",
            f"before({date(rng, 0)}, {date(rng, 0)})",
            f"{a} in < {b}",
            f"any([{truth(rng, 0)}, {truth(rng, 0)}])",
        )
    )


def date(rng: Rng, depth: int) -> str:
    if depth <= 0 or rng.random() < 0.5:
        return rng.choice(('date("2026-01-31")', '@"2026-04-07"', '@"2024-02-29"', "date(2025, 12, 25)"))
    return f"{date(rng, depth - 1)} {rng.choice('+-')} {duration(rng, depth - 1)}"


def duration(rng: Rng, depth: int) -> str:
    if depth <= 0 or rng.random() < 0.6:
        return rng.choice(('@"P1D"', '@"P10D"', 'duration("PT36H")', '@"-P2D"'))
    return rng.choice(
        (
            f"{duration(rng, depth - 1)} + {duration(rng, depth - 1)}",
            f"{duration(rng, depth - 1)} * 2",
            f"({date(rng, depth - 1)} - {date(rng, 0)})",
        )
    )


def numbers(rng: Rng, depth: int) -> str:
    if depth <= 0 or rng.random() < 0.4:
        return rng.choice(("scores", "[1, 2, 3]", "[]", "empty", "rows.k", "[age, 2]"))
    inner = numbers(rng, depth - 1)
    return rng.choice(
        (
            f"{inner}[item > {number(rng, 0)}]",
            f"for x in {inner} return x * 2",
            f"append({inner}, {number(rng, 0)})",
            f"concatenate({inner}, {numbers(rng, depth - 1)})",
            f"reverse({inner})",
            f"sublist({inner}, 1, 1)",
            f"distinct values({inner})",
            f"sort({inner}, function(x, y) x < y)",
            f"for i in 1..3 return i + {number(rng, 0)}",
            f"rows[k > {number(rng, 0)}].k",
            f"flatten([{inner}, [{number(rng, 0)}]])",
            f"remove({inner}, 1)",
        )
    )


def texts(rng: Rng, depth: int) -> str:
    return rng.choice(("names", '["x", "y"]', "child.tags", "[]", f'split({text(rng, depth - 1)}, " ")'))


def items(rng: Rng, depth: int) -> str:
    return rng.choice((numbers, texts))(rng, depth)


def expression(rng: Rng) -> str:
    return rng.choice((number, text, truth, truth, numbers, date, duration))(rng, rng.choice((1, 2, 2, 3)))


# Comparing.


def ours(text: str) -> Any:
    try:
        return {"value": feel.to_json(feel.evaluate(text, CONTEXT))}
    except feel.FeelError:
        return {"error": True}


def same(left: Any, right: Any) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return abs(left - right) <= 1e-9 * max(1, abs(left))
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return bool(left == right)


def theirs(texts: list[str], folder: Path) -> list[Any]:
    script = folder / "differential.mjs"
    script.write_text(_NODE)
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    command = ["node", str(script), json.dumps(CONTEXT)]
    run = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, cwd=folder)
    return [json.loads(line) for line in run.stdout.splitlines()]


def pieces(text: str) -> list[str]:
    """Every smaller expression inside a text, the smallest first."""
    found, waiting = {text}, [feel.parse(text).node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Name | Test):
            continue
        found.add(text[node.start : node.end])
        waiting.extend(children(node))
    return sorted(found, key=len)


def smallest(differing: list[str], folder: Path) -> list[tuple[str, Any, Any]]:
    """For each differing text the smallest piece of it that differs alone, with both answers."""
    inside = {text: pieces(text) if "error" not in ours(text) else [text] for text in differing}
    known = sorted({piece for some in inside.values() for piece in some})
    answers = dict(zip(known, theirs(known, folder), strict=True))
    chosen = (
        next((one for one in inside[text] if not same(ours(one), answers[one])), text) for text in differing
    )
    return [(one, ours(one), answers[one]) for one in chosen]


def class_of(text: str, mine: Any, other: Any) -> str:
    """What kind of expression differs, and what either side makes of it."""
    try:
        node = feel.parse(text).node
    except feel.FeelError:
        return f"unreadable here / {_kind(other)}"
    shape = type(node).__name__.lower()
    if isinstance(node, Call) and isinstance(node.function, Name):
        shape = f"{node.function.name}()"
    elif isinstance(node, Arithmetic):
        shape = " ".join(sorted({operator for operator, _ in node.rest}))
    elif isinstance(node, Comparison):
        shape = node.operator
    return f"{shape}: {_kind(mine)} / {_kind(other)}"


def _kind(answer: Any) -> str:
    value = answer.get("value")
    return "error" if "error" in answer else "null" if value is None else type(value).__name__


def main(count: int, folder: Path) -> None:
    rng = random.Random(20260407)
    texts = [expression(rng) for _ in range(count)]
    differing = [
        text for text, other in zip(texts, theirs(texts, folder), strict=True) if not same(ours(text), other)
    ]
    classes: dict[str, list[tuple[str, Any, Any]]] = {}
    for found in smallest(differing, folder):
        classes.setdefault(class_of(*found), []).append(found)
    for name, members in sorted(classes.items(), key=lambda pair: -len(pair[1])):
        text, mine, other = min(members, key=lambda member: len(member[0]))
        sys.stdout.write(f"{len(members):7} {name}\n          {text}   ours {mine}   theirs {other}\n")
    sys.stdout.write(f"{count} expressions, {len(differing)} differences, {len(classes)} classes\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]).resolve())
