"""Is an answer acceptable? What depends on other answers, the process or the day. Raises `Wrong`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.forms import dates, scopes, wording
from engine.forms.choices import allowed, match
from engine.forms.components import Component
from engine.forms.identification import names_somebody
from engine.forms.kinds import KINDS, is_empty
from engine.forms.spoken import number
from engine.forms.visibility import Instance
from engine.forms.wording import Wrong
from policy.calendar import LONDON

# The shape that browsers accept in <input type=email> (HTML standard, "valid e-mail address").
_EMAIL = re.compile(
    r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*"
)
_PHONE_MARKS = re.compile(r"[\s().-]")
_PHONE = re.compile(r"(\+|00)[1-9]\d{6,14}|0[1-9]\d{8,9}|\d{3}")


@dataclass(frozen=True, slots=True)
class Setting:
    """What an answer is judged against: the process variables, and who may not be named."""

    context: Mapping[str, Any]
    names: tuple[str, ...] = ()


def check(instance: Instance, value: Any, setting: Setting) -> Any:
    """The answer as kept. Raises Wrong."""
    component = instance.component
    if is_empty(component, value):
        if component.required:
            raise Wrong(wording.missing(component))
        if not isinstance(value, str) or not value:
            return value
    for judge in _CHECKS.get(component.type, ()):
        value = judge(instance, value, setting)
    return value


def _option(instance: Instance, value: Any, setting: Setting) -> Any:
    options = allowed(instance.component, instance.scope, setting.context)
    posted = instance.component.choices is not None
    listed = value if KINDS[instance.component.type].options == "many" else [value]
    chosen = [match(one, options, posted=posted) for one in listed]
    if None in chosen or len({option.posted for option in chosen if option}) < len(listed):
        raise Wrong(wording.choose(instance.component))
    kept = [option.value for option in chosen if option]
    return kept if value is listed else kept[0]


def _text_length(instance: Instance, value: Any, _: Setting) -> Any:
    """Spaces at either end do not count, as in form-js."""
    length = len(value.strip())
    least, most = bound(instance, "minLength"), bound(instance, "maxLength")
    if least is not None and length < least:
        raise Wrong(wording.too_short(instance.component, int(least)))
    if most is not None and length > most:
        raise Wrong(wording.too_long(instance.component, int(most)))
    return value


def _format(instance: Instance, value: Any, _: Setting) -> Any:
    component = instance.component
    if component.pattern is not None and not component.pattern.search(value):
        raise Wrong(wording.pattern(component))
    if component.validation == "email" and not (_EMAIL.fullmatch(value) and len(value) <= 320):
        raise Wrong(wording.email(component))
    if component.validation == "phone" and not _PHONE.fullmatch(_PHONE_MARKS.sub("", value)):
        raise Wrong(wording.phone(component))
    return value


def _unnamed(instance: Instance, value: Any, setting: Setting) -> Any:
    condition = instance.component.names_allowed
    if condition is None or not setting.names or scopes.evaluate(condition, instance.scope) is True:
        return value
    if names_somebody(value, setting.names):
        raise Wrong(wording.names(instance.component))
    return value


def _range(instance: Instance, value: Any, _: Setting) -> Any:
    amount = Decimal(str(value))
    least, most = bound(instance, "min"), bound(instance, "max")
    if least is not None and amount < least:
        raise Wrong(wording.at_least(instance.component, number(least)))
    if most is not None and amount > most:
        raise Wrong(wording.at_most(instance.component, number(most)))
    return value


def _precision(instance: Instance, value: Any, _: Setting) -> Any:
    component, amount = instance.component, Decimal(str(value))
    if component.digits is not None and _decimals(amount) > component.digits:
        raise Wrong(wording.digits(component, component.digits))
    if component.increment is not None and amount % component.increment != 0:
        raise Wrong(wording.steps(component, number(component.increment)))
    return value


def _decimals(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _future(instance: Instance, value: Any, _: Setting) -> Any:
    component, now = instance.component, instance.scope.now
    if now is None or component.subtype == "time":
        return value
    if component.no_past and dates.day_of(component, value) < now.astimezone(LONDON).date():
        raise Wrong(wording.no_past(component))
    if component.no_future and dates.is_after(component, value, now):
        raise Wrong(wording.no_future(component))
    return value


def bound(instance: Instance, name: str) -> Decimal | None:
    """A limit. One that comes to nothing, or to no number, limits nothing."""
    bound = instance.component.bounds.get(name)
    if bound is None or isinstance(bound, Decimal):
        return bound
    value = scopes.evaluate(bound, instance.scope)
    try:
        return None if value is None or isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        return None


_Check = Callable[[Instance, Any, Setting], Any]
_TEXT: tuple[_Check, ...] = (_text_length, _format, _unnamed)
_CHECKS: dict[str, tuple[_Check, ...]] = {
    "textfield": _TEXT,
    "textarea": _TEXT,
    "number": (_precision, _range),
    "radio": (_option,),
    "select": (_option,),
    "checklist": (_option,),
    "taglist": (_option,),
    "datetime": (_future,),
}


def row_count(component: Component, count: int) -> None:
    """Properties `min_rows` and `max_rows` of a repeating group. Raises Wrong."""
    least, most = least_rows(component), most_rows(component)
    if least is not None and count < least:
        raise Wrong(component.properties.get("error") or wording.too_few_rows(component, least))
    if most is not None and count > most:
        raise Wrong(wording.too_many_rows(component, most))


def least_rows(component: Component) -> int | None:
    return _whole(component.properties.get("min_rows"))


def most_rows(component: Component) -> int | None:
    return _whole(component.properties.get("max_rows"))


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None
