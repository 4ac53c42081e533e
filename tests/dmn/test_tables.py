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


def test_an_unreadable_input_makes_the_whole_table_null():
    """It would be null, and another rule or the default would count."""
    made = model(inputs("x") + decision("d", table(["- -> 1"], ask="x x +"), needs=("x",)))

    assert made.evaluate("d", {"x": 5}).value is None


def told(x, rows, **options):
    outcome = decided(x, rows, **options)
    return outcome.value, [problem.message for problem in outcome.problems]


NAMED = '<output name="a"/><output name="b"/>'


@pytest.mark.parametrize(
    ("rows", "outputs", "message"),
    [
        (["- -> 1"], NAMED, "Expected rule 1 to have 2 output entries, but it has 1."),
        (["- -> 1; 2"], "", "Expected rule 1 to have 1 output entries, but it has 2."),
        (["- -> 1; 2"], '<output name="a"/>' * 2, "several share one or have none"),
        (["- -> 1; 2"], "<output/>" * 2, "several share one or have none"),
    ],
)
@pytest.mark.parametrize("policy", ["UNIQUE", "PRIORITY", "COLLECT"])
def test_a_rule_or_output_of_another_shape_makes_the_whole_table_null(rows, outputs, message, policy):
    value, (problem,) = told(1, rows, outputs=outputs, policy=policy)

    assert value is None
    assert message in problem or "to rank by" in problem


@pytest.mark.parametrize("cells", ["<inputEntry><text>-</text></inputEntry>" * 2, "<inputEntry/>" * 3])
def test_a_rule_has_one_cell_for_each_input(cells):
    rows = table(["- -> 1"]).replace("<inputEntry><text>-</text></inputEntry>", cells)
    made = model(inputs("x") + decision("d", rows, needs=("x",)))

    assert made.evaluate("d", {"x": 1}).value is None
    assert "Expected rule 1 to have 1 input entries" in made.problems[0].message


def test_a_rule_without_any_cells_always_applies():
    rows = table(["- -> 1"]).replace("<inputEntry><text>-</text></inputEntry>", "")

    assert model(inputs("x") + decision("d", rows, needs=("x",))).evaluate("d", {"x": 1}).value == 1


def test_a_rule_without_outputs_makes_the_whole_table_null():
    rows = table(["- -> 1"]).replace("<outputEntry><text>1</text></outputEntry>", "")

    assert model(inputs("x") + decision("d", rows, needs=("x",))).evaluate("d", {"x": 1}).value is None


@pytest.mark.parametrize("aggregation", ["SUM", "COUNT"])
def test_several_outputs_are_not_aggregated(aggregation):
    """DMN 1.5, section 8.2.10, leaves it undefined."""
    found = told(1, ["- -> 1; 2"], outputs=NAMED, policy="COLLECT", aggregation=aggregation)

    assert found == (None, ["Expected one output to aggregate, but there are 2."])


@pytest.mark.parametrize("policy", ["PRIORITY", "OUTPUT ORDER"])
@pytest.mark.parametrize("values", ["", "-", 'not("a")'])
def test_ranking_needs_output_values(policy, values):
    listed = f"<output><outputValues><text>{values}</text></outputValues></output>"
    value, (problem,) = told(1, ["- -> 1", "- -> 2"], policy=policy, outputs=listed)

    assert (value, "to rank by" in problem) == (None, True)


@pytest.mark.parametrize("listing", ["allowedValues", "typeConstraint"])
def test_the_values_of_a_type_rank_too(listing):
    kinds = (
        '<itemDefinition name="tP"><typeRef>string</typeRef>'
        f'<{listing}><text>"H", "M", "L"</text></{listing}>'
        '</itemDefinition><itemDefinition name="tQ"><typeRef>tP</typeRef></itemDefinition>'
    )
    rows = table(['- -> "L"', '- -> "H"'], policy="PRIORITY", outputs='<output typeRef="tQ"/>')

    assert model(kinds + decision("d", rows, needs=("x",)) + inputs("x")).evaluate("d", {}).value == "H"


