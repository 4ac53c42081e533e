"""Diagrams that look odd but run exactly as drawn."""

from .drawn import MESSAGE_EVENT, SUB, event, flows, line, on, split, task, timer, zeebe

COUNTS = '<zeebe:ioMapping><zeebe:output source="=i + 1" target="i"/></zeebe:ioMapping>'
EACH = '<zeebe:loopCharacteristics inputCollection="=agencies" inputElement="agency"/>'
SEVERAL = f"<multiInstanceLoopCharacteristics>{zeebe(EACH)}</multiInstanceLoopCharacteristics>"
LOOP = (
    '<startEvent id="s"/><exclusiveGateway id="m"/><userTask id="a"/><exclusiveGateway id="g"/>'
    '<endEvent id="e"/>'
)
UNDONE = on("<compensateEventDefinition/>").replace(flows("b late"), "").replace('<endEvent id="late"/>', "")
UNDONE += '<userTask id="h" isForCompensation="true"/>'
RUNS = {
    "a row": line("userTask:a", "task:b", "manualTask:c"),
    "no start and no end": '<userTask id="a"/><userTask id="b"/>' + flows("a b"),
    "two tasks side by side": '<userTask id="a"/><userTask id="b"/>',
    "a review loop": LOOP + flows("s m", "m a", "a g", "g m =again", "g e =not(again)"),
    "a gateway without default": split("g a =x", "g b =not(x)"),
    "parallel and back": '<startEvent id="s"/><parallelGateway id="g"/><userTask id="a"/><userTask '
    'id="b"/><parallelGateway id="j"/><endEvent id="e"/>' + flows("s g", "g a", "g b", "a j", "b j", "j e"),
    "parallel join behind a complex gateway, which sends two tokens in a round": '<startEvent id="s"/>'
    '<complexGateway id="c"><activationCondition>=activationCount >= 1</activationCondition></complexGateway>'
    '<exclusiveGateway id="g"/><userTask id="a"/><userTask id="b"/><parallelGateway id="j"/>'
    '<endEvent id="e"/>' + flows("s c", "c g =n > 0", "g a =x", "g b =not(x)", "a j", "b j", "j e"),
    "parallel join fed by a loop that comes round": '<startEvent id="s"/>'
    '<exclusiveGateway id="m"/><exclusiveGateway id="x"/>'
    '<parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><parallelGateway id="j"/><endEvent id="e"/>'
    + flows("s m", "m x", "x a =i", "x b =k", "a f", "f j", "f m", "b j", "j e"),
    "a choice that two tokens reach": '<startEvent id="s"/><parallelGateway id="f"/>'
    '<userTask id="a"/><userTask id="b"/><exclusiveGateway id="x"/><task id="c"/><task id="d"/>'
    '<parallelGateway id="j"/><endEvent id="e"/>'
    + flows("s f", "f a", "f b", "a x", "b x", "x c =first", "x d =second", "c j", "d j", "j e"),
    "several flows out of a task": line("userTask:a") + '<userTask id="b"/>' + flows("a b", "b e"),
    "a loop that something interrupts": '<startEvent id="s"/><subProcess id="sp">'
    '<startEvent id="is"/><userTask '
    'id="a"/><userTask id="b"/>'
    + flows("is a", "a b", "b a")
    + '</subProcess><endEvent id="e"/><endEvent id="x"/>'
    + event("boundaryEvent", "stop", MESSAGE_EVENT, 'attachedToRef="sp"')
    + flows("s sp", "sp e", "stop x"),
    "an automatic loop that counts": '<startEvent id="s"/><exclusiveGateway id="m"/>' + "<task "
    f'id="t">{zeebe(COUNTS)}</task>'
    + '<exclusiveGateway id="g"/><endEvent id="e"/>'
    + flows("s m", "m t", "t g", "g m =i &lt; 9".replace("&lt;", "<"), "g e =i >= 9"),
    "an ad-hoc sub-process": task(
        '<userTask id="x"/><userTask id="y"/><completionCondition>=done</completionCondition>',
        "adHocSubProcess",
    ),
    "an event sub-process": line("userTask:a")
    + '<subProcess id="sp" triggeredByEvent="true">'
    + SUB.replace('<startEvent id="is"/>', event("startEvent", "is", MESSAGE_EVENT, 'isInterrupting="false"'))
    + "</subProcess>",
    "a link": line("userTask:a", "intermediateThrowEvent:t")
    .replace(
        '<intermediateThrowEvent id="t"/>',
        event("intermediateThrowEvent", "t", '<linkEventDefinition name="x"/>'),
    )
    .replace(flows("t e"), "")
    + event("intermediateCatchEvent", "c", '<linkEventDefinition name="x"/>')
    + flows("c e"),
    "compensation": UNDONE + '<association id="as" sourceRef="b" targetRef="h"/>',
    "compensation drawn from what undoes": UNDONE + '<association id="as" sourceRef="h" targetRef="b"/>',
    "compensation with notes and a second association": UNDONE
    + '<textAnnotation id="n"/><association id="an" sourceRef="h" targetRef="n"/>'
    + "".join(f'<association id="a{n}" sourceRef="b" targetRef="{to}"/>' for n, to in enumerate("nhha")),
    "compensation whose association is drawn around it": f'<startEvent id="os"/><subProcess id="w">{UNDONE}'
    '</subProcess><endEvent id="oe"/><association id="as" sourceRef="b" targetRef="h"/>'
    + flows("os w", "w oe"),
    "a sub-process in a category": task("<categoryValueRef>cv</categoryValueRef>" + SUB, "subProcess"),
    "a timer that comes again": on(timer("R/PT1H", "timeCycle"), 'cancelActivity="false"'),
    "a catch-all error": on("<errorEventDefinition/>"),
    "timers in FEEL": on(timer('=duration("P1D")')),
    "a notes-only vendor": task(
        zeebe('<camunda:properties><camunda:property name="a" value="b"/></camunda:properties>')
    ),
    "a receive task that starts": '<receiveTask id="r" messageRef="mail" instantiate="true"/>'
    '<endEvent id="e"/>' + flows("r e"),
    "several instances": task(SEVERAL),
}
