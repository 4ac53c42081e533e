"""What comes from other files: under a name, without one, and when it is not there."""

import pytest

import dmn
from tests.dmn.models import NAMESPACE, decision, inputs, literal, model, source

FIRST = source(
    '<itemDefinition name="tZ"><typeRef>string</typeRef></itemDefinition>'
    + decision("x", literal("100"))
    + decision("z", literal("1")),
    own="urn:first",
)
SECOND = source(
    '<itemDefinition name="tZ"><typeRef>number</typeRef></itemDefinition>'
    + decision("y", literal("200"))
    + decision("z", literal("2")),
    own="urn:second",
)


def imported(name, namespace, rest=""):
    return f'<import name="{name}" namespace="{namespace}" importType="{NAMESPACE}" {rest}/>'


UNNAMED = imported("", "urn:first") + imported("", "urn:second")


def needing(text, *hrefs, kind=""):
    required = "".join(
        f'<informationRequirement><requiredDecision href="{href}"/></informationRequirement>'
        for href in hrefs
    )
    return decision("d", required + literal(text), kind=kind)


def asked(body, **options):
    outcome = model(body, imports=[FIRST, SECOND], **options).evaluate("d", {})
    return outcome.value, [problem.message for problem in outcome.problems]


@pytest.mark.parametrize("own", ["", imported("m", "urn:gone")])
def test_what_is_required_of_a_file_that_is_not_there_is_null_and_told(own):
    """An own element with the same id is another one."""
    found, problems = asked(own + decision("x", literal("1")) + needing("x", "urn:gone#x"))

    assert found is None
    assert problems[0] == "Expected what is required to be in the model, but it is not."


def test_a_file_may_be_meant_by_where_it_lies():
    body = imported("m", "urn:first", 'locationURI="first.dmn"')

    assert asked(body + needing("m.x", "first.dmn#x")) == (100, [])


def test_several_imports_without_a_name_lend_what_they_have():
    assert asked(UNNAMED + needing("x + y", "urn:first#x", "urn:second#y")) == (300, [])


@pytest.mark.parametrize("hrefs", [("#x", "urn:first#x"), ("urn:first#x", "#x")])
def test_what_is_imported_without_a_name_never_stands_for_the_own(hrefs):
    assert asked(UNNAMED + decision("x", literal("1")) + needing("x", *hrefs)) == (1, [])


def test_of_imports_without_a_name_the_first_goes_first():
    assert asked(UNNAMED + needing("z", "urn:second#z", "urn:first#z")) == (1, [])
    assert asked(UNNAMED + needing('"a"', kind="tZ")) == ("a", [])


def test_what_is_imported_without_a_name_is_known_when_checked():
    asked_for = model(UNNAMED + needing("x + 1", "urn:first#x"), imports=[FIRST, SECOND])

    assert dmn.check(asked_for) == []


def test_one_file_may_have_two_names():
    body = imported("m", "urn:first") + imported("n", "urn:first")

    assert asked(body + needing("[m.x, n.x]", "urn:first#x")) == ([100, 100], [])


ASKING = source(inputs("a") + decision("x", literal("a"), needs=("a",)), own="urn:asking")
BETWEEN = source(
    imported("c", "urn:asking") + '<decision id="b" name="b"><variable name="b"/><informationRequirement>'
    f'<requiredDecision href="urn:asking#x"/></informationRequirement>{literal("c.x")}</decision>',
    own="urn:between",
)


@pytest.mark.parametrize(
    ("given", "value", "missing"),
    [
        ({"m": {"a": 1}}, 1, []),
        ({"n": {"a": 2}}, 2, []),
        ({"m": {"a": 1}, "n": {"a": 2}}, 1, []),
        ({"m": {"n": {"a": 3}}}, None, ["a"]),
        ({"a": 3}, 3, []),
        ({}, None, ["a"]),
    ],
)
def test_under_which_name_an_input_is_given_makes_no_difference(given, value, missing):
    body = imported("m", "urn:asking") + imported("n", "urn:asking") + needing("m.x", "urn:asking#x")
    made = model(body, imports=[ASKING])

    assert made.evaluate("d", given).value == value
    assert made.missing("d", given) == missing


@pytest.mark.parametrize("hrefs", [("urn:between#b", "urn:asking#x"), ("urn:asking#x", "urn:between#b")])
@pytest.mark.parametrize(
    ("given", "value"), [({"m": {"a": 1}}, [None, 1]), ({"b": {"c": {"a": 2}}}, [2, None])]
)
def test_what_one_way_to_a_file_is_given_another_may_lack(hrefs, given, value):
    body = imported("m", "urn:asking") + imported("b", "urn:between") + needing("[b.b, m.x]", *hrefs)
    made = model(body, imports=[ASKING, BETWEEN])

    assert made.evaluate("d", given).value == value
    assert made.missing("d", given) == ["a"]


def test_two_imports_never_share_a_name():
    with pytest.raises(dmn.DmnError, match="several called m"):
        model(imported("m", "urn:first") + imported("m", "urn:second"))


def test_the_name_of_an_import_and_of_something_required_never_mean_two_things():
    body = imported("m", "urn:first") + decision("m", literal("1"))
    found, problems = asked(body + needing("m", "#m", "urn:first#x"))

    assert (found, problems) == (None, ["Expected one thing called m to be required, but there are several."])


def test_a_type_with_a_prefix_is_that_of_the_file_it_stands_for():
    """As DMN 1.1 writes it."""
    body = (
        f'<import namespace="urn:first" importType="{NAMESPACE}"/>'
        '<itemDefinition name="tZ"><typeRef>number</typeRef></itemDefinition>'
    ) + needing('"a"', kind="f:tZ")
    content = source(body).replace(b"<definitions", b'<definitions xmlns:f="urn:first"')

    assert dmn.read(content, [FIRST]).evaluate("d", {}).value == "a"
