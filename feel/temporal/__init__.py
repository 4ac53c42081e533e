"""Dates, times and durations as FEEL knows them: nine-digit years, nanoseconds, offsets, zones."""

from feel.temporal.calendar import Date
from feel.temporal.clock import DateTime, Time
from feel.temporal.durations import DaysAndTime, Duration, YearsAndMonths

__all__ = ["Date", "DateTime", "DaysAndTime", "Duration", "Time", "YearsAndMonths"]
