"""How decisions, knowledge, services, types and files come together."""

import pytest

import dmn
from dmn.xml import MAX_BYTES, MODEL_NAMESPACES
from tests.dmn.models import NAMESPACE, decision, inputs, literal, model, source


def value(body, name="d", given=None, **options):
    return model(body, **options).evaluate(name, given or {}).value


@pytest.mark.parametrize("namespace", MODEL_NAMESPACES)
def test_every_version_from_1_1_to_1_5_is_read(namespace):
    assert value(decision("d", literal("1 + 1")), namespace=namespace) == 2


def test_a_decision_sees_only_what_it_requires():
    body = inputs("a", "b") + decision("d", literal("[a, b]"), needs=("a",))

    assert value(body, given={"a": 1, "b": 2}) == [1, None]


def test_decisions_are_made_from_decisions():
    body = (
        inputs("a")
        + decision("double", literal("a * 2"), needs=("a",))
        + decision("d", literal("double + 1"), needs=("*double",))
    )

    assert value(body, given={"a": 3}) == 7


def test_decisions_that_require_one_another_end_in_null():
    body = decision("d", literal("e"), needs=("*e",)) + decision("e", literal("d"), needs=("*d",))
    outcome = model(body).evaluate("d", {})

    assert outcome.value is None
    assert outcome.problems[0].message == "Expected d not to require itself, but it does."


def test_nothing_is_decided_where_decisions_require_one_another():
    body = decision("d", literal("if e = null then 1 else 2"), needs=("*e",))
    body += decision("e", literal("e"), needs=("*e",))
    outcome = model(body).evaluate("d", {})

    assert (outcome.value, len(outcome.problems)) == (None, 1)


@pytest.mark.parametrize("text", ["xs[1]", "max(xs)", "xs[1].name", "if xs[age > 18] = [] then null else 1"])
def test_null_that_is_the_answer_is_no_problem(text):
    outcome = model(inputs("xs") + decision("d", literal(text), needs=("xs",))).evaluate("d", {"xs": []})

    assert (outcome.value, outcome.problems) == (None, ())


def test_two_things_of_one_name_are_never_required_together():
    body = inputs("x").replace('id="x"', 'id="x1"') + decision("x", literal("7"))
    made = model(body + decision("d", literal("x"), needs=("x1", "*x")))
    message = "Expected one thing called x to be required, but there are several."

    assert made.evaluate("d", {"x": 4}).value is None
    assert [problem.message for problem in made.evaluate("d", {}).problems] == [message]
    assert message in [problem.message for problem in dmn.check(made)]


def test_of_two_decisions_with_one_name_none_is_asked_by_it():
    body = decision("d", literal("1")) + decision("d", literal("2")).replace('id="d"', 'id="d2"')
    made = model(body.replace('id="d"', 'id="d1"'))

    with pytest.raises(dmn.DmnError, match="Expected one decision called d, but there are several"):
        made.evaluate("d", {})
    assert made.evaluate("d2", {}).value == 2
    assert "there are several" in made.problems[0].message


def test_a_decision_may_be_asked_by_its_own_name_or_that_of_its_variable():
    body = decision("d", literal("1")).replace('id="d" name="d"', 'id="i" name="My Decision"')
    made = model(body)

    assert [made.evaluate(name, {}).value for name in ("i", "d", "My Decision")] == [1, 1, 1]


KNOWLEDGE = (
    '<businessKnowledgeModel id="k" name="k"><variable name="k"/><encapsulatedLogic>'
    f'<formalParameter name="n" typeRef="number"/>{literal("if n <= 1 then 1 else n * k(n - 1)")}'
    "</encapsulatedLogic></businessKnowledgeModel>"
)


def test_knowledge_is_a_function_that_may_call_itself():
    assert value(KNOWLEDGE + decision("d", literal("k(5)"), knows=("k",))) == 120


