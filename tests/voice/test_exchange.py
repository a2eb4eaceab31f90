import asyncio

from tests.free_ports import free_port
from tests.sip.playbook import request
from tests.voice.conftest import SOON, OpenHouse, until

from warmline.sip.builder import response_to
from warmline.sip.message import Request, Response
from warmline.sip.transaction_table import Key
from warmline.voice.exchange import Exchange, stamp, way_back
from warmline.voice.flow import Flow


async def test_a_request_nobody_answers_is_told_once_and_forgotten(house: OpenHouse):
    here = await house()
    flow = here.endpoint.flows.to("udp", "127.0.0.1", free_port())
    assert flow is not None
    exchange = Exchange(SOON, lambda *_: None)
    told: list[str] = []

    exchange.ask(request("OPTIONS"), flow, lambda response: told.append("answer"), lambda: told.append("nothing"))
    await until(lambda: bool(told), "it is told")

    assert told == ["nothing"]
    assert len(exchange.table) == 0


async def test_a_request_of_theirs_is_answered_on_the_way_it_came(house: OpenHouse):
    here = await house()
    begun: list[tuple[Request, Key, Flow]] = []
    exchange = Exchange(SOON, lambda *told: begun.append(told))
    flow = here.endpoint.flows.to("udp", "127.0.0.1", free_port())
    assert flow is not None
    made = request("INFO")

    stamp(made, flow)
    exchange.request(made, flow)
    exchange.request(made, flow)
    (_, key, way) = begun[0]
    exchange.reply(key, response_to(made, 200))

    assert (len(begun), way) == (1, flow)
    exchange.close()
    assert len(exchange.table) == 0


async def test_an_answer_goes_where_the_via_says(house: OpenHouse):
    here = await house()
    flow = here.endpoint.flows.to("udp", "127.0.0.1", 40_001)
    assert flow is not None
    with_rport, without = request(), request(headers={"Via": "SIP/2.0/UDP 192.0.2.1:5099;branch=z9hG4bKz"})
    answers: list[Response] = [response_to(with_rport, 200), response_to(without, 200)]

    assert [way_back(answer, flow).port for answer in answers] == [40_001, 5099]


async def test_a_broken_connection_fails_what_waits_on_it(house: OpenHouse):
    here = await house()
    flow = here.endpoint.flows.to("tcp", "127.0.0.1", free_port())
    assert flow is not None
    failed = asyncio.Event()

    here.endpoint.exchange.ask(request("OPTIONS"), flow, lambda response: None, failed.set)
    await asyncio.wait_for(failed.wait(), 5)

    assert len(here.endpoint.exchange.table) == 0
