"""Small models written in the tests, so that each test shows what it is about."""

import dmn

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def model(body: str, *, namespace: str = NAMESPACE, own: str = "urn:test", imports=()) -> dmn.Model:
    return dmn.read(source(body, namespace=namespace, own=own), imports)


def source(body: str, *, namespace: str = NAMESPACE, own: str = "urn:test") -> bytes:
    return f'<definitions xmlns="{namespace}" name="test" namespace="{own}">{body}</definitions>'.encode()


def inputs(*names: str, kind: str = "") -> str:
    typed = f' typeRef="{kind}"' if kind else ""
    return "".join(
        f'<inputData id="{name}" name="{name}"><variable name="{name}"{typed}/></inputData>' for name in names
    )


def decision(
    name: str, logic: str, *, needs: tuple[str, ...] = (), knows: tuple[str, ...] = (), kind=""
) -> str:
    """`needs` are inputs, or decisions with a star in front."""
    typed = f' typeRef="{kind}"' if kind else ""
    requirements = "".join(map(_requirement, needs)) + "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{one}"/></knowledgeRequirement>' for one in knows
    )
    variable = f'<variable name="{name}"{typed}/>'
    return f'<decision id="{name}" name="{name}">{variable}{requirements}{logic}</decision>'


def _requirement(needed: str) -> str:
    kind = "requiredDecision" if needed.startswith("*") else "requiredInput"
    return f'<informationRequirement><{kind} href="#{needed.strip("*")}"/></informationRequirement>'


def literal(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<literalExpression><text>{escaped}</text></literalExpression>"


def table(
    rows: list[str], *, policy: str = "UNIQUE", aggregation: str = "", outputs: str = "", ask="x"
) -> str:
    """Rows are `test -> result`, with several results split by `;`."""
    collected = f' aggregation="{aggregation}"' if aggregation else ""
    rules = "".join(map(_rule, rows))
    asked = f"<input><inputExpression><text>{ask}</text></inputExpression></input>"
    return (
        f'<decisionTable hitPolicy="{policy}"{collected}>{asked}'
        f'{outputs or "<output/>"}<annotation name="why"/>{rules}</decisionTable>'
    )


def _rule(row: str) -> str:
    test, _, results = row.partition(" -> ")
    test = test.replace("<", "&lt;")
    cells = "".join(f"<outputEntry><text>{one.strip()}</text></outputEntry>" for one in results.split(";"))
    return (
        f"<rule><inputEntry><text>{test}</text></inputEntry>{cells}"
        f"<annotationEntry><text>because {test}</text></annotationEntry></rule>"
    )
