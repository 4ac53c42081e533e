from engine.diagrams import drawing

from .drawn import bpmn, flows, line, picture

SHAPES = {"s": (0, 22, 36, 36), "a": (100, 0, 100, 80), "e": (260, 22, 36, 36)}
LINES = {"s_a": [(36, 40), (100, 40)], "a_e": [(200, 40), (260, 40)]}


ROW = line("userTask:a")


def of(shapes=SHAPES, lines=LINES, body=ROW):
    drawn = bpmn(body).replace(b"</definitions>", picture(shapes, lines).encode() + b"</definitions>")
    return [problem.element for problem in drawing.problems(drawn)]


def test_a_tidy_row_has_no_problems():
    assert of() == []


def test_every_node_has_a_shape():
    assert of({id: box for id, box in SHAPES.items() if id != "a"}) == ["a"]


def test_every_flow_has_a_line():
    assert of(lines={"s_a": LINES["s_a"]}) == ["a_e"]


def test_shapes_do_not_overlap():
    assert "s" in of({**SHAPES, "s": (80, 22, 36, 36)}, {**LINES, "s_a": [(116, 40), (100, 40)]})


def test_a_boundary_event_sits_on_its_activity():
    body = (
        line("userTask:a")
        + '<boundaryEvent id="b" attachedToRef="a"/><endEvent id="late"/>'
        + flows("b late")
    )
    shapes = {**SHAPES, "b": (132, 62, 36, 36), "late": (132, 150, 36, 36)}
    assert of(shapes, {**LINES, "b_late": [(150, 98), (150, 150)]}, body) == []


def test_lines_touch_what_they_join():
    assert of(lines={**LINES, "a_e": [(200, 40), (250, 40)]}) == ["a_e"]


def test_only_loops_run_back():
    body = line("userTask:a") + '<endEvent id="x"/>' + flows("a x")
    shapes = {**SHAPES, "x": (0, 150, 36, 36)}
    assert of(shapes, {**LINES, "a_x": [(150, 80), (150, 168), (36, 168)]}, body) == ["a_x"]


def test_a_review_loop_may_run_back():
    body = line("userTask:a", "userTask:b") + flows("b a")
    shapes = {"s": (0, 22, 36, 36), "a": (100, 0, 100, 80), "b": (260, 0, 100, 80), "e": (420, 22, 36, 36)}
    lines = {
        "s_a": [(36, 40), (100, 40)],
        "a_b": [(200, 40), (260, 40)],
        "b_e": [(360, 40), (420, 40)],
        "b_a": [(310, 80), (310, 120), (150, 120), (150, 80)],
    }
    assert of(shapes, lines, body) == []


def test_lines_do_not_run_through_shapes():
    body = line("userTask:a", "userTask:b") + flows("a e")
    shapes = {"s": (0, 22, 36, 36), "a": (100, 0, 100, 80), "b": (260, 0, 100, 80), "e": (420, 22, 36, 36)}
    lines = {
        "s_a": [(36, 40), (100, 40)],
        "a_b": [(200, 40), (260, 40)],
        "b_e": [(360, 40), (420, 40)],
        "a_e": [(200, 45), (420, 45)],
    }
    assert of(shapes, lines, body) == ["a_e"]


def test_a_task_is_drawn_inside_its_lane():
    lanes = '<laneSet id="ls"><lane id="l" name="Lead"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
    inside, outside = (-50, -20, 400, 120), (-50, 200, 400, 120)
    assert of({**SHAPES, "l": inside}, body=lanes + line("userTask:a")) == []
    assert of({**SHAPES, "l": outside}, body=lanes + line("userTask:a")) == ["a"]


def test_crossing_lines_are_named():
    body = line("userTask:a") + '<endEvent id="x"/><startEvent id="t"/>' + flows("t x")
    shapes = {**SHAPES, "t": (220, -60, 10, 10), "x": (220, 100, 10, 10)}
    lines = {**LINES, "t_x": [(225, -50), (225, 100)]}
    drawn = bpmn(body).replace(b"</definitions>", picture(shapes, lines).encode() + b"</definitions>")
    assert drawing.crossings(drawn) == [("a_e", "t_x")]