@pytest.mark.parametrize("asked", ["d", "e"])
def test_knowledge_that_is_called_to_make_what_it_requires_is_a_circle(asked):
    needing = '<informationRequirement><requiredDecision href="#e"/></informationRequirement>'
    knowledge = KNOWLEDGE.replace("</encapsulatedLogic>", f"</encapsulatedLogic>{needing}")
    body = (
        knowledge
        + decision("e", literal("k(1)"), knows=("k",))
        + decision("d", literal("k(2)"), knows=("k",))
    )
    outcome = model(body).evaluate(asked, {})

    assert outcome.value is None
    assert ["not to require itself, but it does" in one.message for one in outcome.problems] == [True]


def function(*parameters, body):
    taken = "".join(f'<formalParameter name="{name}"/>' for name in parameters)
    return f"<functionDefinition>{taken}{literal(body)}</functionDefinition>"


def test_a_function_does_not_know_the_decision_that_it_is():
    """There the name means what it means anywhere else."""
    body = decision("sum", function("n", body="sum(n)"))

    assert value(body + decision("d", literal("sum([1, 2])"), needs=("*sum",))) == 3


@pytest.mark.parametrize(
    "logic",
    [
        "<list>{}</list>",
        "<context><contextEntry>{}</contextEntry></context>",
        "<context><contextEntry><list>{}</list></contextEntry></context>",
        '<context><contextEntry><variable name="d"/><list>{}</list></contextEntry>'
        f"<contextEntry>{literal('d')}</contextEntry></context>",
    ],
)
def test_a_function_that_is_no_entry_of_a_context_has_no_name(logic):
    made = logic.format(function("n", body="if d = null then 1 else 2"))

    assert value(decision("d", made) + decision("e", literal("d[1](1)"), needs=("*d",)), "e") == 1


@pytest.mark.parametrize("more", ["", ' typeRef="Any"'])
def test_a_function_that_is_the_entry_of_a_context_may_call_itself(more):
    made = function("n", body="if n <= 1 then 1 else n * k(n - 1)").replace(
        "Definition>", f"Definition{more}>", 1
    )
    entry = f'<contextEntry><variable name="k"/>{made}</contextEntry>'

    assert (
        value(decision("d", f"<context>{entry}<contextEntry>{literal('k(5)')}</contextEntry></context>"))
        == 120
    )


def test_an_invocation_names_its_arguments():
    logic = f'<invocation>{literal("k")}<binding><parameter name="n"/>{literal("3")}</binding></invocation>'

    assert value(KNOWLEDGE + decision("d", logic, knows=("k",))) == 6


def test_an_invocation_may_leave_out_a_parameter():
    """It is null then."""
    two = KNOWLEDGE.replace("<formalParameter", '<formalParameter name="m"/><formalParameter')
    two = two.replace("if n &lt;= 1 then 1 else n * k(n - 1)", 'if m = null then "none" else m')
    logic = f'<invocation>{literal("k")}<binding><parameter name="n"/>{literal("3")}</binding></invocation>'

    assert value(two + decision("d", logic, knows=("k",))) == "none"


def test_a_parameter_that_is_there_twice_makes_null():
    twice = KNOWLEDGE.replace("<formalParameter", '<formalParameter name="n"/><formalParameter')
    made = model(twice + decision("d", literal("k(1, 2)"), knows=("k",)))

    assert made.problems[0].message == "Expected each parameter once, but one is there twice."
    assert made.evaluate("d", {}).value is None


def test_an_argument_of_another_type_makes_null():
    assert value(KNOWLEDGE + decision("d", literal('k("3")'), knows=("k",))) is None


SERVICE = (
    inputs("a")
    + decision("inner", literal("a + 1"), needs=("a",))
    + decision("outer", literal("inner * 10"), needs=("*inner",))
    + '<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#outer"/>'
    '<encapsulatedDecision href="#inner"/><inputData href="#a"/></decisionService>'
)


