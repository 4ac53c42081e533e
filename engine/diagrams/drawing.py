"""Is a diagram drawn so that it can be read? Shapes, lines and their places; says nothing about what it does.

For the tests of our own diagrams: `problems(content)` is empty for a drawing that every tool shows whole and
that reads from left to right. `crossings(content)` names the pairs of lines that cross.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.diagrams import graph, source
from engine.diagrams.model import Diagram, Element
from engine.diagrams.reading import read
from engine.diagrams.vocabulary import BPMNDI, DC, DI, unprefixed
from engine.errors import Problem

TOUCH = 2.0  # how far a line's end may be from the edge of its shape
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """Where a shape is: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def overlaps(self, other: Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def touches(self, point: Point) -> bool:
        x, y = point
        return self.left - TOUCH <= x <= self.right + TOUCH and self.top - TOUCH <= y <= self.bottom + TOUCH

    def crossed_by(self, one: Point, other: Point) -> bool:
        """Whether the straight line between two points runs through the inside of this box."""
        inside = Box(self.left + TOUCH, self.top + TOUCH, self.right - TOUCH, self.bottom - TOUCH)
        return _clip(inside, one, other)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The shapes and lines of one file, by the id of what they show."""

    diagram: Diagram
    boxes: dict[str, Box]
    lines: dict[str, list[Point]]


def problems(content: bytes) -> list[Problem]:
    """Everything that makes the drawing hard or impossible to read."""
    drawing = _drawing(content)
    rules = (_missing, _outside, _overlapping, _loose, _backwards, _through)
    return [Problem(element, message) for rule in rules for element, message in rule(drawing)]


def crossings(content: bytes) -> list[tuple[str, str]]:
    """Pairs of flows whose lines cross (not: start or end at the same shape)."""
    drawing = _drawing(content)
    segments = sorted(
        (min(one[0], other[0]), max(one[0], other[0]), id, one, other)
        for id, points in drawing.lines.items()
        for one, other in zip(points, points[1:], strict=False)
        if id in drawing.diagram.flows
    )
    found: dict[tuple[str, str], None] = {}
    for number, (_, right, id, one, other) in enumerate(segments):
        for left, _, id2, one2, other2 in segments[number + 1 :]:
            if left > right:
                break
            if id != id2 and _cross(one, other, one2, other2):
                found[(id, id2) if id < id2 else (id2, id)] = None
    return list(found)


def _drawing(content: bytes) -> Drawing:
    root = source.tree(content)
    boxes, lines = {}, {}
    for shape in root.iter(f"{{{BPMNDI}}}BPMNShape"):
        if (bounds := shape.find(f"{{{DC}}}Bounds")) is not None:
            left, top = float(bounds.get("x", 0)), float(bounds.get("y", 0))
            right, bottom = left + float(bounds.get("width", 0)), top + float(bounds.get("height", 0))
            boxes[unprefixed(shape.get("bpmnElement"))] = Box(left, top, right, bottom)
    for edge in root.iter(f"{{{BPMNDI}}}BPMNEdge"):
        points = [
            (float(point.get("x", 0)), float(point.get("y", 0))) for point in edge.iter(f"{{{DI}}}waypoint")
        ]
        lines[unprefixed(edge.get("bpmnElement"))] = points
    return Drawing(read(content), boxes, lines)


Found = Iterator[tuple[str, str]]


def _missing(drawing: Drawing) -> Found:
    diagram = drawing.diagram
    lanes = (lane for process in diagram.processes.values() for lane in process.lanes)
    shown = [
        element.id
        for element in diagram.elements.values()
        if element.kind not in ("dataObject", "association")
    ]
    shown += [lane.id for lane in lanes] + [pool.id for pool in diagram.participants]
    for id in shown:
        if id not in drawing.boxes:
            yield id, f"Expected a shape for {diagram.words(id)}, but it is not drawn."
    for id in diagram.flows:
        if len(drawing.lines.get(id, ())) < 2:
            yield id, f"Expected a line for {diagram.words(id)}, but it is not drawn."


def _outside(drawing: Drawing) -> Found:
    """What belongs to a lane, pool or sub-process must be drawn inside it."""
    diagram, boxes = drawing.diagram, drawing.boxes
    holders = [
        (pool.id, pool.name, diagram.processes[pool.process].nodes)
        for pool in diagram.participants
        if pool.process in diagram.processes
    ]
    holders += [
        (lane.id, lane.name, lane.nodes) for process in diagram.processes.values() for lane in process.lanes
    ]
    holders += [
        (scope.id, scope.name, tuple(node.id for node in diagram.nodes(scope.id)))
        for scope in diagram.elements.values()
        if scope.is_scope
    ]
    for id, name, members in holders:
        for member in members:
            if id in boxes and member in boxes and not boxes[id].holds(boxes[member]):
                yield member, f'Expected {diagram.words(member)} to be drawn inside "{name}", but it is not.'


def _overlapping(drawing: Drawing) -> Found:
    diagram = drawing.diagram
    shapes = sorted(
        ((drawing.boxes[node.id], node) for node in diagram.elements.values() if node.id in drawing.boxes),
        key=lambda pair: pair[0].left,
    )
    for number, (box, node) in enumerate(shapes):
        for other_box, other in shapes[number + 1 :]:
            if other_box.left >= box.right:
                break
            if box.overlaps(other_box) and not _belong(node, other, diagram):
                yield node.id, f"Expected shapes apart, but {node.words} and {other.words} overlap."


def _belong(one: Element, other: Element, diagram: Diagram) -> bool:
    """A boundary event sits on its activity, and a sub-process holds what is in it; groups hold anything."""
    if one.id == other.attached_to or other.id == one.attached_to or "group" in (one.kind, other.kind):
        return True
    return other.id in _around(one, diagram) or one.id in _around(other, diagram)


def _around(element: Element, diagram: Diagram) -> Iterator[str]:
    """The sub-processes around an element; a boundary event also reaches over the edge of its own."""
    scope = element.scope
    while holder := diagram.around(scope):
        yield scope
        scope = holder.scope


def _loose(drawing: Drawing) -> Found:
    for flow in drawing.diagram.flows.values():
        points = drawing.lines.get(flow.id, [])
        ends = ((flow.source, 0, "start"), (flow.target, -1, "end"))
        for id, place, word in ends:
            if len(points) > 1 and id in drawing.boxes and not drawing.boxes[id].touches(points[place]):
                line, shape = drawing.diagram.words(flow.id), drawing.diagram.words(id)
                yield flow.id, f"Expected the line of {line} to {word} at {shape}, but it does not touch it."


def _backwards(drawing: Drawing) -> Found:
    """Only a flow that is part of a loop may run to something that lies wholly to the left."""
    following: dict[str, list[str]] = {id: [] for id in drawing.diagram.elements}
    for flow in drawing.diagram.flows.values():
        following.setdefault(flow.source, []).append(flow.target)
    for element in drawing.diagram.elements.values():
        if element.attached_to in following:
            following[element.attached_to].append(element.id)
    round_trip = {id: number for number, nodes in enumerate(graph.components(following)) for id in nodes}
    for flow in drawing.diagram.flows.values():
        start, end = drawing.boxes.get(flow.source), drawing.boxes.get(flow.target)
        same_loop = round_trip.get(flow.source) == round_trip.get(flow.target)
        if start and end and end.right <= start.left and not same_loop:
            yield flow.id, f"Expected {drawing.diagram.words(flow.id)} to run to the right, but it runs back."


def _through(drawing: Drawing) -> Found:
    """A line that runs through somebody else's shape reads as if it stopped there."""
    diagram = drawing.diagram
    solid = sorted(
        (
            (box, id)
            for id, box in drawing.boxes.items()
            if id in diagram.elements and _is_solid(diagram.elements[id])
        ),
        key=lambda pair: pair[0].left,
    )
    for flow in diagram.flows.values():
        points = drawing.lines.get(flow.id, [])
        for one, other in zip(points, points[1:], strict=False):
            for box, id in solid:
                if box.left > max(one[0], other[0]):
                    break
                if id not in _ends(flow.source, flow.target, diagram) and box.crossed_by(one, other):
                    yield (
                        flow.id,
                        f"Expected {diagram.words(flow.id)} to pass by {diagram.words(id)}, not through it.",
                    )


def _is_solid(element: Element) -> bool:
    return element.is_node and not element.is_scope


def _ends(source_id: str, target_id: str, diagram: Diagram) -> set[str]:
    element = diagram.elements.get(source_id)
    return {source_id, target_id, element.attached_to if element else ""}


def _clip(box: Box, one: Point, other: Point) -> bool:
    """Liang and Barsky: does any part of the line lie inside the box?"""
    (x, y), (dx, dy) = one, (other[0] - one[0], other[1] - one[1])
    enter, leave = 0.0, 1.0
    for step, room in ((-dx, x - box.left), (dx, box.right - x), (-dy, y - box.top), (dy, box.bottom - y)):
        if step == 0:
            if room <= 0:
                return False
            continue
        share = room / step
        enter, leave = (max(enter, share), leave) if step < 0 else (enter, min(leave, share))
        if enter >= leave:
            return False
    return True


def _cross(one: Point, other: Point, one2: Point, other2: Point) -> bool:
    """Whether two straight lines properly cross."""
    return (
        _side(one, other, one2) * _side(one, other, other2) < 0
        and _side(one2, other2, one) * _side(one2, other2, other) < 0
    )


def _side(one: Point, other: Point, third: Point) -> float:
    return (other[0] - one[0]) * (third[1] - one[1]) - (other[1] - one[1]) * (third[0] - one[0])
