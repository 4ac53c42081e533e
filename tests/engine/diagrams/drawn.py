"""Small BPMN files for tests: `bpmn(body)` wraps what a process holds, `flows("a b", "b c")` draws lines."""

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'targetNamespace="http://example.org/">'
)


def bpmn(body: str, beside: str = "", process: str = 'id="p" isExecutable="true"') -> bytes:
    """A file with one process; `beside` stands beside it (messages, pictures)."""
    return f"{HEAD}{beside}<process {process}>{body}</process></definitions>".encode()


def flows(*pairs: str) -> str:
    """`"a b"` is a flow a_b from a to b; `"a b =x > 1"` has a condition."""
    return "".join(_flow(*pair.split(" ", 2)) for pair in pairs)


def _flow(source: str, target: str, condition: str = "") -> str:
    escaped = condition.replace("&", "&amp;").replace("<", "&lt;")
    inner = (
        f'<conditionExpression xsi:type="tFormalExpression">{escaped}</conditionExpression>'
        if condition
        else ""
    )
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<sequenceFlow id="{source}_{target}" {ends}>{inner}</sequenceFlow>'


def line(*nodes: str, kinds: str = "") -> str:
    """Nodes such as `userTask:a` in a row between a start `s` and an end `e`, with the flows between them."""
    ids = ["s", *(node.partition(":")[2] for node in nodes), "e"]
    drawn = "".join(f'<{kind} id="{id}"/>' for kind, _, id in (node.partition(":") for node in nodes))
    pairs = [f"{one} {other}" for one, other in zip(ids, ids[1:], strict=False)]
    return f'<startEvent id="s"/>{drawn}<endEvent id="e"/>{flows(*pairs)}'


def picture(shapes: dict[str, tuple[int, int, int, int]], lines: dict[str, list[tuple[int, int]]]) -> str:
    """Diagram interchange: id → (x, y, width, height), and flow id → points."""
    drawn = "".join(
        f'<bpmndi:BPMNShape id="{id}_di" bpmnElement="{id}">'
        f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/></bpmndi:BPMNShape>'
        for id, (x, y, width, height) in shapes.items()
    )
    drawn += "".join(
        f'<bpmndi:BPMNEdge id="{id}_di" bpmnElement="{id}">'
        + "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
        + "</bpmndi:BPMNEdge>"
        for id, points in lines.items()
    )
    plane = f'<bpmndi:BPMNPlane id="pl" bpmnElement="p">{drawn}</bpmndi:BPMNPlane>'
    return f'<bpmndi:BPMNDiagram id="d">{plane}</bpmndi:BPMNDiagram>'


# Pieces --------------------------------------------------------------------------------------------------

MESSAGE = '<message id="mail" name="asked"/><signal id="si" name="all"/><error id="er" errorCode="e1"/>'
MESSAGE += '<escalation id="es" escalationCode="x1"/><message id="nameless"/>'
MESSAGE += '<error id="any" name="whichever"/>'


def event(kind: str, id: str, definition: str, attributes: str = "") -> str:
    return f'<{kind} id="{id}" {attributes}>{definition}</{kind}>'


def timer(text: str, form: str = "timeDuration") -> str:
    return f"<timerEventDefinition><{form}>{text}</{form}></timerEventDefinition>"


def on(definition: str, attributes: str = "", host: str = "a") -> str:
    """A row with one activity and a boundary event `b` on it that leads to the end `late`."""
    boundary = event("boundaryEvent", "b", definition, f'attachedToRef="{host}" {attributes}')
    return line("userTask:a") + boundary + '<endEvent id="late"/>' + flows("b late")


def task(inner: str = "", kind: str = "userTask", attributes: str = "") -> str:
    """A row with one activity `a` that holds `inner`."""
    return line(f"{kind}:a").replace(f'<{kind} id="a"/>', f'<{kind} id="a" {attributes}>{inner}</{kind}>')


def zeebe(inner: str) -> str:
    return f"<extensionElements>{inner}</extensionElements>"


def several(attributes: str) -> str:
    said = zeebe(f"<zeebe:loopCharacteristics {attributes}/>")
    return f"<multiInstanceLoopCharacteristics>{said}</multiInstanceLoopCharacteristics>"


def split(*pairs: str, gateway: str = "exclusiveGateway", default: str = "") -> str:
    """s → g → a or b → e."""
    attribute = f'default="{default}"' if default else ""
    nodes = f'<startEvent id="s"/><{gateway} id="g" {attribute}/>'
    nodes += '<userTask id="a"/><userTask id="b"/><endEvent id="e"/>'
    return nodes + flows("s g", *pairs, "a e", "b e")


MESSAGE_EVENT = '<messageEventDefinition messageRef="mail"/>'
OWN_CASE = zeebe('<zeebe:properties><zeebe:property name="handrail:case" value="new"/></zeebe:properties>')
SUB = '<startEvent id="is"/><userTask id="it"/><endEvent id="ie"/>' + flows("is it", "it ie")
