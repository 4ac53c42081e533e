"""Functions on contexts (DMN 1.5, section 10.3.4.10)."""

from feel.builtins.registry import built_in
from feel.values import Value
from feel.work import Work

Context = dict[str, Value]


@built_in("get value(m: context, key: string) -> Any?")
def _get_value(_: Work, entries: Context, key: str) -> Value:
    return entries.get(key)


@built_in("get value(m: context, keys: list<string>) -> Any?")
def _get_value_deep(_: Work, entries: Context, keys: list[str]) -> Value:
    value: Value = entries
    for key in keys:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value if keys else None


@built_in("get entries(m: context) -> list<context>")
def _get_entries(run: Work, entries: Context) -> list[Context]:
    run.charge(len(entries))
    return [{"key": key, "value": value} for key, value in entries.items()]


@built_in("context(entries: list<context>) -> context")
def _context(run: Work, entries: list[Context]) -> Context | None:
    run.charge(len(entries))
    made: Context = {}
    for entry in entries:
        key = entry.get("key") if isinstance(entry, dict) else None
        if not isinstance(key, str) or "value" not in entry or key in made:
            return None
        made[key] = entry["value"]
    return made


@built_in("context put(context: context, key: string, value: Any?) -> context")
def _context_put(run: Work, entries: Context, key: str, value: Value) -> Context:
    run.charge(len(entries))
    return {**entries, key: value}


@built_in("context put(context: context, keys: list<string>, value: Any?) -> context")
def _context_put_deep(run: Work, entries: Context, keys: list[Value], value: Value) -> Context | None:
    if not keys or not all(isinstance(key, str) for key in keys):
        return None
    return _put(run, entries, keys, value)


def _put(run: Work, entries: Value, keys: list[str], value: Value) -> Context | None:
    if not isinstance(entries, dict):
        return None
    run.charge(len(entries))
    inner = value
    if len(keys) > 1:
        inner = _put(run, entries.get(keys[0]), keys[1:], value)
        if inner is None:
            return None
    return {**entries, keys[0]: inner}


@built_in("context merge(contexts: list<context>) -> context")
def _context_merge(run: Work, contexts: list[Value]) -> Context | None:
    merged: Context = {}
    for entries in contexts:
        if not isinstance(entries, dict):
            return None
        run.charge(len(entries))
        merged |= entries
    return merged