def test_a_service_is_run_with_its_inputs():
    assert value(SERVICE, "s", {"a": 1}) == 20


def test_a_service_is_a_function_to_others():
    assert value(SERVICE + decision("d", literal("s(4)"), knows=("s",))) == 50


def test_a_service_takes_decisions_that_it_is_given():
    body = SERVICE.replace(
        '<encapsulatedDecision href="#inner"/><inputData href="#a"/>', '<inputDecision href="#inner"/>'
    )

    assert value(body + decision("d", literal("s(4)"), knows=("s",))) == 40
    assert value(body, "s", {"inner": 5}) == 50


COLOUR = (
    '<itemDefinition name="colour"><typeRef>string</typeRef>'
    '<allowedValues><text>"red", "blue"</text></allowedValues></itemDefinition>'
    '<itemDefinition name="colours" isCollection="true"><typeRef>colour</typeRef></itemDefinition>'
    '<itemDefinition name="car"><itemComponent name="paint"><typeRef>colour</typeRef></itemComponent>'
    "</itemDefinition>"
)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("colour", "red", "red"),
        ("colour", "green", None),
        ("colour", 1, None),
        ("colour", ["red"], "red"),
        ("colours", ["red", "blue"], ["red", "blue"]),
        ("colours", ["red", "green"], None),
        ("colours", "red", ["red"]),
        ("car", {"paint": "red", "doors": 5}, {"paint": "red", "doors": 5}),
        ("car", {"paint": "green"}, None),
        ("car", {}, None),
        ("list&lt;number>", [1, 2], [1, 2]),
        ("list&lt;number>", ["a"], None),
    ],
)
def test_an_input_must_be_of_its_type(kind, given, kept):
    assert (
        value(COLOUR + inputs("a", kind=kind) + decision("d", literal("a"), needs=("a",)), given={"a": given})
        == kept
    )


def test_texts_may_name_the_types_of_the_model():
    text = '[["red"] instance of colours, 1 instance of colour, (function(c: car) c.paint)({paint: "red"})]'

    assert value(COLOUR + decision("d", literal(text))) == [True, False, "red"]


def test_a_result_must_be_of_its_type():
    assert value(decision("d", literal("1"), kind="string")) is None


def test_boxed_contexts_lists_relations_and_iterators():
    logic = f"""<context>
      <contextEntry><variable name="xs"/>
        <list>{literal("1")}{literal("2")}{literal("3")}</list></contextEntry>
      <contextEntry><variable name="big"/><filter><in>{literal("xs")}</in>
        <match>{literal("item > 1")}</match></filter></contextEntry>
      <contextEntry><variable name="twice"/><for iteratorVariable="n"><in>{literal("big")}</in>
        <return>{literal("n * 2")}</return></for></contextEntry>
      <contextEntry><variable name="all"/><every iteratorVariable="n"><in>{literal("twice")}</in>
        <satisfies>{literal("n > 3")}</satisfies></every></contextEntry>
      <contextEntry><variable name="word"/><conditional><if>{literal("all")}</if>
        <then>{literal('"yes"')}</then><else>{literal('"no"')}</else></conditional></contextEntry>
      <contextEntry><variable name="people"/><relation><column name="name"/><column name="age"/>
        <row>{literal('"Ada"')}{literal("36")}</row></relation></contextEntry>
      <contextEntry><variable name="add"/><functionDefinition><formalParameter name="b" typeRef="number"/>
        {literal("b + count(xs)")}</functionDefinition></contextEntry>
      <contextEntry>{literal("[word, twice, people[1].name, add(1)]")}</contextEntry>
    </context>"""

    assert value(decision("d", logic)) == ["yes", [4, 6], "Ada", 4]


