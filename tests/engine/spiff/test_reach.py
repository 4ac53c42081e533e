"""By which flows a token may still arrive at a join: what a search for each of them would find."""

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.diagrams.graph import reachable
from engine.spiff.bundle import compile
from engine.spiff.fitting import Joins
from engine.spiff.specs.reach import Reach
from tests.engine.diagrams.test_size import MOST, spent

from .drawing import chain, diagram, flows, nodes

NODES = "abcdef"
EDGES = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=14)


@given(EDGES)
@settings(max_examples=300, deadline=None)
def test_a_token_arrives_by_each_flow_that_some_way_ends_with(edges):
    onward = {node: [target for source, target in edges if source == node] for node in NODES}
    incoming = {f"{n}": source for n, (source, target) in enumerate(edges) if target == "a"}
    reach = Reach("a", onward, incoming)

    for node in set(NODES) - {"a"}:
        met = reachable({**onward, "a": []}, [node]) - {"a"}
        assert reach.of(node) == reach.flows(flow for flow, source in incoming.items() if source in met)


def test_nobody_waits_at_a_join_for_what_stands_at_it():
    reach = Reach("j", {"a": ["j"], "j": ["j", "a"]}, {"back": "j", "in": "a"})

    assert reach.of("j") == 0
    assert reach.of("a") == reach.flows(["in"])


def test_many_flows_a_long_way_off_are_found_at_once():
    row = {f"t{n}": [f"t{n + 1}"] for n in range(5_000)} | {"t5000": [f"f{n}" for n in range(5_000)]}
    onward = row | {f"f{n}": ["j"] for n in range(5_000)} | {"j": []}
    incoming = {f"{n}": f"f{n}" for n in range(5_000)}

    assert spent(lambda: Reach("j", onward, incoming).of("t0")) < MOST  # anew each time: it is kept
    assert Reach("j", onward, incoming).of("t0").bit_count() == 5_000


def test_a_migration_asks_at_once_what_can_come_by_many_flows_from_a_long_way_off():
    row, beside = [f"t{n}" for n in range(2_400)], [f"b{n}" for n in range(2_400)]
    tasks = nodes(s="startEvent", **dict.fromkeys(row + beside, "task"))
    ways = "".join(flows(f"f>{each}", f"{each}>j") for each in beside)
    drawn = tasks + nodes(f="parallelGateway", j="parallelGateway") + chain("s", *row, "f") + ways
    spec = compile({"x.bpmn": diagram(drawn)}, "p").spec

    assert spent(lambda: Joins(spec).between("j", ["t0", "b1"])) < MOST
    assert Joins(spec).missing("j", ["b1"], ["b2_j"])
    assert not Joins(spec).missing("j", ["t0"], ["b2_j"])
