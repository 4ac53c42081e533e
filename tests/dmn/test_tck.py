"""The models of the DMN TCK: every decision must come out as the kit expects."""

from functools import cache

import pytest

import dmn
from tests.dmn.models import source
from tests.feel import tck

pytestmark = tck.missing

PERSON = (
    '<itemDefinition name="tPerson"><itemComponent name="name"><typeRef>string</typeRef></itemComponent>'
    '<itemComponent name="age"><typeRef>number</typeRef></itemComponent></itemDefinition>'
)
SAY_HELLO = (
    '<businessKnowledgeModel id="_32543811-b499-4608-b784-6c6f294b1c58" name="Say Hello">'
    '<variable name="Say Hello"/><encapsulatedLogic><formalParameter name="Person" typeRef="tPerson"/>'
    '<literalExpression><text>"Hello " + Person.name + "!"</text></literalExpression>'
    "</encapsulatedLogic></businessKnowledgeModel>"
)
OWN = "http://www.trisotech.com/definitions/_f27bb64b-6fc7-4e1f-9848-11ba35e0df36"
IMPORTED = {"0086-import": [source(PERSON + SAY_HELLO, own=OWN)]}
"""What a suite imports and the part of the kit at hand leaves out, written from what is asked of it."""


@cache
def model(suite, path):
    return dmn.read((tck.KIT / "models" / path).read_bytes(), IMPORTED.get(suite, ()))


@pytest.mark.parametrize("row", tck.rows(), ids=lambda row: f"{row['suite']}-{row['case']}-{row['node']}")
def test_the_kit_agrees(row):
    inputs = {name: tck.value_of(cell) for name, cell in (row["inputs"] or {}).items()}
    found = model(row["suite"], row["model"]).evaluate(asked(row), inputs)

    assert tck.same(found.value, tck.value_of(row["expect"]))


def asked(row):
    """The kit asks for this decision through its service, whose type then counts too."""
    return "decisionService_001" if row["case"] == "decisionService_001" else row["node"]
