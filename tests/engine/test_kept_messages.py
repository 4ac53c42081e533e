"""Messages that come before anybody waits for them: given once, to whoever waits next, by all their keys."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from engine import definitions, instances, kept_messages, migration, waits
from engine.database import connect, transaction
from engine.execution import Thrown
from engine.migration import Change
from engine.tables import inbound_message, instance, subscription, user_task
from tests.counting import Counted
from tests.engine.handing import (
    FORM,
    OWN,
    STARTED,
    County,
    begun,
    catch,
    end,
    event_of,
    names,
    process,
    throw,
)
from tests.engine.spiff.drawing import IO, chain, flows, nodes, take, zeebe


@pytest.fixture
def county(engine, clock) -> Callable[..., County]:
    return lambda *files: County(engine, clock, {f"{n}.bpmn": each for n, each in enumerate(files)}).build()


def kept(here: County) -> list[str]:
    """The names of what is still kept, oldest first."""
    rows = here.rows(inbound_message, "received_at", "name", "delivered_at")
    return [name for _, name, delivered in sorted(rows, key=str) if delivered is None]


ASKS = process("worry", names("m"), s=STARTED, ask=throw("m"), think=OWN, wait=catch("m"), read=OWN, e=end())


def test_what_is_kept_is_given_in_the_command_that_begins_to_wait_or_not_at_all(county):
    here = county(ASKS)
    here.open()
    with pytest.raises(RuntimeError), transaction(here.engine) as db:
        here.complete(db, "ada", "think")
        raise RuntimeError("the power went")
    assert kept(here) == ["m"] and here.waiting() == ["think"]

    here.do("ada", "think")
    assert kept(here) == [] and here.waiting() == ["read"]
    assert here.rows(subscription, "token") == []


def test_what_is_kept_outlives_the_service_that_kept_it(county):
    here = county(ASKS)
    case_id = here.open()
    here.engine = connect(here.engine.url)
    here.do("ada", "think")

    assert here.waiting() == ["read"] and here.kinds(case_id).count("message.delivered") == 1
    here.engine.dispose()


def test_what_is_kept_is_given_for_28_days(county):
    here = county(ASKS)
    here.open()
    here.open()
    here.clock.travel(days=28, seconds=-1)
    here.do("ada", "think")
    assert here.waiting() == ["read", "think"]

    here.clock.travel(seconds=1)
    here.do("ada", "think")
    assert here.waiting() == ["read"] and here.rows(subscription, "element") == [("wait",)]


def told_of(*paths: str) -> str:
    """Correlation properties of the messages `told` and `begin`, which name them alike."""
    said = "".join(
        f'<correlationPropertyRetrievalExpression messageRef="{message}"><messagePath>={{path}}</messagePath>'
        "</correlationPropertyRetrievalExpression>"
        for message in ("told", "begin")
    )
    return "".join(
        f'<correlationProperty id="{path}" name="{path}">{said.format(path=path)}</correlationProperty>'
        for path in paths
    )


ROOTS = names("told", "begin", "go", "on") + told_of("topic", "agency")


def said(message: str, topic: str, agency: str, **more: str) -> str:
    return throw(message, topic=f"=&quot;{topic}&quot;", agency=f"=&quot;{agency}&quot;", **more)


def test_what_is_kept_is_for_whom_all_of_its_keys_fit(county):
    """Three are kept. Only the last has both keys of the conversation, though it is the youngest."""
    one = process(
        "one", ROOTS, s=STARTED, a=said("told", "home", "school", found="=1"), hand=throw("go"), think=OWN
    )
    two = process(
        "two", ROOTS, s=begun("go"), a=said("told", "money", "police", found="=2"), hand=throw("on")
    )
    three = process(
        "three",
        ROOTS,
        s=begun("on"),
        a=said("told", "home", "police", found="=3"),
        b=said("begin", "home", "police"),
    )
    four = process(
        "four", ROOTS, s=begun("begin"), wait=catch("told"), read=OWN, again=catch("told"), e=end()
    )
    here = county(one, two, three, four)
    here.open("one")
    assert here.waiting() == ["read", "think"] and here.variables("four")["found"] == 3

    here.do("ada", "read")
    assert kept(here) == ["told", "told"]
    assert here.rows(subscription, "element", "correlation") == [
        ("again", '[["agency","police"],["topic","home"]]')
    ]


def test_what_is_kept_is_given_once_a_subscription_that_follows_its_process_fits(county):
    """The key is what the variables say now (BPMN 2.0, 8.4.2)."""
    bound = "".join(
        f'<correlationPropertyBinding correlationPropertyRef="{name}"><dataPath>={name}</dataPath>'
        "</correlationPropertyBinding>"
        for name in ("topic", "agency")
    )
    follows = f'<correlationSubscription id="cs" correlationKeyRef="key">{bound}</correlationSubscription>'
    about = "".join(
        f"<correlationPropertyRef>{name}</correlationPropertyRef>" for name in ("topic", "agency")
    )
    key = '<collaboration id="c"><participant id="pa" processRef="one"/>'
    key += f'<correlationKey id="key">{about}</correlationKey></collaboration>'
    first = take("=&quot;home&quot;", "topic") + take("=&quot;police&quot;", "agency")
    knows = "task|" + zeebe(IO.format(first))
    one = process("one", ROOTS + key, s=STARTED, know=knows, hand=throw("go"), wait=catch("told"), read=OWN)
    one = one.replace(b'isExecutable="true">', b'isExecutable="true">' + follows.encode(), 1)
    two = process("two", ROOTS, s=begun("go"), a=said("told", "money", "police", found="=2"))
    here = county(one, two)
    here.open("one")
    assert kept(here) == ["told"] and here.waiting() == []
    assert here.rows(subscription, "correlation") == [('[["agency","police"],["topic","home"]]',)]

    here.set("one", topic="money")
    assert kept(here) == [] and here.waiting() == ["read"] and here.rows(subscription, "token") == []


TWICE = process(
    "worry", names("m", "n"), s=STARTED, both=throw("n"), ask=throw("m"), think=OWN, wait=catch("m"), e=end()
)
OTHER = process("other", names("m", "n"), s=begun("n"), think=OWN, wait=catch("m"), e=end())


def test_what_is_kept_is_given_once(county):
    here = county(TWICE, OTHER)
    here.open()
    here.do("ada", "think")
    here.do("ada", "think")

    assert here.instances() in (
        [("other", "completed"), ("worry", "running")],
        [("other", "running"), ("worry", "completed")],
    )
    assert here.rows(subscription, "element") == [("wait",)]


def test_two_who_begin_to_wait_at_once_are_not_given_the_same(county):
    """Two people, two instances of one case, at the same moment: one message reaches one of them."""
    here = county(TWICE, OTHER)
    case_id = here.open()
    tasks = [task for (task,) in here.rows(user_task, "id", element="think", state="open")]
    ready = threading.Barrier(len(tasks))

    def complete(task: str) -> None:
        ready.wait()
        with transaction(here.engine) as db:
            here.complete(db, "ada", "think", task=task)

    people = [threading.Thread(target=complete, args=(task,)) for task in tasks]
    for each in people:
        each.start()
    for each in people:
        each.join()

    assert here.waiting() == [] and kept(here) == []
    assert here.kinds(case_id).count("message.delivered") == 1
    assert sorted(status for _, status in here.instances()) == ["completed", "running"]


LISTENS = "startEvent isInterrupting='false'{}|{}"
WANTS_MORE = (
    "<conditionalEventDefinition><condition>=seen = 2</condition></conditionalEventDefinition>"
    "<messageEventDefinition messageRef='m'/>"
)


def handler(id: str, start: str) -> str:
    inner = nodes(**{f"{id}s": start, f"{id}d": OWN}) + chain(f"{id}s", f"{id}d")
    return f'<subProcess id="{id}" triggeredByEvent="true">{inner}</subProcess>'


def test_a_listener_that_waits_anew_keeps_its_place_before_a_younger_one(county):
    """As in a rehearsal: within one instance the oldest listener is served, whatever the rows say."""
    both = handler("h", LISTENS.format(" parallelMultiple='true'", WANTS_MORE))
    one = handler("k", LISTENS.format("", "<messageEventDefinition messageRef='m'/>"))
    told = process("listener", names("m", "n", "go"), s=begun("go"), e=OWN)
    told = told.replace(b"</process>", (both + one).encode() + b"</process>")
    sends = process(
        "worry",
        names("m", "n", "go"),
        s=STARTED,
        hand=throw("go"),
        t1=OWN,
        m1=throw("m"),
        t2=OWN,
        m2=throw("m"),
        t3=OWN,
        m3=throw("m"),
        t4=OWN,
        f=end(),
    )
    here = county(sends, told)
    here.open()
    here.do("ada", "t1")  # the elder has its message, and wants its condition
    here.set("listener", seen=2)
    assert here.waiting() == ["e", "hd", "t2"]

    here.clock.travel(days=1)
    here.do("ada", "t2")
    assert here.waiting() == ["e", "hd", "t3"]
    here.do("ada", "t3")
    assert here.waiting() == ["e", "hd", "kd", "t4"]


SENT = Thrown("message", "m", "ask", "", {})


def test_what_is_held_back_is_given_to_nobody_before_a_person_has_looked(county):
    here = county(process("worry", names("m"), s=STARTED, think=OWN, wait=catch("m"), read=OWN, e=end()))
    case_id = here.open()
    ((of,),) = here.rows(instance, "id")
    with transaction(here.engine) as db:
        running = instances.lock(db, "a", of, here.clock, None)
        held = kept_messages.hold(db, "a", case_id, SENT, here.clock.now)
        ids = {"area_id": "a", "case_id": case_id, "instance_id": of}
        waits.raise_held(db, ids, held, SENT, "Too many.", running.ledger)
        running.ledger.write(db)
    here.do("ada", "think")
    assert here.waiting() == []

    (trouble,) = here.incidents()
    here.retry(trouble.id)
    assert here.waiting() == ["read"]


# Other releases --------------------------------------------------------------------------------------------

BEFORE = process("worry", names("m"), s=STARTED, ask=throw("m"), think=OWN, e=end())


def move(here: County, after: bytes) -> migration.Batch:
    here.give("gil", "school", "governance_approver")
    with transaction(here.engine) as db:
        definitions.publish(db, "a", {"0.bpmn": after, **FORM}, by=None, now=here.clock.now)
        plan = Change("worry", 1, 2)
        return migration.apply(db, here.actor(db, "gil"), plan, (), "New guidance.", here.clock)


def test_what_is_kept_goes_with_an_instance_to_another_release(county):
    here = county(BEFORE)
    case_id = here.open()
    assert move(here, ASKS).refused == ()
    assert kept(here) == ["m"]

    here.do("ada", "think")
    assert here.waiting() == ["read"] and here.kinds(case_id).count("message.delivered") == 1


def hears(attributes: str = "") -> bytes:
    """As before, but the task can be told of something while it waits."""
    listener = event_of(f"boundaryEvent attachedToRef='think' {attributes}", "m")
    drawn = BEFORE.replace(
        b"</process>", (nodes(on=listener, tell=OWN) + flows("on>tell")).encode() + b"</process>"
    )
    assert drawn != BEFORE
    return drawn


def test_a_listener_that_another_release_adds_is_given_what_was_kept(county):
    here = county(BEFORE)
    case_id = here.open()
    assert move(here, hears()).refused == ()

    assert here.waiting() == ["tell"] and kept(here) == []
    assert here.kinds(case_id).count("message.delivered") == 1
    assert here.rows(subscription, "token") == []


def test_a_listener_that_stays_is_given_all_that_was_kept(county):
    twice = BEFORE.replace(b'<userTask id="think"', nodes(more=throw("m")).encode() + b'<userTask id="think"')
    twice = twice.replace(b'targetRef="think"', b'targetRef="more"').replace(
        b"</process>", flows("more>think").encode() + b"</process>"
    )
    here = county(twice)
    here.open()
    assert kept(here) == ["m", "m"]
    move(here, hears('cancelActivity="false"'))

    assert here.waiting() == ["tell", "tell", "think"] and kept(here) == []
    assert here.rows(subscription, "element") == [("on",)]


def test_a_migration_that_gave_something_cannot_be_undone_and_one_that_did_not_can(county):
    here = county(BEFORE)
    plain = here.open()
    here.clock.travel(days=28)
    given = here.open()
    move(here, hears())
    with transaction(here.engine) as db:
        plan = Change("worry", 1, 2)
        undone = migration.undo(db, here.actor(db, "gil"), plan, "Too early.", here.clock)

    ((stays,),) = here.rows(instance, "id", case_id=given)
    ((goes,),) = here.rows(instance, "id", case_id=plain)
    assert [each.instance_id for each in undone.refused] == [stays] and undone.done == (goes,)


def test_a_step_asks_once_what_is_kept_however_many_listeners_it_opens(county):
    kinds = [f"m{n}" for n in range(3)]
    drawn = process("worry", names(*kinds), s=STARTED, think=OWN, e=end())
    for name in kinds:
        listener = event_of("boundaryEvent attachedToRef='think' cancelActivity='false'", name)
        tail = nodes(**{f"on_{name}": listener, f"tell_{name}": OWN}) + flows(f"on_{name}>tell_{name}")
        drawn = drawn.replace(b"</process>", tail.encode() + b"</process>")
    here = county(drawn)

    with Counted(here.engine) as asked:
        here.open()

    assert len(here.rows(subscription, "token")) == len(kinds)
    assert sum("FROM inbound_message" in statement for statement in asked) == 1
