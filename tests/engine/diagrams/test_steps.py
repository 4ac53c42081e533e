from engine.diagrams import outline, read

from .drawn import bpmn, flows, line


def steps(body: str) -> list[tuple[str, int]]:
    return [(step.id, step.depth) for step in outline(read(bpmn(body)), "p")]


def test_steps_are_read_from_start_to_end_wherever_they_stand_in_the_file():
    body = '<endEvent id="e"/><userTask id="b"/><userTask id="a"/><startEvent id="s"/>' + flows(
        "b e", "a b", "s a"
    )

    assert steps(body) == [("s", 0), ("a", 0), ("b", 0), ("e", 0)]


def test_ways_are_read_one_after_the_other_and_what_joins_them_last():
    body = '<startEvent id="s"/><exclusiveGateway id="g"/><task id="a"/><task id="b"/><task id="j"/>'

    assert [id for id, _ in steps(body + flows("s g", "g a", "g b", "a j", "b j"))] == [
        "s",
        "g",
        "a",
        "b",
        "j",
    ]


def test_loops_are_read_once():
    body = '<startEvent id="s"/><task id="a"/><exclusiveGateway id="g"/><endEvent id="e"/>'

    assert [id for id, _ in steps(body + flows("s a", "a g", "g a", "g e"))] == ["s", "a", "g", "e"]


def test_a_sub_process_is_followed_by_what_is_in_it():
    body = '<startEvent id="s"/><subProcess id="sp"><startEvent id="is"/><task id="it"/>' + flows("is it")

    assert steps(body + "</subProcess>" + flows("s sp")) == [("s", 0), ("sp", 0), ("is", 1), ("it", 1)]


def test_a_boundary_event_follows_its_activity():
    body = line("userTask:a", "userTask:b") + '<boundaryEvent id="late" attachedToRef="a"/><task id="chase"/>'

    assert steps(body + flows("late chase")) == [
        ("s", 0),
        ("a", 0),
        ("late", 1),
        ("chase", 0),
        ("b", 0),
        ("e", 0),
    ]


def test_an_event_sub_process_is_read_last():
    body = '<subProcess id="esp" triggeredByEvent="true"><startEvent id="is"/></subProcess>' + line(
        "userTask:a"
    )

    assert [id for id, _ in steps(body)] == ["s", "a", "e", "esp", "is"]


def test_next_says_when_and_where():
    body = (
        '<startEvent id="s"/><exclusiveGateway id="g" default="g_c"/>'
        '<userTask id="a" name="Ask"/><userTask id="b"/><userTask id="c" name="Stop"/>'
        + flows("s g", "g a =risk > 1", "g b =x", "g c").replace('id="g_b"', 'id="g_b" name="Low risk"')
    )
    gateway = next(step for step in outline(read(bpmn(body)), "p") if step.id == "g")

    assert gateway.next == (("risk > 1", "Ask"), ("Low risk", "user task"), ("otherwise", "Stop"))
    assert gateway.targets == ("a", "b", "c")


def test_each_kind_has_plain_words():
    body = (
        '<startEvent id="s"/><boundaryEvent id="b" attachedToRef="a"><timerEventDefinition/></boundaryEvent>'
        '<userTask id="a" name="Ask"><multiInstanceLoopCharacteristics/></userTask>'
    )
    said = {step.id: (step.words, step.during) for step in outline(read(bpmn(body)), "p")}

    assert said == {"s": ("start", ""), "a": ("user task, several at once", ""), "b": ("timer event", "Ask")}


def test_every_node_is_read_once_even_in_a_long_chain():
    ids = [f"t{number}" for number in range(3_000)]

    read_in_order = [id for id, _ in steps(line(*(f"task:{id}" for id in ids)))]

    assert read_in_order == ["s", *ids, "e"]


def test_a_boundary_event_on_something_in_another_scope_is_one_step():
    """Such a file is refused; it is shown all the same."""
    inner = '<subProcess id="z"><startEvent id="i"/><userTask id="a"/></subProcess>'
    body = f'<startEvent id="s"/>{inner}<boundaryEvent id="on" attachedToRef="a"/>'

    assert sorted(id for id, _ in steps(body)) == ["a", "i", "on", "s", "z"]
