"""The endpoint against sipp: calls as carriers make and take them."""

import asyncio
from pathlib import Path

import pytest
from tests.free_ports import free_port
from tests.voice.conftest import SDP, House, OpenHouse, carrier, phone, sipp, until

from warmline.kernel.errors import Refused
from warmline.ports.telephone import Call, CallEnd, Dialling, IncomingCall, ReferWish
from warmline.voice.limits import Limits, Listen

WISH = Dialling("onda", "+821012345678", SDP, from_number="+8215880000", ring_s=10)


class Told:
    """What a call we make told us."""

    def __init__(self, call: Call) -> None:
        self.ringing: list[str | None] = []
        self.answers: list[str] = []
        self.ends: list[CallEnd] = []
        call.on_ringing = self.ringing.append
        call.on_answered = self.answers.append
        call.on_ended = self.ends.append


async def dialled(here: House, wish: Dialling = WISH) -> tuple[Call, Told]:
    call = await here.endpoint.dial(wish)
    return call, Told(call)


@pytest.mark.parametrize("transport", ["udp", "tcp"])
async def test_a_carriers_call_is_answered_and_ends_when_the_caller_hangs_up(
    house: OpenHouse, tmp_path: Path, transport: str
):
    here = await house((carrier(),), listen=(Listen(transport, "127.0.0.1", 0),))  # type: ignore[arg-type]

    mode = "t1" if transport == "tcp" else "u1"
    code, out = await sipp("uac.xml", f"127.0.0.1:{here.port(transport)}", tmp_path, "-t", mode)

    assert code == 0, out
    told = here.desk.calls[0]
    assert (told.caller.number, told.caller.name, told.called) == ("+82212345678", "Kim", "+8215880000")
    assert (told.trunk, told.tenant_id, told.headers) == ("carrier", "onda", {"X-Shop": "17"})
    assert "m=audio" in (told.offer or "")
    await here.quiet()
    assert [(end.by, end.cause) for end in here.desk.ends] == [("them", 16)]


async def test_a_caller_who_gives_up_while_it_rings_is_not_answered(house: OpenHouse, tmp_path: Path):
    here = await house((carrier(),))
    here.desk.on_incoming = lambda told: told.call.ring()

    code, out = await sipp("cancel.xml", f"127.0.0.1:{here.port()}", tmp_path)

    assert code == 0, out
    await here.quiet()
    assert [(end.by, end.status) for end in here.desk.ends] == [("them", 487)]


async def test_a_caller_holds_and_resumes_and_presses_keys(house: OpenHouse, tmp_path: Path):
    here = await house((carrier(),))

    code, out = await sipp("hold.xml", f"127.0.0.1:{here.port()}", tmp_path)

    assert code == 0, out
    assert ["a=sendonly" in sdp for sdp in here.desk.reoffers] == [True, False]
    assert here.desk.digits == ["5", "#"]
    await here.quiet()
    assert [(end.by, end.cause) for end in here.desk.ends] == [("them", 31)]


async def test_a_caller_asks_to_be_connected_elsewhere_and_is_told_how_it_goes(house: OpenHouse, tmp_path: Path):
    here = await house((carrier(),))
    targets: list[str] = []

    async def take(told: IncomingCall) -> None:
        def referred(wish: ReferWish) -> None:
            targets.append(wish.target)
            wish.accept()
            wish.progress(200)

        told.call.on_refer = referred
        await told.call.answer(SDP)

    here.desk.on_incoming = take
    code, out = await sipp("refer.xml", f"127.0.0.1:{here.port()}", tmp_path)

    assert code == 0, out
    assert targets == ["sip:+8215449999@127.0.0.1"]


async def test_we_call_and_hang_up(house: OpenHouse, tmp_path: Path):
    port = free_port()
    here = await house((carrier(port=port),))
    peer = asyncio.ensure_future(sipp("uas.xml", "127.0.0.1", tmp_path, "-p", str(port)))  # noqa: TID251
    await asyncio.sleep(0.3)

    call, told = await dialled(here)
    await until(lambda: bool(told.answers), "they answered")
    await call.hang_up()
    code, out = await peer

    assert code == 0, out
    assert told.ringing == [None]
    assert "m=audio" in told.answers[0]
    assert [end.by for end in told.ends] == ["us"]
    assert here.desk.gated == [WISH]


