"""Customers call a house that speaks SIP, desk phones sign in there and ring, and whoever is called answers."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest_asyncio
from tests.free_ports import free_port
from tests.warmline_demo.callers.conftest import ToneMouth

from warmline.kernel.tasks import TaskRegistry
from warmline.media.client import BuiltinMedia
from warmline.ports.media import Digit, LegWish, MediaEvent, PlayTone
from warmline.ports.telephone import Call, CallEnd, Dialling, IncomingCall
from warmline.voice.directory import MemoryDirectory, Phone, Trunk, ha1
from warmline.voice.endpoint import Endpoint
from warmline.voice.limits import Listen
from warmline_demo.callers.dialogues import GREETING, HELLO
from warmline_demo.callers.people import SPOKEN_NAMES, caller_at, numbers_of
from warmline_demo.callers.station import DeskPhone, Station

REALM = "onda.warmline"
KO = numbers_of("ko")[0]
WHO = replace(caller_at(KO, "ko", "talk", random.Random(1)), regular=False, dialled="100")


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(15):
        while not holds():
            await asyncio.sleep(0.02)


async def anything_goes(wish: Dialling) -> Dialling:
    return wish


class House:
    """A contact center with a line to the street and one desk phone."""

    def __init__(self, media: BuiltinMedia, street_port: int, tasks: TaskRegistry) -> None:
        self.media = media
        self.digits: list[str] = []
        self.numbers: list[str | None] = []
        self.calls: list[Call] = []
        self._tasks = tasks
        phone = Phone(
            "onda/2001", "onda", "2001", REALM, ha1("2001", REALM, "secret"),
            ha1("2001", REALM, "secret", "SHA-256"),
        )  # fmt: skip
        trunk = Trunk("line", "onda", "127.0.0.1", street_port, addresses=("127.0.0.1",), keep_alive_s=0)
        self.endpoint = Endpoint(
            (Listen("udp", "127.0.0.1", 0),), MemoryDirectory([trunk], [phone]), anything_goes, tasks, print
        )
        self.endpoint.on_call = lambda incoming: tasks.spawn("house", self.answer(incoming)) and None

    @property
    def port(self) -> int:
        return self.endpoint.bound[0][2]

    def heard(self, event: MediaEvent) -> None:
        if isinstance(event, Digit):
            self.digits.append(event.digit)

    async def answer(self, incoming: IncomingCall) -> None:
        """Say something of 1.5 s, as a menu would."""
        self.calls.append(incoming.call)
        self.numbers.append(incoming.caller.number)
        name = f"in-{len(self.calls)}"
        self.media.listen(name, self.heard)
        await incoming.call.answer(await self.media.open(name, name, LegWish(), incoming.offer))
        await self.media.play(name, "menu", [PlayTone((600.0,), 1500)])

    async def dial(self, to: str, number: str, *, phone: bool = False, locale: str = "ja") -> list[CallEnd]:
        """Call a desk phone or a customer; return where the call's end will be."""
        name = f"out-{to}-{len(self.calls)}"
        self.media.listen(name, self.heard)
        offer = await self.media.open(name, name, LegWish())
        call = await self.endpoint.dial(
            Dialling("onda", to, offer, number, phone=phone, headers={"X-Warmline-Locale": locale})
        )
        self.calls.append(call)
        ends: list[CallEnd] = []
        call.on_ended = ends.append
        call.on_answered = lambda sdp: self._tasks.spawn("up", self.media.answered(name, sdp)) and None
        return ends


class Street:
    def __init__(self, house: House, station: Station, said: list[str]) -> None:
        self.house, self.station, self.said = house, station, said


@pytest_asyncio.fixture
async def street(media: BuiltinMedia, mouth: ToneMouth) -> AsyncIterator[Street]:
    said: list[str] = []
    tasks = TaskRegistry(lambda name, failure: said.append(f"{name} failed: {failure!r}"))
    theirs = free_port()
    house = House(media, theirs, tasks)
    await house.endpoint.start()
    phones = (DeskPhone("2001", REALM, "secret", "ko"),)
    station = Station(media, mouth, "127.0.0.1", house.port, theirs, phones, tasks, said.append, random.Random(1))
    await station.start()
    await until(lambda: station.reaches_the_house)
    yield Street(house, station, said)
    await station.close()
    await house.endpoint.close()
    await tasks.close()
    assert not [line for line in said if "failed" in line]


async def test_a_customer_calls_hears_the_menu_out_and_presses_their_language(street: Street):
    calling = asyncio.get_running_loop().create_task(street.station.call(WHO))
    await until(lambda: street.house.digits)
    assert street.house.digits == ["1"]
    assert street.house.numbers == [KO]
    assert await street.station.call(WHO) == "is on the telephone already"
    await street.house.calls[0].hang_up()
    assert await calling == "they hung up in menu"
    assert street.station.active == {}


async def test_a_call_the_house_refuses_is_not_answered(street: Street):
    street.house.endpoint.on_call = lambda incoming: incoming.call.refuse(486)
    assert await street.station.call(WHO) == "was not answered: 486"


async def test_a_desk_phone_signs_in_and_greets_in_the_language_of_the_call(street: Street, mouth: ToneMouth):
    await until(lambda: "callers: desk phone 2001 is there" in street.said)
    await street.house.dial("onda/2001", "+81312345678", phone=True)
    await until(lambda: mouth.said)
    assert mouth.said == [(GREETING["ja"].format(name=SPOKEN_NAMES["2001"]["ja"]), "ja")]
    await street.house.calls[0].hang_up()
    await until(lambda: "callers: desk phone 2001 (ja): they hung up in talk" in street.said)


async def test_a_customer_who_is_called_back_says_hello(street: Street, mouth: ToneMouth):
    await street.house.dial(KO, "+8225550100")
    await until(lambda: mouth.said)
    assert mouth.said == [(HELLO["ko"], "ko")]
    busy = await street.house.dial(KO, "+8225550100")
    await until(lambda: busy)
    assert busy[0].status == 486
    await street.house.calls[0].hang_up()
    await until(lambda: f"callers: {KO} was called: they hung up in talk" in street.said)


async def test_a_number_of_nobody_cannot_be_reached(street: Street):
    ends = await street.house.dial("+81312345678", "+8225550100")
    await until(lambda: ends)
    assert ends[0].status == 404


async def test_a_customer_rung_in_vain_is_free_again(street: Street):
    await street.house.dial(KO, "+8225550100")
    await until(lambda: KO in street.station.active)
    await street.house.calls[0].hang_up()
    await until(lambda: KO not in street.station.active)
    assert any("rang in vain" in line for line in street.said)
