"""The two durations, which are never mixed: months have no fixed length in days."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

SECOND = 10**9
_LONGEST = 10**34
"""Nanoseconds, or months: as many digits as a number has. No duration in a text comes near it."""


def in_seconds(nanos: int) -> Decimal:
    return Decimal(nanos) / SECOND


@dataclass(frozen=True, slots=True, order=True)
class DaysAndTime:
    """In nanoseconds."""

    nanos: int

    @property
    def too_long(self) -> bool:
        return abs(self.nanos) > _LONGEST

    def __str__(self) -> str:
        if self.nanos == 0:
            return "PT0S"
        seconds, nano = divmod(abs(self.nanos), SECOND)
        minutes, second = divmod(seconds, 60)
        hours, minute = divmod(minutes, 60)
        day, hour = divmod(hours, 24)
        fraction = f".{nano:09d}".rstrip("0") if nano else ""
        clock = _parts((hour, "H"), (minute, "M")) + (f"{second}{fraction}S" if second or nano else "")
        return f"{'-' if self.nanos < 0 else ''}P{_parts((day, 'D'))}{'T' if clock else ''}{clock}"

    @property
    def fields(self) -> dict[str, int | Decimal]:
        """Days, hours, minutes and seconds (with their fraction), each with the sign of the whole."""
        seconds, nano = divmod(abs(self.nanos), SECOND)
        sign = -1 if self.nanos < 0 else 1
        return {
            "days": sign * (seconds // 86_400),
            "hours": sign * (seconds // 3600 % 24),
            "minutes": sign * (seconds // 60 % 60),
            "seconds": in_seconds(sign * (seconds % 60 * SECOND + nano)),
        }


@dataclass(frozen=True, slots=True, order=True)
class YearsAndMonths:
    months: int

    @property
    def too_long(self) -> bool:
        return abs(self.months) > _LONGEST

    def __str__(self) -> str:
        if self.months == 0:
            return "P0M"
        year, month = divmod(abs(self.months), 12)
        return f"{'-' if self.months < 0 else ''}P{_parts((year, 'Y'), (month, 'M'))}"

    @property
    def fields(self) -> dict[str, int]:
        sign = -1 if self.months < 0 else 1
        return {"years": sign * (abs(self.months) // 12), "months": sign * (abs(self.months) % 12)}


Duration = DaysAndTime | YearsAndMonths


def _parts(*parts: tuple[int, str]) -> str:
    return "".join(f"{amount}{letter}" for amount, letter in parts if amount)
