"""Random processes against the oracle, as many as wanted: `python -m tests.engine.spiff.fuzz COUNT [FIRST]`.

One process, which says how far it is. At a difference it names the seed and goes on; it fails at the end.
"""

from __future__ import annotations

import gc
import itertools
import logging
import sys
import time

from .early import Early
from .pair import Pair, play
from .random_transactions import Cancelled
from .random_undoing import Undone

EVERY = 5_000
TIDY = 200  # diagrams between two collections: a fifth faster than when Python chooses, at some 100 MB
TRANSACTIONS = 10  # one of so many seeds also draws a transaction that is cancelled, and what is undone late


def main(count: int, first: int = 0) -> int:
    """Draws `count` processes, from the seed `first` on. 1 where one of them differed."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stdout)
    gc.freeze()
    gc.disable()
    started, drawn, steps, differing = time.monotonic(), 0, 0, 0
    for seed in itertools.count(first):
        kinds = (Pair, Early, Cancelled, Undone) if seed % TRANSACTIONS == 0 else (Pair, Early)
        for kind in kinds:
            try:
                steps += play(seed, kind)
            except Exception:  # whatever it was, the seed is what helps
                logging.exception("seed %d of %s differs", seed, kind.__name__)
                differing += 1
        drawn += len({kind.drawn for kind in kinds})
        if seed % TIDY == 0:
            gc.collect()
        if seed % EVERY == 0 or drawn >= count:
            rate = drawn / (time.monotonic() - started)
            told = "%d diagrams to seed %d, %d steps compared, %d differences, %.0f diagrams a second"
            logging.info(told, drawn, seed, steps, differing, rate)
        if drawn >= count:
            break
    return min(differing, 1)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
