"""Decision services are functions of their inputs: asked by name or called, and over several files."""

import pytest

from tests.dmn.models import decision, inputs, literal, model, source

OTHER = '<import name="m" namespace="urn:other" importType="DMN"/>'
X_OF_OTHER = '<informationRequirement><requiredDecision href="urn:other#x"/></informationRequirement>'
SHARED = source(
    inputs("a", kind="number")
    + decision("x", literal("100"))
    + decision("o", literal("a + 1"), needs=("a",)),
    own="urn:other",
)


def service(outputs, *, data=(), decisions=(), kind=""):
    typed = f' typeRef="{kind}"' if kind else ""
    parts = (("outputDecision", outputs), ("inputDecision", decisions), ("inputData", data))
    inside = "".join(f'<{part} href="{href}"/>' for part, hrefs in parts for href in hrefs)
    return f'<decisionService id="s" name="s"><variable name="s"{typed}/>{inside}</decisionService>'


def asked(body, given=None, name="s", imports=()):
    outcome = model(body, imports=imports).evaluate(name, given or {})
    return outcome.value, [problem.message for problem in outcome.problems]


@pytest.mark.parametrize("name", ["d", "s"])
def test_a_decision_and_a_service_that_need_each_other_end_in_null(name):
    body = decision("d", literal("if s() = null then 1 else 2"), knows=("s",)) + service(["#d"])

    assert asked(body, name=name) == (None, ["Expected s not to require itself, but it does."])


def test_a_service_that_calls_itself_with_what_it_got_ends_in_null():
    body = inputs("a") + decision("o", literal("s(a)"), needs=("a",), knows=("s",))
    body += service(["#o"], data=["#a"]) + decision("d", literal("s([1, 2])"), knows=("s",))

    assert asked(body, name="d") == (None, ["Expected s not to require itself, but it does."])


def test_a_service_may_call_itself_with_other_arguments():
    logic = literal("if a <= 0 then 0 else a + s(a - 1) + s(a - 1)")
    body = inputs("a") + decision("o", logic, needs=("a",), knows=("s",)) + service(["#o"], data=["#a"])

    assert asked(body, {"a": 3}) == (11, [])
    assert asked(body + decision("d", literal("s(3) + s(3)"), knows=("s",)), name="d") == (22, [])


IMPORTED_X = (
    OTHER
    + decision("x", literal("1"))
    + decision("out", X_OF_OTHER + literal("[x, m.x]"), needs=("*x",))
    + service(["#out"], decisions=["urn:other#x"])
)


@pytest.mark.parametrize("given", [{"m": {"x": 5}}, {"x": 5}])
def test_an_input_decision_of_another_file_is_taken_and_not_made(given):
    assert asked(IMPORTED_X, given, imports=[SHARED]) == ([1, 5], [])


def test_an_argument_for_an_input_decision_of_another_file_is_taken_and_not_made():
    body = IMPORTED_X + decision("d", literal("s(5)"), knows=("s",))

    assert asked(body, name="d", imports=[SHARED]) == ([1, 5], [])


def test_an_output_of_another_file_is_made_from_what_is_given():
    body = OTHER + service(["urn:other#o"], data=["urn:other#a"])

    assert asked(body, {"a": 5}, imports=[SHARED]) == (6, [])
    called = body + decision("d", literal("s(5)"), knows=("s",))
    assert asked(called, name="d", imports=[SHARED]) == (6, [])


PARTLY = (
    inputs("b")
    + decision("p", literal("b"), needs=("b",), kind="number")
    + decision("out", literal("[p]"), needs=("*p",))
    + service(["#out"], decisions=["#p"])
)


def test_an_input_decision_that_is_not_given_is_null_and_not_made_from_other_inputs():
    assert asked(PARTLY, {"b": 5}) == ([None], [])


def test_an_input_decision_of_another_type_is_null_and_told():
    assert asked(PARTLY, {"p": "text"}) == (
        [None],
        ["Expected the decision p to be a number, but it is not."],
    )


def test_an_argument_must_be_among_the_values_of_its_type():
    small = (
        '<itemDefinition name="small"><typeRef>number</typeRef>'
        "<allowedValues><text>[0..4]</text></allowedValues></itemDefinition>"
    )
    body = small + PARTLY.replace('"number"', '"small"') + decision("d", literal("s(7)"), knows=("s",))

    assert asked(body, name="d") == (None, ["Expected the decision p to be a small, but it is not."])


def test_an_output_that_is_not_there_is_told():
    assert asked(service(["#gone"]))[1] == ["Expected what is required to be in the model, but it is not."]


def test_what_a_service_does_not_take_is_told():
    body = inputs("b") + decision("out", literal("[b]"), needs=("b",)) + service(["#out"])

    assert asked(body, {"b": 5}) == (
        [None],
        ["Expected b to be an input of the service, but it is not."],
    )


def test_named_arguments_may_be_left_out():
    logic = literal('[a, if b = null then "none" else b]')
    body = inputs("a", "b") + decision("out", logic, needs=("a", "b")) + service(["#out"], data=["#a", "#b"])

    assert asked(body + decision("d", literal("s(a: 1)"), knows=("s",)), name="d") == ([1, "none"], [])
