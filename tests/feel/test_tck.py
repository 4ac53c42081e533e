"""The lone FEEL expressions of the DMN TCK: every one must give what the kit expects."""

import pytest

import feel
from tests.feel import tck

# 0082 coerces to the types that its models declare: `tests/dmn` asks the models themselves.
ROWS = [row for row in tck.rows() if row["kind"] == "feel" and not row["suite"].startswith("0082")]

pytestmark = tck.missing


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['suite']}-{row['case']}-{row['node']}")
def test_the_kit_agrees(row):
    context = {name: tck.value_of(cell) for name, cell in (row["inputs"] or {}).items()}

    assert tck.same(value_or_null(row["feel"], context), tck.value_of(row["expect"]))


def value_or_null(text, context):
    """An expression that cannot be read has no value either."""
    try:
        return feel.evaluate(text, context)
    except feel.FeelError:
        return None
