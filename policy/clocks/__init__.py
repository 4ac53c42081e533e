"""Every deadline the service knows, by name, with what starts it, what its source is and how sure that is.

One file for each family of processes; `clock` says what the amounts mean.
"""

from __future__ import annotations

from typing import Final

from policy.clocks.advice import ADVICE
from policy.clocks.children import CHILDREN
from policy.clocks.clock import EVIDENCE, KINDS, Clock, Kind, due, explain, say, spell_out
from policy.clocks.pauses import LENGTHENED, NeverPauses, Pause
from policy.clocks.rights import RIGHTS
from policy.clocks.schemes import SCHEMES
from policy.clocks.sharing import SHARING

CLOCKS: Final[dict[str, Clock]] = {
    clock.name: clock for clock in (*SHARING, *ADVICE, *SCHEMES, *CHILDREN, *RIGHTS)
}

PAUSING: Final = frozenset(name for name, clock in CLOCKS.items() if clock.pauses)
"""The clocks that a rule lets stand still."""

__all__ = [
    "ADVICE",
    "CHILDREN",
    "CLOCKS",
    "RIGHTS",
    "SCHEMES",
    "SHARING",
    "EVIDENCE",
    "PAUSING",
    "KINDS",
    "LENGTHENED",
    "Clock",
    "Kind",
    "NeverPauses",
    "Pause",
    "due",
    "explain",
    "say",
    "spell_out",
]
