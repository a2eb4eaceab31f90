"""Rows and numbers as calls use them."""

from uuid import UUID

import pytest
from msgspec.structs import replace

from warmline.features.telephony.call_house import HouseCallRows, HouseGate, HousePlan
from warmline.features.telephony.nodes import Nodes
from warmline.features.telephony.number_plan import Answering, DeskPhone, Line, Plan
from warmline.features.telephony.outbound import OutboundGate
from warmline.features.telephony.secrets import credentials_of
from warmline.features.telephony.status import NodeFacts, VoiceState
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.ports.calls import Dialled
from warmline.ports.media import LegWish
from warmline.runtime.clock import utc_now

MAIN = Answering("onda", "main", "+82215880000", "front", "ja", "announced")
FALLBACK = Dialled("onda", "fallback", "en")


def house_plan(plan: Plan) -> HousePlan:
    return HousePlan(lambda: plan, lambda tenant_id: FALLBACK)


def test_a_number_leads_to_its_journey_and_an_unknown_one_nowhere():
    plan = house_plan(Plan(numbers={("onda", "+82215880000"): (MAIN, None)}))
    assert plan.route("onda", None, "+82215880000") == Dialled("onda", "front", "ja", "main", recorded=True)
    assert plan.route("onda", None, "+82299999999") is None
    assert plan.route("rival", None, "+82215880000") is None
    assert plan.outbound("onda").journey_id == "front"
    assert plan.outbound("rival") == FALLBACK


def test_audio_keeps_to_what_a_line_demands_and_calls_that_leave_to_the_strictest():
    plain = Line(
        tenant_id="onda", id="plain", mode="address", host="sip.carrier.example", port=5060, transport="udp",
        srtp="off", username="", secret="", networks=(), caller_number="", region="KR", inband_digits=True,
        priority=1, calls_at_most=30,
    )  # fmt: skip
    plan = house_plan(Plan((plain, replace(plain, id="secret", srtp="required", inband_digits=False))))
    assert plan.audio("onda", "onda/plain") == LegWish(srtp="off", inband_digits=True)
    assert plan.audio("onda", "onda/secret") == LegWish(srtp="required")
    assert plan.audio("onda", None) == LegWish(srtp="required")
    assert plan.audio("rival", None) == plan.audio("onda", "rival/plain") == LegWish()


def test_a_desk_phone_stands_in_for_its_agent():
    agent = new_id()
    phone = DeskPhone("onda", "101", agent, credentials_of("101", "onda.example", "secret"))
    plan = house_plan(Plan(phones={("onda", "101"): phone}))
    assert plan.phone_of("onda", agent) == "onda/101"
    assert plan.phone_of("onda", new_id()) is None
    assert plan.agent_of("onda", "onda/101") == agent
    assert plan.agent_of("rival", "onda/101") is None


async def test_calls_of_a_node_that_died_are_stranded_until_somebody_looked_after_them(database):
    rows, call, contact = HouseCallRows(database), new_id(), new_id()
    await rows.beat("n1", utc_now(), draining=False, calls=1)
    await rows.began("onda", call, contact, "n1", "inbound")
    assert await rows.stranded() == []
    assert await rows.takers() == ["n1"]
    await Nodes(database).leave("n1")
    assert await rows.stranded() == [("onda", call, contact)]
    await rows.over("onda", call, "lost", mos=None, lost_share=None, jitter_ms=None)
    assert await rows.stranded() == []


async def test_a_process_tells_its_lines_workers_and_voices_with_each_beat(database):
    facts = NodeFacts({"onda/carrier": "up"}, 2, {"ko": VoiceState("espeak-ng", "ko", ("robotic",))})
    rows = HouseCallRows(database, lambda: facts)
    await rows.beat("n1", utc_now(), draining=False, calls=1)
    (node,) = await Nodes(database).all()
    assert NodeFacts(node.lines, node.workers, node.voices) == facts


async def test_processes_hear_from_each_other_how_many_calls_a_line_has(database):
    heard = []
    other = HouseCallRows(database, lambda: NodeFacts(busy={"onda/carrier": 7}))
    rows = HouseCallRows(database, lambda: NodeFacts(busy={"onda/carrier": 1}), heard.append)
    await rows.beat("n1", utc_now(), draining=False, calls=1)
    await other.beat("n2", utc_now(), draining=False, calls=7)
    await rows.beat("n1", utc_now(), draining=False, calls=1)
    assert heard == [{}, {"onda/carrier": 7}], "its own calls it counts itself, and at once"


async def test_a_company_without_rules_calls_nobody_outside(database):
    gate = HouseGate(OutboundGate(database))
    code = ""
    try:
        await gate.allow("onda", "+82212345678", "agent", UUID(int=1))
    except Refused as refused:
        code = refused.code
    assert code == "outbound.not_allowed"
    with pytest.raises(Refused, match=code):
        await gate.permitted("onda", "+82212345678")