async def test_a_call_we_give_up_is_cancelled(house: OpenHouse, tmp_path: Path):
    port = free_port()
    here = await house((carrier(port=port),))
    peer = asyncio.ensure_future(sipp("uas_cancel.xml", "127.0.0.1", tmp_path, "-p", str(port)))  # noqa: TID251
    await asyncio.sleep(0.3)

    call, told = await dialled(here)
    await until(lambda: bool(told.ringing), "it rings")
    await call.hang_up()
    code, out = await peer

    assert code == 0, out
    assert [(end.by, end.status) for end in told.ends] == [("us", None)]


async def test_a_full_carrier_is_passed_over_for_the_next(house: OpenHouse, tmp_path: Path):
    full, free = free_port(), free_port()
    here = await house((carrier(port=full), carrier(id="second", port=free, order=1)))
    peers = asyncio.gather(
        sipp("uas_503.xml", "127.0.0.1", tmp_path, "-p", str(full)),
        sipp("uas.xml", "127.0.0.1", tmp_path, "-p", str(free)),
    )
    await asyncio.sleep(0.3)

    call, told = await dialled(here)
    await until(lambda: bool(told.answers), "the second answered")
    await call.hang_up()

    assert [code for code, _ in await peers] == [0, 0]
    assert len(told.ends) == 1


async def test_without_a_line_nobody_is_called(house: OpenHouse):
    here = await house()

    with pytest.raises(Refused, match=r"telephone\.no_trunk"):
        await here.endpoint.dial(WISH)
    with pytest.raises(Refused, match=r"telephone\.phone_not_registered"):
        await here.endpoint.dial(Dialling("onda", "phone-1001", SDP, phone=True))
    assert here.endpoint.idle()


async def test_a_call_hung_up_before_it_was_sent_leaves_nothing(house: OpenHouse):
    here = await house((carrier(port=free_port()),))

    call, told = await dialled(here)
    await call.hang_up()

    assert len(told.ends) == 1
    assert here.endpoint.idle()


async def test_a_silent_carrier_ends_the_call_once(house: OpenHouse):
    here = await house((carrier(port=free_port()),))

    _, told = await dialled(here)
    await until(lambda: bool(told.ends), "nobody answered")

    assert [(end.by, end.status) for end in told.ends] == [("network", 408)]


async def test_a_node_that_drains_takes_no_new_calls_but_dials_for_those_that_run(
    house: OpenHouse, tmp_path: Path
):
    here = await house((carrier(),))
    here.endpoint.drain()

    _, out = await sipp("uac.xml", f"127.0.0.1:{here.port()}", tmp_path, wait_s=20)

    assert "503" in out
    assert here.desk.calls == []
    call = await here.endpoint.dial(WISH)
    await call.hang_up()
    await here.endpoint.close()
    with pytest.raises(Refused, match=r"telephone\.draining"):
        await here.endpoint.dial(WISH)


async def test_more_calls_than_the_node_bears_are_refused(house: OpenHouse, tmp_path: Path):
    here = await house((carrier(),), limits=Limits(calls=0))

    _, out = await sipp("uac.xml", f"127.0.0.1:{here.port()}", tmp_path, wait_s=20)

    assert "503" in out
    assert here.desk.calls == []


async def test_a_line_that_is_full_takes_no_more_and_calls_leave_by_the_next(house: OpenHouse, tmp_path: Path):
    small, large = carrier(id="small", calls_at_most=1), carrier("127.0.0.9", id="large", order=1)
    here = await house((small, large))
    first, second = await here.endpoint.dial(WISH), await here.endpoint.dial(WISH)
    assert [call.trunk_id for call in here.endpoint._calls.values()] == ["small", "large"]
    _, out = await sipp("uac.xml", f"127.0.0.1:{here.port()}", tmp_path, wait_s=20)
    assert "503" in out
    for call in (first, second):
        await call.hang_up()
    await until(here.endpoint.idle, "both are gone")


async def test_closing_says_goodbye_to_running_calls(house: OpenHouse, tmp_path: Path):
    port = free_port()
    here = await house((carrier(port=port),))
    peer = asyncio.ensure_future(sipp("uas.xml", "127.0.0.1", tmp_path, "-p", str(port)))  # noqa: TID251
    await asyncio.sleep(0.3)
    _, told = await dialled(here)
    await until(lambda: bool(told.answers), "they answered")

    await here.endpoint.close()
    code, out = await peer

    assert code == 0, out
    assert len(told.ends) == 1


async def test_a_desk_phone_registers_by_digest_and_leaves(house: OpenHouse, tmp_path: Path):
    here = await house(phones=(phone(),))

    code, out = await sipp("register.xml", f"127.0.0.1:{here.port()}", tmp_path)

    assert code == 0, out
    assert here.desk.registrations == [("phone-1001", True), ("phone-1001", False)]
