"""What each hit policy makes of the rules that match, and which rules are said to have fired."""

from decimal import Decimal

import pytest

from tests.dmn.models import decision, inputs, model, table

OVERLAPPING = ["< 10 -> 3", "< 20 -> 1", "< 30 -> 2", "> 100 -> 9"]
RANKED = "<output><outputValues><text>2, 1, 3</text></outputValues></output>"


def decided(x, rows, **options):
    return model(inputs("x") + decision("d", table(rows, **options), needs=("x",))).evaluate("d", {"x": x})


@pytest.mark.parametrize(
    ("policy", "aggregation", "value", "fired"),
    [
        ("FIRST", "", 3, [1]),
        ("PRIORITY", "", 2, [3]),
        ("RULE ORDER", "", [3, 1, 2], [1, 2, 3]),
        ("OUTPUT ORDER", "", [2, 1, 3], [3, 2, 1]),
        ("COLLECT", "", [3, 1, 2], [1, 2, 3]),
        ("COLLECT", "SUM", 6, [1, 2, 3]),
        ("COLLECT", "COUNT", 3, [1, 2, 3]),
        ("COLLECT", "MIN", 1, [1, 2, 3]),
        ("COLLECT", "MAX", 3, [1, 2, 3]),
    ],
)
def test_a_hit_policy_chooses_among_matching_rules(policy, aggregation, value, fired):
    outcome = decided(5, OVERLAPPING, policy=policy, aggregation=aggregation, outputs=RANKED)

    assert outcome.value == value
    assert [hit.rule for hit in outcome.fired] == fired


def test_an_overlap_under_unique_is_an_error_that_names_the_rows():
    outcome = decided(15, OVERLAPPING)

    assert outcome.value is None
    assert [problem.message for problem in outcome.problems] == [
        "Expected at most one rule to match, but rules 2, 3 match."
    ]
    assert outcome.fired == ()


def test_any_wants_the_same_output_from_all():
    same = decided(1, ["< 5 -> 1", "< 9 -> 1"], policy="ANY")
    different = decided(1, ["< 5 -> 1", "< 9 -> 2"], policy="ANY")

    assert (same.value, [hit.rule for hit in same.fired]) == (1, [1, 2])
    assert different.value is None
    assert "rules 1, 2 match" in different.problems[0].message


@pytest.mark.parametrize(
    "policy", ["UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT"]
)
def test_no_match_is_null(policy):
    assert decided(50, OVERLAPPING, policy=policy).value is None


def test_no_match_takes_the_default_output():
    default = "<output><defaultOutputEntry><text>7</text></defaultOutputEntry></output>"

    assert decided(50, OVERLAPPING, outputs=default).value == 7


def test_several_outputs_make_a_context():
    outcome = decided(1, ['- -> 1; "a"'], outputs='<output name="rate"/><output name="grade"/>')

    assert outcome.value == {"rate": Decimal(1), "grade": "a"}


def test_a_fired_rule_carries_its_annotation():
    (hit,) = decided(1, ["< 5 -> 1"]).fired

    assert (hit.decision, hit.rule, hit.annotations) == ("d", 1, ("because < 5",))


def test_one_unreadable_cell_makes_the_whole_table_null():
    """Leaving out the rule could let another one match that should not."""
    made = model(inputs("x") + decision("d", table(["5 5 -> 1", "- -> 2"]), needs=("x",)))

    assert made.evaluate("d", {"x": 5}).value is None
    assert made.problems[0].where == "d"


def test_an_output_outside_its_values_is_null():
    outputs = "<output><outputValues><text>1, 2</text></outputValues></output>"

    assert decided(1, ["- -> 3"], outputs=outputs).value is None


def test_an_input_outside_its_values_is_null():
    body = table(["- -> 1"]).replace(
        "</inputExpression>", "</inputExpression><inputValues><text>1, 2</text></inputValues>"
    )
    made = model(inputs("x") + decision("d", body, needs=("x",)))

    assert (made.evaluate("d", {"x": 2}).value, made.evaluate("d", {"x": 3}).value) == (1, None)


def test_a_rule_s_description_is_its_annotation_where_there_is_no_other():
    """As dmn-js writes it."""
    rows = table(["1 -> 1", "2 -> 2"]).replace("<rule>", "<rule><description>said</description>")
    first, _, second = rows.partition("</rule>")
    only = first.replace("<annotationEntry><text>because 1</text></annotationEntry>", "")
    asked = model(inputs("x") + decision("d", f"{only}</rule>{second}", needs=("x",)))

    assert asked.evaluate("d", {"x": 1}).fired[0].annotations == ("said",)
    assert asked.evaluate("d", {"x": 2}).fired[0].annotations == ("because 2",)
