import asyncio

from tests.free_ports import free_port
from tests.voice.conftest import SDP, OpenHouse, carrier, until

from warmline.ports.telephone import Dialling

WISH = Dialling("onda", "+821012345678", SDP)


async def test_a_carrier_that_says_nothing_is_passed_over_for_one_that_answers(house: OpenHouse):
    there = await house((carrier(),))
    here = await house((carrier(id="mute", port=free_port()), carrier(id="awake", port=there.port(), order=1)))
    answers: list[str] = []
    ends: list[object] = []

    call = await here.endpoint.dial(WISH)
    call.on_answered = answers.append
    call.on_ended = ends.append
    await until(lambda: bool(answers), "the second answered")
    await call.hang_up()
    await until(lambda: len(there.desk.ends) == 1, "it ended there")

    assert len(ends) == 1
    assert here.endpoint.trunks.in_order("onda")[0].id == "awake"


async def test_a_call_to_a_busy_number_is_not_tried_elsewhere(house: OpenHouse):
    there = await house((carrier(),))
    there.desk.on_incoming = lambda told: told.call.refuse(486)
    here = await house((carrier(port=there.port()), carrier(id="next", port=there.port(), order=1)))
    ended = asyncio.get_running_loop().create_future()

    call = await here.endpoint.dial(WISH)
    call.on_ended = ended.set_result
    end = await asyncio.wait_for(ended, 10)

    assert (end.by, end.cause, end.status) == ("them", 17, 486)
    assert len(there.desk.calls) == 1
