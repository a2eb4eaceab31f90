"""One desk phone in two places: both ring, whoever answers first has the call, the other is quiet at once."""

import asyncio

import pytest
from tests.voice.conftest import SDP, House, OpenHouse, phone, until

from warmline.ports.telephone import Call, CallEnd, Dialling, IncomingCall
from warmline.voice.directory import Trunk
from warmline.voice.forking import best

WISH = Dialling("onda", "phone-1001", SDP, phone=True)


async def two_places(house: OpenHouse) -> tuple[House, House, House]:
    """Return a house, and the two places where extension 1001 is registered; where it rings."""
    here = await house(phones=(phone(),))
    there: list[House] = []
    for _ in range(2):
        line = Trunk(
            "desk", "home", "127.0.0.1", here.port(), domain="127.0.0.1", user="1001", password="secret",
            register=True, register_expires_s=60, keep_alive_s=0,
        )  # fmt: skip
        place = await house((line,))
        place.desk.on_incoming = lambda told: told.call.ring()
        await until(lambda place=place: place.endpoint.trunks.is_up("desk"), "the phone registered")
        there.append(place)
    return here, there[0], there[1]


class Heard:
    """What a call told whoever made it."""

    def __init__(self, call: Call) -> None:
        self.rang: list[str | None] = []
        self.answers: list[str] = []
        self.ends: list[CallEnd] = []
        call.on_ringing = self.rang.append
        call.on_answered = self.answers.append
        call.on_ended = self.ends.append


async def rung(*places: House) -> None:
    await until(lambda: all(len(place.desk.calls) == 1 for place in places), "it rings in every place")


async def test_it_rings_in_both_places_and_the_first_answer_ends_the_ringing_of_the_other(house: OpenHouse):
    here, study, kitchen = await two_places(house)
    call = await here.endpoint.dial(WISH)
    heard = Heard(call)
    await rung(study, kitchen)
    await until(lambda: bool(heard.rang), "the caller hears it ring")
    await kitchen.desk.take(kitchen.desk.calls[0])
    await until(lambda: heard.answers == [SDP], "the kitchen has the call")
    await until(lambda: len(study.desk.ends) == 1, "the study is quiet")
    assert heard.rang == [None], "said once"
    assert heard.ends == [], "what ends elsewhere is not the end of the call"
    await call.hang_up()
    await until(lambda: len(kitchen.desk.ends) == 1, "the talk is over")
    assert len(heard.ends) == 1


async def test_both_answer_at_once_and_one_of_them_has_the_call(house: OpenHouse):
    here, study, kitchen = await two_places(house)
    call = await here.endpoint.dial(WISH)
    heard = Heard(call)
    await rung(study, kitchen)
    await asyncio.gather(*(place.desk.take(place.desk.calls[0]) for place in (study, kitchen)))
    await until(lambda: len(study.desk.ends) + len(kitchen.desk.ends) == 1, "one of them was let go")
    assert len(heard.answers) == 1
    assert heard.ends == []
    await call.hang_up()
    await until(lambda: len(study.desk.ends) + len(kitchen.desk.ends) == 2, "and the other when it is over")


async def test_a_place_that_is_busy_does_not_stop_the_other_from_ringing(house: OpenHouse):
    here, study, kitchen = await two_places(house)
    study.desk.on_incoming = lambda told: told.call.refuse(486)
    call = await here.endpoint.dial(WISH)
    heard = Heard(call)
    await rung(study, kitchen)
    await kitchen.desk.take(kitchen.desk.calls[0])
    await until(lambda: heard.answers == [SDP], "the kitchen has the call")
    await kitchen.desk.calls[0].call.hang_up()
    await until(lambda: len(heard.ends) == 1, "they hung up")
    assert heard.ends[0].by == "them"


async def test_who_declines_everywhere_is_not_rung_in_the_next_room(house: OpenHouse):
    here, study, kitchen = await two_places(house)
    heard = Heard(await here.endpoint.dial(WISH))
    await rung(study, kitchen)
    study.desk.calls[0].call.refuse(603)
    await until(lambda: len(kitchen.desk.ends) == 1, "the kitchen is quiet")
    await until(lambda: len(heard.ends) == 1, "the caller is told")
    assert heard.ends[0].status == 603


async def test_the_caller_who_gives_up_stops_the_ringing_everywhere_and_is_told_once(house: OpenHouse):
    here, study, kitchen = await two_places(house)
    call = await here.endpoint.dial(WISH)
    heard = Heard(call)
    await rung(study, kitchen)
    await call.hang_up()
    await until(lambda: len(study.desk.ends) == len(kitchen.desk.ends) == 1, "nothing rings any more")
    await until(lambda: len(heard.ends) == 1, "it is over")
    assert heard.ends[0].by == "us"
    assert heard.answers == []


async def test_in_a_talk_the_place_that_answered_holds_presses_keys_and_is_named(house: OpenHouse):
    here, study, kitchen = await two_places(house)
    call = await here.endpoint.dial(WISH)
    heard, keys = Heard(call), list[str]()
    call.on_digit = keys.append
    call.on_reoffer = lambda sdp: call.reanswer(SDP)
    await rung(study, kitchen)
    taken: IncomingCall = kitchen.desk.calls[0]
    await kitchen.desk.take(taken)
    await until(lambda: bool(heard.answers), "the kitchen has the call")
    assert await taken.call.reoffer(SDP) == SDP
    assert await call.reoffer(SDP) == SDP
    await call.hang_up()
    await until(lambda: len(heard.ends) == 1, "it is over")


@pytest.mark.parametrize(
    ("statuses", "said"), [((408, 486), 486), ((503, 480), 480), ((None, 408), 408), ((486, 603), 486)]
)
def test_what_somebody_did_says_more_than_what_nobody_did(statuses: tuple[int | None, ...], said: int):
    assert best([CallEnd("them", 16, status) for status in statuses]).status == said
