import doctest
from importlib import import_module
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.diagrams import graph

NODES = "abcdefg"
GRAPHS = st.dictionaries(st.sampled_from(NODES), st.lists(st.sampled_from(NODES), max_size=4)).map(
    lambda drawn: {node: drawn.get(node, []) for node in NODES}
)


@given(GRAPHS)
@settings(max_examples=200, deadline=None)
def test_a_component_is_what_reaches_each_other(drawn):
    for component in graph.components(drawn):
        for one in component:
            both = {
                other for other in graph.reachable(drawn, [one]) if one in graph.reachable(drawn, [other])
            }
            assert both == set(component)


def passed(drawn: dict[str, list[str]], node: str) -> set[str]:
    """What every way from "a" to the node passes."""
    cuts = {one: {key: [] if key == one else to for key, to in drawn.items()} for one in drawn if one != "a"}
    return {"a", node} | {one for one, cut in cuts.items() if node not in graph.reachable(cut, ["a"])}


@given(GRAPHS)
@settings(max_examples=300, deadline=None)
def test_a_dominator_is_the_last_that_every_way_passes(drawn):
    above = graph.dominators(drawn, "a")

    assert set(above) == graph.reachable(drawn, ["a"])
    assert above["a"] == "a"
    for node in set(above) - {"a"}:
        assert passed(drawn, node) == {node} | passed(drawn, above[node])


@given(GRAPHS)
@settings(max_examples=300, deadline=None)
def test_ways_part_after_the_last_node_of_both(drawn):
    tree = graph.Tree(graph.dominators(drawn, "a"))

    for one, other in product(tree.above, repeat=2):
        node, first, second = tree.parting(one, other)
        assert tree.is_above(one, other) == (one in passed(drawn, other))
        assert passed(drawn, node) == passed(drawn, one) & passed(drawn, other)
        assert first == "" if node == one else tree.above[first] == node and tree.is_above(first, one)
        assert second == "" if node == other else tree.above[second] == node and tree.is_above(second, other)


def test_a_long_chain_needs_no_recursion():
    chain = {str(number): [str(number + 1)] for number in range(50_000)} | {"50000": ["0"]}

    assert len(graph.components(chain)) == 1
    assert len(graph.dominators(chain, "0")) == 50_001


@pytest.mark.parametrize(
    "module", ["parts", "vocabulary", "model", "steps", "vetting.languages", "vetting.times"]
)
def test_examples_in_docstrings_are_true(module):
    assert doctest.testmod(import_module(f"engine.diagrams.{module}")).failed == 0
