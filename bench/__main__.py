"""`python -m bench [--quick] [--only ROW] [--database KIND] [--json FILE]`: measure, and print the table."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from pathlib import Path

from bench.databases import KINDS, fresh
from bench.measuring import Row, markdown
from bench.rows import ROWS, Site


def main() -> None:
    asked = _asked()
    rows: list[Row] = []
    for kind in asked.database or KINDS:
        with fresh(kind) as engine:
            site = Site(engine, kind, asked.quick)
            for name in asked.only or ROWS:
                print(f"{kind}: {name} …", file=sys.stderr)
                rows += ROWS[name](site)
    machine = f"Python {platform.python_version()} on {platform.machine()}"
    print(f"One run; {machine}. Milliseconds by the clock, and of processor time in brackets; medians.\n")
    print(markdown(rows))
    document = json.dumps({"machine": machine, "rows": [row.json() for row in rows]}, indent=2)
    if asked.json:
        Path(asked.json).write_text(document + "\n")
    else:
        print(f"\n```json\n{document}\n```")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds: a look, not a figure to quote")
    parser.add_argument("--only", action="append", choices=list(ROWS), help="only this row (may be repeated)")
    parser.add_argument("--database", action="append", choices=KINDS)
    parser.add_argument("--json", help="write the figures to this file instead of printing them")
    return parser.parse_args()


if __name__ == "__main__":
    main()
