"""The rule about stuck joins against every way a token can go: what it refuses can never fire."""

import random

from engine.diagrams import vet

from .drawn import bpmn, flows

KINDS = ("exclusiveGateway", "parallelGateway", "task", "exclusiveGateway", "parallelGateway")
MOST_STATES = 4_000
MOST_TOKENS = 12

Net = dict[str, tuple[str, list[str]]]  # node → kind and next nodes; "s" is the start


def drawn(chance: random.Random) -> Net:
    """A start, a few gateways and tasks, mostly forwards, and an end."""
    ids = [f"n{number}" for number in range(chance.randint(3, 8))]
    net: Net = {"s": ("startEvent", [ids[0]])}
    for number, id in enumerate(ids):
        kind = chance.choice(KINDS)
        later = [*ids[number + 1 :], "e"] if chance.random() < 0.85 else ids
        wanted = 1 if kind == "task" else chance.randint(1, 3)
        net[id] = (kind, chance.sample(later, min(wanted, len(later))))
    return net | {"e": ("endEvent", [])}


def as_bpmn(net: Net) -> bytes:
    nodes = "".join(f'<{kind} id="{id}"/>' for id, (kind, _) in net.items())
    pairs = [
        f"{id} {target}" + (" =x" if kind == "exclusiveGateway" and len(targets) > 1 else "")
        for id, (kind, targets) in net.items()
        for target in targets
    ]
    return bpmn(nodes + flows(*pairs))


def fired(net: Net) -> set[str] | None:
    """Every node that fires on some run; None when there are too many runs to say."""
    into: dict[str, list[tuple[str, str]]] = {}
    for id, (_, targets) in net.items():
        for target in targets:
            into.setdefault(target, []).append((id, target))
    first = (("s", net["s"][1][0]),)
    seen, todo, found = {first}, [first], {"s"}
    while todo:
        tokens = todo.pop()
        for id, after in moves(net, into, tokens):
            found.add(id)
            if len(after) > MOST_TOKENS or len(seen) > MOST_STATES:
                return None
            if after not in seen:
                seen.add(after)
                todo.append(after)
    return found


def moves(net: Net, into: dict, tokens: tuple):
    """(the node that fires, where the tokens are then)."""
    for id in {target for _, target in tokens}:
        kind, targets = net[id]
        joins = kind == "parallelGateway"
        for taken in [into[id]] if joins else [[token] for token in set(tokens) if token[1] == id]:
            left = list(tokens)
            if any(token not in tokens for token in taken):
                continue
            for token in taken:
                left.remove(token)
            choices = [[target] for target in targets] if kind == "exclusiveGateway" else [targets]
            for choice in choices or [[]]:
                yield id, tuple(sorted([*left, *((id, target) for target in choice)]))


def test_a_join_that_is_refused_as_stuck_fires_on_no_run():
    chance = random.Random(11)
    refused = 0
    for _ in range(800):
        net = drawn(chance)
        stuck = [p.element for p in vet({"x": as_bpmn(net)}) if "wait for ever" in p.message]
        found = fired(net) if stuck else None
        if found is not None:
            refused += 1
            assert not set(stuck) & found, net

    assert refused > 30
