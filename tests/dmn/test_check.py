"""Mistakes in a model are found before it is saved, and told with the decision and the rule."""

import pytest

import dmn
from tests.dmn.models import decision, inputs, literal, model, table

NUMBER = inputs("age", kind="number") + inputs("risk", kind="string")


def told(body, **options):
    return [(problem.where, problem.message) for problem in dmn.check(model(NUMBER + body), **options)]


def on(rows, ask="age", outputs="", **options):
    return decision("d", table(rows, ask=ask, outputs=outputs), needs=("age", "risk"), **options)


def test_a_sound_model_has_no_problems():
    rows = ['< 18 -> "a"', "[18..65) -> risk", "- -> null"]

    assert told(on(rows) + decision("e", literal("d"), needs=("*d",), kind="string")) == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            on(['< "18" -> 1']),
            "Rule 1: Expected to compare values of one kind, but got a number and text.",
        ),
        (on(["- -> 1", "high -> 2"], ask="risk"), "Rule 2: high needs quotes"),
        (on(["- -> 1"], outputs='<output typeRef="string"/>'), "Rule 1: Expected the result to be text"),
        (on(["- -> 1"], ask="agee"), "Did you mean age?"),
        (decision("d", literal("age + 1")), "there is nothing called age"),
        (
            decision("d", literal("risk"), needs=("risk",), kind="number"),
            "Expected the result to be a number",
        ),
        (decision("d", literal("1 +")), "Expected a value, but the text ends."),
    ],
)
def test_a_mistake_is_told_with_its_place(body, message):
    ((where, found),) = told(body)

    assert where == "d"
    assert message in found


def test_functions_of_the_host_are_known():
    body = decision("d", literal('deadline("advice")'))

    assert len(told(body)) == 1
    assert told(body, functions=["deadline"]) == []


def test_boxed_expressions_see_what_stands_before_them():
    logic = f"""<context>
      <contextEntry><variable name="xs"/><list>{literal("1")}{literal("2")}</list></contextEntry>
      <contextEntry><variable name="big"/><filter><in>{literal("xs")}</in>
        <match>{literal("item > 1")}</match></filter></contextEntry>
      <contextEntry><variable name="f"/><functionDefinition><formalParameter name="n" typeRef="number"/>
        {literal("n + count(big)")}</functionDefinition></contextEntry>
      <contextEntry><variable name="bad"/><for iteratorVariable="x"><in>{literal("xs")}</in>
        <return>{literal('x + "a"')}</return></for></contextEntry>
    </context>"""

    assert [message for _, message in told(decision("d", logic))] == [
        "Expected values that + can join, but got a number and text. string(…) makes a text of a number."
    ]


COLUMN = (
    '<inputExpression typeRef="string"><text>risk</text></inputExpression>'
    '<inputValues><text>"high", "low"</text></inputValues>'
)
RESULT = '<output name="go" typeRef="string"><outputValues><text>"yes", "no"</text></outputValues></output>'


def test_cells_and_results_are_among_the_values_that_their_columns_list():
    rules = "".join(
        f"<rule><inputEntry><text>{test}</text></inputEntry><outputEntry><text>{result}</text></outputEntry></rule>"
        for test, result in (('"hihg"', '"yes"'), ('not("low")', '"yess"'), ('"low"', '"no"'))
    )
    logic = f"<decisionTable><input>{COLUMN}</input>{RESULT}{rules}</decisionTable>"

    assert [message for _, message in told(decision("d", logic, needs=("risk",)))] == [
        'Rule 1: "hihg" is not one of the values of the input. Did you mean "high"?',
        'Rule 2: "yess" is not one of the values of go. Did you mean "yes"?',
    ]