def test_ranges_rank_too():
    ranges = "<output><outputValues><text>[5..9], [1..4]</text></outputValues></output>"

    assert told(1, ["- -> 2", "- -> 6"], policy="PRIORITY", outputs=ranges) == (6, [])


def test_output_values_that_cannot_be_read_give_no_order():
    unreadable = '<output><outputValues><text>"a" "b"</text></outputValues></output>'

    assert decided(1, ['- -> "a"'], policy="PRIORITY", outputs=unreadable).value is None


def default(text):
    return (
        '<output typeRef="number"><outputValues><text>1, 2</text></outputValues>'
        f"<defaultOutputEntry><text>{text}</text></defaultOutputEntry></output>"
    )


@pytest.mark.parametrize(("text", "value"), [('"x"', None), ("3", None), ("[2]", 2), ("1", 1)])
def test_a_default_output_is_held_to_its_column_as_any_other(text, value):
    found, problems = told(50, ["< 5 -> 1"], outputs=default(text))

    assert (found, problems == []) == (value, value is not None)


def test_an_output_outside_its_values_is_null():
    outputs = "<output><outputValues><text>1, 2</text></outputValues></output>"

    assert decided(1, ["- -> 3"], outputs=outputs).value is None


def test_an_input_outside_its_values_is_null():
    body = table(["- -> 1"]).replace(
        "</inputExpression>", "</inputExpression><inputValues><text>1, 2</text></inputValues>"
    )
    made = model(inputs("x") + decision("d", body, needs=("x",)))

    assert (made.evaluate("d", {"x": 2}).value, made.evaluate("d", {"x": 3}).value) == (1, None)


COLLECTIONS = (
    '<itemDefinition name="tags" isCollection="true"><typeRef>string</typeRef></itemDefinition>'
    '<itemDefinition name="narrower"><typeRef>tags</typeRef></itemDefinition>'
)


@pytest.mark.parametrize("kind", ["list&lt;string>", "tags", "narrower"])
@pytest.mark.parametrize(
    ("given", "fits"), [(["a", "b"], True), ([], True), (["a", None], True), ("a", True), (["a", "c"], False)]
)
def test_each_item_of_a_collection_is_among_the_values_of_its_column(kind, given, fits):
    values = '<text>"a", "b"</text>'
    asking = f'<inputExpression typeRef="{kind}"><text>x</text></inputExpression>'
    body = table(["- -> 1"]).replace("<inputExpression><text>x</text></inputExpression>", asking)
    body = body.replace(asking, f"{asking}<inputValues>{values}</inputValues>")
    giving = f'<output typeRef="{kind}"><outputValues>{values}</outputValues></output>'
    made = model(
        COLLECTIONS
        + inputs("x")
        + decision("in", body, needs=("x",))
        + decision("out", table(["- -> x"], outputs=giving), needs=("x",))
    )
    kept = given if type(given) is list else [given]

    assert made.evaluate("in", {"x": given}).value == (1 if fits else None)
    assert made.evaluate("out", {"x": given}).value == (kept if fits else None)


def test_a_rule_s_description_is_its_annotation_where_there_is_no_other():
    """As dmn-js writes it."""
    rows = table(["1 -> 1", "2 -> 2"]).replace("<rule>", "<rule><description>said</description>")
    first, _, second = rows.partition("</rule>")
    only = first.replace("<annotationEntry><text>because 1</text></annotationEntry>", "")
    asked = model(inputs("x") + decision("d", f"{only}</rule>{second}", needs=("x",)))

    assert asked.evaluate("d", {"x": 1}).fired[0].annotations == ("said",)
    assert asked.evaluate("d", {"x": 2}).fired[0].annotations == ("because 2",)
