"""Carriers played by a second endpoint: registered with, kept alive, lost and found again."""

from tests.free_ports import free_port
from tests.voice.conftest import SDP, House, OpenHouse, carrier, phone, until

from warmline.ports.telephone import CallEnd, Dialling
from warmline.voice.limits import Listen
from warmline.voice.trunks import contact_uri


async def registered(house: OpenHouse, *, transport: str = "udp") -> tuple[House, House]:
    """The carrier, whose customer `1001` we are, and us."""
    there = await house(phones=(phone(),), listen=(Listen(transport, "127.0.0.1", 0),))  # type: ignore[arg-type]
    line = carrier(
        port=there.port(transport), addresses=(), user="1001", password="secret", register=True, keep_alive_s=1,
        transport=transport,
    )  # fmt: skip
    here = await house((line,), listen=(Listen(transport, "127.0.0.1", 0),))  # type: ignore[arg-type]
    await until(lambda: here.endpoint.trunks.is_up("carrier"), "registered")
    return there, here


async def test_we_register_with_a_carrier_and_it_calls_us_through_that(house: OpenHouse):
    there, here = await registered(house)
    ends: list[CallEnd] = []
    answers: list[str] = []

    call = await there.endpoint.dial(Dialling("onda", "phone-1001", SDP, phone=True, from_number="+82212345678"))
    call.on_ended = ends.append
    call.on_answered = answers.append
    await until(lambda: bool(answers), "we answered the carrier")
    await call.hang_up()

    assert there.desk.registrations == [("phone-1001", True)]
    assert here.desk.calls[0].trunk == "carrier"
    assert here.desk.calls[0].caller.number == "+82212345678"
    await until(lambda: len(here.desk.ends) == 1, "it ended here as well")
    assert len(ends) == 1


async def test_we_call_through_a_carrier_that_asks_who_we_are(house: OpenHouse):
    there, here = await registered(house, transport="tcp")
    answers: list[str] = []

    call = await here.endpoint.dial(Dialling("onda", "+821012345678", SDP, from_number="+8215880000"))
    call.on_answered = answers.append
    await until(lambda: bool(answers), "the carrier answered")
    await call.hang_up()
    await until(lambda: len(there.desk.ends) == 1, "it ended there as well")

    assert there.desk.calls[0].phone == "phone-1001"
    assert there.desk.calls[0].called == "+821012345678"


async def test_closing_leaves_the_carrier(house: OpenHouse):
    there, here = await registered(house)

    await here.endpoint.close()

    await until(lambda: there.desk.registrations[-1] == ("phone-1001", False), "unregistered")
    assert len(there.endpoint.registrar) == 0


async def test_a_carrier_that_is_there_is_tried_before_one_that_is_not(house: OpenHouse):
    there = await house()
    told: list[tuple[str, bool]] = []
    gone = carrier(id="gone", port=free_port(), keep_alive_s=1)
    alive = carrier(id="alive", port=there.port(), keep_alive_s=1, order=1)
    here = await house((gone, alive))
    here.endpoint.on_trunk = lambda trunk, up: told.append((trunk, up))

    await until(lambda: here.endpoint.trunks.is_up("alive"), "OPTIONS was answered")

    assert [trunk.id for trunk in here.endpoint.trunks.in_order("onda")] == ["alive", "gone"]
    assert told == [("alive", True)]
    here.endpoint.trunks.failed("alive")
    assert here.endpoint.trunks.registered_at("127.0.0.1") is None


def test_contacts_say_their_transport():
    assert str(contact_uri("192.0.2.1", 5060, "udp")) == "sip:warmline@192.0.2.1:5060"
    assert str(contact_uri("2001:db8::1", 5061, "tls")) == "sip:warmline@[2001:db8::1]:5061;transport=tls"
