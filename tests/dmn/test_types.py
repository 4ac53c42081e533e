"""What the types of a model let through."""

import pytest

from tests.dmn.models import decision, inputs, literal, model, table

TEXT = '<itemDefinition name="tQ"><typeRef>string</typeRef></itemDefinition>'


def item(name, base="", *, limits="", parts="", more=""):
    typed = f"<typeRef>{base}</typeRef>" if base else ""
    limited = f"<allowedValues><text>{limits}</text></allowedValues>" if limits else ""
    return f'<itemDefinition name="{name}"{more}>{typed}{limited}{parts}</itemDefinition>'


def asked(body, given=None):
    outcome = model(body).evaluate("d", given or {})
    return outcome.value, [problem.message for problem in outcome.problems]


def test_the_cells_of_a_table_may_name_types_of_the_model():
    rows = table(['not(? instance of tQ) -> "other"', '? instance of tQ -> "text"'])
    body = TEXT + inputs("x") + decision("d", rows, needs=("x",))

    assert (asked(body, {"x": "a"}), asked(body, {"x": 1})) == (("text", []), ("other", []))


def test_a_function_in_a_cell_may_name_types_of_the_model():
    rows = table(["(function(v: tQ) v = ?)(?) -> 1"])

    assert asked(TEXT + inputs("x") + decision("d", rows, needs=("x",)), {"x": "a"}) == (1, [])


def test_allowed_values_may_name_types_of_the_model():
    """Also those that stand below."""
    body = item("tZ", "Any", limits="? instance of tQ") + TEXT

    assert asked(body + decision("d", literal('"a"'), kind="tZ")) == ("a", [])
    assert asked(body + decision("d", literal("1"), kind="tZ"))[0] is None


SPAN = item(
    "tR",
    parts='<itemComponent name="start"><typeRef>number</typeRef></itemComponent>'
    '<itemComponent name="end"><typeRef>number</typeRef>'
    "<allowedValues><text>? >= start</text></allowedValues></itemComponent>",
)


@pytest.mark.parametrize(("start", "fits"), [(1, True), (3, False)])
def test_the_test_of_a_part_may_name_the_parts_beside_it(start, fits):
    value, problems = asked(SPAN + decision("d", literal(f"{{end: 2, start: {start}}}"), kind="tR"))

    assert (value is not None, problems == []) == (fits, fits)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("true", [1]), ("1", [1]), (" true ", [1]), ("\n1\t", [1]), ("false", 1), ("0", 1), (" 0 ", 1), ("", 1)],
)
def test_a_collection_is_marked_in_any_way_that_xml_schema_has(written, kept):
    body = item("tQ", "number", more=f' isCollection="{written}"')
    part = f'<itemComponent name="p" isCollection="{written}"><typeRef>number</typeRef></itemComponent>'

    assert asked(body + decision("d", literal("1"), kind="tQ"))[0] == kept
    assert asked(item("tP", parts=part) + decision("d", literal("{p: 1}"), kind="tP"))[0] == {"p": kept}


def test_a_name_that_two_types_or_two_parts_have_is_told():
    part = '<itemComponent name="street"><typeRef>string</typeRef></itemComponent>'
    address = f'<itemComponent name="address">{part * 2}</itemComponent>'
    body = item("tQ", "number") + item("tQ", "string") + item("tPerson", parts=address)

    assert [(problem.where, problem.message) for problem in model(body).problems] == [
        ("tQ", "Expected one type called tQ, but there are several."),
        ("address", "Expected one part of address called street, but there are several."),
    ]


@pytest.mark.parametrize(
    ("text", "kept"), [("[1]", [1]), ("1", [1]), ("[11]", None), ('["a"]', None), ("[null]", [None])]
)
def test_a_list_may_be_of_a_type_of_the_model(text, kept):
    body = item("tQ", "number", limits="&lt; 10") + decision("d", literal(text), kind="list&lt;tQ>")

    assert asked(body)[0] == kept


def test_a_context_may_name_its_parts_where_a_type_is_named():
    body = decision("d", literal('{a: "x"}'), kind="context&lt;a: number>")

    assert asked(body)[0] is None


UNREADABLE = "Expected the end of the expression, but found 5."
COLUMN = "<input><inputExpression><text>x</text></inputExpression>"


@pytest.mark.parametrize(
    "body",
    [
        item("tQ", "number", limits="5 5") + decision("d", literal("1"), kind="tQ"),
        inputs("x")
        + decision(
            "d",
            table(["- -> 1"]).replace(COLUMN, f"{COLUMN}<inputValues><text>5 5</text></inputValues>"),
            needs=("x",),
        ),
        inputs("x")
        + decision(
            "d",
            table(
                ["- -> 1"], outputs="<output><outputValues><text>5 5</text></outputValues></output>"
            ),
            needs=("x",),
        ),
    ],
)  # fmt: skip
def test_values_that_cannot_be_read_let_nothing_through(body):
    made = model(body)

    assert made.problems[0].message == UNREADABLE
    assert made.evaluate("d", {"x": 1}).value is None


ONE_NUMBER = (
    '<itemDefinition name="tF"><functionItem outputTypeRef="number">'
    '<parameters name="a" typeRef="number"/></functionItem></itemDefinition>'
)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("function(a: number) a + 1", True),
        ("function(a) a + 1", True),
        ("function(a: number, b: number) a + b", False),
        ("function(a: string) 1", False),
        ("function() 1", False),
    ],
)
def test_a_function_must_take_what_its_type_says(text, fits):
    body = ONE_NUMBER + decision("f", literal(text), kind="tF")

    assert asked(body + decision("d", literal("f != null"), needs=("*f",)))[0] is fits
    assert asked(body + decision("d", literal(f"({text}) instance of tF")))[0] is fits


def test_allowed_values_may_name_the_type_of_a_function_that_stands_below():
    body = item("tZ", "Any", limits="? instance of tF") + ONE_NUMBER

    assert asked(body + decision("d", literal("function(a: number) a"), kind="tZ"))[1] == []
    assert asked(body + decision("d", literal("function() 1"), kind="tZ"))[0] is None


def test_the_variable_of_a_function_may_name_the_type_of_its_result():
    """As in files of DMN 1.1."""
    logic = (
        '<context><contextEntry><variable name="f" typeRef="number"/><functionDefinition>'
        f'<formalParameter name="a"/>{literal("a")}</functionDefinition></contextEntry>'
        f"<contextEntry>{literal('[f(2), f([3]), f(true)]')}</contextEntry></context>"
    )

    assert asked(decision("d", logic)) == (
        [2, 3, None],
        ["Expected a value of type number, but the result is of another."],
    )


def test_a_type_that_is_based_on_itself_holds_nothing():
    made = model(item("tA", "tA") + decision("d", literal("1"), kind="tA"))

    assert made.problems[0].message == "Expected tA not to be based on itself, but it is."
    assert made.evaluate("d", {}).value is None


def test_a_bare_name_of_a_type_may_hold_a_hyphen():
    assert asked(item("t-x", "number") + decision("d", literal("1 instance of t-x"))) == (True, [])


def test_a_type_of_the_model_may_be_any_context():
    part = '<itemComponent name="p"><typeRef>context</typeRef></itemComponent>'
    body = item("tC", "context") + item("tN", parts=part)
    text = "[{a: 1} instance of tC, {p: {}} instance of tN, {} instance of context]"

    assert asked(body + decision("d", literal(text)))[0] == [True, True, None]
