"""Random processes against the oracle, as many as wanted: `python -m tests.engine.spiff.fuzz COUNT [FIRST]`.

One process, which says how far it is and stops at the first difference, naming the seed to go on from.
"""

from __future__ import annotations

import gc
import logging
import sys
import time

from .early import Early
from .pair import play
from .random_transactions import Cancelled
from .random_undoing import Undone

EVERY = 5_000
TIDY = 200  # diagrams between two collections: a fifth faster than when Python chooses, at some 100 MB
TRANSACTIONS = 10  # one of so many seeds also draws a transaction that is cancelled, and what is undone late


def main(count: int, first: int = 0) -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stdout)
    gc.freeze()
    gc.disable()
    started, steps = time.monotonic(), 0
    for seed in range(first, first + count):
        try:
            steps += play(seed) + play(seed, Early)
            if seed % TRANSACTIONS == 0:
                steps += play(seed, Cancelled) + play(seed, Undone)
        except Exception:  # whatever it was, the seed is what helps
            logging.exception("seed %d differs; go on with FIRST=%d", seed, seed)
            return 1
        done = seed - first + 1
        if done % TIDY == 0:
            gc.collect()
        if done % EVERY == 0 or done == count:
            rate = done / (time.monotonic() - started)
            told = "%d diagrams to seed %d, %d steps compared, 0 differences, %.0f diagrams a second"
            logging.info(told, done, seed, steps, rate)
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
