from engine.diagrams import compare, read

from .drawn import bpmn, flows, line, picture


def changes(old: bytes, new: bytes) -> list[str]:
    return [str(change) for change in compare(read(old), read(new))]


def test_moving_a_shape_is_no_change():
    drawn = bpmn(line("userTask:a"))
    moved = drawn.replace(b"</definitions>", picture({"a": (1, 2, 3, 4)}, {}).encode() + b"</definitions>")

    assert changes(drawn, moved) == []


def test_what_is_added_and_removed_is_named():
    said = changes(bpmn(line("userTask:a")), bpmn(line("userTask:b")))

    assert "removed user task (a)" in said
    assert "added user task (b)" in said


def test_a_changed_condition_has_its_old_and_new_value():
    body = line("userTask:a") + '<userTask id="b"/>'

    said = changes(bpmn(body + flows("a b =x > 1")), bpmn(body + flows("a b =x > 2")))

    assert said == ["changed flow from a to b (a_b): condition: =x > 1 → =x > 2"]


def test_changed_assignments_and_times_have_their_values():
    task = '<userTask id="a" name="{}"><extensionElements><zeebe:assignmentDefinition candidateGroups="{}"/>'
    task += '<zeebe:taskSchedule dueDate="{}"/></extensionElements></userTask>'
    old, new = task.format("Ask", "dsl", "P1D"), task.format("Ask again", "ig_lead", "P2D")

    change = compare(read(bpmn(old)), read(bpmn(new)))[0]

    assert change.values == (("name", "Ask", "Ask again"), ("role", "dsl", "ig_lead"), ("due", "P1D", "P2D"))


def test_a_changed_message_or_timer_is_seen():
    event = '<boundaryEvent id="b" attachedToRef="a"><timerEventDefinition><timeDuration>{}</timeDuration>'
    event += '</timerEventDefinition></boundaryEvent><userTask id="a"/>'

    said = changes(bpmn(event.format("P1D")), bpmn(event.format("P2D")))

    assert said == ["changed boundary event (b): event 1: timer P1D → timer P2D"]


def test_compare_is_empty_for_the_same_file():
    assert changes(bpmn(line("userTask:a")), bpmn(line("userTask:a"))) == []
