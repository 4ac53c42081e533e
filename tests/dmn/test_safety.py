"""A damaged or hostile model is refused or gives null; nothing else comes out of it."""

import os
import random

import pytest

import dmn
import feel
from tests.dmn.models import NAMESPACE, decision, inputs, literal, source, table

SIZE = int(os.environ.get("HANDRAIL_FUZZ") or 400)
RANKED = "<output><outputValues><text>1, 2</text></outputValues></output>"
SAMPLE = source(
    inputs("a", kind="colour") + '<itemDefinition name="colour"><typeRef>string</typeRef>'
    '<allowedValues><text>"red"</text></allowedValues>'
    "</itemDefinition><itemDefinition name='car'><itemComponent name='paint'><typeRef>colour</typeRef>"
    "</itemComponent></itemDefinition>"
    f'<import name="other" namespace="urn:other" importType="{NAMESPACE}"/>'
    + decision(
        "t",
        table(['"red" -> 1', "- -> 2"], policy="PRIORITY", ask="a", outputs=RANKED),
        needs=("a",),
        kind="number",
    )
    + '<businessKnowledgeModel id="k" name="k"><variable name="k"/><encapsulatedLogic>'
    f'<formalParameter name="n" typeRef="number"/>{literal("if n < 1 then 0 else k(n - 1)")}'
    "</encapsulatedLogic></businessKnowledgeModel>"
    + decision(
        "c",
        f"""<context><contextEntry><variable name="xs"/>
        <list>{literal("1")}{literal("t")}</list></contextEntry>
        <contextEntry><variable name="f"/><filter><in>{literal("xs")}</in><match>{literal("item > 1")}</match>
        </filter></contextEntry>
        <contextEntry><variable name="g"/><for iteratorVariable="x"><in>{literal("xs")}
        </in><return>{literal("k(x)")}</return></for></contextEntry><contextEntry><invocation>{literal("k")}
        <binding><parameter name="n"/>{literal("3")}</binding></invocation></contextEntry></context>""",
        needs=("*t",),
        knows=("k",),
    )
    + '<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#c"/><inputData href="#a"/>'
    "</decisionService>"
)


def test_a_damaged_model_does_no_harm():
    rng = random.Random(7)
    read = 0
    for _ in range(SIZE):
        try:
            model = dmn.read(damaged(rng))
        except dmn.DmnError:
            continue
        read += 1
        use(model)

    assert read > SIZE / 10


def use(model):
    assert all(isinstance(problem.message, str) for problem in dmn.check(model))
    for name in (*model.decisions, "s"):
        try:
            assert isinstance(model.evaluate(name, {"a": "red"}), dmn.Outcome)
        except (dmn.DmnError, feel.FeelError):
            continue


def damaged(rng):
    """The sample with a few pieces between angle brackets, quotes or words swapped, doubled or dropped."""
    pieces = SAMPLE.decode().replace(">", ">\0").replace('"', '"\0').replace(" ", " \0").split("\0")
    for _ in range(rng.randrange(1, 4)):
        place, other = rng.randrange(len(pieces)), rng.randrange(len(pieces))
        kind = rng.randrange(4)
        if kind == 0:
            pieces[place] = ""
        elif kind == 1:
            pieces[place], pieces[other] = pieces[other], pieces[place]
        elif kind == 2:
            pieces[place] = pieces[other]
        else:
            pieces[place] = pieces[place].replace(rng.choice("acdeknst"), rng.choice("acdeknst"))
    return "".join(pieces).encode()


def test_the_sample_itself_is_sound():
    """Otherwise the damage would prove nothing."""
    model = dmn.read(SAMPLE)

    assert model.evaluate("t", {"a": "red"}).value == 1
    assert model.evaluate("s", {"a": "red"}).value == 0


def item(name, *parts, base=""):
    components = "".join(
        f'<itemComponent name="{part}{n}"><typeRef>{part}</typeRef></itemComponent>'
        for n, part in enumerate(parts)
    )
    return (
        f'<itemDefinition name="{name}">{base and f"<typeRef>{base}</typeRef>"}{components}</itemDefinition>'
    )


def test_types_that_hold_one_another_without_end_do_no_harm():
    circle = item("t0", "t1") + item("t1", "t0") + item("b0", base="b0")
    wide = "".join(item(f"w{n}", *[f"w{n + 1}"] * 10) for n in range(40)) + item("w40", base="number")
    use_all = "".join(decision(f"d_{kind}", literal("{t1: {}}"), kind=kind) for kind in ("t0", "b0", "w0"))

    use(dmn.read(source(circle + wide + use_all)))


@pytest.mark.parametrize(
    "body",
    [
        "".join(item(f"t{n}", base=f"t{n + 1}") for n in range(8000)),
        decision("d", "<list>" * 400 + literal("1") + "</list>" * 400),
    ],
)
def test_a_model_nested_beyond_reason_is_refused(body):
    with pytest.raises(dmn.DmnError):
        dmn.read(source(body))
