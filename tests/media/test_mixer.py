"""Conferences, supervisors and telephones of different codecs, as everybody in them hears it."""

import numpy as np
import pytest

from media.calls import TestCall
from warmline.media.codecs import installed


async def test_three_people_hear_each_other_and_nobody_hears_himself(call: TestCall):
    customer = await call.phone("customer", hz=440)
    agent = await call.phone("agent", hz=1000)
    expert = await call.phone("expert", hz=1340)
    await call.route(customer="agent expert", agent="customer expert", expert="customer agent")
    await customer.hears(1000, 1340, not_hz=(440,))
    await agent.hears(440, 1340, not_hz=(1000,))
    await expert.hears(440, 1000, not_hz=(1340,))
    assert len({packet.ssrc for packet in customer.audio()}) == 1


async def test_a_supervisor_listens_whispers_and_barges_in(call: TestCall):
    customer = await call.phone("customer", hz=440)
    agent = await call.phone("agent", hz=1000)
    supervisor = await call.phone("supervisor", hz=1340)
    await call.route(customer="agent", agent="customer", supervisor="customer agent")
    await supervisor.hears(440, 1000, not_hz=(1340,))
    await agent.hears(440, not_hz=(1340,))
    await customer.hears(1000, not_hz=(1340,))
    await call.route(customer="agent", agent="customer supervisor", supervisor="customer agent")
    await agent.hears(440, 1340)
    await customer.hears(1000, not_hz=(1340,))
    await call.route(customer="agent supervisor", agent="customer supervisor", supervisor="customer agent")
    await customer.hears(1000, 1340, not_hz=(440,))
    assert not customer.hears_now(440)


PAIRS = [
    ("PCMU", "PCMA"),
    ("PCMU", "G722"),
    ("G722", "PCMA"),
    ("G722", "G722"),
    ("opus", "PCMU"),
    ("opus", "opus"),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
async def test_telephones_of_different_codecs_hear_each_other(call: TestCall, one: str, other: str):
    if not all(installed(name) for name in (one, other)):
        pytest.skip("G.722 or Opus is not installed.")
    customer = await call.phone("customer", codec=one, hz=440)
    agent = await call.phone("agent", codec=other, hz=1000)
    await call.route(customer="agent", agent="customer")
    await agent.hears(440, not_hz=(1000, 880), ms=300)
    await customer.hears(1000, not_hz=(440, 2000), ms=300)
    assert (await call.media.report(call.leg("agent"))).codec == other


async def test_a_conference_of_three_codecs(call: TestCall):
    if not installed("G722"):
        pytest.skip("G.722 is not installed.")
    customer = await call.phone("customer", codec="PCMU", hz=440)
    agent = await call.phone("agent", codec="G722", hz=1000)
    expert = await call.phone("expert", codec="PCMA", hz=1340)
    await call.route(customer="agent expert", agent="customer expert", expert="customer agent")
    await customer.hears(1000, 1340, not_hz=(440,), ms=200)
    await agent.hears(440, 1340, not_hz=(1000,), ms=200)
    await expert.hears(440, 1000, not_hz=(1340,), ms=200)
    assert not expert.hears_now(1340)


async def test_lost_packets_leave_no_holes_in_a_conference(call: TestCall):
    customer = await call.phone("customer", hz=440)
    agent = await call.phone("agent", codec="PCMA")
    await call.route(agent="customer")
    customer.drop_every = 10
    await agent.hears(440, ms=600)
    await agent.more(35)
    heard = agent.heard(600).astype(float)
    parts = heard[: len(heard) // 80 * 80].reshape(-1, 80)
    assert np.sqrt((parts**2).mean(axis=1)).min() > 1500
    report = await call.media.report(call.leg("customer"))
    assert 0.03 < report.lost_share < 0.2
    assert report.mos is not None
    assert report.mos < 4.3
