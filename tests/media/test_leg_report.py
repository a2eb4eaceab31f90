"""A leg tells how it fares: RTCP both ways, and the report of it."""

import struct

from media.calls import TestCall
from warmline.media import rtcp
from warmline.ports.media import LegUp, Report


async def test_reports_go_out_and_the_round_trip_comes_back(call: TestCall):
    customer = await call.phone("customer", hz=440)
    await call.tells(LegUp)
    await customer.until(lambda: len(customer.rtcp) > 0, "No RTCP came")
    data = customer.rtcp[0]
    heard = rtcp.read(data)
    assert heard is not None
    assert heard.middle is not None
    assert heard.blocks[0].ssrc == customer.ssrc
    sender = struct.unpack_from("!I", data, 4)[0]
    block = rtcp.ReportBlock(sender, 12, 3, 100, 8, heard.middle, 0)
    assert customer.to is not None
    customer.rtcp_socket.sendto(
        rtcp.report(customer.ssrc, 0.0, None, block, "phone"), (customer.to[0], customer.to[1] + 1)
    )
    answer = await call.media.report(call.leg("customer"))
    while answer.round_trip_ms is None:
        await customer.more(1)
        answer = await call.media.report(call.leg("customer"))
    assert 0 <= answer.round_trip_ms < 3000
    assert answer.remote_lost_share
    assert answer.lost_share < 0.05
    assert answer.mos is not None
    assert answer.mos > 3.5


async def test_a_leg_that_closes_leaves_its_report(call: TestCall):
    customer = await call.phone("customer", hz=440)
    await customer.more(20)
    closed = await call.media.close(call.leg("customer"))
    told = await call.tells(Report)
    assert told.report == closed
    assert closed.codec == "PCMU"
    assert closed.packets_in > 0
    assert closed.packets_out >= 20
    assert closed.seconds > 0.3
