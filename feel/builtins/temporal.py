"""Functions on days (DMN 1.5, section 10.3.4.8), and the present moment."""

from decimal import Decimal

from feel.builtins.registry import built_in
from feel.numbers import number_of
from feel.temporal import Date, DateTime
from feel.values import Value
from feel.work import Work

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _day(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


@built_in("day of year(date: date | date and time) -> number")
def _day_of_year(_: Work, value: Date | DateTime) -> Decimal | None:
    return number_of(_day(value).day_of_year)


@built_in("day of week(date: date | date and time) -> string")
def _day_of_week(_: Work, value: Date | DateTime) -> str:
    return WEEKDAYS[_day(value).weekday - 1]


@built_in("month of year(date: date | date and time) -> string")
def _month_of_year(_: Work, value: Date | DateTime) -> str:
    return MONTHS[_day(value).month - 1]


@built_in("week of year(date: date | date and time) -> number")
def _week_of_year(_: Work, value: Date | DateTime) -> Decimal | None:
    return number_of(_day(value).week)


@built_in("now() -> date and time")
def _now(run: Work) -> Value:
    return run.now()


@built_in("today() -> date")
def _today(run: Work) -> Date:
    return _day(run.now())
