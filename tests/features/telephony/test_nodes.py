"""Voice processes say that they live; those that do not are buried."""

from datetime import timedelta

from msgspec.structs import replace

from warmline.features.telephony.nodes import LOST_AFTER, Node, Nodes
from warmline.features.telephony.status import VoiceState
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database


async def test_a_node_tells_its_calls_and_lines_and_leaves_in_peace(database: Database) -> None:
    nodes, now = Nodes(database), utc_now()
    first = Node("one", now, now, calls=2, lines={"onda/carrier": "up"}, workers=1)
    await nodes.beat(first)
    await nodes.beat(replace(first, seen_at=now + timedelta(seconds=3), draining=True, late_ticks=4))
    (known,) = await nodes.all()
    assert (known.started_at, known.draining, known.calls, known.lines) == (now, True, 2, {"onda/carrier": "up"})
    assert (known.workers, known.late_ticks) == (1, 4)
    assert known.lives(now)
    await nodes.leave("one")
    assert await nodes.all() == []


async def test_a_node_that_was_not_seen_for_a_while_is_lost(database: Database) -> None:
    nodes, now = Nodes(database), utc_now()
    await nodes.beat(Node("old", now, now - LOST_AFTER - timedelta(seconds=1)))
    await nodes.beat(Node("new", now, now))
    assert not (await nodes.all())[1].lives(now)
    assert await nodes.bury(now) == ["old"]
    assert [one.id for one in await nodes.all()] == ["new"]


async def test_calls_of_a_line_in_the_other_living_processes_are_added_up(database: Database) -> None:
    nodes, now = Nodes(database), utc_now()
    await nodes.beat(Node("one", now, now, busy={"onda/carrier": 2, "rival/line": 1}))
    await nodes.beat(Node("two", now, now, busy={"onda/carrier": 3}))
    await nodes.beat(Node("mine", now, now, busy={"onda/carrier": 5}))
    await nodes.beat(Node("lost", now, now - LOST_AFTER - timedelta(seconds=1), busy={"onda/carrier": 9}))
    assert await nodes.busy_elsewhere("mine", now) == {"onda/carrier": 5, "rival/line": 1}


async def test_a_node_tells_who_speaks_each_language(database: Database) -> None:
    nodes, now = Nodes(database), utc_now()
    speaks = VoiceState("espeak-ng", "ko", ("robotic",))
    await nodes.beat(Node("one", now, now, voices={"ko": speaks}))
    (known,) = await nodes.all()
    assert known.voices == {"ko": speaks}
