"""One picture tells how cases went across channels, journeys, queues and people."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from tests.features.watch.conftest import MINA, Town

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.features.watch.flow import STAGES, Band, Flow, Link, draw, read_flow
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id

TODAY = (datetime.now(UTC).date() - timedelta(days=1), datetime.now(UTC).date() + timedelta(days=1))


async def flow_of(town: Town) -> Flow:
    return await read_flow(town.database, "onda", *TODAY)


def bands(flow: Flow) -> dict[tuple[str, str], int]:
    return {(one.source, one.target): one.cases for one in flow.links}


async def test_a_case_is_followed_from_the_channel_through_journey_and_queue_to_a_person_and_its_end(town: Town):
    it = await town.open()
    await town.tap(it.id, "agent")
    await town.answer(it.id)
    await town.do(it.id, c.AgentEnds(MINA))
    await town.tap(it.id, "5")
    assert bands(await flow_of(town)) == {
        ("0/channel:webchat", "1/journey:front"): 1,
        ("1/journey:front", "2/queue:orders"): 1,
        ("2/queue:orders", "3/person:"): 1,
        ("3/person:", "4/journey:csat"): 1,
        ("4/journey:csat", "end:agent_ended"): 1,
    }


async def test_a_module_is_no_journey_of_its_own_in_the_picture(town: Town):
    it = await town.open()
    await town.tap(it.id, "order")
    await town.say(it.id, "4711")
    assert bands(await flow_of(town)) == {
        ("0/channel:webchat", "1/journey:front"): 1,
        ("1/journey:front", "end:open"): 1,
    }


async def test_a_case_that_goes_on_by_another_channel_is_one_case_that_switched(town: Town):
    called = await town.open("voice")
    await town.do(called.id, c.CustomerEnds())
    written = await town.open("webchat", case=called.id)
    await town.tap(written.id, "bye")
    await town.tap((await town.open("webchat")).id, "bye")
    flow = await flow_of(town)
    assert (flow.cases, flow.switched) == (2, 1)
    assert [(one.from_channel, one.to_channel, one.cases) for one in flow.switches] == [("voice", "webchat", 1)]
    assert bands(flow)["1/journey:front", "2/channel:webchat"] == 1
    assert bands(flow)["3/journey:front", "end:contained"] == 1


async def test_coming_back_on_the_same_channel_is_no_switch(town: Town):
    conversation = new_id()
    first = await town.open(conversation=conversation)
    await town.do(first.id, c.CustomerEnds())
    await town.open(conversation=conversation)
    flow = await flow_of(town)
    assert (flow.cases, flow.switched, flow.switches) == (1, 0, [])


async def test_what_flows_in_flows_out_and_every_case_comes_to_one_end(town: Town):
    for value in ("bye", "agent", "returns", "bye"):
        await town.tap((await town.open()).id, value)
    flow = await flow_of(town)
    into, out = Counter[str](), Counter[str]()
    for one in flow.links:
        into[one.target] += one.cases
        out[one.source] += one.cases
    for node in flow.nodes:
        assert node.cases == (into[node.id] if node.stage != 0 else out[node.id])
        if node.stage is not None:
            assert out[node.id] == node.cases
    assert sum(one.cases for one in flow.nodes if one.stage is None) == flow.cases == 4


async def test_boxes_carry_the_names_people_gave(town: Town):
    await town.tap((await town.open()).id, "agent")
    await town.tap((await town.open()).id, "returns")
    named = {(one.kind, one.key): one.name for one in (await flow_of(town)).nodes}
    assert named["journey", "front"] == dict.fromkeys(("ko", "ja", "en"), "w.title")
    assert named["queue", "orders"] == {"ko": "주문", "ja": "注文", "en": "Orders"}
    assert named["channel", "webchat"] is None
    assert named["journey", "returns"] is None


def test_a_very_long_way_is_drawn_to_its_last_stage_and_then_to_its_end():
    things = ["channel:voice", *(f"queue:q{number}" for number in range(STAGES - 1))]
    bands = [Band(stage, one, next_, None, 3) for stage, (one, next_) in enumerate(pairwise(things))]
    nodes, links = draw([*bands, Band(STAGES - 1, things[-1], None, "end:contained", 3)], {})
    assert len(nodes) == STAGES + 1
    assert Link("0/channel:voice", "1/queue:q0", 3) in links
    assert Link(f"{STAGES - 1}/queue:q{STAGES - 2}", "end:contained", 3) in links
    assert len(links) == STAGES


async def _trails(town: Town) -> list[list[str]]:
    """What each case went through, as its events tell by themselves."""
    told = {one: [each.event for each in await town.rooms.chat.history("onda", one, 0)] for one in town.contacts}
    before: dict[UUID, UUID | None] = {one: getattr(events[0], "continues", None) for one, events in told.items()}
    cases: dict[UUID, list[UUID]] = {}
    for one in town.contacts:  # in the order in which they began
        root = one
        while (older := before[root]) is not None:
            root = older
        cases.setdefault(root, []).append(one)
    trails: list[list[str]] = []
    for members in cases.values():
        things: list[str] = []
        for member in members:
            for event in told[member]:
                match event:
                    case e.ContactOpened(channel=channel):
                        thing = f"channel:{channel}"
                    case e.JourneyMoved(journey_id=journey_id) if journey_id != "number":
                        thing = f"journey:{journey_id}"
                    case e.ContactQueued(entry=entry):
                        thing = f"queue:{entry.queue_id}"
                    case e.AgentJoined():
                        thing = "person:"
                    case e.ContactEnded(reason=reason) if member == members[-1]:
                        thing = f"end:{reason.value}"
                    case _:
                        continue
                if things[-1:] != [thing]:
                    things.append(thing)
        trails.append(things)
    return trails


async def test_every_number_of_the_picture_is_what_the_event_log_tells_of_many_cases(town: Town):
    chance = random.Random(8)
    for _ in range(60):
        case = chance.choice(town.contacts) if town.contacts and chance.random() < 0.6 else None
        await town.wander(chance, chance.randint(0, 9), case)
    links, switches, switched = Counter[tuple[str, str]](), Counter[tuple[str, str]](), 0
    trails = await _trails(town)
    for things in trails:
        over = things[-1].startswith("end:")
        drawn = (things[:-1] if over else things)[:STAGES]
        places = [*(f"{stage}/{thing}" for stage, thing in enumerate(drawn)), things[-1] if over else "end:open"]
        links.update(pairwise(places))
        used = [thing.removeprefix("channel:") for thing in things if thing.startswith("channel:")]
        changes = {pair for pair in pairwise(used) if pair[0] != pair[1]}
        switches.update(changes)
        switched += bool(changes)
    flow = await flow_of(town)
    assert max(map(len, trails)) > STAGES + 1
    assert bands(flow) == links
    assert {(one.from_channel, one.to_channel): one.cases for one in flow.switches} == switches
    assert (flow.cases, flow.switched) == (len(trails), switched)
    assert switched > 3


async def test_an_impossible_period_is_refused(town: Town):
    with pytest.raises(Refused):
        await read_flow(town.database, "onda", TODAY[1], TODAY[0])
