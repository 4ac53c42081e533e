import doctest
from importlib import import_module

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


@given(GRAPHS)
@settings(max_examples=200, deadline=None)
def test_a_dominator_cuts_off_what_it_dominates(drawn):
    above = graph.dominators(drawn, "a")

    assert set(above) == graph.reachable(drawn, ["a"])
    for node in set(above) - {"a"}:
        cut = {key: [] if key == above[node] else to for key, to in drawn.items()}
        assert above[node] == "a" or node not in graph.reachable(cut, ["a"])


def test_a_long_chain_needs_no_recursion():
    chain = {str(number): [str(number + 1)] for number in range(50_000)} | {"50000": ["0"]}

    assert len(graph.components(chain)) == 1
    assert len(graph.dominators(chain, "0")) == 50_001


@pytest.mark.parametrize(
    "module", ["parts", "vocabulary", "model", "steps", "vetting.languages", "vetting.times"]
)
def test_examples_in_docstrings_are_true(module):
    assert doctest.testmod(import_module(f"engine.diagrams.{module}")).failed == 0