def looped(kind, source, condition):
    part = "match" if kind == "filter" else "satisfies"
    logic = f"<in>{literal(source)}</in><{part}>{literal(condition)}</{part}>"
    outcome = model(decision("d", f'<{kind} iteratorVariable="item">{logic}</{kind}>')).evaluate("d", {})
    return outcome.value


@pytest.mark.parametrize(
    ("kind", "source", "condition", "expected"),
    [
        ("filter", "[{age: null}, {age: 20}]", "age > 18", [{"age": 20}]),
        ("filter", "[null]", "item > 18", []),
        ("some", "[null, 2]", "item > 1", True),
        ("some", "[null, 0]", "item > 1", None),
        ("every", "[null, 0]", "item > 1", False),
        ("every", "[null, 2]", "item > 1", None),
    ],
)
def test_a_null_condition_counts_as_it_does_in_feel(kind, source, condition, expected):
    feel = {
        "filter": f"{source}[{condition}]",
        "some": f"some item in {source} satisfies {condition}",
        "every": f"every item in {source} satisfies {condition}",
    }

    assert looped(kind, source, condition) == value(decision("d", literal(feel[kind]))) == expected


@pytest.mark.parametrize(("kind", "item"), [("filter", "true"), ("some", "true"), ("every", "false")])
def test_any_other_condition_that_is_not_true_or_false_makes_the_whole_null(kind, item):
    assert looped(kind, f'[{item}, "text"]', "item") is None


def test_a_filter_whose_condition_cannot_be_read_is_null():
    """Not empty, which would look like an answer."""
    assert looped("filter", "[1, 2]", "item >") is None


ENTRY = f'<contextEntry><variable name="a"/>{literal("1")}</contextEntry>'


@pytest.mark.parametrize(
    ("logic", "message"),
    [
        (f"<context>{ENTRY * 2}</context>", "Expected each entry of the context once"),
        (
            f'<relation><column name="a"/><column name="b"/><row>{literal("1")}</row></relation>',
            "Expected row 1 to have 2 cells, but it has 1.",
        ),
        (
            f'<relation><column name="a"/><row>{literal("1") * 2}</row></relation>',
            "Expected row 1 to have 1 cells, but it has 2.",
        ),
        (
            f'<relation><column name="a"/><column name="a"/><row>{literal("1") * 2}</row></relation>',
            "Expected each column of the relation once",
        ),
    ],
)
def test_a_boxed_expression_of_another_shape_is_null_and_told(logic, message):
    made = model(decision("d", logic))

    assert message in made.problems[0].message
    assert made.evaluate("d", {}).value is None


def test_a_function_in_java_is_never_run():
    logic = f'<functionDefinition kind="Java"><context><contextEntry><variable name="class"/>{literal("1")}'
    logic += "</contextEntry></context></functionDefinition>"
    body = decision("f", logic) + decision("d", literal("f()"), needs=("*f",))

    assert value(body) is None


def test_names_with_symbols_are_read_as_the_model_gives_them():
    body = inputs("Pre-bureau/Risk + Terms and Conditions").replace(
        'id="Pre-bureau/Risk + Terms and Conditions"', 'id="p"'
    )
    body += decision("d", literal("Pre-bureau/Risk + Terms and Conditions + 1"), needs=("p",))

    assert value(body, given={"Pre-bureau/Risk + Terms and Conditions": 1}) == 2


SMALL = (
    '<itemDefinition name="small"><typeRef>number</typeRef>'
    "<allowedValues><text>&lt; 10</text></allowedValues></itemDefinition>"
)
SHARED = source(
    SMALL + KNOWLEDGE + inputs("base") + decision("start", literal("base + 1"), needs=("base",)),
    own="urn:shared",
)


def importing(body):
    return f'<import name="shared" namespace="urn:shared" importType="{NAMESPACE}"/>' + body


