"""A text in another language than FEEL is refused and named: read as FEEL it could mean something else."""

import pytest

import dmn
from tests.dmn.models import decision, inputs, literal, model, source, table

XPATH = "http://www.w3.org/1999/XPath"
UNINTERPRETED = "http://www.omg.org/spec/DMN/uninterpreted/20140801"
SMALL = (
    '<itemDefinition name="small"><typeRef>number</typeRef>'
    "<allowedValues><text>&lt; 10</text></allowedValues></itemDefinition>"
)
BODY = (
    SMALL
    + inputs("x")
    + decision(
        "d",
        table(
            ["> 3 -> 1"], outputs="<output><defaultOutputEntry><text>2</text></defaultOutputEntry></output>"
        ),
        needs=("x",),
    )
    + decision("e", literal("1 + 1"))
    + decision("small", literal("1"), kind="small")
)


@pytest.mark.parametrize(
    ("element", "name"),
    [
        ("literalExpression", "e"),
        ("inputExpression", "d"),
        ("inputEntry", "d"),
        ("outputEntry", "d"),
        ("defaultOutputEntry", "d"),
        ("allowedValues", "small"),
    ],
)
@pytest.mark.parametrize("language", [XPATH, UNINTERPRETED, "juel"])
def test_a_foreign_text_is_null_and_named(element, name, language):
    made = model(BODY.replace(f"<{element}>", f'<{element} expressionLanguage="{language}">'))

    assert made.problems[0].message == f"Expected FEEL in {element}, but its language is {language}."
    assert made.evaluate(name, {"x": 0 if element == "defaultOutputEntry" else 5}).value is None


def test_the_language_of_the_whole_file_counts_where_a_text_names_none():
    content = source(decision("d", literal("10 / 4"))).replace(
        b"<definitions", f'<definitions expressionLanguage="{XPATH}"'.encode()
    )
    own = content.replace(b"<literalExpression>", b'<literalExpression expressionLanguage="feel">')

    assert dmn.read(content).evaluate("d", {}).value is None
    assert dmn.read(own).evaluate("d", {}).value == 2.5


@pytest.mark.parametrize(
    "language",
    [
        "feel",
        "FEEL",
        "http://www.omg.org/spec/FEEL/20140401",
        "http://www.omg.org/spec/DMN/20180521/FEEL/",
        "https://www.omg.org/spec/DMN/20230324/FEEL/",
    ],
)
def test_feel_has_several_names(language):
    logic = literal("1 + 1").replace(
        "<literalExpression", f'<literalExpression expressionLanguage="{language}"'
    )

    assert model(decision("d", logic)).evaluate("d", {}).value == 2