def test_an_import_lends_functions_decisions_and_types():
    body = importing(
        inputs("n", kind="shared.small") + """<decision id="d" name="d">
          <informationRequirement><requiredInput href="#n"/></informationRequirement>
          <informationRequirement><requiredDecision href="urn:shared#start"/></informationRequirement>
          <knowledgeRequirement><requiredKnowledge href="urn:shared#k"/></knowledgeRequirement>"""
        f"{literal('[n, shared.k(3), shared.start]')}</decision>"
    )

    assert value(body, given={"n": 3, "shared": {"base": 4}}, imports=[SHARED]) == [3, 6, 5]
    assert value(body, given={"n": 30, "base": 4}, imports=[SHARED]) == [None, 6, 5]


def test_a_missing_import_is_told():
    assert "it was not given" in model(importing(decision("d", literal("1")))).problems[0].message


def test_files_that_import_one_another_come_to_an_end():
    other = source(f'<import name="back" namespace="urn:test" importType="{NAMESPACE}"/>', own="urn:shared")
    mine = source(importing(decision("d", literal("1"))))

    assert dmn.read(mine, [other, mine]).evaluate("d", {}).value == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b"<definitions/>",
        b"<!DOCTYPE d [<!ENTITY a 'b'>]>" + source(decision("d", literal("&a;"))),
        b"<?php evil?>" + source(""),
        source("<?php evil?>"),
        source("").replace(b"<definitions", b"<decision").replace(b"</definitions", b"</decision"),
        source(" " * MAX_BYTES),
        source("<x>" * 400 + "</x>" * 400),
        source(decision("d", literal("1")) * 2),
    ],
)
def test_what_is_no_honest_model_is_refused(content):
    with pytest.raises(dmn.DmnError):
        dmn.read(content)


def test_an_unknown_decision_is_an_error():
    with pytest.raises(dmn.DmnError, match="there is none called other"):
        model(decision("d", literal("1"))).evaluate("other", {})


def test_what_cannot_be_read_is_null_and_told():
    made = model(decision("d", literal("1 +")))

    assert made.problems == (dmn.Problem("d", "Expected a value, but the text ends.", 3, 1),)
    assert made.evaluate("d", {}).value is None


def test_host_functions_reach_into_models():
    outcome = model(decision("d", literal('deadline("advice")'))).evaluate(
        "d", {}, functions={"deadline": lambda name: f"due: {name}"}
    )

    assert outcome.value == "due: advice"


def test_what_is_required_and_not_given_can_be_asked_before():
    """Through other decisions and knowledge; what is given as null is given."""
    body = (
        inputs("age", "height")
        + decision("adult", literal("age >= 18"), needs=("age",))
        + decision("rides", literal("adult and height > 120"), needs=("*adult", "height"))
    )
    asked = model(body)

    assert asked.missing("rides", {}) == ["age", "height"]
    assert asked.missing("rides", {"age": None, "adult": True}) == ["height"]
    assert asked.missing("adult", {"age": 3}) == []


def test_a_service_needs_its_inputs_and_nothing_behind_them():
    service = (
        '<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#rides"/>'
        '<inputDecision href="#adult"/><inputData href="#height"/></decisionService>'
    )
    body = (
        inputs("age", "height")
        + decision("adult", literal("age >= 18"), needs=("age",))
        + decision("rides", literal("adult and height > 120"), needs=("*adult", "height"))
        + service
    )
    asked = model(body)

    assert asked.missing("s", {"adult": True}) == ["height"]
    assert asked.missing("s", {"height": 150, "age": 20}) == ["adult"]


def test_a_service_that_is_called_gets_its_inputs_as_arguments():
    body = (
        inputs("age", "years")
        + decision("adult", literal("age >= 18"), needs=("age",))
        + '<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#adult"/>'
        '<inputData href="#age"/></decisionService>'
        + decision("d", literal("s(years)"), needs=("years",), knows=("s",))
    )
    asked = model(body)

    assert asked.missing("d", {"years": 3}) == []
    assert asked.evaluate("d", {"years": 18}).value is True
